"""The weekly digest: drafted by rule, printable, and readable aloud."""

from __future__ import annotations

import datetime as dt
import re

import docx

from bot.ledger import Turn, Verdict
from bot.outreach import digest_paper
from bot.outreach.changes import of
from bot.outreach.digest import Published, Week, drafted, sections, text
from bot.outreach.digest_aloud import read_out
from bot.petitions.petition import Channel, Kind, Naming, Petition, State, Urgency
from tests.conftest import TODAY

FIRST, LAST = dt.date(2026, 11, 16), dt.date(2026, 11, 22)
MONDAY = dt.datetime(2026, 11, 16, 3, tzinfo=dt.UTC)
AUTHORITY = "UBND xã Bình An"


def turn(conversation: str, record: str, hours: float = 0, behavior: str = "answer") -> Turn:
    at = MONDAY + dt.timedelta(hours=hours)
    return Turn(conversation, at, "telegram", "tôi là Nguyễn Văn A", "cau_hoi", behavior, (record,), 0.9, "g", "đáp")


def petition(code: str, field: str) -> Petition:
    kind = (Kind.CONDUCT, Channel.TELEGRAM, Urgency.NORMAL, Naming.OPEN)
    return Petition(code, 1, State.NEW, *kind, filed_at=MONDAY, field=field)


def week(library, **given) -> Week:
    turns = [turn(c, "khai_sinh") for c in "abc"] + [turn(c, "cc_doi", 1) for c in "ab"] + [turn("a", "ket_hon")]
    petitions = [petition(f"PA-2026-00000{i}-K", "Hộ tịch") for i in range(3)] + [petition("PA-2026-000009-K", "Thuế")]
    birth = library.procedures["khai_sinh"]
    from dataclasses import replace

    change = of(replace(birth, time="9 ngày"), birth, TODAY)
    assert change
    whole = {
        "turns": turns,
        "verdicts": [Verdict(False, "sai", "", "hỏi", "đáp", ("cc_doi",), "g", MONDAY) for _ in range(2)],
        "petitions": petitions,
        "published": (Published("Bộ phận một cửa có làm sáng thứ 7 không?", "Có, từ 7:30 đến 11:00.", "Hộ tịch"),),
        "changes": (change,),
        **given,
    }
    return Week(FIRST, LAST, **whole)


def test_the_most_asked_come_first_and_what_one_person_asked_is_not_named(library) -> None:
    d = drafted(week(library), library)
    assert [(c.key, c.count) for c in d.asked] == [("khai_sinh", 3), ("cc_doi", 2)]
    assert d.questions == 6


def test_one_person_who_asks_all_day_counts_once(library) -> None:
    d = drafted(week(library, turns=[turn("a", "khai_sinh", h / 10) for h in range(20)]), library)
    assert d.asked == () and d.questions == 20


def test_what_was_complained_about_is_counted_by_field(library) -> None:
    d = drafted(week(library), library)
    assert [(c.name, c.count) for c in d.complained] == [("Hộ tịch", 3)]
    assert [(c.key, c.count) for c in d.unhelpful] == [("cc_doi", 2)]
    assert d.petitions == 4


def test_nobody_is_named_nor_quoted(library) -> None:
    said = text(drafted(week(library), library), AUTHORITY)
    assert "Nguyễn" not in said and "PA-2026" not in said


def test_the_most_asked_is_explained_once_then_the_next(library) -> None:
    first = drafted(week(library), library).explained
    assert first and first.key == "khai_sinh" and first.source
    then = drafted(week(library, explained=frozenset({"khai_sinh"})), library).explained
    assert then and then.key == "cc_doi"
    everything = frozenset(library.procedures)
    assert drafted(week(library, explained=everything), library).explained is None


def test_a_quiet_week_still_explains_one_procedure(library) -> None:
    d = drafted(Week(FIRST, LAST), library)
    assert [s.title for s in sections(d)] == ["Mỗi tuần một thủ tục"]


def test_the_same_week_gives_the_same_digest(library) -> None:
    assert drafted(week(library), library) == drafted(week(library), library)


def test_it_is_read_aloud_without_a_figure_or_a_short_form(library) -> None:
    said = read_out(drafted(week(library), library), AUTHORITY)
    assert not re.search(r"[\d%/“”()]|(?<!\w)[A-ZĐ]{2,}(?!\w)", said), said
    assert said.startswith("Kính thưa bà con.")
    assert "từ ngày mười sáu tháng mười một" in said
    assert "Thứ nhất, đăng ký khai sinh: ba lượt người hỏi." in said
    assert "bảy giờ ba mươi phút" in said and "Ủy ban nhân dân xã Bình An" in said


def test_every_sentence_that_is_read_aloud_ends(library) -> None:
    for paragraph in read_out(drafted(week(library), library), AUTHORITY).split("\n\n"):
        assert paragraph.endswith((".", "?", "!")) and ".." not in paragraph


def test_the_paper_holds_every_section(library, tmp_path) -> None:
    d, file = drafted(week(library), library), tmp_path / "ban-tin.docx"
    digest_paper.write(d, AUTHORITY, file)
    lines = [p.text for p in docx.Document(str(file)).paragraphs]
    assert lines[0] == AUTHORITY.upper()
    for section in sections(d):
        assert section.title in lines
    assert "Hỏi: Bộ phận một cửa có làm sáng thứ 7 không?" in lines


def test_the_speakers_paper_is_in_large_type(library, tmp_path) -> None:
    file = tmp_path / "doc.docx"
    d = drafted(week(library), library)
    digest_paper.write_aloud(d, AUTHORITY, file)
    document = docx.Document(str(file))
    assert document.styles["Normal"].font.size.pt == digest_paper.LARGE
    assert "\n\n".join(p.text for p in document.paragraphs) == read_out(d, AUTHORITY)
