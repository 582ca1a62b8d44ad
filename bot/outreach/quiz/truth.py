"""Whether a question that was approved is still true by today's records. Pure."""

from __future__ import annotations

from collections.abc import Callable

from bot.outreach.quiz import drafting, plans
from bot.outreach.quiz.question import Question
from knowledge.library import Library
from knowledge.records import Plan, Procedure

WRITTEN = "cau_rieng"
"""The aspect of a question that an officer wrote, or whose right answer an officer changed."""
Changed = Callable[[Question], bool]


def still_true(question: Question, library: Library, changed: Changed) -> bool:
    """One that was drafted by rule: the record says what was right. One that somebody wrote: the record that it names
    is in force, and has not changed since the review (`changed`); where it names none, only people can tell."""
    if question.aspect != WRITTEN:
        plan = plan_of(library, question.about)
        return plans.still_true(question, plan) if plan else drafting.still_true(question, library)
    if not question.about:
        return True
    record = record_of(library, question.about)
    if record is None or (isinstance(record, Procedure) and not record.validity.in_force(library.day)):
        return False
    return not changed(question)


def plan_of(library: Library, task: str) -> Plan | None:
    """The plan that has this task."""
    return next((p for p in library.plans.values() if any(t.id == task for t in p.tasks)), None)


def record_of(library: Library, key: str) -> object | None:
    """Whatever has this key, a procedure also by its code."""
    shelves = (library.plans, library.contacts, library.services)
    return library.procedure(key) or next((shelf[key] for shelf in shelves if key in shelf), None)
