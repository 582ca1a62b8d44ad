"""The results of a contest or survey as tables, for the spreadsheet."""

from __future__ import annotations

from collections.abc import Mapping

from bot.desk.contest_results import Results
from bot.outreach.quiz.contest import Contest, Kind
from bot.outreach.quiz.scoring import Place
from bot.petitions.clock import VIETNAM
from bot.reports.periods import Period, between
from bot.reports.tables import Cell, Form, Table, columns
from bot.wording import contests as words
from bot.wording import reports as say


def period_of(contest: Contest) -> Period:
    opens, closes = (at.astimezone(VIETNAM).date() for at in (contest.opens_at, contest.closes_at))
    return between(opens, closes)


def tables_of_results(results: Results, units: Mapping[str, str]) -> list[Table]:
    tables = [_places(results, units), _topics(results), _items(results)]
    if results.contest.kind is Kind.SURVEY:
        tables += [_groups(results, units), _absent(results, units)]
    return tables


def _places(results: Results, units: Mapping[str, str]) -> Table:
    heads = columns(
        ("hang", Form.COUNT, 0.6),
        ("nguoi_thi", Form.WORDS, 2.5),
        ("don_vi", Form.WORDS, 2),
        ("cau_dung", Form.COUNT, 1),
        ("diem", Form.COUNT, 1),
        ("giay", Form.HOURS, 1),
        ("cau_tre", Form.COUNT, 1),
        ("bat_dau", Form.WORDS, 1.5),
        ("ket_thuc", Form.WORDS, 1.5),
    )
    return Table("thi_ket_qua", heads, tuple(_place(results, place, units) for place in results.places))


def _place(results: Results, place: Place, units: Mapping[str, str]) -> tuple[Cell, ...]:
    player, score = results.players[place.player], place.score
    name = player.name or f"{words.UNNAMED} {player.id}"
    began = f"{place.attempt.began_at.astimezone(VIETNAM):%H:%M:%S %d/%m/%Y}"
    ended = place.attempt.ended_at
    finished = f"{ended.astimezone(VIETNAM):%H:%M:%S %d/%m/%Y}" if ended else ""
    unit = units.get(player.unit, player.unit)
    return place.number, name, unit, score.right, score.points, score.seconds, score.late, began, finished


def _topics(results: Results) -> Table:
    heads = columns(("chu_de", Form.WORDS, 4), ("cau_dung", Form.COUNT, 1), ("can_tra_loi", Form.COUNT, 1), _SHARE)
    rows = tuple((topic, *_shared(*points)) for topic, points in sorted(results.topics.items()))
    return Table("thi_chu_de", heads, rows)


def _items(results: Results) -> Table:
    heads = columns(
        (say.ORDER, Form.COUNT, 0.6),
        ("cau_hoi_thi", Form.WORDS, 5),
        ("dap_an", Form.WORDS, 2),
        ("nguon", Form.WORDS, 3),
        ("cau_dung", Form.COUNT, 1),
        ("da_tra_loi", Form.COUNT, 1),
        _SHARE,
    )
    rows = tuple(
        (i.number, i.text, i.options[i.right].text, i.source, *_shared(*results.by_item[i.number]))
        for i in results.items
    )
    return Table("thi_cau_hoi", heads, rows, wide=True)


def _groups(results: Results, units: Mapping[str, str]) -> Table:
    heads = columns(
        ("don_vi", Form.WORDS, 3),
        ("duoc_moi", Form.COUNT, 1),
        ("da_lam", Form.COUNT, 1),
        ("cau_dung", Form.COUNT, 1),
        ("can_tra_loi", Form.COUNT, 1),
        _SHARE,
    )
    rows = tuple(
        (units.get(g.unit, g.unit) or words.NO_UNIT, g.asked, g.took, *_shared(g.right, g.expected))
        for g in results.groups
    )
    return Table("thi_don_vi", heads, rows)


def _absent(results: Results, units: Mapping[str, str]) -> Table:
    heads = columns((say.ORDER, Form.COUNT, 0.6), ("nguoi_duoc_moi", Form.WORDS, 3), ("don_vi", Form.WORDS, 3))
    rows = tuple((n, a.name, units.get(a.unit, a.unit)) for n, a in enumerate(results.absent, 1))
    return Table("thi_chua_lam", heads, rows)


_SHARE = ("ty_le_dung", Form.SHARE, 1.0)


def _shared(right: int, expected: int) -> tuple[int, int, float | None]:
    return right, expected, right / expected if expected else None
