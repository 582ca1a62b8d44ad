"""A simulated year gives the same reports out of either store, and the same after people were erased."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path

import pytest
from openpyxl import load_workbook

from bot.desk.attachments import Uploads
from bot.desk.reporting import Made, Reporting
from bot.desk.transaction import Store
from bot.petitions.clock import VIETNAM, Clock
from bot.petitions.petition import Happening, happened
from bot.petitions.terms import Terms, read_levels
from bot.reports.figures import Report
from bot.reports.letterhead import Letterhead
from bot.reports.periods import Period, parse
from bot.store.opening import open_store
from knowledge.library import Library
from scripts.simulation.year import Scale, Year
from tests.postgres import Cluster

NOW = dt.datetime(2027, 2, 1, tzinfo=VIETNAM)
PERIODS = tuple(map(parse, ("6-thang-dau-2026", "6-thang-cuoi-2026-chot-so-lieu", "quy-4-2026", "nam-2026")))


def simulated(url: str, library: Library, folder: Path, scale: Scale) -> Store:
    store = open_store(url)
    terms = Terms(read_levels(), Clock(library.calendar))
    Year(store, library, terms, Uploads(folder / "uploads"), 2026, 11).write(scale)
    return store


def reporting(store: Store, library: Library) -> Reporting:
    return Reporting(store, lambda: library, Clock(library.calendar), Letterhead("UBND xã Mẫu"), lambda: NOW)


def cells(made: Made) -> dict[str, list[list[object]]]:
    book = load_workbook(made.workbook)
    return {sheet.title: [[c.value for c in row] for row in sheet.iter_rows()] for sheet in book}


def same_in_both(cluster: Cluster, library: Library, folder: Path, scale: Scale) -> None:
    lite = simulated(f"sqlite:///{folder / 'year.db'}", library, folder, scale)
    big = simulated(cluster.database(), library, folder, scale)
    try:
        for period in PERIODS:
            one = reporting(lite, library).make(period, folder / "lite")
            other = reporting(big, library).make(period, folder / "big")
            assert one.report.petitions.total.handled > 0 and one.report.questions.asked > 0
            assert one.report == other.report
            assert cells(one) == cells(other)
            assert [f.read_bytes() for f in one.texts] == [f.read_bytes() for f in other.texts]
    finally:
        lite.close()
        big.close()


@pytest.mark.slow
def test_a_small_year_reads_the_same_from_both_stores(postgres: Cluster, library: Library, tmp_path: Path) -> None:
    same_in_both(postgres, library, tmp_path, Scale(600, 80))


@pytest.mark.long
def test_a_whole_year_reads_the_same_from_both_stores(postgres: Cluster, library: Library, tmp_path: Path) -> None:
    same_in_both(postgres, library, tmp_path, Scale())


def test_erasing_everyone_changes_no_figure_of_a_past_period(library: Library, tmp_path: Path) -> None:
    store = simulated(f"sqlite:///{tmp_path / 'year.db'}", library, tmp_path, Scale(300, 40))
    period = parse("nam-2026")
    whole = reporting(store, library).figures(period)
    erase_all(store, period)
    after = reporting(store, library).figures(period)
    store.close()
    assert without_words(whole) == without_words(after)
    assert sum(n for _, n in after.questions.gaps) == whole.questions.gaps_total


def erase_all(store: Store, period: Period) -> None:
    with store.writing() as tx:
        for conversation in {t.conversation for t in tx.turns(period.start, period.end)}:
            tx.forget(conversation, NOW)
        for code in {e.code for e in tx.log(period.start, period.end)}:
            petition = tx.petition(code)
            assert petition is not None
            tx.blank(code)
            tx.add_event(happened(petition, Happening.ERASED, "system", NOW))


def without_words(report: Report) -> Report:
    return dataclasses.replace(report, questions=dataclasses.replace(report.questions, gaps=()))
