"""Stories of what is broken, dirty, noisy or in the way are heard by their words; questions with such words are not."""

from __future__ import annotations

import pytest

from bot.dialogue.nuisances import tells_nuisance
from bot.dialogue.understanding import read
from knowledge.library import Library

STORIES = (
    "đèn đường ngõ tôi tắt ngóm",
    "den duong khong sang",
    "vỉa hè bị quán phở lấn chiếm",
    "cống tắc, nước đen bốc mùi",
    "nước máy đục ngầu",
    "hàng cây bên kênh gãy đổ chắn lối",
    "chó thả rông cắn bậy",
    "nẹt pô giữa đêm",
    "rác chất đống không ai dọn",
    "trạm y tế vắng, bác sĩ vắng mặt",
    "mất điện từ trưa",
)
OTHERS = (
    "điện thoại bị hư",
    "hồ sơ bị hỏng",
    "đường dây nóng bị tắc",
    "nhà nước hỗ trợ người nghèo",
    "xin giấy phép mở quán karaoke",
    "phí vệ sinh rác thải",
    "ho so bi hu",  # each word alone may mean much else
    "đăng ký thường trú",
    "sổ đỏ bị mối ăn",
    "yêu cầu bị đổ",
)


@pytest.mark.parametrize("text", STORIES)
def test_a_public_thing_and_what_is_wrong_with_it_make_a_story(library: Library, text: str) -> None:
    assert tells_nuisance(library.language.nuisances, read(text, library).text)


@pytest.mark.parametrize("text", OTHERS)
def test_words_that_only_look_alike_make_none(library: Library, text: str) -> None:
    assert not tells_nuisance(library.language.nuisances, read(text, library).text)


def test_procedures_are_hardly_ever_asked_for_in_such_words(library: Library) -> None:
    asks = [ask for p in library.procedures.values() for ask in (p.name, *p.asks)]
    heard = [a for a in asks if tells_nuisance(library.language.nuisances, read(a, library).text)]
    assert len(heard) <= len(asks) * 0.01, heard
