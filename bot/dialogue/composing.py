"""Decisions become replies. Each sentence is a record's field or stands in bot/wording; nothing else is ever said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from bot.dialogue import beyond_fields, sayings
from bot.dialogue import procedure_parts as pp
from bot.dialogue.message import Mention, Option
from bot.dialogue.plain_words import held_in
from bot.wording import citizens as say
from knowledge.library import Library
from knowledge.records import Contact, Procedure, Service, Source, Status

BARE_NAME = 8
LONGEST = 1200
SHORT_LINES, SHORT_PART, CARD_LINES = 2, 180, 6
PORTAL_HOTLINE = "tong_dai_dvcqg"
PAYMENT_PAGE = "thanh_toan_truc_tuyen"


@dataclass(frozen=True, slots=True)
class Answer:
    """A composed text about one record."""

    text: str
    mention: Mention
    sources: tuple[str, ...]
    published: bool = True
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Manner:
    """How an answer is told: `brief` in a line a field, `whole` to the last line; `warned`: what was warned of before
    in this conversation and is not said again; `most`: about so many letters, papers then by their names alone."""

    brief: bool = False
    whole: bool = False
    warned: bool = False
    most: int = LONGEST


PLAINLY = Manner()
_UNPUBLISHED = frozenset({beyond_fields.ACCOUNT, beyond_fields.CASH})


def procedure_answer(
    library: Library, p: Procedure, aspects: Sequence[str], told: str = "", manner: Manner = PLAINLY
) -> Answer:
    """The aspects asked and only those; with none asked, a short card."""
    brief, whole = manner.brief, manner.whole
    wanted = tuple(aspects) or pp.CARD
    names = brief or not (aspects or whole) or manner.most < LONGEST
    found = pp.parts(p, wanted, library.day, told, names)
    warnings = () if manner.warned else _warnings(p, library, wanted)
    tail = "\n".join([*warnings, source_line(p, wanted)])
    room = 10_000 if whole else manner.most - len(p.name) - len(tail) - 20
    while True:
        body, cut = _blocks(library, p, found, card=not aspects, brief=brief, room=room)
        text = "\n\n".join([p.name, *body, tail])
        if whole or len(text) <= manner.most or room < 100:
            break
        room -= max(len(text) - manner.most, 20)
    # what holds is told with the decision it rests on: that answers for the basis too
    basis = ("can_cu",) if "hieu_luc" in aspects and "can_cu" not in aspects else ()
    mention = Mention("procedure", p.key, p.code, p.name, (*wanted, *basis) if aspects else ())
    more = cut or (names and any(f.aspect == "ho_so" and f.published for f in found))
    return Answer(text, mention, sources_of(p.sources), any(f.published for f in found), more)


def particular_answer(
    library: Library,
    p: Procedure,
    said: Sequence[str],
    unstated: Sequence[str],
    conditions: Sequence[str] = (),
    manner: Manner = PLAINLY,
    asked: Sequence[str] = (),
    words: Sequence[str] = (),
) -> Answer:
    """What the record says of something that it has no field for; else its conditions; else that it says nothing.
    `asked`: the aspects of which one thing was asked; `words`: its words."""
    lines = said or conditions or (beyond_fields.PAYING & set(unstated) and not _UNPUBLISHED & set(unstated))
    body = particular(library, p, said, unstated, conditions, words)
    warnings = () if manner.warned else _warnings(p, library, ())
    text = "\n\n".join([p.name, body, "\n".join([*warnings, source_line(p)])])
    aspect = (
        beyond_fields.aspect_of(p, said[0], unstated)
        if said and unstated
        else "dieu_kien"
        if conditions and not said
        else ""
    )
    mention = Mention("procedure", p.key, p.code, p.name, tuple(asked) or ((aspect,) if aspect else ()))
    return Answer(text, mention, sources_of(p.sources), bool(lines))


def particular(
    library: Library,
    p: Procedure,
    said: Sequence[str],
    unstated: Sequence[str],
    conditions: Sequence[str] = (),
    words: Sequence[str] = (),
) -> str:
    if paid := beyond_fields.PAYING & set(unstated):
        return paying(library, paid, p)
    lines = said or conditions
    if not lines:
        body = beyond_fields.nothing_said(p, unstated, called(library))
        lines = beyond_fields.own_terms(p) if beyond_fields.LATE in unstated else ()
        if lines:
            body = "\n".join([body, say.TERM_IS, *(f"• {line}" for line in lines)])
    else:
        listed = "\n".join(f"• {_whole(p, line)}" for line in lines)
        ask = "" if said else "\n" + say.NOT_SEEN_ASK.format(**_whom(library, p))
        near = not said and any(held_in(line, words) for line in conditions)
        body = f"{say.CONDITIONS_ARE if near else _head(p, said, unstated)}\n{listed}{ask}"
    doubt = sayings.doubt(p, lines)
    return f"{body}\n⚠ {doubt}" if doubt else body


def _whole(p: Procedure, line: str) -> str:
    """The bare name of what one gets ("Thẻ bảo hiểm y tế.") says that one gets it."""
    result = len(line.split()) <= BARE_NAME and sayings.field_of(p, line) == "result"
    return f"{say.ASPECTS['ket_qua']}: {line}" if result else line


def _head(p: Procedure, said: Sequence[str], unstated: Sequence[str]) -> str:
    if not said:
        return say.ONLY_CONDITIONS
    if beyond_fields.OWN_TERM in unstated:
        return say.TERM_IS
    who = beyond_fields.IN_PLACE in unstated and all(sayings.field_of(p, line) == "who" for line in said)
    return say.MAY_IF if who else say.RECORD_SAYS


def paying(library: Library, asked: AbstractSet[str], p: Procedure | None = None) -> str:
    """How money is paid: what the procedure's own record says, then the page where one pays; an account or the name of
    a wallet that no record has is never told."""
    blocks = [text for key, text in say.PAYING.items() if key in asked]
    if p and (lines := beyond_fields.payments(p)):
        doubt = sayings.doubt(p, lines)
        doubted = (f"⚠ {doubt}",) if doubt else ()
        blocks.append("\n".join([say.RECORD_SAYS, *(f"• {line}" for line in lines), *doubted]))
    page = library.services.get(PAYMENT_PAGE)
    if page and asked != {beyond_fields.CASH}:
        blocks.append(service_answer(page).text)
    return "\n\n".join(blocks)


def beside(answer: Answer, more: str) -> Answer:
    """What has no field of its own stands after what has, before the source."""
    told, _, source = answer.text.rpartition("\n\n")
    return replace(answer, text="\n\n".join([told, more, source]))


def _whom(library: Library, p: Procedure) -> dict[str, str]:
    return {"you": say.YOU_FIRST, "agency": pp.whom(p), "hotline": called(library)}


def called(library: Library) -> str:
    """Whom to call when a record does not say something."""
    hotline = library.contacts.get(PORTAL_HOTLINE)
    return f"{hotline.name} {hotline.number}" if hotline and hotline.number else "Bộ phận một cửa nơi bạn ở"


def _blocks(
    library: Library, p: Procedure, found: Sequence[pp.Part], card: bool, brief: bool, room: int
) -> tuple[list[str], bool]:
    """Every part is begun: what is short is told whole, the longer ones share what is left of the room."""
    fitting = [_block(library, p, one, card, brief, 10_000) for one in found]
    shares = _shares([len(block) + 2 for block, _ in fitting], room)
    blocks = [_block(library, p, one, card, brief, most) for one, most in zip(found, shares, strict=True)]
    return [block for block, _ in blocks], any(cut for _, cut in blocks)


def _shares(needs: Sequence[int], room: int) -> list[int]:
    """To each what it needs where that is little, equal parts of the rest to the others."""
    shares, left = [0] * len(needs), max(room, 0)
    for done, i in enumerate(sorted(range(len(needs)), key=needs.__getitem__)):
        shares[i] = min(needs[i], left // (len(needs) - done))
        left -= shares[i]
    return shares


def _block(library: Library, p: Procedure, one: pp.Part, card: bool, brief: bool, most: int) -> tuple[str, bool]:
    """One part in at most about so many letters, and whether something of it was left out."""
    if not one.published:
        return _not_published(library, p, one.aspect, card), False
    short = brief or card
    # a card marks what is doubtful; why is told where that field itself is asked for
    mark = f" ({say.CHECK_SHORT})" if one.doubt and short else ""
    doubt = f"\n⚠ {one.doubt}" if one.doubt and not short else ""
    head = f"{say.ASPECTS[one.aspect]}{mark}:"
    room = max(most - len(head) - len(doubt) - 3, 60)
    most_lines = SHORT_LINES if brief else CARD_LINES if card else 99
    lines, cut = _fitted(one, min(room, SHORT_PART) if brief else room, most_lines)
    return head + (" " if len(lines) == 1 else "\n") + "\n".join(lines) + doubt, cut


def _fitted(one: pp.Part, most: int, most_lines: int) -> tuple[list[str], bool]:
    """As many lines as fit; the first always, at its sentence ends if it must be."""
    lines = list(one.lines)
    mark = "• " if len(lines) > 1 and one.listed else ""
    kept: list[str] = []
    used = 0
    for line in lines[:most_lines]:
        shown = line if line.endswith(":") else f"{mark}{line}"
        if kept and used + len(shown) > most:
            break
        shown = shown if len(shown) <= max(most, 120) else _at_sentence_end(shown, max(most, 120))
        kept.append(shown)
        used += len(shown) + 1
    while len(kept) > 1 and kept[-1].endswith(":"):
        kept.pop()
    rest = len(lines) - len(kept)
    if rest > 0:
        kept.append(say.MORE.format(count=rest))
    return kept, rest > 0


def _at_sentence_end(text: str, most: int) -> str:
    at = max(text.rfind(mark, 0, most) for mark in (". ", "; ", ", "))
    return text[: at + 1] + " …" if at > 0 else text[:most] + "…"


def _not_published(library: Library, p: Procedure, aspect: str, card: bool) -> str:
    if card:
        return f"{say.ASPECTS[aspect]}: {say.NOT_PUBLISHED}"
    ask = say.NOT_PUBLISHED_ASK.format(**_whom(library, p))
    doubt = next((p.doubts[f] for f in pp.FIELDS[aspect] if f in p.doubts), "")
    why = f" {say.TO_CHECK.format(doubt=doubt.rstrip('.') + '.')}" if doubt else ""
    return f"{say.ASPECTS[aspect]}: {say.NOT_PUBLISHED}{why} {ask}"


def _warnings(p: Procedure, library: Library, wanted: Sequence[str]) -> list[str]:
    """What must be said whatever was asked: abolished, out of date, about to change."""
    if "hieu_luc" in wanted:
        return []
    v = p.validity
    lines = []
    if v.status is Status.ABOLISHED:
        lines.append("⚠ " + say.ABOLISHED.format(decision=f" theo {v.decision}" if v.decision else ""))
    elif v.until and library.day > v.until:
        lines.append("⚠ " + say.PAST_VALIDITY.format(until=f"{v.until:%d/%m/%Y}"))
    lines += [f"⚠ {line}" for line in list(pp.changes_ahead(p, library.day))[:1]]
    return lines


def source_line(p: Procedure, wanted: Sequence[str] = ()) -> str:
    """Code, decision, and the day of the source that was read; the official name stands at the head of the answer.
    What a field that is told has a source of its own for stands beside."""
    decision = p.validity.decision
    announced = decision if not decision or decision[0].isalpha() else f"Quyết định {decision}"
    about = [f"mã {p.code}" if p.code else "", announced]
    if not p.sources:
        return say.NO_OFFICIAL_SOURCE
    named = [*filter(None, about), _read(p.sources[0])]
    told = {field for aspect in wanted for field in pp.FIELDS[aspect]}
    beside = [_read(s) for s in p.sources[1:] if s.about in told]
    return "\n".join([f"Nguồn: {'; '.join(named)}", *beside])


def _read(s: Source) -> str:
    return f"{s.name}, theo dữ liệu {s.read}.{' ' + s.url if s.url else ''}"


def sources_of(sources: Iterable[Source]) -> tuple[str, ...]:
    return tuple(f"{s.name} ({s.read}){' ' + s.url if s.url else ''}" for s in sources)


def contact_answer(c: Contact) -> Answer:
    lines = [f"{c.name}: {c.number}" if c.number else f"{c.name}: {say.NUMBER_NOT_VERIFIED}"]
    if not c.number and c.where_to_find:
        lines.append(f"{say.WHERE_TO_FIND} {c.where_to_find.rstrip('.')}.")
    lines.append(c.purpose.rstrip(".") + ".")
    for label, value in (("Giờ", c.hours), ("Cước", c.cost), ("Lưu ý", c.note)):
        if value and c.number:
            lines.append(f"{label}: {value.rstrip('.')}.")
    if c.doubt and c.number:
        lines.append("⚠ " + say.TO_CHECK.format(doubt=c.doubt.rstrip(".") + "."))
    lines.append(_plain_source(c.sources))
    return Answer("\n".join(lines), Mention("contact", c.key, "", c.name), sources_of(c.sources), bool(c.number))


def service_answer(s: Service) -> Answer:
    lines = [f"{s.name}: {s.address}" if s.address else s.name, s.purpose.rstrip(".") + "."]
    lines += [f"Bước {i}: {step.rstrip('.')}." for i, step in enumerate(s.how_to_start, 1)]
    for label, value in (("Chi phí", s.cost), ("Lưu ý", s.note)):
        if value:
            lines.append(f"{label}: {value.rstrip('.')}.")
    if s.doubt:
        lines.append("⚠ " + say.TO_CHECK.format(doubt=s.doubt.rstrip(".") + "."))
    lines.append(_plain_source(s.sources))
    text = "\n".join(lines)
    return Answer(
        text if len(text) <= LONGEST else _at_sentence_end(text, LONGEST),
        Mention("service", s.key, "", s.name),
        sources_of(s.sources),
    )


def plain_answer(record: Contact | Service, lines: Sequence[str]) -> Answer:
    """A line or two of a hotline's or a service's record, with its number or address, what is doubtful of that, and its
    source."""
    contact = isinstance(record, Contact)
    where = record.number if isinstance(record, Contact) else record.address
    head = f"{record.name}: {where}" if where else record.name
    mention = Mention("contact" if contact else "service", record.key, "", record.name)
    doubt = ("⚠ " + say.TO_CHECK.format(doubt=record.doubt.rstrip(".") + "."),) if record.doubt and where else ()
    text = "\n".join([head, *lines, *doubt, _plain_source(record.sources)])
    return Answer(text, mention, sources_of(record.sources))


def _plain_source(sources: Sequence[Source]) -> str:
    if not sources:
        return say.NO_OFFICIAL_SOURCE_CONTACT
    return f"Nguồn: {sources[0].name}, theo dữ liệu {sources[0].read}."


def aspect_options(p: Procedure, day: dt.date, answered: Sequence[str]) -> tuple[Option, ...]:
    """Buttons for what else the record says; what was just answered is left out."""
    shown = answered or pp.CARD
    order = (
        "ho_so",
        "le_phi",
        "thoi_han",
        "noi_nop",
        "truc_tuyen",
        "trinh_tu",
        "dieu_kien",
        "ket_qua",
        "can_cu",
        "bieu_mau",
    )
    there = set(pp.published(p, day))
    wanted = [a for a in order if a in there and (a not in shown or not answered)]
    return tuple(Option(f"a:{p.key}:{a}", say.ASPECT_BUTTONS[a]) for a in wanted[:6])
