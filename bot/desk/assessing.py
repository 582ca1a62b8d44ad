"""What the house says of a story that is being filed: its kind, its urgency, its field."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

from bot.dialogue import understanding
from bot.dialogue.judging import Judge
from bot.dialogue.message import File, MessageClass
from bot.dialogue.urgent import danger
from bot.petitions.openings import without_opening
from bot.petitions.petition import Kind
from bot.petitions.triage import Found, Triage, triage
from index.passages import RecordKind
from index.retriever import Retriever
from knowledge.library import Library
from knowledge.records import Procedure
from knowledge.vietnamese import fold

# From here on the field of the record that a story is nearest to is taken for the story's.
FIELD_SURE = 0.5
# So much of the three kinds' likelihood one must hold.
KIND_SURE = 0.5
# Every petition sounds like these records; none is about them.
_WAYS_OF_SAYING = frozenset({"pakn", "khieu_nai", "to_cao", "tiep_cong_dan"})
# Papers and desks by which people name a field, where no record is surely meant.
_NAMED_BY = {
    "Hộ tịch": r"ho tich|khai sinh|khai tu|ket hon|nhan con|giam ho|doc than",
    "Đất đai": r"dia chinh|dat dai|so do|so hong|quyen su dung dat|tach thua|thua dat",
    "Chứng thực": r"chung thuc|sao y|ban sao co chung",
    "Cư trú": r"cu tru|tam tru|thuong tru|tam vang|ho khau",
    "Căn cước, định danh": r"can cuoc|cccd|dinh danh|vneid",
    "Lý lịch tư pháp": r"ly lich tu phap",
    "Xây dựng": r"giay phep xay dung|phep xay|xay (?:nha )?trai phep|xay dung",
    "Bảo hiểm xã hội": r"bao hiem|bhyt|bhxh",
    "Bảo trợ xã hội, người có công": r"tro cap|bao tro|nguoi co cong|thuong binh|ho ngheo|khuyet tat",
    "Đăng ký kinh doanh": r"ho kinh doanh|dang ky kinh doanh|dkkd",
    "Giao thông": r"giay phep lai xe|bang lai|dang ky xe|dang kiem",
    "Thuế": r"thue",
    "Y tế": r"tram y te|benh vien|kham benh",
    "Giáo dục": r"truong hoc|nha truong|hoc phi|tuyen sinh|nhap hoc",
}


def assessed(filed: File, library: Library, retriever: Retriever, judge: Judge, today: dt.date) -> Triage:
    """By the whole of the story, not by the message that began it."""
    kind = filed.kind.value
    if filed.kind is MessageClass.UNCLEAR:
        kind = _likeliest(judge.message_class(filed.text, library.language)[2])
    field, key = _field_and_procedure(filed.text, library, retriever)
    return triage(filed.text, Found(kind, field=field, procedure=key), today)


def judged(text: str, library: Library, retriever: Retriever, judge: Judge, today: dt.date) -> Triage:
    """What a story is that came without a conversation, by phone or on paper: what its sender calls it, what the
    classifier hears, what danger it tells."""
    said, _, likelihoods = judge.message_class(text, library.language)
    declared = judge.declared(text, library.language)
    told = danger(understanding.read(text, library), judge, library)
    field, key = _field_and_procedure(text, library, retriever)
    found = Found(said.value, likelihoods, declared.value if declared else "", told or (), field, procedure=key)
    return triage(text, found, today)


def _field_and_procedure(text: str, library: Library, retriever: Retriever) -> tuple[str, str]:
    """The field that the story belongs to and the procedure that it is about, where they are known."""
    story = without_opening(text)
    procedure = _procedure(story, library, retriever)
    return (procedure.field, procedure.key) if procedure else (_field_named(story, library), "")


def _procedure(text: str, library: Library, retriever: Retriever) -> Procedure | None:
    """The procedure that the story is about, where one is surely found."""
    hits = retriever.search(text, 3)
    best = next(iter(hits.hits), None)
    if best is None or best.record.kind is not RecordKind.PROCEDURE or hits.confidence < FIELD_SURE:
        return None
    return None if best.record.key in _WAYS_OF_SAYING else library.procedure(best.record.key)


def _field_named(text: str, library: Library) -> str:
    """The field whose desk or papers the words name first; "" for none."""
    known, folded = set(library.fields()), fold(text)
    found = [(m.start(), field) for field, words in _NAMED_BY.items() if (m := re.search(rf"\b(?:{words})\b", folded))]
    return next((field for _, field in sorted(found) if field in known), "")


def _likeliest(likelihoods: Mapping[str, float]) -> str:
    """Of what is to be filed it is known that it is a petition: the kind that most of the three speaks for, if any."""
    kinds = {k.value: likelihoods.get(k.value, 0.0) for k in Kind if k is not Kind.UNCLEAR}
    best = max(kinds, key=lambda k: kinds[k])
    return best if kinds[best] >= KIND_SURE * sum(kinds.values()) else Kind.UNCLEAR.value
