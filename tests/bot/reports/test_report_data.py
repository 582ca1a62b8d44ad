"""Spreadsheets, text files and charts of a report."""

from __future__ import annotations

import csv
import datetime as dt
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from letters import HALF, NAMES, half_year, letter
from openpyxl import load_workbook
from PIL import Image

from bot.petitions.clock import VIETNAM
from bot.reports.charts import charts_of, parts_of
from bot.reports.documents import write_letter
from bot.reports.figures import Brief, ChangeFigures, Tally
from bot.reports.form import spelt
from bot.reports.periods import Cutoff, Period, Span, months, parse, week
from bot.reports.plan_tables import plan_tables
from bot.reports.progress import PlanReport, plan_report
from bot.reports.sentences import plan_sentences, sentences_of
from bot.reports.spelling import letter_day, number, share
from bot.reports.spreadsheets import FORMULA, harmless, sheet_name, write_texts, write_workbook
from bot.reports.tables import Form, Table, columns, tables_of, top
from bot.wording import reports as say
from knowledge.library import Library
from knowledge.records import Plan

BAD = '=cmd|" /C calc"!A1'


@pytest.fixture(scope="module")
def tables() -> dict[str, Table]:
    return tables_of(half_year(), NAMES)


def test_numbers_are_numbers_and_words_never_formulas(tmp_path: Path, tables: dict[str, Table]) -> None:
    book = load_workbook(write_workbook(tables.values(), HALF, tmp_path / "so-lieu.xlsx"))
    cells = [c for sheet in book for row in sheet.iter_rows(min_row=5) for c in row if c.value is not None]
    assert not [c.value for c in cells if c.data_type == "f"]
    risky = [c for c in cells if isinstance(c.value, str) and c.value.startswith(FORMULA)]
    assert {c.value for c in risky} >= {BAD, '+HYPERLINK("http://a")'}
    assert all(c.quotePrefix for c in risky)
    for table in tables.values():
        sheet = book[sheet_name(table)]
        for row, given_row in zip(sheet.iter_rows(min_row=5), table.rows, strict=True):
            for cell, column, value in zip(row, table.columns, given_row, strict=True):
                if column.form in (Form.COUNT, Form.SHARE, Form.HOURS) and value is not None:
                    assert cell.data_type == "n" and cell.value == value


def test_heads_are_vietnamese_frozen_and_columns_wide_enough(tmp_path: Path, tables: dict[str, Table]) -> None:
    book = load_workbook(write_workbook(tables.values(), HALF, tmp_path / "so-lieu.xlsx"))
    for table in tables.values():
        sheet = book[sheet_name(table)]
        assert sheet.freeze_panes == "A5" and sheet.print_title_rows == "$4:$4"
        assert [c.value for c in sheet[4]] == [c.heading for c in table.columns]
        words = [n for n, c in enumerate(table.columns) if c.form is Form.WORDS]
        assert all(sheet.column_dimensions["ABCDEFGHIJ"[n]].width >= 40 for n in words)


def test_text_files_have_a_mark_and_no_formula(tmp_path: Path, tables: dict[str, Table]) -> None:
    files = write_texts(tables.values(), tmp_path)
    by_name = {sheet_name(t): t for t in tables.values()}
    assert len(files) == len(tables) == len(by_name)
    for file in files:
        assert file.read_bytes().startswith(b"\xef\xbb\xbf")
        with file.open(encoding="utf-8-sig", newline="") as text:
            rows = list(csv.reader(text))
        assert rows[0] == [c.heading for c in by_name[file.stem].columns]
        assert not [v for row in rows for v in row if v.startswith(FORMULA)]
    assert "'" + BAD in (tmp_path / "Phản ánh theo đơn vị.csv").read_text(encoding="utf-8-sig").replace('""', '"')


@given(st.text(max_size=20))
def test_no_text_begins_like_a_formula(text: str) -> None:
    made = harmless(text)
    assert not made.startswith(FORMULA)
    assert made == text or made == f"'{text}"


def test_charts_are_grey_pictures(tmp_path: Path) -> None:
    drawn = letter(tmp_path).charts
    assert set(drawn) >= {"theo_thoi_gian", "theo_linh_vuc", "ket_qua", "cau_hoi"}
    for _, file in drawn.values():
        with Image.open(file) as picture:
            assert picture.format == "PNG" and picture.size[0] > 1000
            red, green, blue = picture.convert("RGB").split()
            assert red.tobytes() == green.tobytes() == blue.tobytes()


def test_charts_show_the_figures_of_the_report() -> None:
    report = half_year()
    charts = {c.key: c for c in charts_of(report)}
    received = charts["theo_thoi_gian"].series[say.CHART_RECEIVED]
    assert sum(received) == report.petitions.total.received and len(received) == 6
    assert sum(charts["ket_qua"].series[say.CHART_PETITIONS]) == report.petitions.total.handled


