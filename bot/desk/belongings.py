"""What is kept of one conversation: handed over whole, or erased. Counts and events stay; nobody's words do."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from bot.desk.casework import Casework
from bot.desk.notices import CITIZEN_KIND
from bot.dialogue.session import load
from bot.ledger import Attachment, Paper
from bot.petitions.petition import CITIZEN, Happening, Petition, State, legal_moves

# What officers wrote for one another is not the citizen's.
_INTERNAL = frozenset({"note", "public_question", "public_answer"})


@dataclass(frozen=True, slots=True)
class Erased:
    """`withdrawn`: open petitions that were withdrawn first; `files`: digests of files that may go."""

    turns: int
    petitions: int
    withdrawn: int
    files: tuple[str, ...] = ()


def data_of(work: Casework, conversation: str) -> str:
    """All of it as JSON, in plain words for keys, readable by its owner."""
    tx = work.tx
    session = load(tx.session(conversation))
    turns = [
        {"luc": t.at.isoformat(), "cua": t.door, "cau_hoi": t.question, "tra_loi": t.reply}
        for t in tx.turns_of(conversation)
    ]
    tree = {
        "cuoc_tro_chuyen": conversation,
        "noi_o": session.place,
        "phieu_viet_do": asdict(session.draft) if session.draft else None,
        "dong_y": [{"ve": c.what, "dong_y": c.given, "luc": c.at.isoformat()} for c in tx.consents(conversation)],
        "cau_hoi": turns,
        "phieu": [_petition(work, code) for code in tx.codes_of(conversation)],
        "tep_chua_dung": [_file(a) for a in tx.attachments("", conversation)],
    }
    return json.dumps(tree, ensure_ascii=False, indent=2)


def erased(work: Casework, conversation: str) -> Erased:
    """Open petitions are withdrawn, then everything of this conversation is blanked."""
    tx = work.tx
    codes = tx.codes_of(conversation)
    files = list(tx.drop_attachments(conversation=conversation))
    withdrawn = 0
    for code in codes:
        petition = work.petition(code)
        if State.WITHDRAWN in legal_moves(petition, work.now):
            petition = work.move(petition, State.WITHDRAWN, CITIZEN)
            withdrawn += 1
        files += _blanked(work, petition)
    return Erased(tx.forget(conversation, work.now), len(codes), withdrawn, tuple(files))


def open_codes(work: Casework, conversation: str) -> Sequence[str]:
    found = (work.tx.petition(code) for code in work.tx.codes_of(conversation))
    return [p.code for p in found if p is not None and p.open]


def _blanked(work: Casework, petition: Petition) -> Sequence[str]:
    tx = work.tx
    if petition.published:
        petition = work.happen(petition, Happening.PUBLISHED, CITIZEN, {"published": "0"})
    work.happen(petition, Happening.ERASED, CITIZEN)
    for notice in tx.notices(petition.code):
        if notice.state == "waiting" and notice.kind == CITIZEN_KIND:
            tx.notice_failed(notice.id, None, "erased")
    files = tx.drop_attachments(code=petition.code)
    tx.blank(petition.code)
    return files


def _petition(work: Casework, code: str) -> dict[str, Any]:
    petition, party = work.petition(code), work.tx.party(code)
    return {
        "ma": code,
        "gui_luc": petition.filed_at.isoformat(),
        "trang_thai": petition.state.value,
        "loai": petition.kind.value,
        "linh_vuc": petition.field,
        "lien_he": party.contact if party else "",
        "giay_to": [_paper(p) for p in work.tx.papers(code) if p.role not in _INTERNAL],
        "tep": [_file(a) for a in work.tx.attachments(code)],
        "dien_bien": [
            {"luc": e.at.isoformat(), "viec": e.kind.value, "trang_thai": e.details.get("to", "")}
            for e in work.tx.events(code)
        ],
    }


def _paper(paper: Paper) -> dict[str, Any]:
    return {"muc": paper.role, "luc": paper.at.isoformat(), "loi": paper.text}


def _file(attachment: Attachment) -> dict[str, Any]:
    return {"ten": attachment.name, "loai": attachment.kind, "co_byte": attachment.size, "sha256": attachment.digest}
