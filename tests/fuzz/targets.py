"""What outsiders can send, as functions of bytes. Each returns quietly for any bytes, or there is a fault: named
refusals are caught here, anything else is what fuzzing looks for."""

from __future__ import annotations

import contextlib
import functools
import json
import logging
import os
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.dialogue.message import Message
from bot.dialogue.session import Session, dump, load
from tests.fuzz import seeds
from tests.fuzz.messages import TODAY, Core, make_core

INDEX = "FUZZ_INDEX"
"""The environment names the index that answers."""
Target = Callable[[bytes], None]
TURNS = 3


@functools.cache
def core() -> Core:
    return make_core(Path(os.environ[INDEX]))


def text_of(data: bytes) -> str:
    """Any letters, halves of pairs too, as a door hands them over."""
    return data.decode("utf-8", "surrogatepass" if len(data) % 2 else "replace")[:4096]


def said(data: bytes) -> str:
    with contextlib.suppress(UnicodeDecodeError):
        return text_of(data)
    return data.decode("utf-8", "replace")[:4096]


# --- what citizens write and press -----------------------------------------------------------------------------------


def text(data: bytes) -> None:
    session = Session()
    for part in said(data).split("\n")[:TURNS]:
        session, _ = core().heard(session, Message(part))


BEFORE = ("làm giấy khai sinh cần gì", "tôi muốn phản ánh", "kế hoạch tuyên truyền năm 2014", "xóa dữ liệu", "")


def pressed(data: bytes) -> None:
    """A button that was never offered, after some question; then words."""
    session, reply = core().heard(Session(), Message(BEFORE[(data[0] if data else 0) % len(BEFORE)]))
    choice = said(data[1:])[:64]
    if reply.options and len(data) > 1 and data[1] < 40:  # one that was, bent a little
        choice = (reply.options[data[1] % len(reply.options)].id + choice)[:64]
    session, _ = core().heard(session, Message("", choice))
    core().heard(session, Message("còn lệ phí thì sao"))


def inline(data: bytes) -> None:
    from bot.telegram_chat.inline import inline_results

    json.dumps(inline_results(_Searching(), said(data)))  # type: ignore[arg-type]


class _Searching:
    """As much of a desk as an inline query needs."""

    def search(self, words: str, limit: int) -> Any:
        from bot.desk import searching

        return list(searching.search(core().retriever, core().library, words, limit))


def session(data: bytes) -> None:
    """Another version's session, another's, or a broken one, wherever it is broken."""
    draft = '{"kind": "phan_anh", "text": "Cống nghẹt", "step": "confirm"}'
    kept = dump(replace(Session(), place="Cao Bằng", waiting="place", last_question="làm khai sinh"))
    at, told = (data[0] if data else 0), said(data[1:])
    broken = kept.replace('"draft": null', f'"draft": {draft}') if at % 2 else kept
    if at % 3 == 0:
        broken = told
    elif at % 3 == 1:
        cut = (data[1] if len(data) > 1 else 0) * len(broken) // 256
        broken = broken[:cut] + told[1:] + broken[cut:]
    for words in ("gửi", "có", "còn lệ phí thì sao"):
        core().heard(load(broken), Message(words))


# --- files -----------------------------------------------------------------------------------------------------------


def attachment(data: bytes) -> None:
    from bot.desk.attachments import LIMITS, Unfit, examined

    try:
        fit = examined(data)
    except Unfit:
        return
    assert fit.kind in LIMITS and fit.data
    if fit.kind.startswith("image/"):
        assert examined(fit.data).kind == fit.kind


def _imported(name: str, data: bytes) -> None:
    from knowledge.importing.files import read_file
    from knowledge.importing.imported import Unreadable

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / name
        file.write_bytes(data)
        try:
            read_file(file, TODAY)
        except Unreadable as bad:
            assert str(bad).strip()


def xlsx(data: bytes) -> None:
    _imported("danh-sach.xlsx", data)


def docx(data: bytes) -> None:
    _imported("van-ban.docx", data)


def pdf(data: bytes) -> None:
    _imported("ke-hoach.pdf", data)


def portal_json(data: bytes) -> None:
    _imported("ban-ghi.json", data)
    _imported("ban-ghi.jsonl", data)


def plan_text(data: bytes) -> None:
    _imported("ke-hoach.md", data)


@functools.cache
def _office(kind: str) -> Mapping[str, bytes]:
    return seeds.members(seeds.xlsx() if kind == "xlsx" else seeds.docx())


