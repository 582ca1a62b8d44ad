"""What was told and whom it reached, in the tables and sentences of a report; silent where nothing was done."""

from __future__ import annotations

from dataclasses import replace

from letters import NAMES, half_year

from bot.reports.figures import OutreachFigures, Reach
from bot.reports.plan_tables import _assistant
from bot.reports.sentences import sentences_of
from bot.reports.tables import outreach, tables_of

DONE = OutreachFigures(
    by_kind={"tin_thay_doi": Reach(3, 1204), "ban_tin": Reach(4, 88)},
    subscribers=410,
    begun=60,
    ended=7,
    posters=12,
    scans=340,
    scanned_by=295,
    questions=512,
)


def test_each_way_of_telling_has_its_line_with_how_many_it_reached() -> None:
    rows = {row[1]: row[2:] for row in outreach(replace(half_year(), outreach=DONE)).rows}
    assert rows["Tin thay đổi thủ tục"] == (3, 1204)
    assert rows["Tờ dán có mã quét in trong kỳ"] == (12, 295)
    assert rows["Người đang đăng ký nhận tin"] == (None, 410)
    assert rows["Lượt thôi nhận"] == (7, None)


def test_the_letter_says_it_in_sentences_of_the_same_figures() -> None:
    said = " ".join(sentences_of(replace(half_year(), outreach=DONE), NAMES)["cau_hoi"])
    assert "tin thay đổi thủ tục (3); bản tin tuần (4); tới 1.292 lượt người nhận" in said
    assert "410 người đăng ký" in said and "340 lượt, 295 người; họ hỏi 512 câu" in said


def test_the_plans_channel_holds_them_too() -> None:
    labels = {row[1]: row[2] for row in _assistant(replace(half_year(), outreach=DONE)).rows}
    assert labels["Bản tin tuần"] == 4 and labels["Bản tin tuần: lượt người tiếp cận"] == 88


def test_where_nothing_was_done_nothing_is_said() -> None:
    report = half_year()
    assert tables_of(report, NAMES)["tuyen_truyen"].rows == ()
    assert not any("đăng ký nhận tin" in s for s in sentences_of(report, NAMES)["cau_hoi"])
