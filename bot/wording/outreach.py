"""What is printed, read aloud and asked: posters, the digest, news of changes, quizzes."""

from __future__ import annotations

from collections.abc import Mapping

from bot.wording.citizens import YOU

ASSISTANT = "Trợ lý Một Cửa"
UNPUBLISHED = "không công bố"

# --- posters and leaflets --------------------------------------------------------------------------------------------

LINE_PAPERS = "Giấy tờ"
LINE_FEE = "Lệ phí"
LINE_TIME = "Thời hạn"
LINE_WHERE = "Nơi nộp"
LINE_AGENCY = "Cơ quan"
LINE_ONLINE = "Qua mạng"
UNPUBLISHED_HERE = "Chưa có thông tin chắc chắn, xin hỏi tại quầy"
SCAN_SHORT = "Quét mã để xem"
THE_REST = "Còn lại"
PAPERS_COUNTED = "{count} loại, quét mã để xem từng loại"
AND_BY_CASE = "; tùy trường hợp có thêm giấy tờ khác"
BY_CASE = "Có thể cần thêm giấy tờ, tùy trường hợp: {cases}. Quét mã để xem."
BY_CASE_SHORT = "Có thể cần thêm giấy tờ, tùy trường hợp. Quét mã để xem."
ASK_AGAIN = "Danh sách này có điểm cần hỏi lại khi nộp."
ASK_AGAIN_SHORT = "hỏi lại khi nộp"
ONLINE_SHORT: Mapping[str, str] = {
    "toàn trình": "Làm được trọn vẹn",
    "một phần": "Làm được một phần",
    "có, chưa rõ mức": "Có nộp được",
    "chỉ cung cấp thông tin": "Chỉ xem hướng dẫn, chưa nộp được",
    "không": "Chưa nộp được",
}
AT_PORTAL = ", tại {portal}"
BLOCK_PAPERS = "Giấy tờ cần có"
BLOCK_FACTS = "Điều cần biết"
BLOCK_FIELD = "Các việc làm được"
BLOCK_MORE = "Và các việc này"
BLOCK_HOW = "Hỏi thế nào?"
BLOCK_POPULAR = "Việc bà con hay hỏi"
FIELD_LEAD = "Quét mã để biết giấy tờ, lệ phí, thời hạn và nơi nộp"
ONE_STOP_TITLE = "Hỏi thủ tục? Quét mã là có câu trả lời"
ONE_STOP_LEAD = "Hỏi trước ở nhà, khỏi đi lại nhiều lần"
ONE_STOP_LINES = (
    "Quét mã bằng máy ảnh của điện thoại.",
    "Hỏi bằng lời của mình, có dấu hay không dấu đều được.",
    "Xem ngay giấy tờ, lệ phí, thời hạn, nơi nộp và nguồn của thông tin.",
    "Góp ý, phản ánh và nhận mã để theo dõi trả lời.",
    "Không dùng điện thoại? Mời hỏi cán bộ tại quầy.",
)
BACK_TITLE = "Còn việc khác?"
BACK_LINES = (
    "Chuẩn bị giấy tờ theo danh sách rồi mới đi.",
    "Mang theo giấy tờ tùy thân.",
    "Nhận giấy hẹn và giữ đến khi có kết quả.",
    "Chưa hài lòng? Quét mã, chọn góp ý, phản ánh.",
)
ALL_TITLE: Mapping[str, str] = {
    "xã": "Thủ tục làm tại xã, phường",
    "tỉnh": "Thủ tục làm ở cấp tỉnh",
    "trung ương": "Thủ tục ở cơ quan trung ương",
    "": "Danh mục thủ tục",
}
ALL_LEAD = "{count} thủ tục thường gặp, xếp theo lĩnh vực. Quét mã để xem giấy tờ và hỏi thêm."
LIST_COLUMNS = ("Thủ tục", "Lệ phí", "Thời hạn", "Mã số")
SCAN_CELL = "quét mã để xem"
STAR, STAR_MEANS = "*", "* Hỏi lại khi nộp."
UNPUBLISHED_CELL = UNPUBLISHED
NO_CODE = "–"
GOES_ON = "{title} (tiếp)"
PAGE = "Trang {number}"
SCAN_BOT = "Quét mã để hỏi"
SCAN_BOT_HINT = "Trợ lý trả lời ngay trên Telegram"
SCAN_WEB = "Xem trên trang web"
SCAN_WEB_HINT = "Mở được trên mọi điện thoại"
CALL = "Gọi {number}"
AND_MORE = "và {count} việc khác: quét mã để xem"
PRINT_SOURCE = "Nguồn: {name}, đọc {read}."
PRINT_SOURCES = "Nguồn: các bản ghi thủ tục đã công bố, đọc mới nhất {read}."
PRINTED = "Bản in theo dữ liệu ngày {day}; quét mã để xem bản mới nhất."
POSTER_NUMBER = "Tờ số {number}"
NOT_IN_FORCE = "“{name}” không còn hoặc chưa có hiệu lực nên không in."
NO_SUCH_FIELD = "Không có lĩnh vực “{field}” hoặc lĩnh vực này chưa có thủ tục."
NOTHING_AT_LEVEL = "Không có thủ tục nào ở cấp này."
NO_ADDRESS = "Mã chưa biết dẫn đi đâu: cần tên bot (--bot) hoặc địa chỉ trang web (PUBLIC_URL)."
LIST_FORMATS = "Danh mục chỉ in khổ A3 hoặc A4."
NO_SUCH_PROCEDURE = "Không có thủ tục “{name}”."
NO_ROOM = "Không đủ chỗ cho: {what}. Hãy chọn khổ lớn hơn hoặc in danh mục (--list)."
NO_HOTLINE = "Không có đường dây nóng “{key}” đã kiểm chứng số."
NO_EMBLEM = "Không đọc được tệp biểu trưng “{file}” (cần PNG hoặc JPG)."

