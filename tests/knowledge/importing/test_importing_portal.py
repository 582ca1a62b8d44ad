from __future__ import annotations

import datetime as dt
import json
import lzma
from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge.importing.files import read_file
from knowledge.importing.imported import Unreadable
from knowledge.importing.portal import BadRecord, procedure
from knowledge.records import Confidence, Level, OnlineLevel, ReadingDay

Make = Callable[..., dict[str, str]]


def test_a_glued_record_becomes_a_whole_procedure(record: Make, july: ReadingDay) -> None:
    p = procedure(record(), july)
    assert (p.key, p.code, p.level, p.agency) == ("tt_1_900001", "1.900001", (Level.COMMUNE,), "Ủy ban nhân dân cấp xã")
    assert [(w.time, w.fee) for w in p.ways] == [
        ("3 ngày làm việc", "Miễn phí"),
        ("2 ngày làm việc", "20.000 đồng/hồ sơ"),
    ]
    assert [d.copies for d in p.documents] == ["1 bản chính", "2 bản sao"]
    assert [t.number for t in p.legal] == ["12/2020/QH14", "05/2021/TT-BNNMT"]
    assert (p.result, p.conditions, len(p.steps), len(p.who)) == (("Giấy xác nhận nuôi chim",), (), 2, 3)
    assert p.online is not None and p.online.level is OnlineLevel.UNCLEAR
    assert p.validity.decision == "100/QĐ-BNNMT"
    assert p.sources[0].name == "Cổng Dịch vụ công quốc gia, bản ghi 1.900001"
    assert (p.confidence["fee"], "chỗ trống" in p.doubts["fee"]) == (Confidence.LOW, True)


def test_time_and_fee_of_the_whole_are_given_only_where_all_ways_agree(record: Make, july: ReadingDay) -> None:
    assert procedure(record(), july).time == ""
    same = "Hình thức nộpThời gianPhí, lệ phíMô tảTrực tiếp3 NgàyMiễn phí(Không)Trực tuyến3 NgàyMiễn phí(Không)"
    p = procedure(record(methods=same), july)
    assert (p.time, p.fee, dict(p.doubts)) == ("3 ngày", "Miễn phí", {})


def test_papers_come_from_the_whole_table_and_fees_from_the_glued_one(record: Make, july: ReadingDay) -> None:
    p = procedure(
        record(
            alt_methods_table="| Hình thức nộp | Thời gian giải quyết | Phí, lệ phí | Mô tả |\n"
            "| --- | --- | --- | --- |\n| Trực tiếp | 9 ngày làm việc | Không có thông tin | Không có thông tin |",
            alt_documents_table="### Trường hợp mất thẻ\n\n| Tên giấy tờ | Bản chính | Bản sao | Tệp đính kèm |\n"
            "| --- | --- | --- | --- |\n| Đơn trình báo | 1 | 0 | "
            "[Mẫu 9.docx](file:///x/M%209.docx)<br>[B.doc](file:///x/b) |",
        ),
        july,
    )
    (case,) = p.cases
    (paper,) = case.documents
    assert (case.when, paper.name, paper.form and paper.form.name, paper.note) == (
        "Trường hợp mất thẻ",
        "Đơn trình báo",
        "Mẫu 9",
        "Mẫu khác: B.doc",
    )
    assert p.ways[1].fee == "20.000 đồng/hồ sơ"
    assert p.doubts["time"] == "hai lần đọc Cổng cho thời hạn khác nhau: 3 ngày làm việc; 9 ngày làm việc"


def test_the_third_shape_with_json_tables_is_read(july: ReadingDay) -> None:
    tables = {
        "hinh_thuc_nop": [
            {"hinh_thuc": "Trực tiếp", "thoi_han_giai_quyet": "05 Ngày", "phi_le_phi": "Phí : 0 Đồng", "mo_ta": ""}
        ],
        "thanh_phan_ho_so": [{"ten_giay_to": "Đơn", "so_luong": "mau.doc", "ghi_chu": "Bản chính: 1\nBản sao: 2"}],
        "can_cu_phap_ly": [
            {"so_ky_hieu": "12", "trich_yeu": "Quyết định số 12/2021/QĐ-TTg", "ngay_ban_hanh": "24-03-2021"}
        ],
    }
    raw = {
        "content": {
            "cơ_quan_thực_hiện": "Sở Nội vụ",
            "kết_quả_thực_hiện": "Văn bản",
            "yêu_cầu_điều_kiện_thực_hiện": "Không",
        }
    }
    p = procedure({"code": "1.900002", "name": "Xin xác nhận", "documents": json.dumps(tables), "raw": raw}, july)
    assert (p.ways[0].time, p.ways[0].fee, "fee" in p.doubts) == ("05 ngày", "Miễn phí", True)
    assert (p.documents[0].copies, p.documents[0].form and p.documents[0].form.name) == (
        "1 bản chính, 2 bản sao",
        "mau",
    )
    assert (p.legal[0].number, p.legal[0].date) == ("12/2021/QĐ-TTg", dt.date(2021, 3, 24))
    assert (p.agency, p.result, p.conditions) == ("Sở Nội vụ", ("Văn bản",), ("Không",))


