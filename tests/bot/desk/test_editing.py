from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.desk.editing import BadEdit, Edit, Editing, FeeEdit, HotlineEdit
from bot.desk.publishing import Publisher, content_folders
from bot.dialogue.composing import procedure_answer
from bot.ledger import NotAllowed, NotFound, Officer, Role
from bot.petitions.clock import VIETNAM
from bot.store.opening import open_store
from index.encoder import open_encoder
from index.shelf import Shelf
from knowledge.library import Library
from knowledge.reading import knowledge_folders, read_library

ADMIN, LAN = Officer("an", "An", Role.ADMIN), Officer("lan", "Lan", Role.OFFICER, "xa")
NOW = dt.datetime(2026, 11, 21, 9, 0, tzinfo=VIETNAM)
HERE = "Cao Bằng"
FEE = FeeEdit("khai_sinh", "Quá hạn: 5.000 đồng", "Nghị quyết 12/2026/NQ-HĐND", dt.date(2026, 7, 1), "Cổng tỉnh", HERE)
LINE = HotlineEdit("", "Trực ban xã Bình An", "Hỏi việc ở xã", "0206 3 852 000", "Trang của xã", HERE)


LOCAL = """
procedures:
  - key: khai_sinh
    time: 2 ngày làm việc
    fee: 8.000 đồng
    confidence: {default: high}
    validity: {decision: 77/QĐ-UBND, decision_date: 2026-03-01}
    sources: [{name: Quyết định 77/QĐ-UBND, read: 2026-11}]
"""


class Room:
    """The shipped content and an empty overlay."""

    def __init__(self, folder: Path) -> None:
        self.store = open_store(f"sqlite:///{folder / 's.db'}")
        self.publisher = Publisher(self.store, open_encoder(), Shelf(folder / "index"), folder, (), lambda: NOW)
        self.editing = Editing(self.publisher, self.at, lambda: NOW)

    def at(self, place: str) -> Library:
        folders = knowledge_folders(content_folders(self.publisher.root))
        return read_library(folders).at(place, NOW.date())

    def keep(self, edit: Edit) -> None:
        self.publisher.root.mkdir(exist_ok=True)
        self.editing.change(edit)(self.publisher.root)


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    made = Room(tmp_path)
    yield made
    made.store.close()


def test_a_fee_is_shown_as_a_difference_before_anything_is_written(room: Room) -> None:
    changes = {c.name: (c.old, c.new) for c in room.editing.preview(ADMIN, FEE)}
    assert changes["fee"][1] == "Quá hạn: 5.000 đồng" and changes["fee"][0] != changes["fee"][1]
    assert not room.publisher.root.exists()


def test_a_fee_holds_at_its_place_only_with_its_source_and_decision(room: Room) -> None:
    before = room.at("").procedures["khai_sinh"]
    room.keep(FEE)
    here, elsewhere = room.at(HERE).procedures["khai_sinh"], room.at("Sơn La").procedures["khai_sinh"]
    assert here.fee == "Quá hạn: 5.000 đồng" and not any(w.fee for w in here.ways)
    assert here.validity == before.validity and here.sources[:-1] == before.sources
    source = here.sources[-1]
    assert (source.name, source.about) == ("Lệ phí theo Nghị quyết 12/2026/NQ-HĐND ngày 01/07/2026; Cổng tỉnh", "fee")
    assert here.documents == before.documents
    assert elsewhere == before


def test_what_is_told_of_an_edited_fee_names_both_decisions_and_of_other_things_the_procedures_own(room: Room) -> None:
    before = room.at("").procedures["khai_sinh"]
    room.keep(FEE)
    library = room.at(HERE)
    fee, papers = (procedure_answer(library, library.procedures["khai_sinh"], (a,)).text for a in ("le_phi", "ho_so"))
    for text in (fee, papers):
        assert before.validity.decision in text and before.sources[0].name in text
    assert "Nghị quyết 12/2026/NQ-HĐND ngày 01/07/2026; Cổng tỉnh" in fee
    assert "Nghị quyết 12" not in papers


def test_a_fee_edited_where_a_decision_of_the_place_is_known_changes_the_fee_alone(room: Room) -> None:
    local = room.publisher.root / "cao-bang"
    local.mkdir(parents=True)
    (local / "folder.yaml").write_text("name: Cao Bằng\nplace: Cao Bằng\n", encoding="utf-8")
    (local / "rieng.yaml").write_text(LOCAL, encoding="utf-8")
    before = room.at(HERE).procedures["khai_sinh"]
    room.keep(FEE)
    after = room.at(HERE).procedures["khai_sinh"]
    assert (before.time, before.validity.decision) == ("2 ngày làm việc", "77/QĐ-UBND")
    assert after.fee == FEE.fee and after.validity == before.validity and after.time == before.time
    assert not after.doubts.keys() - before.doubts.keys() and after.confidence_of("time") is before.confidence_of(
        "time"
    )
    with pytest.raises(BadEdit, match="unseen"):
        room.editing.preview(ADMIN, replace(FEE, fee="7.000 đồng", decided=dt.date(2026, 1, 1)))


def test_a_fee_can_be_edited_again(room: Room) -> None:
    room.keep(FEE)
    room.keep(replace(FEE, fee="Miễn phí"))
    assert room.at(HERE).procedures["khai_sinh"].fee == "Miễn phí"


def test_a_new_hotline_is_found_at_its_place(room: Room) -> None:
    assert "number" in {c.name for c in room.editing.preview(ADMIN, LINE)}
    room.keep(LINE)
    found = [c for c in room.at(HERE).contacts.values() if c.number == "0206 3 852 000"]
    assert [(c.name, c.place) for c in found] == [("Trực ban xã Bình An", HERE)]
    assert "0206 3 852 000" not in {c.number for c in room.at("Sơn La").contacts.values()}


def test_a_known_hotline_gets_another_number_there(room: Room) -> None:
    known = next(iter(room.at("").contacts.values()))
    edit = HotlineEdit(known.key, known.name, known.purpose, "1900 9999", "Trang của tỉnh", HERE)
    assert ("number", known.number, "1900 9999") in [(c.name, c.old, c.new) for c in room.editing.preview(ADMIN, edit)]
    room.keep(edit)
    assert room.at(HERE).contacts[known.key].number == "1900 9999"
    assert room.at("").contacts[known.key] == known


@pytest.mark.parametrize(
    ("edit", "reason"),
    [
        (replace(FEE, place=""), "place"),
        (replace(FEE, source=" "), "source"),
        (replace(FEE, url="javascript:alert(1)"), "source"),
        (replace(FEE, fee=""), "value"),
        (replace(FEE, fee="a\nb"), "value"),
        (replace(FEE, decision=""), "decision"),
        (replace(FEE, decided=dt.date(2027, 1, 1)), "decision"),
        (replace(LINE, number="gọi anh Ba"), "number"),
        (replace(LINE, number="12"), "number"),
        (replace(LINE, purpose=""), "value"),
    ],
)
def test_what_has_no_place_source_or_sense_is_refused(room: Room, edit: Edit, reason: str) -> None:
    with pytest.raises(BadEdit) as bad:
        room.editing.preview(ADMIN, edit)
    assert bad.value.reason == reason


def test_only_records_that_there_are_and_only_by_admins(room: Room) -> None:
    with pytest.raises(NotFound):
        room.editing.preview(ADMIN, replace(FEE, record="khong_co"))
    with pytest.raises(NotFound):
        room.editing.preview(ADMIN, replace(LINE, record="khong_co"))
    with pytest.raises(NotAllowed):
        room.editing.preview(LAN, FEE)
