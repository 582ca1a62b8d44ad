"""A database of before the books (SQLite only) is carried over, so that nothing anyone said or filed is lost."""

from __future__ import annotations

from typing import Any

from bot.ledger import Paper, Party
from bot.petitions.petition import CITIZEN, Channel, Event, Happening, Kind, Naming
from bot.store.codec import moment_of, text_of
from bot.store.connection import Connection
from bot.store.petitions import PetitionBook

# children before parents, so that each can go while the others still stand
OLD = ("petitions", "feedback", "gaps", "turns", "sessions")


def put_aside(db: Connection) -> None:
    for name in OLD:
        if _there(db, name):
            db.run(f"alter table {name} rename to old_{name}")


def carry_over(db: Connection) -> None:
    carriers = {"sessions": _sessions, "turns": _turns, "gaps": _gaps, "feedback": _feedback, "petitions": _petitions}
    for name, carry in carriers.items():
        if _there(db, f"old_{name}"):
            carry(db)
    for name in OLD:
        db.run(f"drop table if exists old_{name}")


def _there(db: Connection, name: str) -> bool:
    return bool(db.rows("select 1 from sqlite_master where type = 'table' and name = :name", {"name": name}))


def _sessions(db: Connection) -> None:
    for conversation, session, at in db.rows("select conversation, session, at from old_sessions"):
        db.run(
            "insert into sessions (conversation, session, at) values (:conversation, :session, :at)",
            {"conversation": conversation, "session": session or "", "at": _moment(at)},
        )


def _turns(db: Connection) -> None:
    columns = "id, conversation, at, door, question, class, behavior, records, score, generation, reply, milliseconds"
    for row in db.rows(f"select {columns} from old_turns"):
        values = dict(zip(columns.split(", "), row, strict=True))
        values |= {"at": _moment(values["at"]), "records": values["records"] or "[]"}
        values |= {k: values[k] or "" for k in ("question", "class", "generation", "reply")}
        values |= {k: values[k] or 0.0 for k in ("score", "milliseconds")}
        db.run(
            "insert into turns (id, conversation, at, door, question, message_class, behavior, records, score, "
            "generation, reply, milliseconds, place) values (:id, :conversation, :at, :door, :question, :class, "
            ":behavior, :records, :score, :generation, :reply, :milliseconds, '')",
            values,
        )


def _gaps(db: Connection) -> None:
    query = "select g.turn, g.question, g.at, g.door, t.conversation from old_gaps g join old_turns t on t.id = g.turn"
    for turn, question, at, door, conversation in db.rows(query):
        db.run(
            "insert into gaps (turn, question, at, door, conversation, state, proposal) "
            "values (:turn, :question, :at, :door, :conversation, 'open', 0)",
            {"turn": turn, "question": question or "", "at": _moment(at), "door": door, "conversation": conversation},
        )


def _feedback(db: Connection) -> None:
    for turn, about, good, reason, words, at in db.rows(
        "select turn, about, good, reason, words, at from old_feedback"
    ):
        db.run(
            "insert into feedback (turn, about, good, reason, words, at, kind) "
            "values (:turn, :about, :good, :reason, :words, :at, 'answer')",
            {
                "turn": turn,
                "about": about or 0,
                "good": good,
                "reason": reason or "",
                "words": words or "",
                "at": _moment(at),
            },
        )


def _petitions(db: Connection) -> None:
    """Each becomes a FILED event, the papers of what was said, and the party; the year's count goes on from here."""
    query = (
        "select p.code, p.year, p.number, p.conversation, p.kind, p.text, p.place, p.happened, p.contact, p.anonymous, "
        "p.at, t.door from old_petitions p left join old_turns t on t.id = p.turn order by p.year, p.number"
    )
    books = PetitionBook(db)
    for code, year, number, conversation, kind, text, place, happened, contact, anonymous, at, door in db.rows(query):
        moment = moment_of(_moment(at))
        details = {"kind": _among(Kind, kind, Kind.UNCLEAR), "channel": _among(Channel, door, Channel.TERMINAL)}
        details["naming"] = _among(Naming, anonymous, Naming.OPEN)
        books.add_event(Event(code, 1, Happening.FILED, moment, CITIZEN, details))
        for role, words in (("story", text), ("where", place), ("when", happened)):
            if words:
                books.add_paper(Paper(code, role, words, moment, CITIZEN))
        books.put_party(Party(code, conversation or "", contact or ""))
        books.count_from(year, number)


def _among(kinds: Any, value: str | None, otherwise: str) -> str:
    return str(kinds(value).value) if value in set(kinds) else str(otherwise)


def _moment(text: str) -> str:
    return text_of(moment_of(text))
