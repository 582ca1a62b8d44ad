"""Printed sheets: what stands on them is the record's, it can be read, and the codes lead to the right place."""

from __future__ import annotations

import datetime as dt
import io
import shutil
import subprocess
import warnings
from dataclasses import replace
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from pypdf import PdfReader

from bot.outreach import links
from bot.outreach.paper import drafting, fitting
from bot.outreach.paper.colours import LARGE_FROM, PALETTES, Ink, contrast, enough
from bot.outreach.paper.drafting import NothingToPrint
from bot.outreach.paper.pen import BOLD, FONTS, HEAVY, REGULAR, balanced, measure, settled, wrapped
from bot.outreach.paper.printing import Format, NoSuchFormat, Printed, printed
from bot.outreach.paper.sheet import Frame, Hotline, Line, Sheet
from bot.wording import outreach as say
from knowledge.records import Change, Confidence, Level, Status, Validity
from tests.conftest import TODAY

BOT, WEB = "mot_cua_thu_bot", "https://motcua.example.gov.vn"
FRAME = Frame("Ủy ban nhân dân xã Bình An", None, Hotline("1800 1096", "Tổng đài", "Giờ làm việc"), BOT, WEB)
POSTERS = (Format.A3, Format.A4)


def sheets(library, frame: Frame = FRAME) -> dict[str, Sheet]:
    birth = library.procedures["khai_sinh"]
    return {
        "procedure": drafting.of_procedure(library, birth, frame, 7),
        "field": drafting.of_field(library, "Hộ tịch", frame, 8),
        "one_stop": drafting.of_one_stop(library, frame, 9),
        "all": drafting.of_all(library, frame, 10),
    }


@pytest.fixture(scope="module")
def made(library) -> dict[tuple[str, Format, Ink], Printed]:
    return {
        (name, format, ink): printed(sheet, format, ink)
        for name, sheet in sheets(library).items()
        for format in Format
        for ink in Ink
        if not (name == "all" and format is Format.A5_FOLD)
    }


def words(result: Printed) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(result.pdf)).pages).split())


def codes(result: Printed, folder: Path) -> set[str]:
    """What a telephone reads off the printed pages."""
    if not shutil.which("pdftoppm"):
        warnings.warn("pdftoppm is absent: printed codes are not read", stacklevel=1)
        pytest.skip("pdftoppm is absent: printed codes cannot be read here")
    (folder / "sheet.pdf").write_bytes(result.pdf)
    subprocess.run(["pdftoppm", "-r", "75", "-gray", "-png", "sheet.pdf", "page"], cwd=folder, check=True)
    found = set()
    for picture in sorted(folder.glob("page*.png")):
        found |= {code.text for code in zxingcpp.read_barcodes(Image.open(picture))}
    return found


@pytest.mark.parametrize("ink", list(Ink))
@pytest.mark.parametrize("format", list(Format))
def test_a_scanned_code_leads_to_the_right_record(made, library, tmp_path, format, ink) -> None:
    found = codes(made["procedure", format, ink], tmp_path)
    assert found == {f"https://t.me/{BOT}?start=tt_1-001193_p7", f"{WEB}/thu-tuc/1.001193?ap=7"}
    start = links.read("tt_1-001193_p7")
    assert start.poster == 7
    assert library.procedure(start.target.removeprefix("tt_").replace("-", ".", 1)).key == "khai_sinh"


def test_the_codes_of_the_other_sheets_lead_where_they_say(made, tmp_path) -> None:
    for name, target, path in (("field", "lv_ho-tich_p8", "/linh-vuc/ho-tich?ap=8"), ("one_stop", "hoi_p9", "/?ap=9")):
        folder = tmp_path / name
        folder.mkdir()
        found = codes(made[name, Format.A4, Ink.BLACK], folder)
        assert found == {f"https://t.me/{BOT}?start={target}", f"{WEB}{path}"}
    assert f"https://t.me/{BOT}?start=linhvuc_p10" in codes(made["all", Format.A4, Ink.COLOUR], tmp_path)