# --- news of changes -------------------------------------------------------------------------------------------------

NEWS_TITLE: Mapping[str, str] = {
    "announced": "Thủ tục mới: {name}",
    "amended": "Có thay đổi: {name}",
    "abolished": "Đã bãi bỏ: {name}",
}
NEWS_BEFORE = "Trước: {what}."
NEWS_NOW = "Nay: {what}."
NEWS_BEFORE_NONE = "Trước: chưa có trong danh mục."
NEWS_OTHERS = "Thay đổi ở: {what}."
NEWS_SEE = f"{YOU.capitalize()} mở thủ tục để xem bản mới."
NEWS_ENDED = "Thủ tục này không còn áp dụng{by}."
NEWS_BY = " theo {decision}"
NEWS_ASK = f"{YOU.capitalize()} hỏi nơi tiếp nhận hồ sơ trước khi đi."
PART_NAMES: Mapping[str, str] = {
    "fee": "lệ phí",
    "time": "thời hạn",
    "where": "nơi nộp",
    "documents": "giấy tờ",
    "name": "tên thủ tục",
    "cases": "giấy tờ theo trường hợp",
    "papers": "danh sách giấy tờ",
}
PAPERS = "{count} loại"
LONG_VALUE = "quy định dài, mở thủ tục để xem"
LONG_VALUE_NEW = "quy định mới, mở thủ tục để xem"

# --- the weekly digest -----------------------------------------------------------------------------------------------

DIGEST_TITLE = "Bản tin thủ tục hành chính từ {first} đến {last}"
DIGEST_CHANGES = "Thay đổi trong tuần"
DIGEST_ASKED = "Bà con hỏi nhiều nhất"
DIGEST_ASKED_LEAD = "Trong tuần, trợ lý đã trả lời {count} câu hỏi."
DIGEST_ASKED_ROW = "{name}: {count} lượt người hỏi."
DIGEST_ANSWERED = "Hỏi và trả lời"
DIGEST_QUESTION = "Hỏi: {text}"
DIGEST_ANSWER = "Trả lời: {text}"
DIGEST_COMPLAINED = "Phản ánh, góp ý"
DIGEST_COMPLAINED_LEAD = "Trong tuần có {count} phản ánh, kiến nghị gửi đến."
DIGEST_COMPLAINED_ROW = "Lĩnh vực {name}: {count} phản ánh, kiến nghị."
DIGEST_UNHELPFUL_ROW = "Câu trả lời về “{name}” được báo là chưa ổn {count} lần."
DIGEST_EXPLAINED = "Mỗi tuần một thủ tục"
DIGEST_EXPLAINED_LEAD = "Tuần này giới thiệu: {name}. Nguồn: {source}."
DIGEST_FOOT = "{authority} biên soạn từ số liệu của trợ lý Một Cửa; không nêu tên người hỏi, người phản ánh."
NO_SOURCE = "chưa đọc được văn bản chính thức"
SOURCE_READ = "{name}, đọc {read}"
OF_CODE = ", mã {code}"
OF_NUMBER = ", số {number}"
IN_SECTION = ", mục {section}"
ALOUD_WEEK = "từ {first} đến {last}"
ALOUD_GREETING = "Kính thưa bà con. Sau đây là bản tin thủ tục hành chính của {authority}, {week}."
ALOUD_END = "Bản tin của {authority} đến đây là hết. Cảm ơn bà con đã lắng nghe."
ORDINALS = (
    *("Thứ nhất", "Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy", "Thứ tám", "Thứ chín", "Thứ mười"),
)

