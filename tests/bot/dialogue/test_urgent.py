"""Danger is heard, and talk about the same words is not taken for it: a set written apart from the patterns."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
import yaml

from bot.build import make_judge
from bot.dialogue.dialogue import danger
from bot.dialogue.message import Behavior
from bot.dialogue.understanding import read
from bot.dialogue.urgent import doubted, doubtful_reply, hazards, number_asked, urgent_reply
from index.encoder import open_encoder
from knowledge.library import Library

SET = Path(__file__).resolve().parents[2] / "dialogues" / "emergencies.yaml"


@pytest.fixture(scope="module")
def heard(library: Library):  # type: ignore[no-untyped-def]
    judge = make_judge(open_encoder())

    def hears(text: str) -> tuple[str, ...] | None:
        return danger(read(text, library), judge, library)

    return hears


def rows(name: str) -> list[dict[str, object]]:
    return yaml.safe_load(SET.read_text(encoding="utf-8"))[name]


def test_nearly_every_emergency_is_heard(heard) -> None:  # type: ignore[no-untyped-def]
    missed = [r["text"] for r in rows("emergencies") if heard(r["text"]) is None]
    assert len(missed) <= len(rows("emergencies")) * 0.12, missed


def test_hardly_any_look_alike_raises_the_alarm(heard) -> None:  # type: ignore[no-untyped-def]
    false = [r["text"] for r in rows("look_alikes") if heard(r["text"]) is not None]
    assert len(false) <= len(rows("look_alikes")) * 0.06, false


def test_the_first_number_is_nearly_always_the_right_one(library: Library, heard) -> None:  # type: ignore[no-untyped-def]
    told = [(r, heard(r["text"])) for r in rows("emergencies")]
    called = [(r["contact"], urgent_reply(keys, library).records[0].id) for r, keys in told if keys]
    right = sum(first in ([wanted] if isinstance(wanted, str) else wanted) for wanted, first in called)  # type: ignore[operator]
    assert right >= 0.85 * len(called), (right, len(called))


def test_a_cry_alone_leads_to_all_three_numbers(library: Library, heard) -> None:  # type: ignore[no-untyped-def]
    assert heard("cứu tôi với") == ()
    assert [m.id for m in urgent_reply((), library).records] == ["canh_sat_113", "cap_cuu_115", "chua_chay_114"]


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("thằng bé bị gã kia sàm sỡ", ("tre_em", "toi_pham")),
        ("cháu bé sốt co giật, tím tái", ("cap_cuu",)),  # ill, and harmed by nobody
        ("bé gái đi lạc ở bến phà", ("tre_em", "bo_roi")),
        ("tai nạn xe khách, nhiều người mắc kẹt", ("mac_ket", "cap_cuu")),
        ("chay mau nhieu qua", ("cap_cuu",)),  # not chay_no: "chảy", not "cháy"
        ("đám giỗ ở quê", ()),
    ],
)
def test_the_words_tell_which_danger_it_is(library: Library, text: str, keys: tuple[str, ...]) -> None:
    assert hazards(read(text, library), library)[0] == keys


@pytest.mark.parametrize(
    ("text", "contact"),
    [
        ("số công an", "canh_sat_113"),
        ("cho em hỏi số điện thoại cứu hỏa là gì", "chua_chay_114"),
        ("goi cap cuu so may", "cap_cuu_115"),
        ("số công an xã Tân Lập", ""),
        ("cấp cứu có mất tiền không", ""),
        ("số định danh là gì", ""),
    ],
)
def test_a_short_number_that_is_asked_for_by_its_service_is_given(library: Library, text: str, contact: str) -> None:
    assert number_asked(read(text, library)) == contact


def test_amid_a_topic_the_classifier_alone_is_believed_later(library: Library) -> None:
    judge, text = make_judge(open_encoder()), "ổng đang lôi vợ ra sân"
    assert danger(read(text, library), judge, library) == ()
    assert danger(read(text, library), judge, library, cry=0.9) is None
    assert danger(read("cứu tôi với", library), judge, library, cry=0.9) == ()


@pytest.fixture(scope="module")
def asked(library: Library):  # type: ignore[no-untyped-def]
    judge = make_judge(open_encoder())
    return lambda text: doubted(read(text, library), judge, library)


def test_danger_that_may_be_over_is_asked_for_with_the_number_beside(library: Library, asked) -> None:  # type: ignore[no-untyped-def]
    assert asked("bố tôi bị đột quỵ hôm qua") == ("cap_cuu",)
    reply = doubtful_reply(("cap_cuu",), library)
    assert reply.behavior is Behavior.CLARIFY and not reply.urgent and "115" in reply.text.splitlines()[0]
    assert [o.id for o in reply.options[:2]] == ["sos:cap_cuu", "sos:no"]


@pytest.mark.parametrize("text", ["đăng ký tạm trú", "con tôi bị đuổi việc oan", "chủ nhà giữ tiền cọc", "xe em bị hư"])
def test_nobody_is_asked_about_danger_without_a_sign_of_it(text: str, asked) -> None:  # type: ignore[no-untyped-def]
    assert asked(text) is None


def test_what_to_do_now_depends_on_the_danger(library: Library) -> None:
    cheated = urgent_reply(("lua_tien",), library)
    assert "ngân hàng" in cheated.text and cheated.records[0].id == "canh_sat_113"
    blackmailed = urgent_reply(("toi_pham",), library, beside=("toi_pham", "tung_anh"))
    assert "Đừng gửi thêm ảnh" in blackmailed.text and "tre_em_111" in [m.id for m in blackmailed.records]


def test_the_number_stands_in_the_first_line(library: Library) -> None:
    for emergency in library.language.emergencies:
        reply = urgent_reply((emergency.key,), library)
        assert reply.behavior is Behavior.EMERGENCY and reply.urgent
        assert library.contacts[emergency.contact].number in reply.text.splitlines()[0]


def test_every_emergency_leads_to_a_contact_with_a_number(library: Library) -> None:
    assert all(library.contacts[e.contact].number for e in library.language.emergencies)


def test_the_day_of_the_year_changes_nothing(library: Library) -> None:
    assert urgent_reply(("chay_no",), library.at("", dt.date(2027, 2, 6))).urgent
