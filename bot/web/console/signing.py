"""Signing in and out, invitations, one's own account."""

from __future__ import annotations

import datetime as dt
import io
import math
from typing import Any

import segno
from markupsafe import Markup
from starlette.responses import Response

from bot.desk.people import DayOver, InvitationUnusable
from bot.desk.signing import Weak
from bot.ledger import Officer
from bot.web.console.rounds import OFFICER, RESET, ROOT, SIGN_IN, WORK, Row, back, day_in, frame, shown
from bot.web.security import Limit
from bot.web.visiting import Body, Page, Visit, put_ticket
from bot.wording import console as say
from bot.wording.web import NAME

TRY = Limit("sign_in", 10, 1 / 20)
ACCOUNT = f"{ROOT}/tai-khoan"


# --- before one is known ---------------------------------------------------------------------------------------------


def door(visit: Visit) -> Response:
    if visit.house.sessions.whoever(visit.ticket):
        return visit.redirect(_wanted(visit.query.get("toi", "")))
    return _door(visit, say.NOT_SIGNED.get(visit.query.get("bao", ""), ""), toi=visit.query.get("toi", ""))


def sign_in(visit: Visit) -> Response:
    form = visit.form
    officer = visit.house.signing.sign_in(form.get("ten", ""), form.get("mat_khau", ""), form.get("ma", "").strip())
    if officer is None:
        locked = visit.house.signing.locked_for(form.get("ten", ""))
        why = say.LOCKED.format(minutes=math.ceil(locked / dt.timedelta(minutes=1))) if locked else ""
        return _door(visit, why or say.NOT_SIGNED["sai"], 403, form.get("toi", ""), form.get("ten", ""))
    return _entered(visit, officer, _wanted(form.get("toi", "")))


def ask_link(visit: Visit) -> Response:
    base = visit.settings.public_url or f"http://{visit.settings.host}:{visit.settings.port}"

    def worded(token: str) -> str:
        return say.LINK_MESSAGE.format(address=f"{base}{SIGN_IN}/{token}")

    visit.house.signing.send_link(visit.form.get("ten", "")[:80], worded)
    return visit.redirect(f"{SIGN_IN}?bao=da_gui")


def link(visit: Visit) -> Response:
    """Looking at it uses nothing up: what fetches addresses for a preview must not sign anyone in."""
    return visit.page("console/link.html", **frame(None))


def use_link(visit: Visit) -> Response:
    officer = visit.house.signing.redeem(visit.path["token"])
    return _entered(visit, officer, ROOT) if officer else visit.redirect(f"{SIGN_IN}?bao=lien_ket")


def invitation(visit: Visit) -> Response:
    return _invitation(visit)


def accept(visit: Visit) -> Response:
    form = visit.form
    name, login, password = form.get("ho_ten", ""), form.get("ten", ""), form.get("mat_khau", "")
    try:
        if password != form.get("lan_hai", ""):
            raise Weak("differ")
        officer = visit.house.signing.join(visit.path["token"], login, password, name)
    except InvitationUnusable:
        return visit.redirect(f"{SIGN_IN}?bao=thu_moi")
    except Weak as bad:
        return _invitation(visit, say.WEAK[bad.reason], name[:80], login[:40])
    return _entered(visit, officer, ROOT)


def _invitation(visit: Visit, trouble: str = "", name: str = "", login: str = "") -> Response:
    asked = visit.house.people.invited(visit.path["token"])
    values: dict[str, Any] = {"trouble": trouble, "name": name or (asked[2] if asked else ""), "login": login}
    return visit.page("console/invitation.html", 400 if trouble else 200, **frame(None), **values, asked=asked)


def resetting(visit: Visit) -> Response:
    return _resetting(visit)


def reset(visit: Visit) -> Response:
    """Whoever was signed in by the old password is so no more."""
    form = visit.form
    login, password = form.get("ten", ""), form.get("mat_khau", "")
    try:
        if password != form.get("lan_hai", ""):
            raise Weak("differ")
        officer = visit.house.signing.reset(visit.path["token"], login, password)
    except InvitationUnusable:
        return visit.redirect(f"{SIGN_IN}?bao=dat_lai")
    except Weak as bad:
        return _resetting(visit, say.WEAK[bad.reason], login[:40])
    visit.house.sessions.end_all(officer)
    return _entered(visit, officer, ROOT)


def _resetting(visit: Visit, trouble: str = "", login: str = "") -> Response:
    officer = visit.house.signing.resets(visit.path["token"])
    if officer is None:
        return visit.redirect(f"{SIGN_IN}?bao=dat_lai")
    values: dict[str, Any] = {"trouble": trouble, "name": officer.name, "login": login or officer.login}
    return visit.page("console/reset.html", 400 if trouble else 200, **frame(None), **values)


def _door(visit: Visit, news: str, status: int = 200, toi: str = "", name: str = "") -> Response:
    return visit.page("console/door.html", status, **frame(None), news=news, toi=toi[:500], name=name[:80])


def _wanted(address: str) -> str:
    """Only to a page of the console, whatever an address says."""
    inside = address == ROOT or address.startswith((f"{ROOT}/", f"{ROOT}?"))
    return address if inside and "\\" not in address and not address.startswith(SIGN_IN) else ROOT


def _entered(visit: Visit, officer: Officer, address: str) -> Response:
    """A new ticket at each sign-in, so that one that somebody planted before opens nothing."""
    if visit.ticket:
        visit.house.sessions.end(visit.ticket)
    response = visit.redirect(address)
    put_ticket(response, OFFICER, visit.house.sessions.begin(officer), visit.site.https)
    return response


