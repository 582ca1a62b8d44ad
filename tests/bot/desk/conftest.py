"""A house over a store of its own, with a clock that a test moves, and people to work in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.build import make_judge
from bot.desk.attachments import Uploads
from bot.desk.casework import NoTerms
from bot.desk.desk import Desk
from bot.desk.notices import Said, said
from bot.desk.office import Office
from bot.desk.people import People
from bot.desk.transaction import Store
from bot.dialogue.judging import Judge
from bot.dialogue.message import Message, Reply
from bot.ledger import Notice, Officer, Role, Unit
from bot.petitions.clock import VIETNAM, Clock
from bot.petitions.petition import Petition
from bot.petitions.terms import Terms, read_levels
from bot.store.opening import open_store
from index.encoder import open_encoder
from index.live import LiveIndex
from index.snapshot import Shelf, build
from knowledge.reading import CONTENT, read_library
from tests.postgres import Cluster, postgres

__all__ = ["postgres"]
AUTHORITY = "UBND xã Bình An"
CITIZEN = "telegram:7"
STORY = "cô tiếp nhận ở bộ phận một cửa bắt em về lấy thêm giấy ba lần, lần nào cũng nói khác"
BUTTONS = ("f:", "pa:", "data:", "p:", "menu:", "fb:")


class Hands:
    """A clock whose hands a test moves; it stands on a Monday morning in working hours."""

    def __init__(self) -> None:
        self.at = dt.datetime(2026, 11, 16, 8, 0, tzinfo=VIETNAM)

    def __call__(self) -> dt.datetime:
        return self.at

    def on(self, **span: float) -> None:
        self.at += dt.timedelta(**span)


@dataclass(frozen=True, slots=True)
class Ground:
    """What is slow to make and never changes: index, judge, working hours."""

    live: LiveIndex
    judge: Judge
    terms: Terms


@dataclass
class House:
    store: Store
    now: Hands
    uploads: Uploads
    desk: Desk
    office: Office
    people: People
    staff: dict[str, Officer] = field(default_factory=dict)

    def say(self, *words: str, who: str = CITIZEN, door: str = "telegram") -> Reply:
        """Messages in turn; what begins like a button's id is pressed. The last reply."""
        for one in words:
            pressed = one.startswith(BUTTONS)
            reply = self.desk.answer(who, Message("" if pressed else one, one if pressed else ""), door)
        return reply

    def file(self, *steps: str, story: str = STORY, who: str = CITIZEN) -> str:
        """A petition from the first word to its code."""
        reply = self.say(
            f"tôi muốn phản ánh: {story}", *(steps or ("f:skip", "f:skip", "Lê Thử, 0900 000 222")), who=who
        )
        if any(o.id == "f:alone" for o in reply.options):
            reply = self.say("f:alone", who=who)
        return code_in(self.say("f:send", who=who).text)

    def petition(self, code: str) -> Petition:
        with self.store.reading() as tx:
            found = tx.petition(code)
        assert found is not None
        return found

    def notices(self, code: str, kind: str = "petition") -> list[Notice]:
        with self.store.reading() as tx:
            return [n for n in tx.notices(code) if n.kind == kind]

    def told(self, code: str) -> Said:
        """The last thing that the citizen was told of this petition."""
        return said(self.notices(code)[-1])

    def officer(self, name: str, role: Role, unit: str = "", full_name: str = "") -> Officer:
        token = self.people.invite(None, role, unit, full_name or name)
        self.staff[name] = self.people.accept(token, f"telegram:{len(self.staff) + 1000}")
        return self.staff[name]


def code_in(text: str) -> str:
    return next(word.strip(".,") for word in text.split() if word.startswith("PA-"))


def secret_in(text: str) -> str:
    return text.partition("mã riêng: ")[2].split()[0]


@pytest.fixture(scope="session")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    encoder = open_encoder("bundled")
    shelf = Shelf(tmp_path_factory.mktemp("desk") / "index")
    shelf.switch(build(shelf, [CONTENT], encoder).name)
    calendar = read_library().at("", dt.date(2026, 11, 16)).calendar
    return Ground(LiveIndex(shelf.root, encoder), make_judge(encoder), Terms(read_levels(), Clock(calendar)))


def make(ground: Ground, url: str, folder: Path, authority: str = AUTHORITY) -> House:
    store, now, uploads = open_store(url), Hands(), Uploads(folder / "uploads")
    terms = ground.terms if authority else NoTerms()
    desk = Desk(ground.live, ground.judge, store, uploads, "", authority, terms, lambda: now().date(), now)
    office = Office(store, now, terms, uploads, desk.likeness.of_petition)
    return House(store, now, uploads, desk, office, People(store, now))


def peopled(house: House) -> House:
    """A commune with a one-stop desk and the police below it, and somebody in each role."""
    for unit in (
        Unit("xa", "UBND xã Bình An", places=("xã Bình An",)),
        Unit("mc", "Bộ phận Một cửa", "xa", ("Hộ tịch", "Chứng thực")),
        Unit("ca", "Công an xã", "xa", ("Cư trú",)),
    ):
        house.people.put_unit(None, unit)
    house.officer("admin", Role.ADMIN)
    house.officer("chutich", Role.LEAD, "xa", "Trần Văn Cả")
    house.officer("truong", Role.LEAD, "mc", "Phạm Thị Trưởng")
    house.officer("lan", Role.OFFICER, "mc", "Nguyễn Thị Lan")
    house.officer("hung", Role.OFFICER, "mc", "Đỗ Quốc Hùng")
    house.officer("congan", Role.OFFICER, "ca", "Vũ Mạnh Dũng")
    return house


@pytest.fixture
def house(ground: Ground, tmp_path: Path) -> Iterator[House]:
    made = peopled(make(ground, f"sqlite:///{tmp_path / 's.db'}", tmp_path))
    yield made
    made.store.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def any_house(ground: Ground, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[House]:
    """The same over both stores."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 's.db'}"
    else:
        cluster: Cluster = request.getfixturevalue("postgres")
        url = cluster.database()
    made = peopled(make(ground, url, tmp_path))
    yield made
    made.store.close()


@pytest.fixture
def plain(ground: Ground, tmp_path: Path) -> Iterator[House]:
    """A house that no authority stands behind."""
    made = make(ground, f"sqlite:///{tmp_path / 'p.db'}", tmp_path, "")
    yield made
    made.store.close()
