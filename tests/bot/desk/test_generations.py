"""What the publisher writes into the books, and what a report makes of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml

from bot.desk.generations import brought, called_once
from bot.desk.publishing import Publisher
from bot.desk.transaction import Store
from bot.ledger import IndexEvent, Officer, Role
from bot.petitions.clock import VIETNAM
from bot.reports.questions import changes_of
from bot.store.opening import open_store
from index.encoder import open_encoder
from index.shelf import Shelf
from index.snapshot import Changes, build

NOW = dt.datetime(2026, 3, 5, 9, tzinfo=VIETNAM)
MARCH = (dt.datetime(2026, 3, 1, tzinfo=VIETNAM), dt.datetime(2026, 4, 1, tzinfo=VIETNAM))
ADMIN = Officer("an", "An", Role.ADMIN)
BIRTH = {"key": "khai_sinh", "name": "Đăng ký khai sinh", "code": "1.001193", "fee": "Miễn phí"}
DEATH = {"key": "khai_tu", "name": "Đăng ký khai tử", "code": "1.000656", "fee": "Miễn phí"}


def page(*procedures: dict[str, object]) -> str:
    return yaml.safe_dump({"field": "Hộ tịch", "procedures": list(procedures)}, allow_unicode=True)


def into(folder: str, *procedures: dict[str, object]) -> Callable[[Path], None]:
    def change(root: Path) -> None:
        (root / folder).mkdir(parents=True, exist_ok=True)
        card = yaml.safe_dump({"name": folder, "place": "Cao Bằng" if folder != "ca-nuoc" else ""}, allow_unicode=True)
        (root / folder / "folder.yaml").write_text(card, encoding="utf-8")
        (root / folder / "trang.yaml").write_text(page(*procedures), encoding="utf-8")

    return change


class Room:
    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        content = folder / "content"
        content.mkdir()
        (content / "a.yaml").write_text(page(BIRTH), encoding="utf-8")
        # a small content in place of the shipped one, so that an index is built at once
        monkeypatch.setattr("bot.desk.publishing.knowledge_folders", lambda folders: (content, *folders))
        self.encoder, self.shelf = open_encoder(), Shelf(folder / "index")
        self.shelf.switch(build(self.shelf, [content], self.encoder).name)
        self.store: Store = open_store(f"sqlite:///{folder / 's.db'}")
        self.publisher = Publisher(self.store, self.encoder, self.shelf, folder, (), lambda: NOW)

    def events(self) -> list[IndexEvent]:
        with self.store.reading() as tx:
            return list(tx.index_events(*MARCH))


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Room]:
    opened = Room(tmp_path, monkeypatch)
    yield opened
    opened.store.close()


def test_what_comes_from_an_official_file_is_announced_and_its_name_is_kept(room: Room) -> None:
    room.publisher.publish(ADMIN, into("ca-nuoc", DEATH))
    assert room.events()[-1].changes == (("procedure:khai_tu", "announced"),)
    with room.store.reading() as tx:
        assert called_once(tx, "khai_tu") == ("1.000656", "Đăng ký khai tử")
        assert called_once(tx, "khac") is None


def test_what_an_officer_edits_here_announces_and_amends_nothing(room: Room) -> None:
    room.publisher.publish(ADMIN, into("sua-tai-cho-cao-bang", {**BIRTH, "fee": "5.000 đồng"}, DEATH))
    assert dict(room.events()[-1].changes) == {"procedure:khai_sinh": "edited", "procedure:khai_tu": "added"}


def test_a_list_that_was_rolled_back_is_no_change_of_the_report(room: Room) -> None:
    room.publisher.publish(ADMIN, into("ca-nuoc", DEATH))
    room.publisher.roll_back(ADMIN, "nhầm tệp")
    changes = changes_of(room.events(), MARCH)
    assert changes.by_change == {} and (changes.switches, changes.rollbacks) == (0, 1)


def test_an_abolished_procedure_is_told_as_abolished_once() -> None:
    changes = Changes(("abolished:a", "service:s"), ("procedure:b",), ("procedure:a", "procedure:c"), 0, 0, 0)
    assert dict(brought(changes, official=True)) == {
        "procedure:a": "abolished",
        "service:s": "added",
        "procedure:b": "amended",
        "procedure:c": "removed",
    }
    again = Changes(("procedure:a",), (), ("abolished:a",), 0, 0, 0)
    assert brought(again, official=True) == (("procedure:a", "announced"),)
