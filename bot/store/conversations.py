"""The conversations' book: sessions, questions, what people thought of the answers, what had none."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.ledger import Consent, Feedback, Gap, Proposal, Turn, Verdict
from bot.store.codec import moment_of, text_of
from bot.store.shelf import Shelf
from bot.store.tables import CONSENTS, FEEDBACK, GAPS, PROPOSALS, TURNS

_BETWEEN = "at >= :since and at < :until"


class Conversations(Shelf):
    def session(self, conversation: str) -> str:
        query = "select session from sessions where conversation = :conversation"
        rows = self._db.rows(query, {"conversation": conversation})
        return str(rows[0][0]) if rows else ""

    def put_session(self, conversation: str, session: str, at: dt.datetime) -> None:
        self._db.run(
            "insert into sessions (conversation, session, at) values (:conversation, :session, :at) "
            "on conflict (conversation) do update set session = excluded.session, at = excluded.at",
            {"conversation": conversation, "session": session, "at": text_of(at)},
        )

    def add_turn(self, turn: Turn) -> int:
        return self._numbered(TURNS, turn)

    def turns(self, since: dt.datetime, until: dt.datetime) -> Iterator[Turn]:
        return self._each(TURNS, f"where {_BETWEEN} order by at, id", since=text_of(since), until=text_of(until))

    def turns_of(self, conversation: str) -> Sequence[Turn]:
        return self._all(TURNS, "where conversation = :conversation order by id", conversation=conversation)

    def last_answer(self, conversation: str) -> int:
        return self._answer_before(conversation, 0)

    def _answer_before(self, conversation: str, turn: int) -> int:
        """`turn` 0: before the end."""
        return self._number(
            "select id from turns where conversation = :conversation and records <> '[]' "
            "and (:turn = 0 or id < :turn) order by id desc limit 1",
            conversation=conversation,
            turn=turn,
        )

    def add_feedback(self, feedback: Feedback) -> None:
        if not feedback.about:
            rows = self._db.rows("select conversation from turns where id = :turn", {"turn": feedback.turn})
            conversation = str(rows[0][0]) if rows else ""
            feedback = replace(feedback, about=self._answer_before(conversation, feedback.turn))
        self._put(FEEDBACK, feedback, "turn")

    def verdicts(self, since: dt.datetime, until: dt.datetime) -> Sequence[Verdict]:
        rows = self._db.rows(
            "select f.good, f.reason, f.words, t.question, t.reply, t.records, t.generation, f.at, f.turn "
            "from feedback f left join turns t on t.id = f.about "
            "where f.at >= :since and f.at < :until order by f.at, f.turn",
            {"since": text_of(since), "until": text_of(until)},
        )
        return [
            Verdict(
                bool(good),
                reason,
                words,
                question or "",
                reply or "",
                tuple(json.loads(records or "[]")),
                generation or "",
                moment_of(at),
                turn,
            )
            for good, reason, words, question, reply, records, generation, at, turn in rows
        ]

    def add_gap(self, gap: Gap) -> None:
        self._put(GAPS, gap, "turn")

    def gaps(self, since: dt.datetime, until: dt.datetime, state: str = "") -> Sequence[Gap]:
        where = f"where {_BETWEEN} and (:state = '' or state = :state) order by at, turn"
        return self._all(GAPS, where, since=text_of(since), until=text_of(until), state=state)

    def set_gaps(self, turns: Sequence[int], state: str, proposal: int = 0) -> None:
        self._db.run_many(
            "update gaps set state = :state, proposal = :proposal where turn = :turn",
            [{"state": state, "proposal": proposal, "turn": turn} for turn in turns],
        )

    def add_proposal(self, proposal: Proposal) -> int:
        return self._numbered(PROPOSALS, proposal)

    def set_proposal(self, number: int, state: str, by: str) -> None:
        self._db.run(
            "update proposals set state = :state, decided_by = :by where id = :number",
            {"state": state, "by": by, "number": number},
        )

    def proposals(self, state: str = "") -> Sequence[Proposal]:
        return self._all(PROPOSALS, "where :state = '' or state = :state order by id", state=state)

    def set_consent(self, consent: Consent) -> None:
        self._add(CONSENTS, consent)

    def consents(self, conversation: str) -> Sequence[Consent]:
        return self._all(CONSENTS, "where conversation = :conversation order by id", conversation=conversation)
