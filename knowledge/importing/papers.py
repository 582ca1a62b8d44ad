"""What has to be handed in: the portal's table of papers, forms and copies, glued or as a table, case by case."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise

from knowledge.importing.letters import bulletless, clean, line, plain, published
from knowledge.records import Case, Document, Form

HEADER = "Tên giấy tờMẫu đơn, tờ khaiSố lượng"
_COPIES = re.compile(r"(?P<digits>\d{1,6}) bản chính(?:,\s?(?P<copies>\d{1,3}) bản sao)?(?=$|[^\s,;.:)/\]])")
_FILE = re.compile(r"\.(?i:docx?|pdf|xlsx?|rar|zip|jpe?g|png|rtf|pptx?|tiff?)(?![a-z])")
_FILE_WORD = re.compile(
    r"(?<=\S)(?:Mẫu|MẪU|Mau|MAU|Mấu|Phụ lục|PHỤ LỤC|Phu luc|PL|TK|Tờ khai|To khai|TỜ KHAI|BM|Biểu|Bieu|Đơn|ĐƠN|Don|"
    r"DON|Giấy|GIẤY|Giay|Văn bản|Van ban|Bản|BẢN|Ban|Danh|DANH|Phiếu|PHIẾU|Phieu|Báo|BÁO|Bao|Thông báo|Hợp đồng|"
    r"Hop dong|Tờ trình|Công văn|Hồ sơ|Ho so|Thuyết minh|mẫu|mau|tk|bm|báo cáo|văn bản|tờ khai|phụ lục|danh sách|"
    r"danh mục|giấy đề|phiếu|đơn đề)(?=[\s_.\-\w])"
)
_SENTENCE_END = re.compile(r"(?<=[;:”])(?=\S)|(?<=\))(?=[^\s.,;:)\]])|(?<=[^\W\d]\.|\)\.)(?=\w)|(?<=/\d{4}\.)(?=\w)")
_GENERAL = re.compile(
    r"^(?:[\d.a-zđ]{1,8}[).]\s*)?(?:thanh phan ho so|ho so|bao gom|giay to phai nop|giay to phai xuat trinh|giay to"
    r"|\(?\d* ?bo ho so\)?|so luong ho so.*|ho so gom|cac giay to)"
    r"(?: (?:bao gom|gom|gom co|phai nop|nop|gom cac giay to sau|gom cac giay to|sau))*\s*[:;.]?$"
)
_NO_PAPER = re.compile(r"(?:\* ?)?so luong(?: bo)?(?: ho so)? ?[:(]|khong (?:quy dinh|co|yeu cau)\.?$")


@dataclass(frozen=True, slots=True)
class Papers:
    """The papers everyone needs, those of a case, and remarks that stood among them."""

    documents: tuple[Document, ...] = ()
    cases: tuple[Case, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    documents: tuple[Document, ...]


def glued_papers(text: str) -> Papers:
    """The papers of a cell whose columns stand glued one after another."""
    text = clean(text)
    if HEADER not in text:
        return Papers(documents=tuple(_loose(text)))
    title, *parts = text.split(HEADER)
    sections = []
    for index, part in enumerate(parts):
        documents, rest = _glued_rows(part)
        sections.append(Section(heading(title), tuple(documents)))
        title = rest
        if index == len(parts) - 1 and published(rest):
            sections[-1] = Section(sections[-1].title, (*documents, Document(line(rest))))
    return sorted_papers(sections)


def sorted_papers(sections: Iterable[Section]) -> Papers:
    """General headings go to the papers of everyone, every other heading is a case of its own."""
    documents: list[Document] = []
    cases: dict[str, tuple[Document, ...]] = {}
    for section in sections:
        if not section.documents:
            continue
        title = section.title
        if not title or _GENERAL.match(plain(title)):
            note = "Xuất trình" if "xuat trinh" in plain(title) else ""
            documents += [_noted(d, note) for d in section.documents]
        else:
            cases[title] = cases.get(title, ()) + section.documents
    made = tuple(Case(when=w, documents=tuple(dict.fromkeys(ds))) for w, ds in cases.items())
    return Papers(tuple(dict.fromkeys(documents)), made)


def document(name: str, files: Iterable[str], originals: int, copies: int) -> Document | None:
    """One paper from its cells; None where the cells hold nothing."""
    name = bulletless(line(published(name)))
    forms = [f for f in map(line, files) if f]
    if (not name and not forms) or _NO_PAPER.match(plain(name)):
        return None
    count = [f"{n} {kind}" for n, kind in ((originals, "bản chính"), (copies, "bản sao")) if n]
    more = "Mẫu khác: " + "; ".join(forms[1:]) if forms[1:] else ""
    form = Form(form_name(forms[0])) if forms else None
    return Document(name=name or form_name(forms[0]), copies=", ".join(count), form=form, note=more)


def form_name(file: str) -> str:
    """What the file of a form is called, without its ending."""
    return _FILE.sub("", file).strip() or file


def _noted(paper: Document, note: str) -> Document:
    return replace(paper, note="; ".join(n for n in (note, paper.note) if n))


def heading(text: str) -> str:
    title = bulletless(line(text)).strip(" :-–")
    return "" if title in ("", "-") else title


def _loose(text: str) -> Iterable[Document]:
    """Papers told as sentences; one for each line."""
    for part in text.split("\n"):
        if (name := bulletless(line(published(part)))) and (found := document(name, (), 0, 0)):
            yield found


def _glued_rows(part: str) -> tuple[list[Document], str]:
    """The rows up to the last count of copies, and what follows it: the heading of the next table."""
    documents, start = [], 0
    for found in _COPIES.finditer(part):
        spare, originals = _count(part[start : found.start()], found["digits"], part[found.end() : found.end() + 1])
        if spare is None:
            continue
        name, files = _name_and_files(part[start : found.start()] + spare)
        if paper := document(name, files, originals, int(found["copies"] or 0)):
            documents.append(paper)
        start = found.end()
    return documents, part[start:]


def _count(before: str, digits: str, after: str) -> tuple[str | None, int]:
    """The digits that still belong to the name, and the number of originals; (None, 0) inside a sentence.

    The count is stuck to the name, so a number after a blank ends with the count ("Điều 12" + "1"), a leading zero is
    a sentence's own spelling ("01 bản chính …"), and portals count by single digits where both readings are possible.
    """
    if not before:
        return ("", int(digits)) if len(digits) == 1 else (None, 0)
    if before[-1] in " (\n":
        if len(digits) == 1:
            return (None, 0) if after == "(" else ("", int(digits))
        return (digits[:-1], int(digits[-1])) if not re.fullmatch(r"0\d", digits) else (None, 0)
    if before[-1] in "/.-" or len(digits) > 2:
        return digits[:-1], int(digits[-1])
    if len(digits) == 2 and (digits[0] == "0" or re.search(r"(?:Mẫu|số|[A-ZĐ])$", before)):
        return digits[:-1], int(digits[-1])
    return "", int(digits)


def _name_and_files(cell: str) -> tuple[str, list[str]]:
    """A paper's name, and the files of its forms that are stuck to it."""
    ends = [m.end() for m in _FILE.finditer(cell)]
    if not ends or published(cell[ends[-1] :]):
        return cell, []
    first = cell[: ends[0]]
    start = _file_start(_FILE.sub("", first))
    files = [first[start:]] + [cell[a:b] for a, b in pairwise(ends)]
    return first[:start], files


