"""A simulated year of one authority: questions, petitions, officers, holidays, floods. Seeded: the same seed writes the
same books into any store. Petitions go through the desk's own functions; only the moment is made up.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from bot.desk import generations, intake
from bot.desk.attachments import Uploads
from bot.desk.casework import Casework
from bot.desk.office import Office
from bot.desk.transaction import Store, Transaction
from bot.ledger import Feedback, Filing, Gap, IndexEvent, Officer, QueueFilter, Role, TaskState, Turn, Unit
from bot.petitions.clock import VIETNAM, Clock
from bot.petitions.petition import (
    CITIZEN,
    SYSTEM,
    Channel,
    Happening,
    Kind,
    Naming,
    Petition,
    Refusal,
    State,
    Urgency,
    legal_moves,
)
from bot.petitions.terms import Terms
from knowledge.library import Library
from knowledge.records import PlanTask

UNITS = (
    Unit("ubnd", "Ủy ban nhân dân xã Mẫu"),
    Unit("tthcc", "Trung tâm Phục vụ hành chính công", "ubnd", ("Hộ tịch", "Chứng thực", "Cư trú")),
    Unit("kinh-te", "Phòng Kinh tế", "ubnd", ("Đất đai", "Xây dựng", "Nông nghiệp, môi trường")),
    Unit("van-hoa", "Phòng Văn hóa - Xã hội", "ubnd", ("Bảo trợ xã hội, người có công", "Y tế", "Giáo dục")),
)
PLACES = ("Thôn Một", "Thôn Hai", "Thôn Ba", "Bản Nà Mẫu", "Tổ dân phố 4", "")
BODIES = ("Công an xã", "Sở Nông nghiệp và Môi trường", "Bảo hiểm xã hội cơ sở", "Thuế cơ sở")
STORY = "Câu chuyện mô phỏng số {number}, không phải của người thật."
WORDS = (
    "xin giấy phép nuôi cá cảnh",
    "lịch đổ rác thôn mình",
    "đăng ký thi bơi",
    "bao giờ có điện lại",
    "mượn hội trường",
)
REASONS = ("sai", "thiếu", "khó hiểu", "không đúng ý")
# what becomes of a question, of a hundred
BEHAVIORS = {"answer": 70, "not_published": 5, "clarify": 8, "unknown": 7, "out_of_scope": 3, "chitchat": 7}
MOVES = {
    "work": (State.WORKING, ""),
    "ask": (State.WAITING, "Cần bổ sung giấy tờ."),
    "answer": (State.ANSWERED, "Trả lời mô phỏng."),
    "refuse": (State.REFUSED, "Từ chối mô phỏng."),
    "forward": (State.FORWARDED, "Chuyển mô phỏng."),
}
MINUTE, DAY = dt.timedelta(minutes=1), dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Scale:
    questions: int = 20_000
    petitions: int = 2_000
    officers: int = 12
    floods: int = 3


class Year:
    """Writes one year of `scale` into a store."""

    def __init__(self, store: Store, library: Library, terms: Terms, uploads: Uploads, year: int, seed: int) -> None:
        self._store, self._library, self._terms, self._year = store, library, terms, year
        self._rng = random.Random(seed)
        self._moment = dt.datetime(year, 1, 1, 7, tzinfo=VIETNAM)
        self._office = Office(store, lambda: self._moment, terms, uploads)
        self._last = dt.datetime(year + 1, 1, 1, tzinfo=VIETNAM)
        self._officers: list[Officer] = []
        self._procedures = sorted(library.procedures)
        self._rng.shuffle(self._procedures)
        # few procedures get most of the questions
        self._weights = list(accumulate(1 / (n + 1) for n in range(len(self._procedures))))

    @property
    def clock(self) -> Clock:
        return self._terms.clock

    def write(self, scale: Scale, told: Callable[[str], None] = lambda _: None) -> None:
        self._people(scale)
        days = self._busy_days(scale)
        told("questions")
        self._questions(days, scale.questions)
        told("petitions")
        for number, at in enumerate(self._moments(days, scale.petitions), 1):
            self._petition(number, at)
        told("the house")
        self._house()

    # who is there

    def _people(self, scale: Scale) -> None:
        roles = [Role.LEAD if n < len(UNITS) else Role.OFFICER for n in range(scale.officers)]
        self._officers = [
            Officer(f"cb-{n:02d}", f"Cán bộ {n}", role, UNITS[n % len(UNITS)].key) for n, role in enumerate(roles, 1)
        ]
        with self._store.writing() as tx:
            for unit in UNITS:
                tx.put_unit(unit)
            for officer in self._officers:
                tx.put_officer(officer)

    def _busy_days(self, scale: Scale) -> list[tuple[dt.date, float]]:
        """Each day and how busy it is: quiet weekends and holidays, and some floods of four days."""
        first = dt.date(self._year, 1, 1)
        floods = [first + dt.timedelta(days=self._rng.randrange(150, 330)) for _ in range(scale.floods)]
        days = [first + dt.timedelta(days=n) for n in range((dt.date(self._year + 1, 1, 1) - first).days)]
        return [(d, self._busy(d) * (8 if any(0 <= (d - f).days < 4 for f in floods) else 1)) for d in days]

    def _busy(self, day: dt.date) -> float:
        return self._rng.uniform(0.8, 1.2) * (1 if self.clock.works(day) else 0.3)

    def _moments(self, days: Sequence[tuple[dt.date, float]], number: int) -> list[dt.datetime]:
        chosen = self._rng.choices([d for d, _ in days], [w for _, w in days], k=number)
        made = [
            dt.datetime.combine(d, dt.time(), VIETNAM) + dt.timedelta(seconds=self._rng.randrange(6 * 3600, 22 * 3600))
            for d in chosen
        ]
        return sorted(made)

    # questions

    def _questions(self, days: Sequence[tuple[dt.date, float]], number: int) -> None:
        by_day: dict[dt.date, list[dt.datetime]] = {}
        for at in self._moments(days, number):
            by_day.setdefault(at.date(), []).append(at)
        for moments in by_day.values():
            with self._store.writing() as tx:
                for at in moments:
                    self._question(tx, at)

    def _question(self, tx: Transaction, at: dt.datetime) -> None:
        rng = self._rng
        behavior = rng.choices(tuple(BEHAVIORS), tuple(BEHAVIORS.values()))[0]
        record = rng.choices(self._procedures, cum_weights=self._weights)[0]
        known = behavior in ("answer", "not_published", "clarify")
        words = rng.choice(WORDS) if behavior == "unknown" else record
        conversation = f"telegram:{rng.randrange(4000)}"
        door = rng.choices(("telegram", "web", "terminal"), (70, 25, 5))[0]
        thanks = behavior == "chitchat" and rng.random() < 0.4
        turn = Turn(
            conversation,
            at,
            door,
            words,
            "cam_on" if thanks else "cau_hoi",
            behavior,
            (record,) if known else (),
            1.0,
            "g1",
            "",
            place=rng.choice(PLACES),
        )
        number = tx.add_turn(turn)
        if behavior == "unknown":
            tx.add_gap(Gap(number, words, at, door, conversation))
        elif behavior == "answer" and rng.random() < 0.06:
            self._verdict(tx, turn, number)

    def _verdict(self, tx: Transaction, turn: Turn, about: int) -> None:
        good = self._rng.random() < 0.8
        at = turn.at + MINUTE
        number = tx.add_turn(Turn(turn.conversation, at, turn.door, "", "cau_hoi", "chitchat", (), 1.0, "g1", ""))
        tx.add_feedback(Feedback(number, about, good, "" if good else self._rng.choice(REASONS), "", at))

    # petitions

    def _petition(self, number: int, at: dt.datetime) -> None:
        self._moment = at
        filing = self._filing(number)
        with self._store.writing() as tx:
            petition = intake.enter(Casework(tx, at, self._terms), filing)
        if self._rng.random() < 0.06:
            self._citizen(petition, State.WITHDRAWN)
            return
        who = self._who(petition.unit)
        for step in self._course():
            if not self._later() or not self._step(step, petition.code, who):
                return

    def _filing(self, number: int) -> Filing:
        rng = self._rng
        fields = [f for u in UNITS for f in u.fields]
        kind = rng.choices(list(Kind), (45, 20, 30, 5))[0]
        channels = (Channel.TELEGRAM, Channel.WEB, Channel.PHONE, Channel.PAPER, Channel.WALK_IN)
        return Filing(
            kind,
            rng.choices(channels, (55, 25, 10, 5, 5))[0],
            STORY.format(number=number),
            field=rng.choices(fields, range(len(fields) * 2, len(fields), -1))[0],
            place=rng.choice(PLACES),
            naming=rng.choices(list(Naming), (80, 14, 6))[0],
            contact="Người dân mô phỏng",
            conversation=f"telegram:{rng.randrange(4000)}",
            urgency=rng.choices(list(Urgency), (92, 8))[0],
        )

    def _who(self, unit: str) -> Officer:
        here = [o for o in self._officers if o.unit == unit and o.active]
        return self._rng.choice(here or [o for o in self._officers if o.role is Role.LEAD])

    def _course(self) -> Sequence[str]:
        """What happens to one petition, in order."""
        rng = self._rng
        if rng.random() < 0.12:
            return ("take", rng.choice(("refuse", "forward", "merge")))
        middle = ("work",) if rng.random() < 0.7 else ("work", "ask", "supplement")
        end = ("answer", "rate") if rng.random() < 0.6 else ("answer",)
        again = ("reopen", "answer", "close") if rng.random() < 0.05 else ("close",)
        return ("take", *middle, *end, *again)

    def _later(self) -> bool:
        """Some working hours pass; False where the year is over by then."""
        hours = self._rng.choices((1, 4, 12, 30, 90), (40, 25, 20, 10, 5))[0] * self._rng.uniform(0.4, 1.4)
        self._moment = self.clock.after(self._moment, hours)
        return self._moment < self._last

    def _step(self, step: str, code: str, who: Officer) -> bool:
        """Whether the petition goes on."""
        if step in ("rate", "supplement", "reopen", "merge"):
            return self._of_citizen(step, code)
        if step == "take":
            self._office.take(who, code)
        elif step == "close":
            self._by_itself(code)
        else:
            to, words = MOVES[step]
            reason = self._rng.choice(list(Refusal)).value if to is State.REFUSED else ""
            body = self._rng.choice(BODIES) if to is State.FORWARDED else ""
            self._office.move(who, code, to, words, reason, body)
        return True

    def _of_citizen(self, step: str, code: str) -> bool:
        with self._store.writing() as tx:
            work = Casework(tx, self._moment, self._terms)
            petition = work.petition(code)
            if step == "merge":
                return self._merged(work, petition)
            if step == "reopen":
                return self._reopened(work, petition)
            if step == "rate":
                rating = self._rng.choices(range(1, 6), (4, 6, 15, 45, 30))[0]
                work.happen(petition, Happening.RATED, CITIZEN, {"rating": str(rating)})
            else:
                paper = work.write(code, "supplement", "Bổ sung mô phỏng.", CITIZEN)
                petition = work.happen(petition, Happening.SUPPLEMENTED, CITIZEN, {"paper": paper})
                work.move(petition, State.WORKING, SYSTEM)
        return True

    def _reopened(self, work: Casework, petition: Petition) -> bool:
        """Only within its days."""
        legal = State.WORKING in legal_moves(petition, self._moment)
        if legal:
            work.move(petition, State.WORKING, CITIZEN, words="Chưa xong việc.")
        return legal

    def _merged(self, work: Casework, petition: Petition) -> bool:
        """Into an open petition of the same unit, where there is one."""
        page = work.tx.find(QueueFilter(open_only=True, unit=petition.unit, sort="code", limit=5)).petitions
        other = next((p for p in page if p.code != petition.code), None)
        if other is not None:
            intake.join(work, petition, other.code)
        return False

    def _by_itself(self, code: str) -> None:
        with self._store.writing() as tx:
            work = Casework(tx, self._moment, self._terms)
            work.move(work.petition(code), State.CLOSED, SYSTEM)

    def _citizen(self, petition: Petition, to: State) -> None:
        self._moment += dt.timedelta(hours=self._rng.uniform(0.2, 30))
        with self._store.writing() as tx:
            work = Casework(tx, self._moment, self._terms)
            work.move(petition, to, CITIZEN)

    # the rest of the house

    def _house(self) -> None:
        """What officers entered of the plans' tasks, and what they published: lists, edits, one list thrown out."""
        with self._store.writing() as tx:
            for month in range(1, 13, 2):
                at = dt.datetime(self._year, month, 5, 9, tzinfo=VIETNAM)
                first = self._published(tx, at, "published", 4, ("announced", "amended", "abolished"))
                self._published(tx, at + 2 * DAY, "published", 1, ("edited", "added"))
                if month % 4 == 1:
                    self._published(tx, at + 3 * DAY, "published", 30, ("announced",))
                    tx.add_index_event(IndexEvent(first, at + 4 * DAY, "cb-01", "rolled_back", reason="nhầm tệp"))
            for plan in self._library.plans.values():
                for task in plan.tasks[::2]:
                    tx.add_task_state(self._entry(plan.key, task))

    def _published(self, tx: Transaction, at: dt.datetime, action: str, number: int, kinds: Sequence[str]) -> str:
        """As the publisher writes it: names that begin with the moment, records with their kind."""
        changed = self._rng.sample(self._procedures, number)
        pairs = tuple((f"procedure:{key}", self._rng.choice(kinds)) for key in changed)
        name = f"{at.astimezone(dt.UTC):%Y%m%dT%H%M%S%f}-{self._rng.randrange(1 << 16):04x}"
        others = (("service:hoi_dap_1", "added"),) if number == 1 else ()
        called = [self._library.procedures[key] for key in changed]
        generations.enter(tx, IndexEvent(name, at, "cb-01", action, (*pairs, *others)), generations.names_of(called))
        return name

    def _entry(self, plan: str, task: PlanTask) -> TaskState:
        at = dt.datetime(self._year, self._rng.randrange(1, 13), 20, 9, tzinfo=VIETNAM)
        state = self._rng.choice(("dang_lam", "hoan_thanh", "thuong_xuyen"))
        figures = f"{self._rng.randrange(2, 40)} lượt"
        return TaskState(plan, task.id, state, task.product, figures, "Biên bản lưu tại đơn vị", "cb-02", at)
