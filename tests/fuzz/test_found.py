"""What fuzzing has found, kept so that it does not come back."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.dialogue.message import Message
from bot.dialogue.session import Draft, Session
from tests.faults.conftest import shipped
from tests.fuzz import targets
from tests.fuzz.messages import Core, make_core

__all__ = ["shipped"]


@pytest.fixture(scope="module")
def core(shipped: Path) -> Core:
    return make_core(shipped)


def test_going_back_with_nothing_to_go_back_to_is_a_question_like_others(core: Core) -> None:
    """Several clauses in a first message, or beside an open form, one of which has words of returning."""
    text = (
        "khám rồi về không nằm viện thì xin giấy chi để không mất lương mấy bữa bang bi roi nhung vneid con hien, "
        "co can xin ban cung } bi phat khong doi mu o tinh xa, co phai quay lai do nop"
    )
    form = Session(draft=Draft("phan_anh_hanh_vi", "nhà đứng tên hai anh em, một người dời tên", step="contact"))
    for session in (Session(), form):
        for words in (text, f'phep \U000e567d ƊỰổ÷ẸẶỰ"ÿ \udfff ٣ {text}'):
            _, reply = core.heard(session, Message(words))
            assert reply.text


@pytest.mark.parametrize("draft", [b"\1\x80", b"\1", b"\x05\xff{"])
def test_a_draft_of_a_kind_that_is_none_begins_anew(
    shipped: Path, monkeypatch: pytest.MonkeyPatch, draft: bytes
) -> None:
    monkeypatch.setenv(targets.INDEX, str(shipped))
    targets.core.cache_clear()
    targets.session(draft)
    targets.core.cache_clear()
