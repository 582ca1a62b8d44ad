"""What a message says, before anything is looked up: aspects, marks of a follow-up, places, years, choices, codes.

Everything that is recognised stands in knowledge/content/language.yaml; here are only the rules that combine it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.dialogue.message import Option
from knowledge.library import Library
from knowledge.records import Language, Wordlist
from knowledge.vietnamese import Told, expand, fold, normalise, told
from knowledge.vietnamese.identity import Same

LONGEST = 2000
PETITION_CODE = re.compile(r"\bpa[\s-]?(\d{4})[\s-]?(\d{1,6})(?:[\s-]?([a-z]))?\b", re.I)
YEAR = re.compile(r"(?<![\d/.])(20\d\d)(?![\d/])")
_BREAK = re.compile(r"[.?!;\n]+|,| và | với lại | rồi | còn | với ")


@dataclass(frozen=True, slots=True)
class Clause:
    """One question of a message. `subject`: what remains when aspects, marks and fillers are taken away. `unstated`:
    what is asked that no record has a field for; `absent`: things asked about that no record here is about."""

    text: str
    aspects: tuple[str, ...]
    subject: str
    unstated: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """A message as understood. `core`: what it asks, without the words of address before it and what it takes back
    ("không phải góp ý, hỏi …"); `marks`, `talk`: keys of language.yaml; `bare`: typed without marks."""

    text: str
    folded: str
    core: str
    clauses: tuple[Clause, ...]
    aspects: tuple[str, ...]
    plan_aspects: tuple[str, ...]
    marks: frozenset[str]
    talk: tuple[str, ...]
    emergencies: tuple[str, ...]
    events: tuple[str, ...]
    provinces: tuple[str, ...]
    years: tuple[int, ...]
    petition_code: str = ""
    bare: bool = False

    @property
    def subject(self) -> str:
        return " ".join(c.subject for c in self.clauses).strip()


def read(text: str, library: Library, mend: Callable[[str], str] = str) -> Reading:
    """`mend`: how slips of the finger are mended where short forms have been written out."""
    language = library.language
    clean = _BURNT.sub(r"\1 bị mất", mend(expand(normalise(_TAG.sub(" ", text[:LONGEST])), language)))
    clean = _AGED.sub(r"\1 tuổi", clean)
    folded = fold(clean)
    core = _core(clean, language)
    asked = told(_asked(Same(language)), _as_typed(core, text))
    beside = {w.key for w in language.unstated}
    unstated, aspects = ([t for t in asked if (t.key in beside) is of_none] for of_none in (True, False))
    code = PETITION_CODE.search(text)
    return Reading(
        text=clean,
        folded=folded,
        core=core,
        clauses=_clauses(core, _as_typed(core, text), aspects, unstated, language),
        aspects=_keys(aspects),
        plan_aspects=_keys(told(language.plan_aspects, clean)),
        marks=frozenset(_keys(told(language.follow_ups, _as_typed(clean, text)))),
        talk=_keys(told(language.small_talk, clean)),
        emergencies=_keys(told(language.emergencies, clean)),
        events=_keys(told(language.life_events, clean)),
        provinces=_provinces(folded, library),
        years=tuple(dict.fromkeys(int(y) for y in YEAR.findall(clean))),
        petition_code=_spelled(code) if code else "",
        bare=text.isascii(),
    )


@lru_cache(maxsize=4)
def _asked(language: Same) -> tuple[Wordlist, ...]:
    """Made once: lists are told fastest where they are the same each time."""
    return (*language.it.unstated, *language.it.aspects)


# Papers that burned or drowned are lost papers; a house that burns is a fire.
_PAPER = (
    r"(?:sổ|so|giấy|giay|thẻ|the|bằng|bang) (?!phép phòng|phep phong)\w+(?: \w+){0,2}|hộ chiếu|ho chieu|"
    r"căn cước|can cuoc|học bạ|hoc ba|cà vẹt|ca vet"
)
_TAIL = r"(?: (?:mất|mat|hết|het|rồi|roi|trụi|trui|rụi|rui|sạch|sach|thành tro|thanh tro))*"
# What was pasted from a page: "<b>khai sinh</b>".
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,60}>")
_BURNT = re.compile(
    rf"\b((?:{_PAPER})(?: (?!đang|dang|phòng|chữa|phong|chua)\w+){{0,3}}?) (?:(?:bị|bi) (?:cháy|chay|lũ cuốn|lu cuon|"
    rf"nước cuốn|nuoc cuon|trôi|troi|mối ăn|moi an|chuột cắn|chuot can){_TAIL}|(?<!phòng )(?<!chữa )cháy "
    rf"(?:mất|hết|rồi|trụi|rụi|sạch|thành tro){_TAIL})\b"
)
# "con 7t": years of age, said of somebody; "xe 5t" weighs five tons.
_SOMEBODY = (
    "con bé cháu em nó trẻ đứa trai gái bố ba mẹ má cha ông bà cụ tôi tui mình vợ chồng anh chị cô chú bác đủ được nay"
)
_AGED = re.compile(rf"\b((?:{'|'.join((*_SOMEBODY.split(), *fold(_SOMEBODY).split()))}) \d{{1,2}}) ?t\b")
_TAKEN_BACK = re.compile(r"(?:dạ |à |ơ )?(?:không phải|đâu phải|khong phai|dau phai)\b[^,.;]{1,40}[,.;]\s*")


def _core(text: str, language: Language) -> str:
    """A long opening of courtesies leads the search astray; what is taken back is not asked."""
    taken = _TAKEN_BACK.match(text)
    rest = text[taken.end() :] if taken and len(text[taken.end() :].split()) >= 2 else text
    polite = tuple(w for w in language.fillers if w.key == "loi_thua")
    for span in told((*polite, *_courtesies(language)), rest):
        between = rest[: span.start].strip(" ,.!:;").split()
        if span.start > 24 or len(between) > 2:
            break
        opening = rest[span.end :].lstrip(" ,.!:;")
        if rest[span.end :][:1] in ",.!:;" and len(opening.split()) >= 2:
            return _core(opening, language)
    return rest


def choice(text: str, options: Sequence[Option], marks: frozenset[str]) -> Option | None:
    """The option that a short answer means: its number, its ordinal, or words that only its label holds."""
    number = numbered(text, len(options), marks)
    if number is not None:
        return options[number - 1] if number else None
    return _by_label(fold(text).strip(" .,!?)("), options)


def numbered(text: str, count: int, marks: frozenset[str]) -> int | None:
    """Which of so many a short answer names by its number or its ordinal: 0 where there are not so many, None where it
    names none."""
    bare = fold(text).strip(" .,!?)(")
    found = re.fullmatch(r"(?:so |cau |muc |chon |cai )?(?:so )?(\d)(?: nhe| a| di| nha)?", bare)
    ordinal = next((m[3:] for m in marks if m.startswith("so_")), "")
    number = int(found[1]) if found else count if ordinal == "cuoi" else int(ordinal) if ordinal else None
    return number if number is None or number <= count else 0


def _by_label(bare: str, options: Sequence[Option]) -> Option | None:
    asked = set(bare.split())
    if not asked or not options or len(asked) > 7:
        return None
    options = [o for o in options if not o.id.startswith(("f:", "fb:")) or fold(o.label) == bare]
    if not options:
        return None
    labels = [set(re.findall(r"\w+", fold(o.label))) for o in options]
    if exact := [o for o, label in zip(options, labels, strict=True) if label == asked]:
        return exact[0]
    scores = [len(asked & label) / len(asked) for label in labels]
    best = max(scores)
    winners = [o for o, s in zip(options, scores, strict=True) if s == best]
    return winners[0] if best >= 0.99 and len(winners) == 1 else None


def subject_of(text: str, spans: Iterable[Told]) -> str:
    """The text, folded, without what only tells how it is asked."""
    letters = list(text)
    for t in spans:
        letters[t.start : t.end] = " " * (min(t.end, len(letters)) - t.start)
    return " ".join(re.findall(r"[\w.&/-]*\w", fold("".join(letters))))


def _as_typed(text: str, message: str) -> str:
    """Letter for letter, without the marks that only short forms written out brought into a message that has none:
    beside "căn cước công dân" for "cccd", "o dau" is no slip of somebody who types marks."""
    return fold(text) if message.isascii() else text


def _clauses(
    text: str, typed: str, aspects: Sequence[Told], unstated: Sequence[Told], language: Language
) -> tuple[Clause, ...]:
    """A message is parted where two aspects are asked with a break between them; else it is one clause. The same
    aspect asked twice parts it only where each part has a subject of its own."""
    aside = (*told(language.follow_ups, typed), *told(language.fillers, typed), *told(_courtesies(language), typed))
    spans = (*aspects, *unstated, *aside)
    asked = sorted((*aspects, *unstated), key=lambda t: t.start)
    cuts = [0]
    for i, (before, after) in enumerate(zip(asked, asked[1:], strict=False)):
        breaks = list(_BREAK.finditer(text, before.end, after.start))
        if not breaks:
            continue
        at, stop = breaks[0].end(), asked[i + 2].start if i + 2 < len(asked) else len(text)
        differ = before.key != after.key
        if differ or all(_tells(text, a, b, spans, language) for a, b in ((cuts[-1], at), (at, stop))):
            cuts.append(at)
    for mark in re.finditer(r"\?[\s?]*", text):
        begun = max(c for c in cuts if c <= mark.end())
        stop = min((c for c in cuts if c > mark.end()), default=len(text))
        if (
            begun < mark.start()
            and _subject(text, begun, mark.start(), spans)
            and _subject(text, mark.end(), stop, spans)
        ):
            cuts.append(mark.end())
    if (also := _ALSO.search(text)) and _subject(text, 0, also.start(), spans):
        cuts.append(also.start(1))
        spans = (*spans, *(Told("", "", *also.span(group)) for group in (1, 2)))
    cuts = [*sorted(set(cuts)), len(text)]
    clauses = []
    for start, end in zip(cuts, cuts[1:], strict=False):
        if part := text[start:end].strip():
            own, beside = ([t for t in found if start <= t.start < end] for found in (aspects, unstated))
            absent = _keys(told(language.absent, part))
            clauses.append(Clause(part, _keys(own), _subject(text, start, end, spans), _keys(beside), absent))
    return tuple(clauses)


# "…, còn hộ chiếu nữa": the same, asked of one thing more.
_ALSO = re.compile(
    r"[,.;?] *((?:(?:thế|vậy|rồi|the|vay|roi) )?(?:còn|con)) (?!(?:gì|gi|ai|bao|mấy|may|nếu|neu)\b)"
    r"(?:\w+ ){1,4}(nữa|nua|thì sao|thi sao)\W*$"
)


def _tells(text: str, start: int, end: int, spans: Iterable[Told], language: Language) -> bool:
    """Whether a part has a subject of more than common words."""
    common = {w for words in language.common for w in words.phrases}
    common = set(map(fold, common)) if text.isascii() else common
    subject = set(_subject(text, start, end, spans).split())
    return any(fold(w) in subject and w not in common for w in re.findall(r"\w+", text[start:end]))


def _subject(text: str, start: int, end: int, spans: Iterable[Told]) -> str:
    inside = [
        Told(t.key, t.phrase, max(t.start, start) - start, min(t.end, end) - start)
        for t in spans
        if t.end > start and t.start < end
    ]
    return _LEFT_OVER.sub("", subject_of(text[start:end], inside))


# "… hết bao nhiêu v": what is left of "vậy", "z", "rồi" when all that asks is taken away.
_LEFT_OVER = re.compile(r"(?: [vzrj])+$")


def _courtesies(language: Language) -> tuple[Wordlist, ...]:
    """Courtesies around a question are no subject of it."""
    return tuple(w for w in language.small_talk if w.key in ("chao", "cam_on", "tam_biet"))


def _keys(found: Iterable[Told]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(t.key for t in found))


def _spelled(code: re.Match[str]) -> str:
    year, number, check = code.groups()
    return f"PA-{year}-{int(number):06d}{f'-{check.upper()}' if check else ''}"


def _provinces(folded: str, library: Library) -> tuple[str, ...]:
    """Provinces named by an old or new name, longest names first; a short nickname counts only as a word of its own."""
    found: dict[int, str] = {}
    for name, key in library.province_names():
        if name not in folded:
            continue
        for m in re.finditer(rf"\b{re.escape(name)}\b", folded):
            if not any(m.start() <= at < m.end() for at in found):
                found[m.start()] = key
    return tuple(dict.fromkeys(found[at] for at in sorted(found)))


def wordlist(lists: Iterable[Wordlist], key: str) -> Wordlist | None:
    return next((w for w in lists if w.key == key), None)
