"""What the publisher writes into the books, and what a report makes of it."""

from __future__ import annotations

import datetime as dt
import importlib.util
import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml

from bot.desk.generations import NOTED, brought, called_once
from bot.desk.publishing import Publisher
from bot.desk.transaction import Store
from bot.ledger import IndexEvent, Officer, Role
from bot.petitions.clock import VIETNAM
from bot.reports.questions import changes_of
from bot.settings import Settings
from bot.store.opening import open_store
from index.encoder import open_encoder
from index.shelf import Shelf
from index.snapshot import Changes, build

NOW = dt.datetime(2026, 3, 5, 9, tzinfo=VIETNAM)
MARCH = (dt.datetime(2026, 3, 1, tzinfo=VIETNAM), dt.datetime(2026, 4, 1, tzinfo=VIETNAM))
EVER = (dt.datetime(2000, 1, 1, tzinfo=VIETNAM), dt.datetime(2100, 1, 1, tzinfo=VIETNAM))
SCRIPT = Path(__file__).resolve().parents[3] / "scripts" / "reindex.py"
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
        self.folder, self.encoder, self.shelf = folder, open_encoder(), Shelf(folder / "index")
        self.shelf.switch(build(self.shelf, [content], self.encoder).name)
        self.store: Store = open_store(f"sqlite:///{folder / 's.db'}")
        self.publisher = Publisher(self.store, self.encoder, self.shelf, folder, (), lambda: NOW)

    def events(self, span: tuple[dt.datetime, dt.datetime] = MARCH) -> list[IndexEvent]:
        with self.store.reading() as tx:
            return list(tx.index_events(*span))

    def anew(self) -> Publisher:
        """As another process has it."""
        store = open_store(f"sqlite:///{self.folder / 's.db'}")
        return Publisher(store, self.encoder, self.shelf, self.folder, (), lambda: NOW)

    def killed(self, moment: str, work: Callable[[], object]) -> None:
        """A process of its own does this and is killed at that moment."""
        child = multiprocessing.get_context("fork").Process(target=_die, args=(moment, work))
        child.start()
        child.join(60)
        assert child.exitcode == -signal.SIGKILL


def _die(moment: str, work: Callable[[], object]) -> None:
    def die(*_: object, **__: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    switch = Shelf.switch

    def switched(shelf: Shelf, name: str) -> None:
        switch(shelf, name)
        die()

    with pytest.MonkeyPatch.context() as patch:
        if moment == "after it is in the books":
            patch.setattr(Path, "unlink", lambda file, **_: die() if file.name == NOTED else None)
        else:
            patch.setattr(Shelf, "switch", die if moment == "before the switch" else switched)
        work()


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


@pytest.mark.parametrize("moment", ["before the switch", "after the switch", "after it is in the books"])
def test_a_switch_that_was_killed_stands_in_the_books_once_or_never_came_about(room: Room, moment: str) -> None:
    before = room.shelf.current()
    room.killed(moment, lambda: room.anew().publish(ADMIN, into("ca-nuoc", DEATH), reason="danh sách mới"))
    came_about = moment != "before the switch"
    assert (room.shelf.current() != before) is came_about
    assert len(room.events()) == (moment == "after it is in the books")
    for _ in range(2):
        room.anew().catch_up()
    found = [(e.generation, e.action, e.by, e.changes, e.reason) for e in room.events()]
    expected = (room.shelf.current(), "published", "an", (("procedure:khai_tu", "announced"),), "danh sách mới")
    assert found == [expected] * came_about
    with room.store.reading() as tx:
        assert [(a.action, a.about) for a in tx.audits(*MARCH)] == [("published", room.shelf.current())] * came_about
        assert called_once(tx, "khai_tu") == (("1.000656", "Đăng ký khai tử") if came_about else None)


def test_the_next_command_enters_a_switch_that_was_killed_before_its_own(room: Room) -> None:
    room.killed("after the switch", lambda: room.anew().publish(ADMIN, into("ca-nuoc", DEATH)))
    room.killed("after the switch", lambda: room.anew().roll_back(ADMIN, "nhầm tệp"))
    room.publisher.publish(ADMIN, into("ca-nuoc", {**DEATH, "fee": "8.000 đồng"}))
    assert [e.action for e in room.events()] == ["published", "rolled_back", "published"]


def test_a_reindex_that_was_killed_after_its_switch_is_entered_when_the_bot_is_started(room: Room) -> None:
    spec = importlib.util.spec_from_file_location("reindex_of_generations", SCRIPT)
    assert spec and spec.loader
    reindex = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(reindex)
    settings = Settings(data_dir=room.folder, database_url=f"sqlite:///{room.folder / 's.db'}")
    built = build(room.shelf, [room.folder / "content"], room.encoder)
    room.killed("after the switch", lambda: reindex.switch(settings, room.shelf, built.name, "reindexed"))
    assert room.shelf.current() == built.name and not room.events(EVER)
    room.anew().catch_up()
    assert [(e.generation, e.action) for e in room.events(EVER)] == [(built.name, "reindexed")]


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
