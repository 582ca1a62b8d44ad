"""A report as tables: one description for the document, the spreadsheet and the text files, so that all three agree."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.petitions.clock import VIETNAM
from bot.reports.figures import LEAST_ANSWERS, Brief, Outcome, PetitionFigures, Regard, Report, Satisfaction, Tally
from bot.reports.periods import Span
from bot.reports.spelling import Names
from bot.wording import reports as say

MOST_ROWS = 20
_UNACCEPTED = ("ended_unaccepted", "still_unaccepted", "untimed")
Cell = str | int | float | dt.date | None


class Form(StrEnum):
    """How a column is written: words to the left, figures to the right, shares as per cent."""

    WORDS = "words"
    COUNT = "count"
    SHARE = "share"
    HOURS = "hours"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Column:
    """`width`: its share of the table's width."""

    heading: str
    form: Form = Form.COUNT
    width: float = 1.0


@dataclass(frozen=True, slots=True)
class Table:
    """`total`: the last row sums up the others. `wide`: too wide for an upright page."""

    key: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: bool = False
    wide: bool = False

    @property
    def title(self) -> str:
        return say.TITLES[self.key]


def tables_of(report: Report, names: Names) -> dict[str, Table]:
    """Every table of the report by key, also those without a row (a reader of the data looks for them)."""
    p, q = report.petitions, report.questions
    made = (
        _summary(report),
        _by("theo_loai", "loai", p.by_kind, lambda k: say.KINDS.get(k, k), p.total),
        _by("theo_kenh", "kenh", p.by_channel, lambda k: say.CHANNELS.get(k, k), p.total),
        _by("theo_linh_vuc", "linh_vuc", p.by_field, lambda k: k or say.NO_FIELD, p.total),
        _by("theo_don_vi", "don_vi", p.by_unit, names.unit, p.total),
        _by("theo_dia_ban", "dia_ban", p.by_place, lambda k: k or say.NO_PLACE, p.total),
        counted("tu_choi", "ly_do", p.refusals, lambda k: say.REFUSALS.get(k, k) or say.NO_REASON, "so_luong", True),
        counted("chuyen", "noi_nhan", p.forwards, lambda k: names.units.get(k, k) or say.NO_BODY, "so_luong", True),
        _times(p, names),
        _satisfaction("hai_long_don_vi", "don_vi", p.satisfaction_by_unit, names.unit, p.satisfaction),
        _satisfaction(
            "hai_long_linh_vuc", "linh_vuc", p.satisfaction_by_field, lambda k: k or say.NO_FIELD, p.satisfaction
        ),
        _regards(p, names),
        _procedures("thu_tuc_phan_anh", p.grievances, names),
        counted("cau_hoi", "ket_qua", q.by_behavior, lambda k: say.BEHAVIORS.get(k, k), "so_luot", total=True),
        counted("cau_hoi_kenh", "kenh", q.by_door, lambda k: say.CHANNELS.get(k, k), "so_luot", total=True),
        _procedures("thu_tuc_hoi", q.records, names),
        _verdicts(report),
        _procedures("tra_loi_bi_che", q.bad_records, names),
        counted("chua_co_tra_loi", "cau_hoi", top(dict(q.gaps)), lambda k: k or say.ERASED, "so_luot"),
        _changes(report, names),
        outreach(report),
        overdue(report, names),
    )
    return {table.key: table for table in made}


def columns(*given: tuple[str, Form, float]) -> tuple[Column, ...]:
    return tuple(Column(say.HEADINGS.get(key, key), form, width) for key, form, width in given)


def top(figures: Mapping[str, int], most: int = MOST_ROWS) -> dict[str, int]:
    """The first of figures in falling order, with all that tie with the last of them, unless that would be too many."""
    rows = list(figures.items())
    if len(rows) <= most:
        return dict(rows)
    least = rows[most - 1][1]
    tied = [row for row in rows if row[1] >= least]
    return dict(tied if len(tied) <= 2 * most else [row for row in rows if row[1] > least] or rows[:most])


def counted(
    key: str, of: str, figures: Mapping[str, int], name: Callable[[str], str], how: str, total: bool = False
) -> Table:
    rows: list[tuple[Cell, ...]] = [(n, name(k), v) for n, (k, v) in enumerate(figures.items(), 1)]
    if total and rows:
        rows.append((None, say.TOTAL, sum(figures.values())))
    shown = columns((say.ORDER, Form.COUNT, 0.5), (of, Form.WORDS, 5), (how, Form.COUNT, 1.2))
    return Table(key, shown, tuple(rows), total and bool(rows))


