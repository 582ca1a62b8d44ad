from __future__ import annotations

import datetime as dt

import pytest

from knowledge.importing import legal, papers, prose, ways
from knowledge.records import Level, WayKind


def ways_of(rows: str) -> ways.Ways:
    return ways.glued_ways(ways.HEADER + rows)


def test_glued_ways_come_apart_into_kind_time_fee_and_description() -> None:
    found = ways_of(
        "Trực tiếp5 Ngày làm việc50,000 Việt Nam Đồng(/hồ sơ)Trực tiếp tại quầy.Dịch vụ bưu chính7 NgàyMiễn phí"
    )
    first, second = found.ways
    assert (first.by, first.time, first.fee, first.note) == (
        WayKind.IN_PERSON,
        "5 ngày làm việc",
        "50.000 đồng/hồ sơ",
        "Trực tiếp tại quầy.",
    )
    assert (second.by, second.time, second.fee) == (WayKind.POST, "7 ngày", "Miễn phí")


def test_free_of_charge_is_kept_with_a_doubt_unless_the_text_says_so_clearly() -> None:
    assert ways_of("Trực tiếp5 NgàyMiễn phí").fee_doubt == ways.PLACEHOLDER
    assert ways_of("Trực tiếp5 NgàyMiễn phí(Không có)").fee_doubt == ""
    assert ways_of("Trực tiếp5 NgàyMiễn phí(Không thu lệ phí)").ways[0].fee == "Miễn phí"


@pytest.mark.parametrize(
    "remark",
    ["Mức lệ phí do Hội đồng nhân dân cấp tỉnh quyết định", "Cấp mới: 200.000 đồng", "Theo Thông tư số 1/2020/TT-BTC"],
)
def test_free_of_charge_that_its_own_remark_contradicts_is_never_shown(remark: str) -> None:
    found = ways_of(f"Trực tuyến5 NgàyMiễn phí({remark})")
    assert found.ways[0].fee == remark
    assert found.fee_doubt == ways.CONTRADICTED


def test_an_amount_in_the_description_makes_free_of_charge_doubtful() -> None:
    assert ways_of("Trực tuyến5 NgàyMiễn phíLệ phí: 75.000 đồng một lần").fee_doubt == ways.CONTRADICTED


def test_a_time_without_unit_is_shown_as_such_and_doubted() -> None:
    found = ways_of("Trực tuyến3Miễn phí(Không)")
    assert found.ways[0].time == "3 (Cổng không ghi đơn vị)"
    assert found.time_doubt == ways.NO_UNIT


def test_a_time_without_unit_takes_it_from_the_description() -> None:
    found = ways_of("Trực tuyến3Miễn phí(Không)Trong 03 ngày làm việc kể từ ngày nhận hồ sơ")
    assert (found.ways[0].time, found.time_doubt) == ("3 ngày làm việc", "")


def test_a_time_without_unit_before_an_amount_is_told_from_it() -> None:
    found = ways_of("Trực tuyến120,000 VNĐ(một tờ khai)")
    assert (found.ways[0].time, found.ways[0].fee) == ("1 (Cổng không ghi đơn vị)", "20.000 đồng (một tờ khai)")


def test_an_amount_too_small_to_be_true_gives_way_to_its_remark_or_is_doubted() -> None:
    assert ways_of("Trực tuyến8 Giờ20 VNĐ(20.000 đồng/tờ khai)").ways[0].fee == "20.000 đồng/tờ khai"
    assert ways_of("Trực tuyến8 Giờ20 VNĐ").fee_doubt == ways.TOO_SMALL


def test_what_is_not_published_stays_absent() -> None:
    way = ways_of("Trực tiếpKhông có thông tinKhông có thông tin").ways[0]
    assert (way.time, way.fee) == ("", "")


def test_the_name_of_a_way_inside_a_sentence_starts_no_row() -> None:
    assert len(ways_of("Trực tiếp5 NgàyMiễn phíNộp Trực tiếp tại quầy hoặc Trực tuyến qua mạng.").ways) == 1


def papers_of(rows: str) -> papers.Papers:
    return papers.glued_papers(rows.replace("|", papers.HEADER))


def test_glued_papers_come_apart_into_name_form_and_copies() -> None:
    found = papers_of("--|Đơn đăng ký theo mẫuTK 2.002288.docx1 bản chínhGiấy tờ khác0 bản chính,2 bản sao")
    first, second = found.documents
    assert (first.name, first.copies, first.form and first.form.name) == (
        "Đơn đăng ký theo mẫu",
        "1 bản chính",
        "TK 2.002288",
    )
    assert (second.name, second.copies, second.form) == ("Giấy tờ khác", "2 bản sao", None)