# --- one's own account -----------------------------------------------------------------------------------------------


def account(visit: Visit, who: Officer) -> Response:
    return _account(visit, who)


def set_password(visit: Visit, who: Officer) -> Response:
    form, signing = visit.form, visit.house.signing
    password = form.get("moi", "")
    try:
        if who.password and not signing.is_password(who, form.get("mat_khau", "")):
            raise Weak("wrong")
        if password != form.get("lan_hai", ""):
            raise Weak("differ")
        signing.set_password(who, form.get("ten", ""), password)
    except Weak as bad:
        return _account(visit, who, say.WEAK[bad.reason])
    visit.house.sessions.end_all(who)
    return _entered(visit, who, f"{ACCOUNT}?bao=da_mat_khau")


def begin_totp(visit: Visit, who: Officer) -> Response:
    return _second_step(visit, who)


def set_totp(visit: Visit, who: Officer) -> Response:
    secret = visit.form.get("bi_mat", "")
    if not who.totp and secret and visit.house.signing.set_totp(who, secret, visit.form.get("ma", "").strip()):
        return back(visit, ACCOUNT, "da_bat_2")
    return _second_step(visit, who, say.WEAK["code"], secret)


def end_totp(visit: Visit, who: Officer) -> Response:
    if not visit.house.signing.is_password(who, visit.form.get("mat_khau", "")):
        return _account(visit, who, say.WEAK["wrong"])
    visit.house.signing.set_totp(who, "", "")
    return back(visit, ACCOUNT, "da_tat_2")


def sign_out(visit: Visit, _who: Officer) -> Response:
    visit.house.sessions.end(visit.ticket)
    return _gone(visit)


def sign_out_everywhere(visit: Visit, who: Officer) -> Response:
    visit.house.sessions.end_all(who)
    return _gone(visit)


def set_away(visit: Visit, who: Officer) -> Response:
    until = day_in(visit.form.get("den", ""))
    cover, over = visit.form.get("thay", "") if until else "", "giao_luon" in visit.form
    try:
        handed = visit.house.people.set_away(who, who.id, until, cover, over)
    except DayOver:
        return _account(visit, who, say.PEOPLE_TROUBLES["day"])
    return back(visit, ACCOUNT, "da_vang_giao" if handed else "da_vang")


def _gone(visit: Visit) -> Response:
    response = visit.redirect(f"{SIGN_IN}?bao=da_ra")
    put_ticket(response, OFFICER, "", visit.site.https)
    return response


def _account(visit: Visit, who: Officer, trouble: str = "") -> Response:
    colleagues = [o for o in visit.house.people.officers(who) if o.unit == who.unit and o.id != who.id and o.active]
    sessions = visit.house.sessions.count(who)
    values: dict[str, Any] = {"trouble": trouble, "colleagues": colleagues, "sessions": sessions}
    return shown(visit, who, "console/account.html", 400 if trouble else 200, **values)


def _second_step(visit: Visit, who: Officer, trouble: str = "", secret: str = "") -> Response:
    fresh, address = visit.house.signing.new_totp(who, visit.settings.authority_name or NAME)
    if secret:
        address, fresh = address.replace(fresh, secret), secret
    picture = Markup(_drawn(address))
    return shown(visit, who, "console/second_step.html", picture=picture, secret=fresh, trouble=trouble)


def _drawn(address: str) -> str:
    out = io.BytesIO()
    segno.make(address, error="m").save(out, kind="svg", scale=5, xmldecl=False, svgclass="ma-qr", lineclass=None)
    return out.getvalue().decode()


OPEN = (
    Page(SIGN_IN, door, ticket=OFFICER, limits=(WORK,)),
    Page(SIGN_IN, sign_in, "POST", Body.FORM, OFFICER, (WORK, TRY)),
    Page(f"{SIGN_IN}/lien-ket", ask_link, "POST", Body.FORM, OFFICER, (WORK, TRY)),
    Page(f"{SIGN_IN}/{{token}}", link, ticket=OFFICER, limits=(WORK,)),
    Page(f"{SIGN_IN}/{{token}}", use_link, "POST", Body.FORM, OFFICER, (WORK, TRY)),
    Page(f"{RESET}/{{token}}", resetting, ticket=OFFICER, limits=(WORK,)),
    Page(f"{RESET}/{{token}}", reset, "POST", Body.FORM, OFFICER, (WORK, TRY)),
    Page(f"{ROOT}/moi/{{token}}", invitation, ticket=OFFICER, limits=(WORK,)),
    Page(f"{ROOT}/moi/{{token}}", accept, "POST", Body.FORM, OFFICER, (WORK, TRY)),
)
"""Pages of those who are not signed in."""
ROWS = (
    Row(ACCOUNT, account, None),
    Row(f"{ACCOUNT}/mat-khau", set_password, None, "POST"),
    Row(f"{ACCOUNT}/hai-buoc", begin_totp, None),
    Row(f"{ACCOUNT}/hai-buoc", set_totp, None, "POST"),
    Row(f"{ACCOUNT}/hai-buoc/tat", end_totp, None, "POST"),
    Row(f"{ACCOUNT}/vang", set_away, None, "POST"),
    Row(f"{ROOT}/ra", sign_out, None, "POST"),
    Row(f"{ROOT}/ra-moi-noi", sign_out_everywhere, None, "POST"),
)
