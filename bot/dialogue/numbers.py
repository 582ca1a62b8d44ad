"""Whom to call: a number that is asked for by the name of its body, by a family of regional bodies, or of nobody."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from bot.dialogue.answering import ask_back
from bot.dialogue.beyond_fields import OPEN
from bot.dialogue.calling import calls, card_of, helper_of, local_in_mind, number_in_mind, number_of_procedure
from bot.dialogue.commands import START_OPTIONS
from bot.dialogue.composing import PORTAL_HOTLINE
from bot.dialogue.decision import SURE, Decision, name_heard
from bot.dialogue.following import only_a_place
from bot.dialogue.kinds import of_power
from bot.dialogue.message import Behavior, Mention, Option, Reply
from bot.dialogue.strangers import NAMED, telling
from bot.dialogue.turn import Outcome, Turn
from bot.wording import citizens as say
from index.evidence import CALLS_CONTACT, CALLS_SERVICE
from index.passages import RecordKind
from knowledge.records import Contact, Place, Procedure, Service
from knowledge.vietnamese import fold

_PERSONAL_NUMBER = re.compile(r"so (?:di dong|rieng|dien thoai rieng|dien thoai cua|dt cua|may cua) |zalo cua ")
_BODY = re.compile(r"\b(?:so|bo|cuc|chi cuc|phong|ban|uy ban|phuong|xa|truong|benh vien|toa an|vien) [a-z]{2,}")
_CALLED = frozenset(
    """so tong dai duong day nong dien thoai goi cho xin toi em minh hotline may nao la cua ai ho tro tu van lien he
    can""".split()
)
# Beside the name of what is called: words of courtesy and of the question, none of another body.
_ASIDE = _CALLED | frozenset(
    "gi bao nhieu a oi voi nhe nha vay the thi con hoi biet muon o dau trang web website mang link dan".split()
)
# Of a family that has this in its purpose, whoever tells this needs it: "cúp điện", and no "điện thoại".
_SUPPLY = "mat dien"
_ASKS_WHOM = re.compile(r"\b(?:goi|bao|hoi|keu|lien he|so|hotline|tong dai|dau|ai|cho (?:nao|mo))\b")
_PAGE = re.compile(rf"{CALLS_SERVICE.pattern}|\btra\b")
# Without marks "cai" is "cài" or "cái", "tai" is "tải" or "tại".
_INSTALLED = re.compile(
    r"\b(?:tải|cài|download)\b|\bcai (?:dat|lai|app|ung dung)\b|"
    r"\b(?:cai|tai) (?:app |ung dung )?\w+ (?:o|len|ve|the nao|kieu|nhu|lam sao)\b"
)
_TROUBLE = re.compile(
    r"quen (?:mat khau|pass|ma)|mat (?:dien thoai|sim|may(?! (?:ngay|gio|tuan|thang|tien|buoi|hom|nam|dong|phut|lan)))|"
    r"(?:doi|thay) (?:dien thoai|may|so|sim)|khong (?:vao|vo|mo|"
    r"dang nhap|nhan)|dang nhap (?:khong|hoai)|bi (?:khoa|loi|vang)|bao loi|lay lai mat khau|khoa tai khoan"
)
_ONE_WORD = re.compile(r"[a-z]+")
_PLACE = re.compile(r"^(?:cong|trang|web|app|ung dung|tai khoan) ")
_CALLING = re.compile(r"\b(?:goi|tong dai|hotline|so (?:nao|may))\b")
_SIGNING_IN = re.compile(r"\b(?:mat khau|dang nhap|tai khoan)\b")
_LOGIN = re.compile(r"\bdang nhap\b")
_HOURS = re.compile(
    r"\b(?:thu (?:7|bay)|chu nhat|cuoi tuan|ngay le|ngay tet|buoi trua)\b.*\b(?:lam|mo|nghi|tiep|truc)\b|"
    r"\b(?:lam|mo|nghi|tiep|truc)\b.*\b(?:thu (?:7|bay)|chu nhat|cuoi tuan|ngay le|ngay tet|buoi trua)\b|"
    r"\bmay gio (?:mo|dong|lam|nghi|het)|gio (?:lam viec|mo cua|hanh chinh)|mo cua (?:luc )?may gio"
)

ABROAD = "bao_ho_cong_dan"
_IN_ANOTHER_LAND = re.compile(
    r"\b(?:o|ben|tai|qua|sang|nuoc|san bay)(?: nuoc| ben| san bay)? (?:nuoc ngoai|my|nhat|han|han quoc|dai loan|thai|"
    r"thai lan|lao|campuchia|trung quoc|singapore|malaysia|indonesia|uc|phap|duc|nga|canada|dubai|doha|qatar|chau au|"
    r"chau phi)\b"
)
_OPEN_AT = {RecordKind.CONTACT: "contact", RecordKind.SERVICE: "service"}
# The office that everybody means who asks when "the commune" is open.
ONE_STOP = "trung_tam_hanh_chinh_cong"
_OFFICE = re.compile(r"\b(?:xa|phuong|uy ban|mot cua|hanh chinh cong|tru so|co quan|nha nuoc|hanh chinh)\b")


def a_number(turn: Turn) -> Outcome | None:
    """Numbers that are asked for without saying whose, of one of a family of local bodies, or of a body that none of
    our contacts is: then it is said where such numbers stand, and none is shown."""
    folded = turn.reading.folded
    if _PERSONAL_NUMBER.search(folded):
        return turn.session, Reply(Behavior.UNKNOWN, say.NUMBER_UNKNOWN, score=turn.hits.known)
    called = calls(folded)
    if called and not turn.session.topic and set(folded.split()) <= _CALLED:
        return _whose_number(turn)
    for way in (number_in_mind, _abroad, _of_procedure, _family, local_in_mind, _of_an_app, _just_named, _hours):
        if found := way(turn):
            return found
    best = next(iter(turn.hits.hits), None)
    if not called or best is None or best.record.kind is not RecordKind.CONTACT:
        return None
    if best.evidence.get("question_covered", 0) < 0.5 and _BODY.search(folded):
        return turn.session, Reply(Behavior.UNKNOWN, say.NUMBER_UNKNOWN, score=turn.hits.known)
    return None


def _whose_number(turn: Turn) -> Outcome:
    session, reply = card_of(turn, "contact", PORTAL_HOTLINE)
    options = (Option("menu:duongday", START_OPTIONS[1].label),)
    reply = replace(reply, text=f"{reply.text}\n\n{say.WHICH_NUMBER}", options=options)
    return replace(session, options=options), reply


def _abroad(turn: Turn) -> Outcome | None:
    """Whoever asks from another country whom to call means those who help citizens there."""
    folded = turn.reading.folded
    asked = calls(folded) or "lien he" in folded
    near = any(h.record.key == ABROAD for h in turn.hits.hits[:3])
    return card_of(turn, "contact", ABROAD) if asked and near and _IN_ANOTHER_LAND.search(folded) else None


def _of_procedure(turn: Turn) -> Outcome | None:
    """ "có hotline không" while a procedure is spoken of: the general number, and what is spoken of stays."""
    if not number_of_procedure(turn):
        return None
    session, reply = _whose_number(turn)
    return replace(turn.session, options=session.options), reply


def _just_named(turn: Turn) -> Outcome | None:
    """ "hotline thuế", "trang web dịch vụ công": nothing is said but that a number (a page) is wanted, and whose."""
    folded = turn.reading.folded
    rest = _bare(folded)
    if not rest or len(turn.reading.clauses) > 1:
        return None
    number = CALLS_CONTACT.search(folded) or re.match(
        r"(?:(?:cho|xin) (?:\w+ )?){0,3}số (?!tài khoản|hộ khẩu)", turn.reading.text
    )
    if number and (key := _called_just(rest, turn.library.contacts.values())):
        return card_of(turn, "contact", key)
    if not number and _PAGE.search(folded) and (key := _called_just(rest, turn.library.services.values())):
        return card_of(turn, "service", key)
    return None


def _bare(folded: str) -> frozenset[str]:
    return frozenset(w for w in re.findall(r"\w+", folded) if w not in _ASIDE)


def _called_just(rest: frozenset[str], records: Iterable[Contact] | Iterable[Service]) -> str:
    """The only record one of whose names is these words; "" where none or several are."""
    found = [r.key for r in records if any(_bare(fold(name)) == rest for name in (r.name, *r.aliases))]
    return found[0] if len(found) == 1 else ""


def _of_an_app(turn: Turn) -> Outcome | None:
    """Where an app is to be had, and whom to ask when it locks one out: no question on the papers that it serves."""
    folded = turn.reading.folded
    trouble, installed = _TROUBLE.search(folded), _INSTALLED.search(turn.reading.text)
    if not (trouble or installed) or "thu tuc" in folded or "quay_lai" in turn.reading.marks:
        return None
    app = _app_said(folded, turn.library.services.values())
    if app is None and trouble and turn.session.topic:
        app = turn.library.services.get(turn.session.topic.key)
    named = app is not None and any(_says(folded, a) for a in app.aliases if _ONE_WORD.fullmatch(a))
    if app and trouble and (named or _SIGNING_IN.search(folded)):
        return _helped(turn, app)
    return card_of(turn, "service", app.key) if app and named and installed else None


def _app_said(folded: str, services: Iterable[Service]) -> Service | None:
    """The service whose name is said, the longest first; where none is, without the "cổng", "trang" or "app" of it."""
    names = [(fold(a), s) for s in services for a in s.aliases]
    for called in (names, [(_PLACE.sub("", name), s) for name, s in names]):
        if said := [(len(name), s) for name, s in called if _says(folded, name)]:
            return max(said, key=lambda found: found[0])[1]
    return None


def _helped(turn: Turn, app: Service) -> Outcome | None:
    """What the records say to do when an account is locked or its password forgotten, then whom to call."""
    contacts = turn.library.contacts.values()
    helper = turn.library.contacts.get(helper_of(app, contacts))
    if helper is None:
        return card_of(turn, "service", app.key)
    session, reply = card_of(turn, "contact", helper.key)
    p = next(
        (p for k in app.procedures if (p := turn.library.procedure(k)) and _says(fold(f"{k} {p.name}"), "dinh danh")),
        None,
    )
    options = (*((Option(f"p:{p.key}", p.name[:60]),) if p else ()), *reply.options)
    records = (*reply.records, *((Mention("procedure", p.key, p.code, p.name),) if p else ()))
    lines = list(_ways_in(app, helper, p))
    if _CALLING.search(turn.reading.folded):
        text = "\n".join([reply.text, "", say.ACCOUNT_STEPS, *(f"• {line}" for line in lines)])
    else:
        numbered = (f"{i}. {line}" for i, line in enumerate((*lines, say.ACCOUNT_CALL), 1))
        text = "\n".join([say.ACCOUNT_STEPS, *numbered, reply.text])
    return replace(session, options=options), replace(reply, text=text, options=options, records=records)


def _ways_in(app: Service, helper: Contact, p: Procedure | None) -> Iterator[str]:
    """How one signs in, where help stands, and how to get the account anew."""
    said = (*app.how_to_start, *re.split(r"(?<=[.;]) ", app.note))
    if ways := [t.strip(" .;") for t in said if _LOGIN.search(fold(t))]:
        yield say.ACCOUNT_SIGN_IN.format(how="; ".join(ways))
    if helper.where_to_find:
        yield say.ACCOUNT_HELP_AT.format(where=helper.where_to_find.rstrip("."))
    if p:
        yield say.ACCOUNT_ANEW.format(name=p.name, where=p.where)


def _says(folded: str, name: str) -> bool:
    return bool(re.search(rf"\b{re.escape(name)}\b", folded))


def _hours(turn: Turn) -> Outcome | None:
    """Asked when an office is open: the hours of the one named or spoken of where they are here, else that they are not
    known. What a procedure's record says of them is told with the procedure."""
    told = any(OPEN in c.unstated for c in turn.reading.clauses)
    if not (told or _HOURS.search(turn.reading.folded)):
        return None
    best, topic = next(iter(turn.hits.hits), None), turn.session.topic
    sure = turn.hits.confidence >= SURE or calls(turn.reading.folded)
    if best is not None and best.record.kind in _OPEN_AT and sure:
        return _open_at(turn, _OPEN_AT[best.record.kind], best.record.key)
    nothing_named = told and not any(telling(turn.question, c) for c in turn.reading.clauses)
    if topic is not None and topic.kind in _OPEN_AT.values() and nothing_named:
        return _open_at(turn, topic.kind, topic.key)
    named = any(name_heard(h) >= NAMED for h in turn.hits.hits[:3] if h.record.kind is RecordKind.PROCEDURE)
    meant = bool(_OFFICE.search(turn.reading.folded)) and not named
    asked_of_none = topic is None or topic.kind != "procedure"
    return _open_at(turn, "service", ONE_STOP) if asked_of_none and (meant or nothing_named) else None