def _summary(report: Report) -> Table:
    """Beside this period only those that can be compared; the period before a year is the same one of last year."""
    shown = [("ky_nay", _summary_column(report))]
    whole = "_tron" if report.provisional else ""
    if report.before:
        shown.append((f"ky_truoc{whole}", _brief_column(report.before)))
    if report.last_year and report.period.span is not Span.YEAR:
        shown.append((f"cung_ky{whole}", _brief_column(report.last_year)))
    rows: list[tuple[Cell, ...]] = [(label, *(c[key] for _, c in shown)) for key, label in say.SUMMARY.items()]
    heads = columns(("chi_tieu", Form.WORDS, 3.6), *((name, Form.COUNT, 1.1) for name, _ in shown))
    return Table("tong_hop", heads, tuple(rows))


def _summary_column(report: Report) -> dict[str, int]:
    q = report.questions
    asked = {"asked": q.asked, "answered": q.of("answer"), "unknown": q.of("unknown")}
    return _tally_column(report.petitions.total, report.petitions.satisfaction) | asked


def _brief_column(brief: Brief) -> dict[str, int]:
    asked = {"asked": brief.asked, "answered": brief.answered, "unknown": brief.unknown}
    return _tally_column(brief.petitions, brief.satisfaction) | asked


def _tally_column(tally: Tally, satisfaction: Satisfaction) -> dict[str, int]:
    own = ("carried", "received", "returned", "handled", "finished", "remaining")
    timed = ("accepted_in_time", "accepted_late", *_UNACCEPTED, "answered_in_time", "answered_late")
    outcomes = {o.value: tally.of(o) for o in Outcome}
    rated = {"ratings": satisfaction.answers, "satisfied": satisfaction.satisfied}
    return {name: getattr(tally, name) for name in (*own, *timed)} | outcomes | rated


def _by(key: str, of: str, tallies: Mapping[str, Tally], name: Callable[[str], str], total: Tally) -> Table:
    rows: list[tuple[Cell, ...]] = [(n, name(k), *_cells(t)) for n, (k, t) in enumerate(tallies.items(), 1)]
    if rows:
        rows.append((None, say.TOTAL, *_cells(total)))
    heads = columns(
        (say.ORDER, Form.COUNT, 0.75),
        (of, Form.WORDS, 2.5),
        ("chuyen_sang", Form.COUNT, 1.2),
        ("moi", Form.COUNT, 1),
        ("tong", Form.COUNT, 0.8),
        ("da_giai_quyet", Form.COUNT, 1),
        ("dung_han", Form.COUNT, 1),
        ("tre_han", Form.COUNT, 1),
        ("con_lai", Form.COUNT, 1),
        ("qua_han", Form.COUNT, 1),
    )
    return Table(key, heads, tuple(rows), bool(rows))


def _cells(t: Tally) -> tuple[int, ...]:
    came = (t.carried + t.returned, t.received, t.handled)
    return (*came, t.finished, t.answered_in_time, t.answered_late, t.remaining, t.of(Outcome.LATE))


def _times(p: PetitionFigures, names: Names) -> Table:
    rows: list[tuple[Cell, ...]] = [(n, names.unit(u), h) for n, (u, h) in enumerate(p.hours_by_unit.items(), 1)]
    if p.hours is not None:
        rows.append((None, say.TIMES["all"], p.hours))
    heads = columns((say.ORDER, Form.COUNT, 0.5), ("don_vi", Form.WORDS, 4.5), ("gio", Form.HOURS, 1.7))
    return Table("thoi_gian", heads, tuple(rows), bool(rows))


def _satisfaction(
    key: str, of: str, figures: Mapping[str, Satisfaction], name: Callable[[str], str], total: Satisfaction
) -> Table:
    rows: list[tuple[Cell, ...]] = [(n, name(k), *_rated(s)) for n, (k, s) in enumerate(figures.items(), 1)]
    if rows:
        rows.append((None, say.TOTAL, *_rated(total)))
    heads = columns(
        (say.ORDER, Form.COUNT, 0.5),
        (of, Form.WORDS, 3.5),
        ("luot_danh_gia", Form.COUNT, 1.2),
        ("hai_long", Form.COUNT, 1),
        ("ty_le", Form.SHARE, 1.2),
    )
    return Table(key, heads, tuple(rows), bool(rows))


def _rated(s: Satisfaction) -> tuple[Cell, ...]:
    """Under the least number of answers neither the share nor what it could be worked out from."""
    few = 0 < s.answers < LEAST_ANSWERS
    return s.answers, None if few else s.satisfied, s.share