def _inside(kind: str, data: bytes) -> bytes:
    """A sound package in one part of which some bytes are others: what mutated bytes of the whole would never reach,
    since the package's own sums would be wrong."""
    parts = dict(_office(kind))
    if len(data) < 4:
        return seeds.packed(parts)
    name = sorted(parts)[data[0] % len(parts)]
    part, told = parts[name], data[4:]
    at = int.from_bytes(data[1:3], "big") * (len(part) + 1) >> 16
    parts[name] = part[:at] + told + part[at + min(data[3], len(part)) :]
    return seeds.packed(parts)


def xlsx_inside(data: bytes) -> None:
    xlsx(_inside("xlsx", data))


def docx_inside(data: bytes) -> None:
    docx(_inside("docx", data))


# --- bodies ----------------------------------------------------------------------------------------------------------


def api_body(data: bytes) -> None:
    from bot.web.api import Lookup, NewPetition, Question
    from bot.web.json_shapes import as_tree, checked

    try:
        tree = json.loads(data)
    except (ValueError, RecursionError):
        return
    for cls in (Question, NewPetition, Lookup):
        value, faults = checked(cls, tree)
        assert (value is None) == bool(faults)
        if value is not None:
            json.dumps(as_tree(value)).encode()


def update(data: bytes) -> None:
    """What comes by the webhook, whose sender knows the secret: any JSON that calls itself an update is kept and worked
    on; one that cannot be read is a fault of its own, which the worker's outer edge settles with an apology."""
    import telegram

    from bot.telegram_chat.inbox import chat_of

    try:
        tree = json.loads(data)
    except (ValueError, RecursionError):
        return
    if isinstance(tree, dict):
        assert chat_of(tree)
        with contextlib.suppress(TypeError, ValueError, KeyError, AttributeError, OverflowError, OSError):
            telegram.Update.de_json(tree, None)  # type: ignore[arg-type]


def log_line(data: bytes) -> None:
    """Whatever stands in an error goes through the journal's cleaning."""
    from bot.journal import JsonLines, cleaner
    from bot.petitions.privacy import findings, mask

    words = said(data)
    for one in findings(words):
        assert 0 <= one.start < one.end <= len(words)
    line = JsonLines(cleaner(["bí-mật-dài-lắm"], mask)).format(
        logging.LogRecord("x", logging.ERROR, "", 0, words.replace("%", "%%"), (), None)
    )
    assert "bí-mật-dài-lắm" not in line and "\n" not in line


def visible(data: bytes) -> None:
    from bot.petitions.visible import pieces, without_hidden

    words = said(data)
    shown = pieces(words)
    assert "".join(p.shown for p in shown if p.trick != "hidden") == without_hidden(words)


TARGETS: Mapping[str, tuple[Target, Callable[[], list[bytes]]]] = {
    "text": (text, lambda: [b.encode() for b in BEFORE]),
    "pressed": (pressed, lambda: [b"\1pa:gui", b"\0a:ho_so", b"\2plan:x", b"\3data:xoa"]),
    "inline": (inline, lambda: [b"khai sinh", b"1.001193"]),
    "session": (session, lambda: [b"\0" + dump(Session()).encode(), b"\1\x80null", b'\4\x40"']),
    "attachment": (attachment, lambda: [*seeds.pictures(), seeds.film(), seeds.pdf()]),
    "xlsx": (xlsx, lambda: [seeds.xlsx()]),
    "xlsx_inside": (xlsx_inside, lambda: [b"\x07\x80\0\1<v>9</v>", b"\x01\x40\0\x10"]),
    "docx": (docx, lambda: [seeds.docx()]),
    "docx_inside": (docx_inside, lambda: [b"\x05\x80\0\1<w:t>9</w:t>", b"\x01\x40\0\x10"]),
    "pdf": (pdf, lambda: [seeds.pdf()]),
    "portal_json": (portal_json, lambda: [seeds.portal()]),
    "plan_text": (plan_text, lambda: ["\n".join(seeds.LINES).encode(), "\n".join("| a | b |" for _ in "ab").encode()]),
    "api_body": (api_body, lambda: [b'{"text": "a", "consent": true, "kind": "khong_ro"}', b"[]", b'{"text": 5}']),
    "update": (update, lambda: [b'{"update_id": 1, "message": {"message_id": 1, "date": 0, "chat": {"id": 1}}}']),
    "log_line": (log_line, lambda: ["gọi 0912 345 678, a@b.vn, 12 Lê Lợi".encode()]),
    "visible": (visible, lambda: ["Ch\u200bào \u202eab аpple".encode()]),
}
"""What is fuzzed, each with the bytes from which one begins."""