@pytest.mark.parametrize(
    ("name", "glued"),
    [
        ("Giấy theo Nghị định 116", "Giấy theo Nghị định 1161 bản chính"),
        ("Tờ khai ngày 01/01/2026", "Tờ khai ngày 01/01/20261 bản chính"),
        ("Danh sách kèm 01 bản chính quyết định", "Danh sách kèm 01 bản chính quyết định1 bản chính"),
        ("Đơn theo Luật 43/2024/QH15", "Đơn theo Luật 43/2024/QH151 bản chính"),
    ],
)
def test_numbers_that_belong_to_the_name_are_not_taken_for_copies(name: str, glued: str) -> None:
    (paper,) = papers_of("--|" + glued).documents
    assert (paper.name, paper.copies) == (name, "1 bản chính")


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("Tờ khai (Mẫu A ban hành kèm Thông tư này).", "1.MuAbanhnh (3)"),
        ("Đơn đề nghị cấp lại;", "7-Mẫu NA6"),
        ("Báo cáo theo Thông tư 61/2025/TT-NHNN", "PhlcII"),
        ("Đơn của chủ tàu", "Mau don de nghi cap, gia han"),
    ],
)
def test_the_file_of_a_form_is_cut_from_the_name_of_the_paper(name: str, file: str) -> None:
    (paper,) = papers_of(f"--|{name}{file}.docx1 bản chính").documents
    assert (paper.name, paper.form and paper.form.name) == (name, file)


def test_headings_of_papers_become_cases_and_general_headings_do_not() -> None:
    found = papers_of("Giấy tờ phải xuất trình:|Căn cước1 bản chínhTrường hợp ủy quyền:|Giấy ủy quyền1 bản chính")
    assert [(d.name, d.note) for d in found.documents] == [("Căn cước", "Xuất trình")]
    assert [(c.when, c.documents[0].name) for c in found.cases] == [("Trường hợp ủy quyền", "Giấy ủy quyền")]


def test_the_number_of_files_is_no_paper() -> None:
    assert papers_of("--|Số lượng hồ sơ: 01 bộ1 bản chính").documents == ()


def test_glued_legal_texts_come_apart_into_title_number_and_day() -> None:
    found = legal.glued_legal(
        legal.HEADER + "Luật Cây xanh12/2020/QH14Nghị định số 65/2025/NĐ-CP ngày 12 tháng 3 năm 2025 sửa đổi Nghị định "
        "số 40/2016/NĐ-CP65/2025/NĐ-CPLuật 54/2014/QH1354/2014/QH13Quy định về cây xanhThông tư số 08/2021/TT-BXD"
    )
    assert [(t.name[:20], t.number, t.date) for t in found] == [
        ("Luật Cây xanh", "12/2020/QH14", None),
        ("Nghị định số 65/2025", "65/2025/NĐ-CP", dt.date(2025, 3, 12)),
        ("Luật 54/2014/QH13", "54/2014/QH13", None),
        ("Quy định về cây xanh", "08/2021/TT-BXD", None),
    ]


def test_a_year_stuck_to_a_number_goes_back_to_the_title() -> None:
    (found,) = legal.glued_legal(legal.HEADER + "Luật Rừng ngày 17 tháng 11 năm 202072/2020/QH14")
    assert (found.name, found.number) == ("Luật Rừng ngày 17 tháng 11 năm 2020", "72/2020/QH14")


def test_days_are_read_and_impossible_ones_found() -> None:
    assert legal.day_in("Hà Nội, ngày 5 tháng 10 năm 2026") == dt.date(2026, 10, 5)
    assert legal.day_in("ngày 31 tháng 02 năm 2026") is None
    assert legal.impossible_day("ngày 31 tháng 02 năm 2026") == "ngày 31 tháng 02 năm 2026"
    assert legal.impossible_day("ngày 28/02/2026") == ""


def test_steps_results_and_people_come_apart() -> None:
    assert prose.steps("Bước 1: Nộp đơn\n- kèm ảnh\nBước 2: Chờ") == ("Bước 1: Nộp đơn\n- kèm ảnh", "Bước 2: Chờ")
    assert prose.steps("1. **Bước 1: Nộp đơn**\n\n   Kèm ảnh\n2. **Bước 2: Chờ**") == (
        "Bước 1: Nộp đơn\nKèm ảnh",
        "Bước 2: Chờ",
    )
    assert prose.results("Giấy AMã: KQ.G15.000329Giấy BMã: H29.00.00.KQ-13Từ khóaKhông có thông tinMô tảx") == (
        "Giấy A",
        "Giấy B",
    )
    assert prose.people("Cán bộ, công chức, viên chức, Hợp tác xã") == ("Cán bộ, công chức, viên chức", "Hợp tác xã")


def test_levels_agencies_and_decisions_are_read() -> None:
    assert prose.levels("Cấp bộ, Cấp tỉnh, Cơ quan khác") == (Level.PROVINCE, Level.NATION)
    assert prose.agency("Sở Y tế\n\nSở Y tế\nỦy ban nhân dân cấp xã\n") == "Sở Y tế; Ủy ban nhân dân cấp xã"
    assert prose.decision_number("Quyết định số 5132/QĐ-BQP") == "5132/QĐ-BQP"
    assert prose.decision_number("QĐ000001SNNTEST") == ""