def _open_at(turn: Turn, kind: str, key: str) -> Outcome:
    session, reply = card_of(turn, kind, key)
    if kind == "contact" and turn.library.contacts[key].hours:
        return session, reply
    return session, replace(reply, behavior=Behavior.NOT_PUBLISHED, text=f"{say.HOURS_UNKNOWN}\n{reply.text}")


def _family(turn: Turn) -> Outcome | None:
    """Bodies of one name in several regions ("Điện lực – …"): the one of the place told or chosen, else which?"""
    families: dict[str, list[Contact]] = {}
    for c in turn.library.contacts.values():
        head, dash, _ = c.name.partition(" – ")
        if dash:
            families.setdefault(fold(head), []).append(c)
    for name, family in families.items():
        if len(family) >= 3 and _meant(turn, name, family):
            return _one_of_family(turn, family)
    return None


def _meant(turn: Turn, name: str, family: list[Contact]) -> bool:
    folded, keys = turn.reading.folded, {c.key for c in family}
    topic = turn.session.topic
    if _says(folded, name) and CALLS_CONTACT.search(folded):
        return True
    if any(_SUPPLY in fold(c.purpose) for c in family) and of_power(folded):
        asks = bool(_ASKS_WHOM.search(folded)) or bool(turn.reading.provinces) or len(folded.split()) <= 5
        return asks or _is_best(turn, keys)
    places = any(only_a_place(turn.question, c) for c in turn.reading.clauses)
    asked = bool(keys & {o.id.partition(":")[2] for o in turn.session.options}) and turn.session.clarified
    if places:  # "nhà em ở Đắk Lắk" is told of what is spoken of, not of what lies near the place's name
        return asked or (topic is not None and topic.key in keys)
    return _is_best(turn, keys)


