"""What citizens read about the plans (kế hoạch tuyên truyền cải cách hành chính)."""

from __future__ import annotations

ASPECTS = {
    "chu_tri": "Chủ trì",
    "phoi_hop": "Phối hợp",
    "thoi_han": "Thời gian",
    "tan_suat": "Định kỳ",
    "san_pham": "Sản phẩm",
    "doi_tuong": "Đối tượng",
    "kenh": "Hình thức",
    "bao_cao": "Báo cáo",
    "kinh_phi": "Kinh phí",
    "can_cu": "Căn cứ ban hành",
    "noi_dung": "Nội dung",
    "nhiem_vu": "Việc được giao",
    "muc_dich": "Mục đích",
    "yeu_cau": "Yêu cầu",
    "nguoi_ky": "Người ký",
    "so_hieu": "Số và ngày ban hành",
    "noi_nhan": "Nơi nhận",
    "lien_he": "Liên hệ",
    "hieu_luc": "Hiệu lực",
}

# What a plan is said not to say, by aspect.
UNSAID = {
    "chu_tri": "cơ quan nào chủ trì",
    "phoi_hop": "cơ quan phối hợp",
    "thoi_han": "thời gian",
    "tan_suat": "bao lâu một lần",
    "san_pham": "sản phẩm phải có",
    "doi_tuong": "đối tượng",
    "kenh": "hình thức",
    "bao_cao": "việc báo cáo",
    "kinh_phi": "kinh phí",
    "can_cu": "văn bản căn cứ",
    "noi_dung": "điều này",
    "nhiem_vu": "việc này",
    "muc_dich": "mục đích",
    "yeu_cau": "yêu cầu",
    "nguoi_ky": "người ký",
    "so_hieu": "số và ngày ban hành",
    "noi_nhan": "nơi nhận",
    "lien_he": "nơi liên hệ",
    "hieu_luc": "hiệu lực",
}

HEAD_PAST = "Theo kế hoạch năm {year} của {scope}:"
HEAD_NOW = "Theo kế hoạch của {scope}:"
HEAD_ONE = "• {label}:"
NOT_STATED = "Kế hoạch năm {year} của {scope} không nêu {what}."
UNSAID_SUBJECT = "điều bạn hỏi"
UNSAID_PHONE = "số điện thoại hay địa chỉ thư điện tử"
UNSAID_MONEY = "số tiền"
UNSAID_SOURCE = "rõ lấy kinh phí từ nguồn nào"
UNSAID_DAY = "ngày cụ thể"
UNSAID_EACH_TIME = "thời hạn riêng của từng việc"
UNSAID_HEAD = "nơi nào là đầu mối hay cơ quan thường trực"
UNSAID_BODY = "việc giao cho nơi bạn hỏi"
UNSAID_HOUR = "giờ cụ thể"
UNSAID_COUNT = "con số này"
UNSAID_LAW = "văn bản như bạn hỏi"
UNSAID_PART = "Kế hoạch không nêu {what}."
ONLY_A_PART = "Của cả {place} thì mình không có kế hoạch nào; đây chỉ là kế hoạch của {scope}."
NEAREST = "Điều gần nhất mà kế hoạch nói:"
TASK = "Việc: {content}"
SECTION = "(mục {section})"
ANNEX = "({section})"
SECTION_WORD = "mục "
ANNEX_WORD = "Phụ lục "
REPORT = "{who} gửi {to}: {what}"
REPORT_NOWHERE = "{who}: {what} ({to})"
REPORT_BY = "hạn: {by}"
REPORT_OFTEN = "kỳ: {frequency}"
LAW = "{name}{number}{date}"
LAW_OF_BASIS = "là căn cứ ban hành kế hoạch"
COUNTED_TASKS = "Kế hoạch không nói tổng số; bản ghi mình có tách ra {count} việc."
DUTIES_LEAD = "{body} làm hoặc chủ trì:"
DUTIES_WITH = "{body} phối hợp:"
MORE = "… còn nữa, bạn hỏi cụ thể hơn giúp mình."
ISSUER = "Cơ quan ban hành"
BY_BODY = {
    "chu_tri": "Mỗi việc một nơi làm hoặc chủ trì:",
    "phoi_hop": "Nơi phối hợp:",
}
BY_BODY_ROW = "• {body}: {count} việc ({where})"
BY_BODY_MORE = "• và {count} nơi khác"
HELPED = "Cùng làm chung cả kế hoạch: {bodies} – {content}"
OF_EACH = {
    "thoi_han": "Việc có thời gian riêng:",
    "tan_suat": "Việc làm định kỳ:",
    "san_pham": "Sản phẩm mà kế hoạch nêu:",
}
CARD = "{name}: {issuer} ban hành{number}."
PAST = "Đây là kế hoạch của năm {year}, chỉ dùng cho năm đó (đến {until}); nay mang tính lịch sử."
IN_FORCE = "Kế hoạch của năm {year}{until}."
BECAME = "Nay: {what}."
TO_CHECK = " (cần kiểm lại)"
SOURCE = "Nguồn: {name}{number}; theo dữ liệu {read}."
SOURCE_SHORT = "kế hoạch năm {year} của {scope}{number}"
READ_UNKNOWN = "chưa rõ ngày"
NUMBER_DATE = ", số {number} ngày {date}"
NUMBER_ONLY = ", số {number}"
NO_NUMBER = " (bản công bố không ghi số, ngày)"
CLARIFY = "Bạn muốn hỏi kế hoạch của nơi nào, năm nào? Mình thấy {count} kế hoạch có nói đến điều này:"
CLARIFY_ONE = "{number}. {label}"
LISTING = "Mình có {count} kế hoạch{what}:"
LISTING_ONE = "• {label}: {issuer} ban hành{number}"
LISTING_WHAT = {"year": " năm {years}", "sở": " do một sở ban hành", "huyện": " của cấp huyện", "tỉnh": " của cấp tỉnh"}
LISTING_SAYS = "• {label}{section}: {text}"
SAYING = "Nằm ở kế hoạch của:"
NONE_HERE = "Mình không có kế hoạch tuyên truyền cải cách hành chính {what}. Các kế hoạch mình có:"
NONE_PLACE = "của {place}"
NONE_YEAR = "năm {year}"
NO_SUBJECT = "Trong các kế hoạch mình có, không kế hoạch nào nói đến điều bạn hỏi. Các kế hoạch mình có:"
NO_PLANS = "Mình chưa có kế hoạch tuyên truyền cải cách hành chính nào."
