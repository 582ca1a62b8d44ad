"""What an import would change in a folder: new, changed field by field, abolished, unchanged, refused."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any

from knowledge.importing.imported import Import, Origin, Refusal
from knowledge.importing.merging import Arrival, Older, first_day, merged
from knowledge.records import Plan, Procedure, Status


@dataclass(frozen=True, slots=True)
class FieldChange:
    name: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class Changed:
    record: Procedure
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """What a folder holds. `by_hand`: codes and keys of records on YAML pages, which imports never touch."""

    procedures: Mapping[str, Procedure]
    plans: Mapping[str, Plan]
    by_hand: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Diff:
    """`procedures` and `plans` are what the folder would hold afterwards (plans: only those to be written)."""

    new: tuple[Procedure, ...]
    changed: tuple[Changed, ...]
    abolished: tuple[Procedure, ...]
    unchanged: int
    refused: tuple[Refusal, ...]
    new_plans: tuple[Plan, ...]
    unchanged_plans: int
    procedures: Mapping[str, Procedure]

    @property
    def empty(self) -> bool:
        return not (self.new or self.changed or self.abolished or self.new_plans)


def compare(imports: Iterable[Import], held: Held, today: dt.date) -> Diff:
    """What these files would change, all together; the oldest file speaks first."""
    after = dict(held.procedures)
    touched: dict[str, None] = {}
    refused: list[Refusal] = []
    ordered = sorted(imports, key=_age)
    for batch in ordered:
        refused += batch.refusals
        for record in batch.procedures:
            if refusal := _lay(record, batch, held, after, today):
                refused.append(refusal)
            else:
                touched[record.code] = None
    plans, same, late = _plans(ordered, held)
    new, changed, abolished = _sorted_out(touched, held.procedures, after)
    unchanged = len(touched) - len(new) - len(changed) - len(abolished)
    return Diff(new, changed, abolished, unchanged, tuple(refused + late), tuple(plans), same, after)


def _sorted_out(
    touched: Iterable[str], before: Mapping[str, Procedure], after: Mapping[str, Procedure]
) -> tuple[tuple[Procedure, ...], tuple[Changed, ...], tuple[Procedure, ...]]:
    """Which of the touched records are new, changed, abolished; the others are as they were."""
    new, changed, abolished = [], [], []
    for code in touched:
        old, now = before.get(code), after[code]
        ended = now.validity.status is Status.ABOLISHED
        if ended and (old is None or old.validity.status is not Status.ABOLISHED):
            abolished.append(now)
        elif old is None:
            new.append(now)
        elif found := differences(old, now):
            changed.append(Changed(now, found))
    return tuple(new), tuple(changed), tuple(abolished)


def _age(batch: Import) -> tuple[dt.date, int]:
    dates = [p.validity.decision_date for p in batch.procedures if p.validity.decision_date]
    return max(dates, default=first_day(batch.day)), list(Origin).index(batch.origin)


def _lay(record: Procedure, batch: Import, held: Held, after: dict[str, Procedure], today: dt.date) -> Refusal | None:
    """Lay one record over what is there; a reason where it may not be laid."""
    if owner := held.by_hand.get(record.code):
        return Refusal(
            batch.file,
            f"mã {record.code}",
            record.name[:60],
            f"thư mục này có bản ghi viết tay cho mã này ({owner})",
            "nhập vào một thư mục khác; bot tự ghép hai bản theo mã",
        )
    arrival = Arrival(record, batch.origin, batch.day, batch.day_known, today)
    outcome = merged(after.get(record.code), arrival)
    if isinstance(outcome, Older):
        return Refusal(batch.file, f"mã {record.code}", record.name[:60], outcome.reason, outcome.remedy)
    after[record.code] = outcome
    return None


def differences(old: Procedure, new: Procedure) -> tuple[FieldChange, ...]:
    """Field by field, old → new; of the validity each part on its own."""
    found = []
    for f in fields(Procedure):
        before, after = getattr(old, f.name), getattr(new, f.name)
        if before == after:
            continue
        if f.name == "validity":
            parts = ((p.name, getattr(before, p.name), getattr(after, p.name)) for p in fields(before))
            found += [FieldChange(f"validity.{n}", a, b) for n, a, b in parts if a != b]
        else:
            found.append(FieldChange(f.name, before, after))
    return tuple(found)


def _plans(imports: Iterable[Import], held: Held) -> tuple[list[Plan], int, list[Refusal]]:
    """A plan that is there already is never written over: a person may have mended the draft."""
    new: dict[str, Plan] = {}
    same, refused = 0, []
    for batch in imports:
        for plan in batch.plans:
            before = held.plans.get(plan.key) or new.get(plan.key)
            if before is None:
                new[plan.key] = plan
            elif _same_plan(before, plan):
                same += 1
            else:
                reason = f"kế hoạch “{plan.key}” đã có và khác bản nháp này (có thể đã được sửa tay)"
                remedy = f"xóa plans/{plan.key}.yaml nếu muốn nhập lại từ đầu"
                refused.append(Refusal(batch.file, "", plan.name[:60], reason, remedy))
    return list(new.values()), same, refused


def _same_plan(before: Plan, after: Plan) -> bool:
    """Equal but for the day on which the file was read."""
    return all(getattr(before, f.name) == getattr(after, f.name) for f in fields(Plan) if f.name != "sources")
