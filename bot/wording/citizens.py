"""What citizens read. "mình – bạn" throughout; an authority that wants "Trung tâm – ông/bà" changes `US` and `YOU`."""

from __future__ import annotations

US, YOU = "mình", "bạn"
US_FIRST, YOU_FIRST = US.capitalize(), YOU.capitalize()

ASPECTS = {
    "ho_so": "Hồ sơ cần có",
    "bieu_mau": "Mẫu đơn, tờ khai",
    "le_phi": "Lệ phí",
    "thoi_han": "Thời hạn giải quyết",
    "noi_nop": "Nơi nộp",
    "co_quan": "Cơ quan giải quyết",
    "truc_tuyen": "Nộp trực tuyến",
    "cach_nop": "Cách nộp",
    "trinh_tu": "Các bước",
    "dieu_kien": "Điều kiện",
    "doi_tuong": "Ai được làm",
    "ket_qua": "Kết quả nhận được",
    "can_cu": "Căn cứ pháp lý",
    "hieu_luc": "Hiệu lực, thay đổi",
}

ASPECT_BUTTONS = {
    "ho_so": "Hồ sơ",
    "bieu_mau": "Mẫu đơn",
    "le_phi": "Lệ phí",
    "thoi_han": "Thời hạn",
    "noi_nop": "Nơi nộp",
    "co_quan": "Cơ quan",
    "truc_tuyen": "Trực tuyến",
    "cach_nop": "Cách nộp",
    "trinh_tu": "Các bước",
    "dieu_kien": "Điều kiện",
    "doi_tuong": "Đối tượng",
    "ket_qua": "Kết quả",
    "can_cu": "Căn cứ",
    "hieu_luc": "Hiệu lực",
}

PLAN_ASPECTS = {
    "chu_tri": "Chủ trì",
    "phoi_hop": "Phối hợp",
    "thoi_han": "Thời hạn",
    "tan_suat": "Định kỳ",
    "san_pham": "Sản phẩm",
    "doi_tuong": "Đối tượng",
    "kenh": "Hình thức",
    "bao_cao": "Báo cáo",
    "kinh_phi": "Kinh phí",
    "can_cu": "Căn cứ",
    "noi_dung": "Nội dung",
    "muc_dich": "Mục đích",
    "nguoi_ky": "Người ký",
}

ONLINE_LEVELS = {
    "toàn trình": "Làm được trọn vẹn trên mạng (trực tuyến toàn trình).",
    "một phần": "Làm được một phần trên mạng; vẫn có lúc phải đến tận nơi.",
    "có, chưa rõ mức": "Có nộp được trên mạng, nhưng chưa rõ được trọn vẹn hay chỉ một phần.",
    "chỉ cung cấp thông tin": "Trên mạng mới chỉ xem được hướng dẫn, chưa nộp được hồ sơ.",
    "không": "Chưa nộp được trên mạng.",
}

NOT_PUBLISHED = "Dữ liệu hiện có không công bố mục này."
NOT_PUBLISHED_ASK = "{you} hỏi giúp {agency} hoặc gọi {hotline}."
TO_CHECK = "Cần kiểm lại: {doubt}"
LOW_CONFIDENCE = "Mục này chưa chắc, nên hỏi lại trước khi đi."
DEPENDS = "Tùy trường hợp, cần thêm:"
IN_CASE = "Trường hợp {case}:"
MORE = "… còn {count} mục nữa"
NO_OFFICIAL_SOURCE = "Nguồn: chưa đọc được văn bản chính thức, nên hỏi lại trước khi đi."
SOURCE = "Nguồn: {name}, theo dữ liệu {read}."
OFFICIAL = "{name}{code}{decision}."
ABOLISHED = "Thủ tục này đã bị bãi bỏ{decision}."
PAST_VALIDITY = "Bản ghi này đã quá ngày hiệu lực ({until})."
NOT_YET = "Quy định này có hiệu lực từ {since}."
CHANGE_AHEAD = "Từ {since}: {what}."
IN_FORCE = "Đang áp dụng{decision}{since}."
"""What is said of validity when nothing else is known."""
NUMBER_NOT_VERIFIED = "mình chưa có số đã kiểm chứng nên không đưa số."
WHERE_TO_FIND = "Bạn xem số chính thức ở:"
NO_OFFICIAL_SOURCE_CONTACT = "Nguồn: chưa đọc được trang chính thức, nên kiểm lại trước khi dùng."
