"""The certificate of a contest: what must stand on it stands on it, on one page, whatever the length of a name."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader

from bot.outreach.paper.certificate import Certificate, certificate_pdf

PLAIN = Certificate(
    "Ủy ban nhân dân xã Bình An",
    "Nguyễn Thị Ngọc Huyền",
    "đã hoàn thành cuộc thi",
    "Tìm hiểu thủ tục hộ tịch",
    "Trả lời đúng 18 trên 20 câu hỏi",
    "và đạt hạng 1",
    "Ngày 21 tháng 11 năm 2026",
    "Số KMH4TQ2",
    "https://vi-du.gov.vn/cuoc-thi/kmh4tq2",
)
LONG = Certificate(
    "Trung tâm Phục vụ hành chính công phường Tây Thạnh, Thành phố Hồ Chí Minh",
    "Công Tằng Tôn Nữ Hoàng Thị Phương Thảo",
    "đã hoàn thành cuộc thi",
    " ".join(["Tìm hiểu cải cách hành chính"] * 4),
    "Trả lời đúng 20 trên 20 câu hỏi",
    "",
    "Ngày 21 tháng 11 năm 2026",
    "Số KMH4TQ2",
)


@pytest.mark.parametrize("c", [PLAIN, LONG])
def test_everything_stands_on_one_lying_page(c: Certificate) -> None:
    (page,) = PdfReader(io.BytesIO(certificate_pdf(c))).pages
    text = " ".join(page.extract_text().split())
    for words in (c.name, c.title, c.score, c.place, c.day, c.number, c.authority.upper()):
        assert words in text
    assert page.mediabox.width > page.mediabox.height


def test_the_same_certificate_is_the_same_file() -> None:
    assert certificate_pdf(PLAIN) == certificate_pdf(PLAIN)


def test_its_code_leads_to_the_contest() -> None:
    (page,) = PdfReader(io.BytesIO(certificate_pdf(PLAIN))).pages
    links = [a.get_object()["/A"]["/URI"] for a in page["/Annots"]]
    assert links == [PLAIN.address]