# --- quizzes ---------------------------------------------------------------------------------------------------------

QUIZ_QUESTIONS: Mapping[str, str] = {
    "le_phi": "Lệ phí của thủ tục “{name}” là bao nhiêu{per}?",
    "thoi_han": "Thủ tục “{name}” được giải quyết trong bao lâu?",
    "co_quan": "Cơ quan nào giải quyết thủ tục “{name}”?",
}
PER = " cho mỗi {unit}"
QUIZ_PLAN_TOPIC = "Kế hoạch CCHC {year}, {place}"
QUIZ_PLAN_QUESTIONS: Mapping[str, str] = {
    "chu_tri": "Theo kế hoạch tuyên truyền CCHC năm {year} của {place}, nơi nào làm hoặc chủ trì việc: {what}?",
    "thoi_han": "Theo kế hoạch tuyên truyền CCHC năm {year} của {place}, việc này có hạn ngày nào: {what}?",
}

# --- read aloud ------------------------------------------------------------------------------------------------------

DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
LETTERS: Mapping[str, str] = {
    **{"A": "a", "Ă": "á", "Â": "ớ", "B": "bê", "C": "xê", "D": "dê", "Đ": "đê", "E": "e", "Ê": "ê", "F": "ép"},
    **{"G": "giê", "H": "hát", "I": "i", "J": "gi", "K": "ca", "L": "e lờ", "M": "em mờ", "N": "en nờ", "O": "o"},
    **{"Ô": "ô", "Ơ": "ơ", "P": "pê", "Q": "quy", "R": "e rờ", "S": "ét", "T": "tê", "U": "u", "Ư": "ư", "V": "vê"},
    **{"W": "vê kép", "X": "ích", "Y": "i dài", "Z": "dét"},
}
DOCUMENT_KINDS: Mapping[str, str] = {
    "NĐ": "Nghị định",
    "TT": "Thông tư",
    "TTLT": "Thông tư liên tịch",
    "QĐ": "Quyết định",
    "NQ": "Nghị quyết",
    "CT": "Chỉ thị",
    "KH": "Kế hoạch",
    "CV": "Công văn",
    "BC": "Báo cáo",
    "TB": "Thông báo",
    "VBHN": "Văn bản hợp nhất",
}
OTHER_DOCUMENTS = ("Bộ luật", "Luật", "Pháp lệnh", "Hiến pháp", "Chương trình", "Đề án")
ISSUERS: Mapping[str, str] = {
    "CP": "Chính phủ",
    "TTg": "Thủ tướng Chính phủ",
    "UBND": "Ủy ban nhân dân",
    "HĐND": "Hội đồng nhân dân",
    "CTUBND": "Chủ tịch Ủy ban nhân dân",
    "CTN": "Chủ tịch nước",
    "UBTVQH": "Ủy ban Thường vụ Quốc hội",
    "HĐTP": "Hội đồng Thẩm phán",
    "BCA": "Bộ Công an",
    "BTP": "Bộ Tư pháp",
    "BTC": "Bộ Tài chính",
    "BNV": "Bộ Nội vụ",
    "BYT": "Bộ Y tế",
    "BXD": "Bộ Xây dựng",
    "BGDĐT": "Bộ Giáo dục và Đào tạo",
    "BKHCN": "Bộ Khoa học và Công nghệ",
    "BNNMT": "Bộ Nông nghiệp và Môi trường",
    "BTNMT": "Bộ Tài nguyên và Môi trường",
    "BGTVT": "Bộ Giao thông vận tải",
    "BLĐTBXH": "Bộ Lao động, Thương binh và Xã hội",
    "BKHĐT": "Bộ Kế hoạch và Đầu tư",
    "BCT": "Bộ Công Thương",
    "BQP": "Bộ Quốc phòng",
    "BNG": "Bộ Ngoại giao",
    "BVHTTDL": "Bộ Văn hóa, Thể thao và Du lịch",
    "BTTTT": "Bộ Thông tin và Truyền thông",
    "VPCP": "Văn phòng Chính phủ",
    "TTCP": "Thanh tra Chính phủ",
}
# Longer forms stand before those they hold.
SPOKEN_FORMS = (
    ("UBND", "Ủy ban nhân dân"),
    ("HĐND", "Hội đồng nhân dân"),
    ("TTHC", "thủ tục hành chính"),
    ("CCHC", "cải cách hành chính"),
    ("BHXH", "bảo hiểm xã hội"),
    ("BHYT", "bảo hiểm y tế"),
    ("BHTN", "bảo hiểm thất nghiệp"),
    ("CCCD", "căn cước công dân"),
    ("CMND", "chứng minh nhân dân"),
    ("TNCN", "thu nhập cá nhân"),
    ("DVC", "dịch vụ công"),
    ("GPLX", "giấy phép lái xe"),
    ("CSGT", "cảnh sát giao thông"),
    ("QSDĐ", "quyền sử dụng đất"),
    ("THPT", "trung học phổ thông"),
    ("THCS", "trung học cơ sở"),
    ("PCCC", "phòng cháy, chữa cháy"),
    ("ATTP", "an toàn thực phẩm"),
    ("VNeID", "vê en e i đi"),
    ("VssID", "vê ét ét i đi"),
    ("TP. Hồ Chí Minh", "Thành phố Hồ Chí Minh"),
    ("TP HCM", "Thành phố Hồ Chí Minh"),
    ("TPHCM", "Thành phố Hồ Chí Minh"),
    ("TP.", "thành phố"),
    ("TP", "thành phố"),
    ("P.", "phường"),
    ("Q.", "quận"),
    ("v.v.", "vân vân"),
    ("v.v", "vân vân"),
    ("km", "ki lô mét"),
    ("m²", "mét vuông"),
    ("m2", "mét vuông"),
    ("kg", "ki lô gam"),
    ("QR", "quy e rờ"),
    ("PDF", "pê đê ép"),
    ("Telegram", "Tê-lê-gram"),
    ("online", "qua mạng"),
)
SPOKEN_HOSTS: Mapping[str, str] = {
    "dichvucong.gov.vn": "Cổng Dịch vụ công quốc gia",
    "dichvucong.baohiemxahoi.gov.vn": "Cổng dịch vụ công của bảo hiểm xã hội",
    "dangkykinhdoanh.gov.vn": "Cổng thông tin đăng ký doanh nghiệp",
}
UNITS_AFTER_SLASH = (
    *("bản", "lần", "trang", "tháng", "người", "thẻ", "năm", "hồ sơ", "giấy", "trường hợp", "xe", "ngày", "bộ"),
    *("mét vuông", "ki lô mét", "phương tiện", "biển", "sổ", "cuốn", "tờ", "việc", "tuần", "giờ"),
)
SPOKEN_SIGNS = (
    *((" & ", " và "), ("&", " và "), (" + ", " và "), ("+", " cộng "), ("≥", " từ "), ("≤", " đến "), ("=", " bằng ")),
    *(
        (" – ", ", "),
        (" — ", ", "),
        ("–", " đến "),
        (" - ", ", "),
        ("…", ""),
        ("/", " hoặc "),
        ("•", ""),
        ("→", " thành "),
    ),
    *(
        ("“", ""),
        ("”", ""),
        ('"', ""),
        ("*", ""),
        ("#", ""),
        ("@", " a còng "),
        ("_", " "),
        ("%", " phần trăm"),
        ("₫", " đồng"),
    ),
    *(("~", " khoảng "), ("°", " độ "), (">", " hơn "), ("<", " dưới "), ("|", ", ")),
)
