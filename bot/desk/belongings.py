"""What is kept of one conversation: handed over whole, or erased. Counts and events stay; nobody's words do."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from bot.desk.casework import Casework
from bot.desk.following import name_of
from bot.desk.notices import CITIZEN_KIND
from bot.desk.posting import settle_scans
from bot.dialogue.session import load
from bot.ledger import Attachment, Paper
from bot.outreach.quiz.contest import Asked, Drill, Item, Player
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
        "theo_doi": [{"ve": name_of(s), "tu": s.since.isoformat()} for s in tx.subscriptions_of(conversation)],
        "quet_to_dan": [{"to_so": s.poster, "luc": s.at.isoformat()} for s in tx.scans_of(conversation)],
        "cau_hoi": turns,
        "phieu": [_petition(work, code) for code in tx.codes_of(conversation)],
        "cuoc_thi": [_play(work, player) for player in tx.plays_of(conversation)],
        "luyen_tap": [_drill(work, drill) for drill in tx.drills_of(conversation)],
        "do_vui": [{"luc": v.at.isoformat(), "dung": v.right} for v in tx.votes_of(conversation)],
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
    settle_scans(tx, conversation)
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


def _play(work: Casework, player: Player) -> dict[str, Any]:
    """A contest with one's name in it, every try, every answer with its time."""
    tx = work.tx
    contest = tx.contest(player.contest)
    items = {i.number: i for i in tx.items(player.contest)}
    return {
        "cuoc_thi": contest.title if contest else "",
        "ten": player.name,
        "hien_ten": player.shown,
        "tham_gia_luc": player.joined_at.isoformat(),
        "cac_lan": [
            {
                "bat_dau": entry.began_at.isoformat(),
                "xong": entry.ended_at.isoformat() if entry.ended_at else "",
                "tra_loi": [_answer(items[a.item], a) for a in tx.asked_of(entry.id) if a.answered_at],
            }
            for entry in tx.entries(player.contest, player.id)
        ],
    }


def _answer(item: Item, asked: Asked) -> dict[str, Any]:
    chosen = item.options[asked.option].text if asked.option is not None else ""
    at = asked.answered_at.isoformat() if asked.answered_at else ""
    return {"cau_hoi": item.text, "chon": chosen, "luc": at, "so_giay": asked.seconds}


def _drill(work: Casework, drill: Drill) -> dict[str, Any]:
    question = work.tx.question(drill.question)
    return {"luc": drill.asked_at.isoformat(), "cau_hoi": question.text if question else "", "dung": drill.right}


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
