"""Questions drafted from a plan by rule: who leads a task, by when it is due. Pure."""

from __future__ import annotations

import random
from collections.abc import Iterator

from bot.outreach.quiz import meaning
from bot.outreach.quiz.drafting import LONGEST_OPTION, LONGEST_QUESTION, Value, assembled, wrong_options
from bot.outreach.quiz.question import Question
from bot.wording import outreach as say
from knowledge.records import Plan, PlanTask
from knowledge.vietnamese import fold

LEAD, DEADLINE = "chu_tri", "thoi_han"


def of_plan(plan: Plan, seed: int) -> tuple[Question, ...]:
    """In the order of the plan's tasks."""
    return tuple(q for task in plan.tasks for q in (_by_lead(plan, task, seed), _by_day(plan, task, seed)) if q)


def still_true(question: Question, plan: Plan) -> bool:
    """Whether the plan still says what was right when the question was made."""
    task = next((t for t in plan.tasks if t.id == question.about), None)
    if task is None:
        return False
    if question.aspect == LEAD:
        lead = _lead(task)
        return lead is not None and lead.text == question.answer
    return question.aspect == DEADLINE and task.deadline is not None and _day(task) == question.answer


def _by_lead(plan: Plan, task: PlanTask, seed: int) -> Question | None:
    right = _lead(task)
    if right is None or fold(right.text) in fold(task.content):
        return None
    chance = random.Random(f"{seed}:{task.id}:{LEAD}")
    others = list(_other_leads(plan, task))
    chance.shuffle(others)
    return _made(plan, task, LEAD, right, wrong_options(right, others), chance)


def _lead(task: PlanTask) -> Value | None:
    """Where exactly one body leads, and it is a body of its own."""
    if len(task.lead) != 1 or len(task.lead[0]) > LONGEST_OPTION:
        return None
    means = meaning.lead(task.lead[0])
    return Value(task.lead[0], means, task.id) if means else None


def _other_leads(plan: Plan, task: PlanTask) -> Iterator[Value]:
    """Leads of the plan's other tasks that have no part in this one: they neither cooperate in it, nor are named in
    it, nor do anything under the same heading."""
    here = {fold(b) for t in plan.tasks if t.section == task.section for b in (*t.lead, *t.cooperating)}
    here |= {fold(b) for t in plan.tasks if fold(t.content) == fold(task.content) for b in (*t.lead, *t.cooperating)}
    taking_part = [words for b in here if (words := meaning.lead(b))]
    content = fold(f"{task.content} {task.channel} {task.product}")
    for other in plan.tasks:
        value = _lead(other) if other.id != task.id else None
        if (
            value
            and all(meaning.differ(value.means, known) for known in taking_part)
            and fold(value.text) not in content
        ):
            yield value


def _by_day(plan: Plan, task: PlanTask, seed: int) -> Question | None:
    if task.deadline is None:
        return None
    chance = random.Random(f"{seed}:{task.id}:{DEADLINE}")
    others = [Value(_day(t), t.deadline, t.id) for t in plan.tasks if t.deadline and t.id != task.id]
    chance.shuffle(others)
    right = Value(_day(task), task.deadline, task.id)
    return _made(plan, task, DEADLINE, right, wrong_options(right, others), chance)


def _day(task: PlanTask) -> str:
    return f"{task.deadline:%d/%m/%Y}"


def _made(
    plan: Plan, task: PlanTask, aspect: str, right: Value, wrong: tuple[Value, ...], chance: random.Random
) -> Question | None:
    content = task.content.rstrip(".")
    text = say.QUIZ_PLAN_QUESTIONS[aspect].format(year=plan.year, place=plan.district or plan.place, what=content)
    if len(text) > LONGEST_QUESTION:
        return None
    section = say.IN_SECTION.format(section=task.section) if task.section else ""
    number = say.OF_NUMBER.format(number=plan.number) if plan.number else ""
    topic = say.QUIZ_PLAN_TOPIC.format(year=plan.year, place=plan.district or plan.place)
    return assembled(task.id, aspect, topic, text, right, wrong, f"{plan.name}{number}{section}", chance)