def _regards(p: PetitionFigures, names: Names) -> Table:
    rows = tuple((n, names.unit(u), *_regarded(r), r.conduct) for n, (u, r) in enumerate(p.regard_by_unit.items(), 1))
    heads = columns(
        (say.ORDER, Form.COUNT, 0.5),
        ("don_vi", Form.WORDS, 3.5),
        ("khen", Form.COUNT, 1.1),
        ("che", Form.COUNT, 1.1),
        ("hanh_vi", Form.COUNT, 1.2),
    )
    return Table("khen_che", heads, rows)


def _regarded(regard: Regard) -> tuple[Cell, Cell]:
    return (None, None) if withheld(regard) else (regard.good, regard.bad)


def withheld(regard: Regard) -> bool:
    """So few have spoken that one could guess who."""
    return 0 < regard.good + regard.bad < LEAST_ANSWERS


def _procedures(key: str, figures: Mapping[str, int], names: Names) -> Table:
    own = top({k: v for k, v in figures.items() if names.is_procedure(k)})
    rows = tuple((n, names.procedure(k), names.code(k), v) for n, (k, v) in enumerate(own.items(), 1))
    heads = columns(
        (say.ORDER, Form.COUNT, 0.5),
        ("thu_tuc", Form.WORDS, 4.5),
        ("ma", Form.WORDS, 1.2),
        ("so_luot", Form.COUNT, 0.9),
    )
    return Table(key, heads, rows)


def _verdicts(report: Report) -> Table:
    q = report.questions
    reasons = {say.BAD_BECAUSE.format(reason=r): n for r, n in q.bad_reasons.items() if r}
    figures = {say.VERDICTS["good"]: q.good, say.VERDICTS["bad"]: q.bad} | reasons
    return counted("danh_gia", "danh_gia", figures if q.good or q.bad else {}, str, "so_luot")


def _changes(report: Report, names: Names) -> Table:
    found = [(c, r) for c, records in report.changes.by_change.items() for r in records if names.is_procedure(r)]
    rows = tuple(
        (n, names.procedure(r), names.code(r), say.CHANGES.get(c, c)) for n, (c, r) in enumerate(_ordered(found), 1)
    )
    heads = columns(
        (say.ORDER, Form.COUNT, 0.5), ("thu_tuc", Form.WORDS, 4), ("ma", Form.WORDS, 1.2), ("thay_doi", Form.WORDS, 1.4)
    )
    return Table("thay_doi", heads, rows)


def outreach(report: Report) -> Table:
    """What was done to inform people, and how many it reached; without a row where nothing was."""
    o = report.outreach
    rows: list[tuple[Cell, ...]] = [(say.OUTREACH.get(k, k), r.made, r.reached) for k, r in o.by_kind.items()]
    rows += [(say.JOINED.get(k, k), r.made, r.reached or None) for k, r in o.joined.items()]
    if o.posters or o.scans:
        rows += [(say.POSTERS, o.posters, o.scanned_by), (say.SCANS, o.scans, None)]
        rows.append((say.SCAN_QUESTIONS, o.questions, None))
    if o.subscribers or o.begun or o.ended:
        rows.append((say.SUBSCRIBERS, None, o.subscribers))
        rows += [(say.SUBSCRIBED, o.begun, None), (say.UNSUBSCRIBED, o.ended, None)]
    heads = columns(
        (say.ORDER, Form.COUNT, 0.5),
        ("hinh_thuc", Form.WORDS, 4),
        ("so_luong", Form.COUNT, 1.1),
        ("tiep_can", Form.COUNT, 1.3),
    )
    return Table("tuyen_truyen", heads, tuple((n, *row) for n, row in enumerate(rows, 1)))


def _ordered(found: Iterable[tuple[str, str]]) -> Sequence[tuple[str, str]]:
    order = list(say.CHANGES)
    return sorted(found, key=lambda i: (order.index(i[0]) if i[0] in order else len(order), i))


def overdue(report: Report, names: Names) -> Table:
    """Days late are counted on the calendar, up to the moment of the report."""
    rows = tuple(
        (
            n,
            late.code,
            names.unit(late.unit),
            late.field or say.NO_FIELD,
            late.filed_at.astimezone(VIETNAM).date(),
            late.since.astimezone(VIETNAM).date(),
            (report.until - late.since).days,
        )
        for n, late in enumerate(report.petitions.overdue, 1)
    )
    heads = columns(
        (say.ORDER, Form.COUNT, 0.7),
        ("ma_phan_anh", Form.WORDS, 2.1),
        ("don_vi", Form.WORDS, 2.2),
        ("linh_vuc", Form.WORDS, 1.8),
        ("ngay_nhan", Form.DAY, 1.2),
        ("han", Form.DAY, 1.2),
        ("so_ngay", Form.COUNT, 0.8),
    )
    return Table("qua_han", heads, rows)
