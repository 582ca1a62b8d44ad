"""What a citizen wished is carried out within the turn's transaction, and the reply says what came of it.

One function for each intent that touches petitions; a petition of another conversation does not exist here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from bot.desk import following, intake
from bot.desk.casework import Casework
from bot.desk.intake import Secret
from bot.desk.notices import buttons_at, day_of, time_of
from bot.desk.tracking import described, tracked
from bot.dialogue.message import (
    Discard,
    File,
    Follow,
    Intent,
    ListFollowed,
    ListOwn,
    Option,
    Rate,
    Reopen,
    Reply,
    SetConsent,
    Supplement,
    Track,
    Unfollow,
    Withdraw,
)
from bot.dialogue.session import Session
from bot.ledger import Consent, Filing
from bot.petitions.codes import complete
from bot.petitions.petition import (
    CITIZEN,
    Channel,
    Happening,
    IllegalMove,
    Naming,
    Petition,
    State,
    legal_moves,
)
from bot.petitions.triage import Triage
from bot.wording import filing as say
from bot.wording import office as say_office

CHANGING = (File, Supplement, Withdraw, Reopen, Rate, SetConsent, Discard, Follow, Unfollow)
"""Intents after which something is different; where nothing could be written, that must be said."""
PRIVATE = (File, Track, ListOwn, Supplement, Withdraw, Reopen, Rate, Follow, Unfollow, ListFollowed)
"""Intents that tell of one's own petitions and news: not where others read along."""
PETITIONS = "phan_anh"
"""The consent under which a petition is kept and worked on; the yes at the read-back gives it."""
OWN_SHOWN = 20


@dataclass(slots=True)
class Errand:
    """One turn's wishes. `triage`: of the story that is filed; `secret`: for a petition that is filed; `dropped`:
    digests of files that may go once the transaction is on disk."""

    work: Casework
    conversation: str
    door: str
    session: Session
    triage: Triage | None = None
    secret: Secret | None = None
    dropped: tuple[str, ...] = ()


def carried(errand: Errand, reply: Reply) -> Reply:
    """The reply after its intents; its text says what is in the books once the transaction is on disk."""
    for intent in reply.intents:
        if do := _DOING.get(type(intent)):
            reply = do(errand, intent, reply)
    return reply


def _file(errand: Errand, intent: Intent, reply: Reply) -> Reply:
    assert isinstance(intent, File) and errand.triage is not None and errand.secret is not None
    work = errand.work
    petition = intake.enter(work, _filing(errand, intent), errand.secret.digest)
    if intent.into:
        petition = intake.join(work, petition, intent.into)
    work.tx.set_consent(Consent(errand.conversation, PETITIONS, True, work.now))
    lines = [say.FILED.format(code=petition.code), say.FILED_SECRET.format(secret=errand.secret.shown)]
    if petition.into:
        lines.append(say.JOINED.format(count=work.petition(petition.into).voices))
    if petition.naming is Naming.NAMELESS:
        lines.append(say.FILED_NAMELESS)
    if petition.open and petition.accept_by and petition.answer_by:
        lines.append(say.DUE_ACCEPT.format(time=time_of(petition.accept_by)))
        lines.append(say.DUE.format(time=day_of(petition.answer_by)))
    return replace(reply, text="\n".join(lines), options=(Option(f"pa:see:{petition.code}", say.SEE),))


def _filing(errand: Errand, intent: File) -> Filing:
    found = errand.triage
    assert found is not None
    return Filing(
        kind=found.kind,
        channel=channel_of(errand.door),
        text=intent.text,
        where=intent.where,
        when=intent.when,
        contact=intent.contact,
        naming=Naming(intent.anonymous),
        conversation=errand.conversation,
        urgency=found.urgency,
        field=found.field,
        procedure=found.procedure,
        place=errand.session.place,
        attachments=intent.attachments,
        location=intent.location,
    )


def channel_of(door: str) -> Channel:
    return Channel(door) if door in (Channel.TELEGRAM, Channel.WEB, Channel.API) else Channel.TERMINAL


def _track(errand: Errand, intent: Intent, reply: Reply) -> Reply:
    assert isinstance(intent, Track)
    found = tracked(errand.work, intent.code, errand.conversation, intent.secret)
    if found is None:
        return reply
    text, options = described(found)
    return replace(reply, text=text, options=options)


def _list(errand: Errand, _intent: Intent, reply: Reply) -> Reply:
    codes = errand.work.tx.codes_of(errand.conversation)[-OWN_SHOWN:]
    found = [p for c in reversed(codes) if (p := errand.work.tx.petition(c)) and not p.erased]
    if not found:
        return reply
    lines = [
        say.OWN_LINE.format(number=n, code=p.code, state=say_office.STATES[p.state.value], day=day_of(p.filed_at))
        for n, p in enumerate(found, 1)
    ]
    options = tuple(Option(f"pa:see:{p.code}", p.code) for p in found)
    return replace(reply, text="\n".join([say.OWN, *lines]), options=options)