def test_everything_drawn_has_contrast_enough(made) -> None:
    for key, result in made.items():
        for piece in result.drawn:
            assert enough(piece.ink, piece.ground, piece.size), (key, piece)


@pytest.mark.parametrize("ink", list(Ink))
def test_colours_stay_apart_on_a_black_and_white_printer(ink) -> None:
    palette = PALETTES[ink]
    grey = {
        name: _grey(getattr(palette, name)) for name in ("text", "quiet", "accent", "tint", "paper", "band", "on_band")
    }
    for dark in ("text", "quiet", "accent"):
        for light in ("paper", "tint"):
            assert contrast(grey[dark], grey[light]) >= 4.5
    assert contrast(grey["band"], grey["on_band"]) >= 4.5


def _grey(colour: str) -> str:
    """As a printer mixes it."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return "#" + f"{round(0.299 * red + 0.587 * green + 0.114 * blue):02x}" * 3


def test_black_and_white_uses_no_colour(made) -> None:
    for (_, _, ink), result in made.items():
        if ink is Ink.BLACK:
            assert all(len({c[1:3], c[3:5], c[5:7]}) == 1 for d in result.drawn for c in (d.ink, d.ground))


def test_contrast_is_counted_as_the_guideline_counts() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#FFFFFF", "#FFFFFF") == pytest.approx(1)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)
    assert not enough("#767676", "#FFFFFF", 12) and enough("#767676", "#FFFFFF", LARGE_FROM)


def test_titles_and_lines_can_be_read_from_two_metres(made) -> None:
    for (name, format, _), result in made.items():
        sizes = sorted({d.size for d in result.drawn}, reverse=True)
        if format is Format.A5_FOLD or name == "all":
            continue
        assert sizes[0] >= (60 if format is Format.A3 else 42), (name, format)
        body = {d.size for d in result.drawn if d.text == say.LINE_FEE or d.text.startswith(say.ONE_STOP_LINES[0][:8])}
        assert all(size >= (28 if format is Format.A3 else 20) for size in body)


def test_nothing_leaves_the_paper_or_runs_into_the_edge(made) -> None:
    width = {Format.A3: 842, Format.A4: 596, Format.A5_FOLD: 842}
    height = {Format.A3: 1191, Format.A4: 842, Format.A5_FOLD: 596}
    for (_, format, _), result in made.items():
        for d in result.drawn:
            assert d.left >= 12 and d.right <= width[format] - 12, d
            assert d.top >= 0 and d.top + d.size * 1.3 <= height[format] - 8, d


def test_no_two_texts_lie_on_each_other(made) -> None:
    for key, result in made.items():
        if result.pages > 1:
            continue
        drawn = result.drawn
        for i, one in enumerate(drawn):
            for other in drawn[:i]:
                beside = one.right <= other.left + 0.5 or other.right <= one.left + 0.5
                above = one.top + one.size * 0.95 <= other.top + 0.15 * other.size
                below = other.top + other.size * 0.95 <= one.top + 0.15 * one.size
                assert beside or above or below, (key, one, other)


def test_every_procedure_fits_on_every_poster_and_leaflet(library) -> None:
    for p in library.procedures.values():
        sheet = drafting.of_procedure(library, p, FRAME)
        for format in (Format.A4, Format.A5_FOLD):
            result = printed(sheet, format)
            assert result.pages == (2 if format is Format.A5_FOLD else 1)


def test_every_field_fits(library) -> None:
    for field in library.fields():
        sheet = drafting.of_field(library, field, FRAME)
        assert printed(sheet, Format.A4).pages == 1
        assert printed(sheet, Format.A5_FOLD).pages == 2
        listed = words(printed(sheet, Format.A4, as_list=True))
        assert all(p.code in listed for p in library.fields()[field])


def test_facts_stand_whole_or_not_at_all(library) -> None:
    for p in library.procedures.values():
        lines = drafting.of_procedure(library, p, FRAME).lines
        allowed = {wording for line in lines for wording in _wordings(line)}
        for room in (220, 300, 420):
            for label, text in fitting.fitted(lines, 515, room, 20, 25, stacked=False).rows:
                said = " ".join(text).replace("\N{NO-BREAK SPACE}", " ")
                assert (label, said) in allowed or label == say.THE_REST, (p.key, said)


def _wordings(line: Line | None) -> set[tuple[str, str]]:
    return {(line.label, line.text), *_wordings(line.shorter)} if line else set()


def test_what_a_record_is_not_sure_of_is_not_printed(library) -> None:
    birth = library.procedures["khai_sinh"]
    unsure = replace(birth, fee="77.000 đồng", time="", confidence={"fee": Confidence.LOW}, doubts={"where": "?"})
    lines = {line.label: line.text for line in drafting.facts(unsure)}
    assert lines[say.LINE_FEE] == lines[say.LINE_TIME] == say.UNPUBLISHED_HERE
    assert lines[say.LINE_WHERE].endswith(f"({say.ASK_AGAIN_SHORT})")


def test_what_is_no_longer_in_force_is_not_printed(library) -> None:
    gone = replace(library.procedures["khai_sinh"], validity=Validity(status=Status.ABOLISHED))
    with pytest.raises(NothingToPrint):
        drafting.of_procedure(library, gone, FRAME)


def test_a_code_that_leads_nowhere_is_not_printed(library) -> None:
    with pytest.raises(NothingToPrint, match="PUBLIC_URL"):
        drafting.of_one_stop(library, Frame())


def test_without_a_web_page_there_is_one_code(library) -> None:
    sheet = drafting.of_one_stop(library, replace(FRAME, public_url=""))
    assert [c.address for c in sheet.codes] == [f"https://t.me/{BOT}?start=hoi"]


def test_the_commune_posts_its_procedures_and_no_others(library) -> None:
    sheet = drafting.of_all(library, FRAME)
    rows = {row.name for group in sheet.groups for row in group.rows}
    assert rows == {p.name for p in library.procedures.values() if Level.COMMUNE in p.level}
    assert rows != {r.name for g in drafting.of_all(library, FRAME, level=Level.PROVINCE).groups for r in g.rows}


def test_a_list_is_not_folded(library) -> None:
    with pytest.raises(NoSuchFormat):
        printed(sheets(library)["all"], Format.A5_FOLD)


def test_the_text_can_be_searched_and_copied_in_vietnamese(made) -> None:
    text = words(made["procedure", Format.A4, Ink.COLOUR])
    for phrase in ("Đăng ký khai sinh", "Lệ phí", "ỦY BAN NHÂN DÂN XÃ BÌNH AN", "Gọi 1800 1096", "Tờ số 7"):
        assert phrase in text
    reader = PdfReader(io.BytesIO(made["procedure", Format.A4, Ink.COLOUR].pdf))
    assert reader.metadata.title == "Đăng ký khai sinh"
    assert reader.trailer["/Root"]["/Lang"] == "vi-VN"
    fonts = {f.get_object()["/BaseFont"] for f in reader.pages[0]["/Resources"]["/Font"].values()}
    assert any("BeVietnamPro" in f for f in fonts), "the font travels with the file"


def test_the_same_sheet_makes_the_same_file(library) -> None:
    one, other = (printed(sheets(library)["procedure"], Format.A4).pdf for _ in range(2))
    assert one == other


def test_the_papers_size_is_the_one_asked_for(made) -> None:
    for (_, format, _), result in made.items():
        page = PdfReader(io.BytesIO(result.pdf)).pages[0].mediabox
        wanted = {Format.A3: (297, 420), Format.A4: (210, 297), Format.A5_FOLD: (297, 210)}[format]
        assert [round(float(v) / 72 * 25.4) for v in (page.width, page.height)] == list(wanted)


def test_the_fonts_hold_every_letter_of_the_language(library) -> None:
    from fontTools.ttLib import TTFont

    letters = set("aăâbcdđeêghiklmnoôơpqrstuưvxyfjwz0123456789 .,;:!?()/%–“”•*&+-")
    letters |= set("áàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ")
    letters |= {c.upper() for c in letters}
    letters |= {c for p in library.procedures.values() for v in (p.name, p.fee, p.time, p.where, p.agency) for c in v}
    letters |= {c for p in library.procedures.values() for d in p.documents for c in d.name + d.copies}
    for name in (REGULAR, BOLD, HEAVY):
        missing = letters - {chr(c) for c in TTFont(FONTS / f"{name}.ttf").getBestCmap()}
        assert not missing, (name, missing)
    assert "SIL OPEN FONT LICENSE" in (FONTS / "OFL.txt").read_text(encoding="utf-8")


def test_an_emblem_is_drawn_only_where_the_authority_gave_one(library, tmp_path) -> None:
    file = tmp_path / "bieu-trung.png"
    Image.new("RGBA", (60, 60), (0, 90, 40, 255)).save(file)
    plain = printed(sheets(library)["one_stop"], Format.A4)
    with_emblem = printed(sheets(library, replace(FRAME, emblem=file))["one_stop"], Format.A4)
    assert not _pictures(plain) and _pictures(with_emblem)


def _pictures(result: Printed) -> int:
    page = PdfReader(io.BytesIO(result.pdf)).pages[0]
    return len(page["/Resources"].get("/XObject", {}))


def test_the_places_own_hotline_comes_before_the_national_one(library) -> None:
    national = drafting.hotline_of(library)
    assert national and national.number == "1800 1096"
    own = next(c for c in library.contacts.values() if c.place and c.number and not c.emergency)
    there = drafting.hotline_of(library.at(own.place, TODAY))
    assert there and there.number == own.number
    assert drafting.hotline_of(library, "khong_co") is None


def test_words_are_never_broken_and_numbers_stay_with_what_they_count() -> None:
    text = "Trong thời hạn 15 ngày làm việc, lệ phí 8.000 đồng mỗi bản"
    for width in range(80, 400, 7):
        lines = wrapped(text, REGULAR, 12, width)
        assert " ".join(lines).replace("\N{NO-BREAK SPACE}", " ") == text
        assert not any(line.endswith(("15", "8.000")) for line in lines)
        assert all(measure(line, REGULAR, 12) <= width for line in lines)
        assert len(balanced(text, REGULAR, 12, width)) == len(lines) == len(settled(text, REGULAR, 12, width))


def test_a_word_wider_than_the_line_is_broken_where_it_must() -> None:
    lines = wrapped("xem dichvucong.baohiemxahoi.gov.vn/tra-cuu", REGULAR, 20, 120)
    assert all(measure(line, REGULAR, 20) <= 120 for line in lines)
    assert "".join(lines).replace(" ", "") == "xemdichvucong.baohiemxahoi.gov.vn/tra-cuu"


def test_a_light_line_gives_way_before_a_heavy_one() -> None:
    light = Line("A", "nhẹ " * 30, Line("A", "ngắn"), weight=0)
    heavy = Line("B", "nặng " * 40, Line("B", "ngắn"), weight=2)
    room = fitting.fitted((heavy,), 300, 1000, 10, 10, stacked=False).height + 40
    rows = dict(fitting.fitted((light, heavy), 300, room, 10, 10, stacked=False).rows)
    assert rows["A"] == ("ngắn",) and len(rows["B"]) > 1


def test_what_has_no_room_at_all_is_refused_by_name() -> None:
    with pytest.raises(fitting.TooMuch, match="Giấy tờ"):
        fitting.fitted((Line("Giấy tờ", "dài " * 200),), 200, 50, 20, 24, stacked=False)


def test_a_coming_change_is_left_to_the_code_which_has_the_newest_words(library) -> None:
    birth = library.procedures["khai_sinh"]
    soon = Validity(changes=(Change(TODAY + dt.timedelta(days=30), "mẫu mới"),))
    sheet = drafting.of_procedure(library, replace(birth, validity=soon), FRAME)
    assert "quét mã để xem bản mới nhất" in sheet.source and f"{TODAY:%d/%m/%Y}" in sheet.source