@pytest.mark.parametrize(
    "period",
    [
        HALF,
        months(Span.YEAR, 2026, 1, Cutoff.STATE),
        months(Span.QUARTER, 2026, 2),
        week(2026, 7),
        months(Span.MONTH, 2026, 2),
    ],
)
def test_the_bars_of_a_chart_tile_the_period(period: object) -> None:
    parts = list(parts_of(period))  # type: ignore[arg-type]
    assert parts[0][1] == period.first and parts[-1][2] == period.last  # type: ignore[attr-defined]
    assert all((b[1] - a[2]).days == 1 for a, b in zip(parts, parts[1:], strict=False))
    assert 4 <= len(parts) <= 31


def test_a_share_under_five_answers_is_left_out_with_what_it_could_be_worked_out_from(
    tables: dict[str, Table],
) -> None:
    for row in (*tables["hai_long_don_vi"].rows, *tables["hai_long_linh_vuc"].rows):
        _, _, answers, satisfied, share_shown = row
        assert isinstance(answers, int)
        assert (satisfied is None and share_shown is None) == (answers < 5)


def test_the_last_row_of_a_table_is_the_sum_of_the_others(tables: dict[str, Table]) -> None:
    for key in ("theo_loai", "theo_linh_vuc", "theo_don_vi", "theo_dia_ban", "theo_kenh"):
        *rows, total = tables[key].rows
        for at in range(2, len(total)):
            assert sum(row[at] for row in rows) == total[at]  # type: ignore[misc]


def test_every_figure_in_a_sentence_is_a_counted_one() -> None:
    report = half_year()
    said = " ".join(s for part in sentences_of(report, NAMES).values() for s in part)
    total = report.petitions.total
    assert f"tiếp nhận mới {total.received} phản ánh, kiến nghị" in said
    assert f"đã giải quyết {total.finished}/{total.handled}" in said
    assert "None" not in said and "{" not in said


def test_a_period_without_anything_says_so() -> None:
    empty = half_year().__class__(
        HALF,
        HALF.end,
        None,
        half_year().petitions.__class__(),
        half_year().questions.__class__(),
        half_year().changes.__class__(),
    )
    said = sentences_of(empty, NAMES)
    assert said["phan_anh"] == [say.NOTHING_RECEIVED] and said["cau_hoi"] == [say.NOT_ASKED]
    assert all(not t.rows or t.key == "tong_hop" for t in tables_of(empty, NAMES).values())


def test_an_id_that_nothing_names_any_more_stays_in_the_list(tables: dict[str, Table]) -> None:
    assert [row[1:] for row in tables["thu_tuc_phan_anh"].rows] and {
        str(row[1]) for row in tables["thu_tuc_phan_anh"].rows
    } == {"Đăng ký khai sinh", say.UNKNOWN_RECORD.format(key="ho_chieu")}


def test_figures_are_spelled_as_vietnamese_does() -> None:
    assert number(1234567.85, 1) == "1.234.567,9" or number(1234567.85, 1) == "1.234.567,8"
    assert share(0.125) == "12,5%" and share(1) == "100,0%" and share(0.8) == "80,0%" and share(None) == ""
    assert letter_day(dt.date(2026, 2, 9)) == ("09", "02", "2026")
    assert letter_day(dt.date(2026, 3, 10)) == ("10", "3", "2026")


def test_sheets_and_files_have_vietnamese_names_that_a_spreadsheet_takes() -> None:
    assert set(say.SHEETS) >= set(say.TITLES) and len(set(say.SHEETS.values())) == len(say.SHEETS)
    for name in say.SHEETS.values():
        assert len(name) <= 31 and not set(name) & set("[]:*?/\\") and "_" not in name


def test_what_ties_with_the_last_row_is_not_cut_off() -> None:
    figures = {"a": 5, "b": 4, "c": 3, "d": 3, "e": 1}
    assert list(top(figures, 3)) == ["a", "b", "c", "d"]
    assert list(top({"a": 2} | {f"x{n:02d}": 1 for n in range(30)}, 3)) == ["a"]
    assert list(top(figures, 5)) == list(figures)