def test_a_record_cut_too_early_keeps_its_steps_and_admits_the_lost_papers(record: Make, july: ReadingDay) -> None:
    p = procedure(record(steps="Bước 1. Lập đơn theo mục 3 (", documents=") rồi nộp.\nBước 2. Chờ."), july)
    assert p.steps == ("Bước 1. Lập đơn theo mục 3 ( thành phần hồ sơ ) rồi nộp.", "Bước 2. Chờ.")
    assert (p.documents, "bị cắt" in p.doubts["documents"]) == ((), True)


def test_a_procedure_of_one_province_says_so(record: Make, july: ReadingDay) -> None:
    p = procedure(record(ministry="UBND tỉnh Lai Châu"), july)
    assert p.remarks == ("Do UBND tỉnh Lai Châu công bố; chỉ áp dụng tại tỉnh Lai Châu.",)


@pytest.mark.parametrize("code", ["", "1.00119", "1-001193", "T-HN-1", "1.0011934", None])
def test_a_malformed_code_is_refused(code: str, record: Make, july: ReadingDay) -> None:
    with pytest.raises(BadRecord, match="mã thủ tục không đúng dạng"):
        procedure(record() | {"code": code}, july)


def test_bad_lines_are_refused_one_by_one_and_the_good_ones_taken(tmp_path: Path, record: Make, today: dt.date) -> None:
    lines = [record(), record(), record("1.9"), record("1.900003", name=" "), record("1.900004", documents="{oops")]
    rows = [json.dumps(x, ensure_ascii=False) for x in lines] + ["{half", "[1]", ""]
    rows.append(json.dumps(record("1.900005", name="Thñ tôc cÊp giÊy phÐp x©y dùng"), ensure_ascii=False))
    (tmp_path / "a.jsonl").write_text("\n".join(rows), encoding="utf-8")
    found = read_file(tmp_path / "a.jsonl", today)
    assert [p.code for p in found.procedures] == ["1.900001"]
    assert [(r.where, r.reason) for r in found.refusals] == [
        ("dòng 2", "mã này đã có ở dòng 1"),
        ("dòng 3", "mã thủ tục không đúng dạng"),
        ("dòng 4", "thiếu tên thủ tục"),
        ("dòng 5", "bảng trong “documents” hỏng, không đọc được"),
        ("dòng 6", "không phải JSON"),
        ("dòng 7", "không phải một bản ghi (khối {…})"),
        ("dòng 9", "chữ gõ bằng phông cũ TCVN3"),
    ]


def test_a_list_an_object_around_it_and_a_packed_file_are_all_read(
    tmp_path: Path, record: Make, today: dt.date
) -> None:
    rows = [record(), record("1.900002")]
    (tmp_path / "a.json").write_text(json.dumps(rows), encoding="utf-8")
    (tmp_path / "b.json").write_text(json.dumps({"data": rows}), encoding="utf-8")
    (tmp_path / "c.json").write_text(json.dumps(rows[0]), encoding="utf-8")
    with lzma.open(tmp_path / "d.jsonl.xz", "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(r) + "\n" for r in rows)
    assert [len(read_file(tmp_path / n, today).procedures) for n in ("a.json", "b.json", "c.json", "d.jsonl.xz")] == [
        2,
        2,
        1,
        2,
    ]


@pytest.mark.parametrize("text", ["{", "[" * 100_000])
def test_broken_json_is_one_clear_line(text: str, tmp_path: Path, today: dt.date) -> None:
    (tmp_path / "a.json").write_text(text, encoding="utf-8")
    with pytest.raises(Unreadable):
        read_file(tmp_path / "a.json", today)


def test_rows_of_a_table_that_were_cut_off_are_put_back(record: Make, july: ReadingDay) -> None:
    leaked = (
        ":\nDịch vụ bưu chính9 NgàyMiễn phí(Không)Thành phần hồ sơTên giấy tờMẫu đơn, tờ khaiSố lượngĐơn1 bản chính"
    )
    p = procedure(record(documents=leaked), july)
    assert ([w.time for w in p.ways][2:], [d.name for d in p.documents]) == (["9 ngày"], ["Đơn"])
    cut = "--Tên giấy tờMẫu đơn, tờ khaiSố lượngGiấy nêu tại mục"
    rest = "thủ tục.1 bản chínhTrường hợp khác:Tên giấy tờMẫu đơn, tờ khaiSố lượngẢnh1 bản chính"
    p = procedure(record(documents=cut, conditions=rest), july)
    assert [d.name for d in p.documents] == ["Giấy nêu tại mục Yêu cầu, điều kiện thực hiện thủ tục."]
    assert ([c.when for c in p.cases], p.conditions) == (["Trường hợp khác"], ())


def test_ways_that_were_cut_at_their_own_words_are_put_back(record: Make, july: ReadingDay) -> None:
    cut = "Hình thức nộpThời gianPhí, lệ phíMô tảTrực tuyến1 Ngày100 VNĐ("
    rest = ": Thông tư 9/2016/TT-BTC)Dịch vụ bưu chính2 NgàyMiễn phí(Không)"
    p = procedure(record(methods=cut, legal=rest), july)
    assert [(w.time, w.fee) for w in p.ways] == [
        ("1 ngày", "Căn cứ pháp lý: Thông tư 9/2016/TT-BTC"),
        ("2 ngày", "Miễn phí"),
    ]
    assert p.legal == ()
