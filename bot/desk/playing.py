"""What whoever takes part does: join, begin, answer, look at the places. Every answer is on disk before the next
question is shown; a try goes on where it stopped, whatever stopped it; the first answer to a question stays.

Time runs from the moment at which a question is known to have reached its reader to the moment at which the answer
arrived, so that neither a queue nor a restart costs anybody seconds.
"""

from __future__ import annotations

import datetime as dt
import random
import secrets
from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.desk.people import digest_of
from bot.desk.plays import (
    Board,
    Earned,
    NotInvited,
    Outcome,
    Put,
    Review,
    Step,
    View,
    account_of,
    attempt_of,
    best_of,
    first_three,
    has_earned,
    invited,
    key_of,
    named,
    order_of,
    places_of,
    published,
    reviewed,
    row_of,
)
from bot.desk.questions import changes_of, taken_out
from bot.desk.transaction import Store, Transaction
from bot.ledger import NotFound, Officer
from bot.outreach.quiz.contest import Asked, Contest, Entry, Item, Kind, Phase, Player
from bot.outreach.quiz.scoring import score
from bot.outreach.quiz.truth import still_true
from knowledge.library import Library

BOARD = 50
Settle = Callable[[Transaction, Step], None]


class Playing:
    """`rendered_at_once`: doors whose answer is the page itself; elsewhere a question waits in the outbox, and was sent
    when that says so."""

    def __init__(
        self,
        store: Store,
        library: Callable[[], Library],
        now: Callable[[], dt.datetime],
        rendered_at_once: Sequence[str] = ("web",),
    ) -> None:
        self._store, self._library, self._now, self._at_once = store, library, now, rendered_at_once

    # --- what there is -----------------------------------------------------------------------------------------------

    def contests(self, account: str = "") -> Sequence[View]:
        """What everybody may see, those that are open first."""
        with self._store.reading() as tx:
            shown = [c for c in tx.contests(Kind.CONTEST) if c.published_at]
            views = [self._view(tx, c, account) for c in shown]
        return sorted(views, key=lambda v: (Phase.OPEN, Phase.AHEAD, Phase.OVER).index(v.phase))

    def surveys(self, who: Officer) -> Sequence[View]:
        """Those that this officer is asked to take and may take now, or has taken."""
        with self._store.reading() as tx:
            units = tx.units()
            asked = [c for c in tx.contests(Kind.SURVEY) if c.published_at and invited(c, who, units)]
            return [self._view(tx, c, account_of(who)) for c in asked]

    def view(self, number: str, account: str = "") -> View:
        """Raises NotFound for what does not exist or was never published."""
        with self._store.reading() as tx:
            return self._view(tx, published(tx, number), account)

    def _view(self, tx: Transaction, contest: Contest, account: str) -> View:
        items = [i for i in tx.items(contest.id) if not i.withdrawn_at]
        phase = contest.phase(self._now())
        player = tx.player_of(contest.id, account) if account else None
        view = View(contest, phase, len(items), len(tx.players(contest.id)), player)
        if player is None:
            return replace(view, can_begin=phase is Phase.OPEN)
        entries = tx.entries(contest.id, player.id)
        open_entry = any(e.ended_at is None for e in entries) and phase is Phase.OPEN
        left = not contest.most_tries or len(entries) < contest.most_tries
        best = best_of(tx, contest, player, entries, items)
        earned = has_earned(contest, best, entries, phase)
        can = phase is Phase.OPEN and not open_entry and left
        return replace(
            view,
            tries=len(entries),
            open_entry=open_entry,
            can_begin=can,
            best=best.score if best else None,
            earned=earned,
        )

    # --- taking part -------------------------------------------------------------------------------------------------

    def join(self, number: str, account: str, door: str, name: str = "", shown: bool = False, unit: str = "") -> Player:
        """Who comes again is the same player; another name or another wish takes the place of the first."""
        name = named(name)
        with self._store.writing() as tx:
            contest = published(tx, number)
            player = tx.player_of(contest.id, account)
            if player is None:
                made = secrets.token_hex(5)
                player = Player(made, contest.id, account, name, shown and bool(name), self._now(), door, unit)
                tx.add_player(player)
            else:
                player = replace(player, name=name or player.name, shown=shown and bool(name or player.name))
                tx.put_player(player)
        return player

    def begin(self, number: str, account: str, door: str, settle: Settle | None = None) -> Step:
        """The first question of a new try, or the one at which an open try stands."""
        with self._store.writing() as tx:
            contest = published(tx, number)
            step = self._begun(tx, contest, account, door)
            if settle:
                settle(tx, step)
        return step

    def _begun(self, tx: Transaction, contest: Contest, account: str, door: str) -> Step:
        now = self._now()
        if contest.phase(now) is not Phase.OPEN:
            return Step(Outcome.NOT_OPEN, contest)
        player = tx.player_of(contest.id, account)
        if player is None:
            return Step(Outcome.JOIN_FIRST, contest)
        entries = tx.entries(contest.id, player.id)
        entry = next((e for e in entries if e.ended_at is None), None)
        if entry is None:
            if contest.most_tries and len(entries) >= contest.most_tries:
                return Step(Outcome.NO_TRY_LEFT, contest, tries_left=0)
            number = len(entries) + 1
            entry = Entry(f"{player.id}-{number}", contest.id, player.id, number, door, now)
            tx.add_entry(entry)
        return self._next(tx, contest, entry, door, resumed=True)

    def answer(
        self,
        account: str,
        door: str,
        asked_id: str,
        option: int,
        arrived_at: dt.datetime | None = None,
        settle: Settle | None = None,
    ) -> Step:
        """Keeps the answer and gives the next question, in one transaction. `arrived_at`: when it came in at the
        door."""
        with self._store.writing() as tx:
            step = self._answered(tx, account, door, asked_id, option, arrived_at or self._now())
            if settle:
                settle(tx, step)
        return step

    def _answered(self, tx: Transaction, account: str, door: str, asked_id: str, option: int, at: dt.datetime) -> Step:
        asked = tx.asked(asked_id)
        entry = tx.entry(asked.entry) if asked else None
        player = tx.player(entry.player) if entry else None
        contest = tx.contest(entry.contest) if entry else None
        if asked is None or entry is None or contest is None or player is None or player.account != account:
            return Step(Outcome.GONE)
        item = next(i for i in tx.items(contest.id) if i.number == asked.item)
        if asked.answered_at is not None:
            return self._repeated(tx, contest, entry)
        if contest.phase(at) is not Phase.OPEN or not 0 <= option < len(item.options):
            return Step(Outcome.NOT_OPEN if contest.phase(at) is not Phase.OPEN else Outcome.GONE, contest)
        sent = (tx.sent_at(key_of(asked.id)) if door not in self._at_once else None) or asked.sent_at or at
        seconds = round(max(0.0, (at - sent).total_seconds()), 3)
        tx.answer_asked(replace(asked, option=option, answered_at=at, sent_at=sent, seconds=seconds))
        late = bool(contest.seconds and seconds > contest.seconds)
        return replace(self._next(tx, contest, entry, door), late=late)

    def _repeated(self, tx: Transaction, contest: Contest, entry: Entry) -> Step:
        waiting = next((a for a in tx.asked_of(entry.id) if a.answered_at is None), None)
        put = self._put(tx, contest, entry, waiting) if waiting else None
        return Step(Outcome.REPEATED, contest, put)

    def _next(self, tx: Transaction, contest: Contest, entry: Entry, door: str, resumed: bool = False) -> Step:
        """The question that waits, or the next one that is still true, or the end."""
        now, asked = self._now(), tx.asked_of(entry.id)
        items = {i.number: i for i in tx.items(contest.id)}
        waiting = next((a for a in asked if a.answered_at is None and not items[a.item].withdrawn_at), None)
        if waiting is not None:
            if resumed and not (waiting.sent_at or tx.sent_at(key_of(waiting.id))):
                # it never arrived; from now on it counts as sent, or its time would never run
                waiting = replace(waiting, sent_at=now)
                tx.put_asked_sent(waiting.id, now)
            return Step(Outcome.ASKED, contest, self._put(tx, contest, entry, waiting))
        used = {a.item for a in asked}
        for number in order_of(contest, entry, list(items)):
            item = items[number]
            if number in used or item.withdrawn_at or self._untrue(tx, item, now):
                continue
            place = len(asked) + 1
            sent = now if door in self._at_once else None
            fresh = Asked(f"{entry.id}-{place}", entry.id, place, number, now, sent)
            tx.add_asked(fresh)
            return Step(Outcome.ASKED, contest, self._put(tx, contest, entry, fresh))
        tx.end_entry(entry.id, max((a.answered_at for a in asked if a.answered_at), default=now))
        return self._finished(tx, contest, entry)

    def _untrue(self, tx: Transaction, item: Item, now: dt.datetime) -> bool:
        """A question that the records no longer bear out is never shown, whoever has looked or not."""
        if still_true(item.as_question(), self._library(), changes_of(tx, now)):
            return False
        taken_out(tx, item.question, now)
        return True

    def _finished(self, tx: Transaction, contest: Contest, entry: Entry) -> Step:
        items = [i for i in tx.items(contest.id) if not i.withdrawn_at]
        questions = [i.as_question() for i in items]
        mine = attempt_of(entry, tx.asked_of(entry.id), {i.number: i for i in tx.items(contest.id)})
        left = None if not contest.most_tries else contest.most_tries - entry.number
        return Step(
            Outcome.FINISHED,
            contest,
            score=score(mine, questions, contest.rules),
            total=len(items),
            tries_left=left,
        )

    def _put(self, tx: Transaction, contest: Contest, entry: Entry, asked: Asked) -> Put:
        items = tx.items(contest.id)
        item = next(i for i in items if i.number == asked.item)
        places = list(range(len(item.options)))
        if contest.mixed:
            random.Random(f"{asked.id}:options").shuffle(places)
        total = sum(not i.withdrawn_at for i in items)
        answered = sum(a.answered_at is not None for a in tx.asked_of(entry.id))
        options = tuple((place, item.options[place].text) for place in places)
        number = min(answered + 1, total)
        return Put(asked.id, item.text, item.topic, options, number, total, contest.seconds, asked.asked_at)

    def player_of(self, asked: str) -> Player | None:
        """Who was asked this question."""
        with self._store.reading() as tx:
            found = tx.asked(asked)
            entry = tx.entry(found.entry) if found else None
            return tx.player(entry.player) if entry else None

    # --- what came of it ---------------------------------------------------------------------------------------------

    def board(self, number: str, account: str = "", most: int = BOARD) -> Board:
        """Places with the names of those who agreed to be shown; nobody's where the contest shows no list."""
        with self._store.reading() as tx:
            contest = published(tx, number)
            places, total = places_of(tx, contest), sum(not i.withdrawn_at for i in tx.items(number))
            players = {p.id: p for p in tx.players(number)}
        rows = [row_of(place, players[place.player], account) for place in places]
        mine = next((row for row in rows if row.mine), None)
        public = contest.board and contest.kind is Kind.CONTEST
        return Board(tuple(rows[:most]) if public else (), len(rows), total, mine)

    def review(self, number: str, account: str) -> Sequence[Review]:
        """One's best try, question by question; only when nobody can profit from it any more."""
        with self._store.reading() as tx:
            contest = published(tx, number)
            player = tx.player_of(number, account)
            if contest.phase(self._now()) is not Phase.OVER or player is None:
                return ()
            items = tx.items(number)
            best = best_of(tx, contest, player, tx.entries(number, player.id), [i for i in items if not i.withdrawn_at])
            given = {g.question: g for g in best.attempt.given} if best else {}
        return [reviewed(item, given.get(item.question), contest.seconds) for item in items]

    def earned(self, number: str, account: str, name: str = "") -> Earned:
        """Raises NotFound where there is none. `name`: for the paper, where none was given before."""
        with self._store.reading() as tx:
            contest = published(tx, number)
            player = tx.player_of(number, account)
            items = [i for i in tx.items(number) if not i.withdrawn_at]
            phase = contest.phase(self._now())
            entries = tx.entries(number, player.id) if player else ()
            best = best_of(tx, contest, player, entries, items) if player else None
            if player is None or best is None or not has_earned(contest, best, entries, phase):
                raise NotFound(number)
            place = first_three(tx, contest, player) if phase is Phase.OVER else 0
        day = (best.attempt.ended_at or contest.closes_at).date()
        who = named(name) or player.name
        return Earned(who, contest, best.score.right, len(items), place, day, f"{contest.id}-{player.id}".upper())

    # --- surveys by link ---------------------------------------------------------------------------------------------

    def by_link(self, token: str, visitor: str) -> tuple[Contest, str]:
        """The survey and the account that a link stands for; from the first look at its questions on it is this
        visitor's only. Raises NotFound, NotInvited."""
        digest = digest_of(token)
        with self._store.reading() as tx:
            link = tx.link(digest)
            if link is None:
                raise NotFound("link")
            contest = published(tx, link.contest)
            if link.used_by not in ("", visitor):
                raise NotInvited("link")
        return contest, link.account or f"link:{digest[:20]}"

    def use_link(self, token: str, visitor: str, door: str) -> tuple[Contest, str]:
        """Makes the link this visitor's, and them a player."""
        digest = digest_of(token)
        contest, account = self.by_link(token, visitor)
        with self._store.writing() as tx:
            link = tx.link(digest)
            if link is None or not tx.use_link(digest, visitor, self._now()):
                raise NotInvited("link")
        self.join(contest.id, account, door, link.name, False, link.unit)
        return contest, account

    def as_officer(self, number: str, who: Officer, door: str) -> str:
        """The account under which an officer takes a survey; they are a player from now on. Raises NotInvited."""
        with self._store.reading() as tx:
            contest, units = published(tx, number), tx.units()
        if contest.kind is not Kind.SURVEY or not invited(contest, who, units):
            raise NotInvited(number)
        self.join(number, account_of(who), door, who.name, False, who.unit)
        return account_of(who)