def _is_best(turn: Turn, keys: set[str]) -> bool:
    best = next(iter(turn.hits.hits), None)
    return best is not None and best.record.key in keys and turn.hits.confidence >= SURE


def _one_of_family(turn: Turn, family: list[Contact]) -> Outcome:
    folded = turn.reading.folded
    named = [c for c in family if any(_says(folded, fold(a)) for a in _own_names(c))]
    if len(named) == 1:
        return card_of(turn, "contact", named[0].key)
    provinces = {name for name, _ in turn.library.province_names()}
    towns = [c for c in family if any(_says(folded, t) for t in map(fold, c.serves) if t not in provinces)]
    if not turn.reading.provinces and len(towns) == 1:
        return card_of(turn, "contact", towns[0].key)
    here = [turn.library.places[k] for k in turn.reading.provinces]
    if turn.session.place and not here and (chosen := turn.library.province(turn.session.place)):
        here = [chosen]
    serving = _serving(folded, here[0], family) if here else []
    if len(serving) == 1:
        return card_of(turn, "contact", serving[0].key)
    keys = tuple(c.key for c in serving or family)
    session, reply = ask_back(turn.session, turn.library, Decision(choices=keys, score=1.0), turn.message.text)
    if not serving:
        return session, reply
    line = say.REGIONS_DIFFER.format(place=here[0].name, olds=", ".join(here[0].formed_from))
    return session, replace(reply, text=f"{line}\n{reply.text}")


def _own_names(c: Contact) -> list[str]:
    """What tells one of a family: its region ("miền Bắc") and its letters ("EVNNPC")."""
    region, _, letters = c.name.partition(" – ")[2].partition("(")
    return [n for n in (region.strip(), letters.strip(" )")) if n.startswith(("miền", "EVN"))]


def _serving(folded: str, place: Place, family: list[Contact]) -> list[Contact]:
    """Who serves a place: the one of the town or of all that the province was formed from; else each of them, since
    who took over a part of another's is told on nobody's page yet."""
    parts = set(place.formed_from)
    towns = [c for c in family if any(t not in parts and _says(folded, fold(t)) for t in c.serves)]
    if len(towns) == 1:
        return towns
    all_parts = [c for c in family if parts & set(c.serves)]
    if len(all_parts) < 2:
        return all_parts
    old = [p for p in place.formed_from if p != place.name and _says(folded, fold(p))]
    own = [c for c in family if place.name in c.serves]
    if old:
        of_old = [c for c in family if old[0] in c.serves]
        return of_old if of_old == own else all_parts
    city = [c for c in own if c.place.endswith(place.name) and _says(folded, fold(place.name))]
    return city or all_parts