def test_a_period_that_is_not_over_says_so_at_once_and_draws_and_compares_nothing_to_come(tmp_path: Path) -> None:
    whole = half_year()
    until = dt.datetime(2026, 4, 10, 9, tzinfo=VIETNAM)
    part = replace(whole, until=until, before=Brief(HALF, Tally(received=3), whole.petitions.satisfaction, 9, 9, 0))
    assert {len(c.labels) for c in charts_of(part) if not c.lying} == {4}
    made = docx.Document(str(write_letter(letter(tmp_path, report=part), tmp_path / "a.docx")))
    opening = next(p.text for p in made.paragraphs if p.text.startswith("Thực hiện chế độ"))
    assert "kỳ báo cáo chưa kết thúc, số liệu từ ngày 01/01/2026 đến 09:00 ngày 10/04/2026" in opening
    said = " ".join(s for sentences in sentences_of(part, NAMES).values() for s in sentences)
    assert "so với" not in said.replace("chưa so sánh số liệu với", "") and "Đến cuối kỳ" not in said
    assert "Kỳ trước (trọn kỳ)" in [c.heading for c in tables_of(part, NAMES)["tong_hop"].columns]
    book = load_workbook(write_workbook(tables_of(part, NAMES).values(), HALF, tmp_path / "a.xlsx", until))
    assert str(book.worksheets[0]["A2"].value).startswith("Kỳ báo cáo chưa kết thúc")


def test_those_that_are_neither_accepted_in_time_nor_late_are_explained() -> None:
    report = half_year()
    total = report.petitions.total
    told = total.ended_unaccepted + total.still_unaccepted + total.untimed
    assert told == total.received - total.accepted_in_time - total.accepted_late > 0
    assert f"Ngoài ra: {total.ended_unaccepted} việc được rút hoặc gộp" in " ".join(
        sentences_of(report, NAMES)["dung_han"]
    )


def test_a_single_petition_makes_no_subject_of_a_procedure() -> None:
    report = half_year()
    once = replace(report, petitions=replace(report.petitions, grievances={"khai_sinh": 1, "ho_chieu": 1}))
    assert sentences_of(once, NAMES)["thu_tuc"] == [say.SINGLE_GRIEVANCES.format(procedures=2)]


def test_records_are_called_by_their_names_and_only_procedures_are_listed() -> None:
    report = half_year()
    changes = ChangeFigures(
        {"announced": ("procedure:khai_sinh", "procedure:tt_2_001716"), "added": ("service:hoi_dap_1",)}, 2, 1
    )
    changed = replace(report, changes=changes)
    rows = tables_of(changed, NAMES)["thay_doi"].rows
    assert [row[1:3] for row in rows] == [
        ("Đăng ký khai sinh", "1.001193"),
        (say.UNKNOWN_RECORD.format(key="tt_2_001716"), "2.001716"),
    ]
    (said,) = sentences_of(changed, NAMES)["thay_doi"]
    assert "cập nhật 2 lần: công bố mới (2)." in said and "1 mục khác" in said and "1 lần quay lại" in said


def test_a_cell_without_a_figure_is_a_dash_in_print_and_nought_is_nought() -> None:
    assert spelt(None, columns(("hai_long", Form.COUNT, 1))[0]) == "–"
    assert spelt(0, columns(("hai_long", Form.COUNT, 1))[0]) == "0"


def test_a_plans_report_counts_only_what_came_through_the_assistant() -> None:
    report = half_year()
    channels = {c: t for c, t in report.petitions.by_channel.items() if c in ("web", "telegram", "api")}
    received = sum(t.received for t in channels.values())
    assert 0 < received < report.petitions.total.received
    progress = plan_report(Plan("p", "Kế hoạch", "UBND", "", 2026), (), report.until)
    rows = {row[1]: row[2] for row in plan_tables(progress, report)["kenh_tro_ly"].rows}
    assert rows[say.ASSISTANT["received"]] == received
    assert rows[say.ASSISTANT["finished"]] == sum(t.finished for t in channels.values())
    assert f"{received} phản ánh, kiến nghị" in plan_sentences(progress, report)["tro_ly"][0]


def test_a_plans_report_lists_only_the_duties_of_its_own_period(library: Library) -> None:
    plan = library.plans["cao_bang_2014"]
    progress = plan_report(plan, (), HALF.end)
    days = {name: _due_days(progress, parse(name)) for name in ("6-thang-cuoi-2014", "nam-2014", "6-thang-cuoi-2026")}
    assert days == {
        "6-thang-cuoi-2014": ["Chậm nhất ngày 14/12/2014"],
        "nam-2014": ["Chậm nhất ngày 14/06/2014", "Chậm nhất ngày 14/12/2014"],
        "6-thang-cuoi-2026": [],
    }


def _due_days(progress: PlanReport, period: Period) -> list[object]:
    rows = plan_tables(progress, replace(half_year(), period=period))["che_do_bao_cao"].rows
    return [row[4] for row in rows if str(row[4]).startswith("Chậm nhất")]


def test_a_column_without_a_known_heading_keeps_its_name() -> None:
    assert columns(("lạ", Form.WORDS, 1))[0].heading == "lạ"
