"""Spreadsheets, text files and charts of a report."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from letters import HALF, NAMES, half_year, letter
from openpyxl import load_workbook
from PIL import Image

from bot.reports.charts import charts_of, parts_of
from bot.reports.periods import Cutoff, Span, months, week
from bot.reports.sentences import sentences_of
from bot.reports.spelling import letter_day, number, share
from bot.reports.spreadsheets import FORMULA, harmless, sheet_name, write_texts, write_workbook
from bot.reports.tables import Form, Table, columns, tables_of
from bot.wording import reports as say

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
    assert len(files) == len(tables)
    for file in files:
        assert file.read_bytes().startswith(b"\xef\xbb\xbf")
        with file.open(encoding="utf-8-sig", newline="") as text:
            rows = list(csv.reader(text))
        assert rows[0] == [c.heading for c in tables[file.stem].columns]
        assert not [v for row in rows for v in row if v.startswith(FORMULA)]
    assert "'" + BAD in (tmp_path / "theo_don_vi.csv").read_text(encoding="utf-8-sig").replace('""', '"')


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
    } == {"Đăng ký khai sinh", "ho_chieu"}


def test_figures_are_spelled_as_vietnamese_does() -> None:
    import datetime as dt

    assert number(1234567.85, 1) == "1.234.567,9" or number(1234567.85, 1) == "1.234.567,8"
    assert share(0.125) == "12,5%" and share(1) == "100%" and share(None) == ""
    assert letter_day(dt.date(2026, 2, 9)) == ("09", "02", "2026")
    assert letter_day(dt.date(2026, 3, 10)) == ("10", "3", "2026")


def test_a_column_without_a_known_heading_keeps_its_name() -> None:
    assert columns(("lạ", Form.WORDS, 1))[0].heading == "lạ"
