"""Places: what became of a province or of the district level, and a line about it beside another answer."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.dialogue.composing import called
from bot.dialogue.following import only_a_place
from bot.dialogue.message import Behavior, Mention, Reply
from bot.dialogue.turn import Outcome, Turn
from bot.wording import citizens as say
from knowledge.records import Place
from knowledge.vietnamese import fold

_ASKED = re.compile(
    r"\b(?:la tinh nao|thuoc tinh nao|thuoc dau|sap nhap|doi ten thanh|con khong|con hong|ten moi|ten gi|tinh gi)\b"
)
_DISTRICT = re.compile(r"\b(?:cấp huyện|quận|huyện|thị xã)\b.*\b(?:còn|thuộc|bỏ|giờ|nay|hiện nay)\b")
# "quan bun bo" eats, and is no district.
_DISTRICT_BARE = re.compile(
    r"\b(?:cap huyen|quan(?! (?:an|bun|pho|com|chao|oc|lau|bia|che|tra|banh|ca phe|cafe|nuoc|nhau|hu tieu|net|tap hoa|"
    r"cua|em|toi|minh|nha)\b)|huyen|thi xa)\b.*\b(?:con|thuoc|bo|gio|nay|hien nay)\b"
)
# With marks: "huyện Vĩnh Linh" is a district, "giấy phép quan trọng" is none.
_IN_DISTRICT = re.compile(
    r"\b(?:công an|ủy ban nhân dân|ủy ban|tại|ở|lên|ra|trên) (?:quận|huyện|thị xã)\b|\b(?:huyện|thị xã) \w+"
)

_DISTRICT_BODY = re.compile(
    r"\b(?:uy ban|phong|chi cuc|cong an|bao hiem xa hoi|toa an|vien kiem sat|thi hanh an|van phong|chi nhanh|kho bac|"
    r"mot cua|trung tam)\b(?: (?!xa (?!hoi)|phuong |tinh )\w+){0,8}? "
    r"(?:huyen|thi xa|quan(?! (?:ly|doi|su|trong|he|tam|nhan)))\b"
)


def places(turn: Turn) -> Outcome | None:
    """A question about a place itself."""
    folded = turn.reading.folded
    known = turn.hits.known >= 0.5 and bool(turn.aspects)
    # with marks, "quân sự cho con" speaks of no district
    text = turn.reading.text
    of_district = _DISTRICT_BARE.search(text) if text.isascii() else _DISTRICT.search(text)
    if of_district and not known and (_ASKED.search(folded) or turn.session.topic is None):
        return turn.session, Reply(Behavior.ANSWER, say.DISTRICTS_GONE, score=1.0)
    if not _ASKED.search(folded) or (turn.aspects and len(turn.reading.text.split()) > 10):
        return None
    named = [turn.library.places[k] for k in turn.reading.provinces]
    if named and len(named[0].formed_from) > 1:
        place = named[0]
        return turn.session, Reply(
            Behavior.ANSWER, merged_line(place), (Mention("place", place.key, "", place.name),), score=1.0
        )
    return None


def district_body(turn: Turn) -> Outcome | None:
    """An office of the district level that is asked for by its name, where nothing else is known to answer."""
    if not _DISTRICT_BODY.search(turn.reading.folded):
        return None
    courts = re.search(r"\b(?:toa an|vien kiem sat|thi hanh an)\b", turn.reading.folded)
    text = say.DISTRICT_COURTS_GONE.format(hotline=called(turn.library)) if courts else say.DISTRICTS_GONE
    return turn.session, Reply(Behavior.ANSWER, text, score=1.0)


def merged_line(place: Place) -> str:
    return say.PLACE_MERGED.format(place=place.name, olds=", ".join(place.formed_from), since=f"{place.since:%d/%m/%Y}")


def renamed(place: Place, called: str) -> str:
    """The line that tells whoever uses an old province's name what it is today; "" for today's name."""
    old = next((o for o in place.formed_from if fold(o) == fold(called) and fold(o) != fold(place.name)), "")
    return say.PLACE_RENAMED.format(old=old, place=place.name, since=f"{place.since:%d/%m/%Y}") if old else ""


def with_place(turn: Turn, outcome: Outcome) -> Outcome:
    """The answer on a procedure, with the line about the old name or the district that the message used, once."""
    session, reply = outcome
    if reply.behavior not in (Behavior.ANSWER, Behavior.NOT_PUBLISHED):
        return outcome
    if not any(m.kind == "procedure" for m in reply.records):
        return outcome
    lines = [(f"place:{k}", line) for k in turn.reading.provinces if (line := _old_name(turn, k))]
    if (key := _asked_for_a_place(turn)) and not lines:
        lines.append((f"place:{key}", say.PLACE_COMMON.format(place=turn.library.places[key].name)))
    if _IN_DISTRICT.search(turn.reading.text):
        lines.append(("place:huyen", say.DISTRICT_NOTE))
    new = [(key, line) for key, line in lines if key not in session.warned]
    if not new:
        return outcome
    text = "\n".join([reply.text, *(line.strip() for _, line in new)])
    warned = (*session.warned, *(key for key, _ in new))
    return replace(session, warned=warned), replace(reply, text=text)


def _asked_for_a_place(turn: Turn) -> str:
    """The place of "ở Đà Nẵng thì sao", where no place was chosen before; else ""."""
    asked = any(c.subject and only_a_place(turn.question, c) for c in turn.reading.clauses)
    return turn.reading.provinces[0] if asked and not turn.session.place else ""


def _old_name(turn: Turn, key: str) -> str:
    place = turn.library.places[key]
    folded = turn.reading.folded
    today = re.search(rf"\b{re.escape(fold(place.name))}\b", folded)
    olds = (o for o in place.formed_from if re.search(rf"\b{re.escape(fold(o))}\b", folded))
    return "" if today else next((line for o in olds if (line := renamed(place, o))), "")