def _supplement(errand: Errand, intent: Intent, reply: Reply) -> Reply:
    assert isinstance(intent, Supplement)
    petition = _own(errand, intent.code)
    if petition is None:
        return _unknown(intent.code, reply)
    if not petition.open:
        return _cannot("more", petition, reply)
    work = errand.work
    paper = work.write(petition.code, "supplement", intent.text, CITIZEN)
    files = work.tx.attach(errand.conversation, petition.code) if intent.attachments else 0
    details = {"paper": paper, "files": str(files) if files else ""}
    waited = petition.state is State.WAITING
    petition = work.happen(petition, Happening.SUPPLEMENTED, CITIZEN, {k: v for k, v in details.items() if v})
    if waited:
        petition = work.move(petition, State.WORKING, CITIZEN, {"supplemented": "1"})
    lines = [say.SUPPLEMENTED.format(code=petition.code)]
    if waited and petition.answer_by:
        lines.append(say.DUE.format(time=day_of(petition.answer_by)))
    return replace(reply, text="\n".join(lines), options=buttons_at(petition.code, petition.state))


def _withdraw(errand: Errand, intent: Intent, reply: Reply) -> Reply:
    assert isinstance(intent, Withdraw)
    petition = _own(errand, intent.code)
    if petition is None:
        return _unknown(intent.code, reply)
    if State.WITHDRAWN not in legal_moves(petition, errand.work.now):
        return _cannot("withdraw", petition, reply)
    if not intent.sure:
        yes, no = f"pa:withdraw_yes:{petition.code}", f"pa:see:{petition.code}"
        options = (Option(yes, say.WITHDRAW_YES), Option(no, say.WITHDRAW_NO))
        return replace(reply, text=say.WITHDRAW_ASK.format(code=petition.code), options=options)
    errand.work.move(petition, State.WITHDRAWN, CITIZEN)
    return replace(reply, text=say.WITHDRAWN.format(code=petition.code), options=())


def _reopen(errand: Errand, intent: Intent, reply: Reply) -> Reply:
    assert isinstance(intent, Reopen)
    petition = _own(errand, intent.code)
    if petition is None:
        return _unknown(intent.code, reply)
    if petition.state not in (State.ANSWERED, State.CLOSED):
        return _cannot("reopen", petition, reply)
    try:
        petition = errand.work.move(petition, State.WORKING, CITIZEN, {}, intent.text)
    except IllegalMove:
        return _cannot("reopen", petition, reply)
    lines = [say.REOPENED.format(code=petition.code)]
    if petition.answer_by:
        lines.append(say.DUE.format(time=day_of(petition.answer_by)))
    return replace(reply, text="\n".join(lines), options=buttons_at(petition.code, petition.state))


def _rate(errand: Errand, intent: Intent, reply: Reply) -> Reply:
    assert isinstance(intent, Rate)
    petition = _own(errand, intent.code)
    if petition is None:
        return _unknown(intent.code, reply)
    if petition.state not in (State.ANSWERED, State.CLOSED):
        return _cannot("rate", petition, reply)
    if petition.rating != intent.rating:
        errand.work.happen(petition, Happening.RATED, CITIZEN, {"rating": str(intent.rating)})
    text = say.RATED.format(rating=intent.rating, code=petition.code)
    again = State.WORKING in legal_moves(petition, errand.work.now)
    if intent.rating > 2 or not again:
        return replace(reply, text=text, options=())
    return replace(reply, text=f"{text}\n{say.RATED_BAD}", options=(Option(f"pa:reopen:{petition.code}", say.REOPEN),))


def _discard(errand: Errand, _intent: Intent, reply: Reply) -> Reply:
    errand.dropped += tuple(errand.work.tx.drop_attachments(conversation=errand.conversation))
    return reply


def _consent(errand: Errand, intent: Intent, reply: Reply) -> Reply:
    assert isinstance(intent, SetConsent)
    errand.work.tx.set_consent(Consent(errand.conversation, intent.what, intent.given, errand.work.now))
    return reply


def _follow(errand: Errand, intent: Intent, reply: Reply) -> Reply:
    assert isinstance(intent, Follow)
    work = errand.work
    return following.followed(work.tx, errand.conversation, intent, work.now, reply)


def _unfollow(errand: Errand, intent: Intent, reply: Reply) -> Reply:
    assert isinstance(intent, Unfollow)
    work = errand.work
    return following.unfollowed(work.tx, errand.conversation, intent, work.now, reply)


def _followed(errand: Errand, _intent: Intent, reply: Reply) -> Reply:
    return following.listed(errand.work.tx, errand.conversation, reply)


_DOING: Mapping[type[Intent], Callable[[Errand, Intent, Reply], Reply]] = {
    File: _file,
    Track: _track,
    ListOwn: _list,
    Supplement: _supplement,
    Withdraw: _withdraw,
    Reopen: _reopen,
    Rate: _rate,
    Discard: _discard,
    SetConsent: _consent,
    Follow: _follow,
    Unfollow: _unfollow,
    ListFollowed: _followed,
}


def _own(errand: Errand, spelled: str) -> Petition | None:
    code = complete(spelled)
    party = errand.work.tx.party(code) if code else None
    return errand.work.petition(code) if party and party.conversation == errand.conversation else None


def _unknown(spelled: str, reply: Reply) -> Reply:
    return replace(reply, text=say.NOT_FOUND.format(code=spelled), options=())


def _cannot(wish: str, petition: Petition, reply: Reply) -> Reply:
    state = say_office.STATES[petition.state.value]
    return replace(reply, text=say.CANNOT[wish].format(code=petition.code, state=state), options=())