def _file_start(text: str) -> int:
    """Where the name of the file begins, in the name of a paper with the name of a file stuck to it.

    First a word that such files like to begin with; else the last end of a sentence with something stuck to it; else
    the first place where letters of two kinds meet; else the last word. A name that leaves a bracket open is second
    best everywhere.
    """
    found = [
        (0, [m.start() for m in _FILE_WORD.finditer(text)]),
        (-1, [m.start() for m in _SENTENCE_END.finditer(text)]),
        (0, [at for at in range(1, len(text)) if _meet(text, at)]),
        (-1, [m.start() for m in re.finditer(r"(?<=[A-ZĐ])\d|(?<=\d{4})[A-ZĐ]", text)]),
    ]
    near = max(0, len(text) - 160)
    for whole in (True, False):
        for choose, starts in found:
            fitting = [at for at in starts if at >= near and bulletless(text[:at])]
            if fitting := [at for at in fitting if not whole or text.count("(", 0, at) <= text.count(")", 0, at)]:
                return _with_ordinal(text, fitting[choose])
    return len(text) - len(text.rstrip().rsplit(" ", 1)[-1])


def _with_ordinal(text: str, start: int) -> int:
    """The start moved before the file's own number: "…;7-Mẫu NA6", "…định.1.5. Don de nghi"."""
    number = re.search(r"(?<=[a-zà-ỹ;:)”.])(?<![./]\d)\d[\d.]{0,5}[-.)_]?\s?$", text[:start])
    return number.start() if number and bulletless(text[: number.start()]) else start


def _meet(text: str, at: int) -> bool:
    """Whether a word ends and another begins at this place without a blank: "bảnMau", "tiếp18", "NHNNPhlc"."""
    before, after = text[at - 1], text[at]
    if before.islower():
        return after.isupper() or after.isdigit()
    return (before.isupper() or before.isdigit()) and after.isupper() and text[at + 1 : at + 2].islower()
