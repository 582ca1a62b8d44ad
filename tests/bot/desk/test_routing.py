from __future__ import annotations

import pytest

from bot.desk.routing import about_whom, above_leads, live_unit, place_of, unit_for
from bot.ledger import Officer, Role, Unit
from bot.petitions.mentions import mentioned

UNITS = (
    Unit("tinh", "UBND tỉnh"),
    Unit("xa_an", "UBND xã Bình An", "tinh", places=("xã Bình An",)),
    Unit("mc_an", "Một cửa Bình An", "xa_an", ("Hộ tịch", "Chứng thực"), ("xã Bình An",)),
    Unit("xa_ha", "UBND phường Hạ Long", "tinh", places=("phường Hạ Long",)),
    Unit("thue", "Thuế cơ sở", "tinh", ("Thuế",)),
    Unit("cu", "Đơn vị cũ", "tinh", ("Hộ tịch",), ("xã Bình An",), into="mc_an"),
)


@pytest.mark.parametrize(
    ("field", "where", "unit"),
    [
        ("Hộ tịch", "bộ phận một cửa xã Bình An", "mc_an"),
        ("Hộ tịch", "XÃ BÌNH AN.", "mc_an"),
        ("ho tich", "xa binh an", "mc_an"),
        ("", "xã Bình An, thôn Hai", "xa_an"),
        ("Đất đai", "xã Bình An", "xa_an"),
        ("Thuế", "xã Bình An", "xa_an"),
        ("Thuế", "", "thue"),
        ("Hộ tịch", "phường Hạ Long", "xa_ha"),
        ("", "", "tinh"),
        ("", "xã Bình Anh", "tinh"),
    ],
)
def test_a_petition_goes_to_the_unit_of_its_place_then_of_its_field(field: str, where: str, unit: str) -> None:
    assert unit_for(field, where, UNITS) == unit


def test_without_units_there_is_none() -> None:
    assert unit_for("Hộ tịch", "xã Bình An", ()) == ""


def test_one_about_a_lead_goes_up_past_every_lead_it_is_about() -> None:
    assert above_leads("mc_an", UNITS, ("lead:mc_an",)) == "xa_an"
    assert above_leads("mc_an", UNITS, ("lead:mc_an", "lead:xa_an")) == "tinh"
    assert above_leads("tinh", UNITS, ("lead:tinh",)) == ""
    assert above_leads("mc_an", UNITS, ("cb-1",)) == "mc_an"


def test_a_merged_unit_is_followed_to_the_one_that_took_it_over() -> None:
    chain = (Unit("a", "A", into="b"), Unit("b", "B", into="c"), Unit("c", "C"))
    assert live_unit("a", chain) == "c" and live_unit("", chain) == ""
    assert live_unit("x", (Unit("x", "X", into="y"), Unit("y", "Y", into="x"))) in ("x", "y")


def test_the_place_is_an_official_name_or_nothing() -> None:
    assert place_of("nhà số 5 xã Bình An", UNITS) == "xã Bình An"
    assert place_of("nhà ông Tư", UNITS) == "" and place_of("nhà ông Tư", UNITS, "Cao Bằng") == "Cao Bằng"


PEOPLE = (
    Officer("cb-1", "Nguyễn Thị Lan", Role.OFFICER, "mc_an"),
    Officer("cb-2", "Trần Văn Lan", Role.OFFICER, "thue"),
    Officer("cb-3", "Phạm Văn Cả", Role.LEAD, "xa_an"),
)


@pytest.mark.parametrize(
    ("story", "about"),
    [
        ("cán bộ Nguyễn Thị Lan quát mẹ tôi", ("cb-1",)),
        ("chị Lan ở một cửa quát mẹ tôi", ("cb-1",)),
        ("chủ tịch Phạm Văn Cả không tiếp dân", ("cb-3", "lead:xa_an", "lead:mc_an")),
        ("chủ tịch xã không tiếp dân", ("lead:mc_an",)),
        ("cán bộ một cửa quát mẹ tôi", ()),
        ("hoa lan trước ủy ban bị héo", ()),
    ],
)
def test_whom_a_story_is_about_is_found_among_the_officers(story: str, about: tuple[str, ...]) -> None:
    assert set(about_whom(mentioned(story), PEOPLE, UNITS, "mc_an")) == set(about)
