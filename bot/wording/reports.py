"""What stands in reports: headings, names of things counted, sentences made of figures, what an officer is told."""

from __future__ import annotations

from collections.abc import Mapping

# --- periods ---------------------------------------------------------------------------------------------------------

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
WEEK = "tuần {number} năm {year}"
MONTH = "tháng {number} năm {year}"
QUARTER = "quý {roman} năm {year}"
HALF = ("6 tháng đầu năm {year}", "6 tháng cuối năm {year}")
YEAR = "năm {year}"
OWN = "từ ngày {first} đến ngày {last}"
DAY = "%d/%m/%Y"
BAD_PERIOD = (
    "Không hiểu kỳ báo cáo “{given}”. Viết như: 6-thang-dau-2026, quy-1-2026, thang-3-2026, tuan-12-2026, nam-2026."
)

# --- names of what is counted ----------------------------------------------------------------------------------------

KINDS: Mapping[str, str] = {
    "phan_anh_hanh_vi": "Phản ánh về hành vi hành chính",
    "phan_anh_quy_dinh": "Phản ánh về quy định hành chính",
    "kien_nghi": "Kiến nghị, góp ý",
    "khong_ro": "Chưa phân loại",
}
CHANNELS: Mapping[str, str] = {
    "telegram": "Telegram",
    "web": "Trang web",
    "api": "Hệ thống khác kết nối",
    "dien_thoai": "Điện thoại",
    "van_ban": "Văn bản",
    "truc_tiep": "Trực tiếp",
    "terminal": "Máy của cơ quan",
}
REFUSALS: Mapping[str, str] = {
    "khieu_nai": "Là khiếu nại, đã hướng dẫn gửi theo Luật Khiếu nại",
    "to_cao": "Là tố cáo, đã hướng dẫn gửi theo Luật Tố cáo",
    "tu_phap": "Thuộc việc của tòa án, viện kiểm sát, thi hành án",
    "khong_ro_noi_dung": "Nội dung không rõ ràng",
    "khong_ten_dia_chi": "Không có tên, địa chỉ người gửi",
    "da_tra_loi_truoc": "Đã được trả lời trước đó",
    "khong_thuoc_tham_quyen": "Không thuộc thẩm quyền",
    "noi_dung_trai_phap_luat": "Nội dung trái pháp luật",
}
BEHAVIORS: Mapping[str, str] = {
    "answer": "Đã trả lời theo dữ liệu",
    "not_published": "Đã báo: dữ liệu không công bố nội dung được hỏi",
    "not_stated": "Đã báo: kế hoạch không nêu nội dung được hỏi",
    "clarify": "Hỏi lại cho rõ",
    "unknown": "Chưa có câu trả lời",
    "emergency": "Chỉ số gọi khẩn cấp",
    "redirect": "Hướng dẫn sang nơi có thẩm quyền",
    "out_of_scope": "Ngoài phạm vi",
}
CHANGES: Mapping[str, str] = {
    "announced": "Công bố mới",
    "amended": "Sửa đổi, bổ sung",
    "abolished": "Bãi bỏ",
    "added": "Bổ sung vào dữ liệu",
    "edited": "Chỉnh sửa nội dung",
    "removed": "Không còn trong dữ liệu",
}
PROGRESS: Mapping[str, str] = {
    "chua_bat_dau": "Chưa bắt đầu",
    "dang_lam": "Đang thực hiện",
    "hoan_thanh": "Hoàn thành",
    "thuong_xuyen": "Thực hiện thường xuyên",
    "khong_thuc_hien": "Không thực hiện",
    "": "Chưa cập nhật",
}
NO_FIELD = "Chưa xác định lĩnh vực"
NO_UNIT = "Chưa phân công"
NO_PLACE = "Không nêu địa bàn"
NO_REASON = "Không nêu lý do"
NO_BODY = "Không ghi nơi nhận"
ERASED = "(câu hỏi đã xóa nội dung theo yêu cầu của người hỏi hoặc hết thời hạn lưu)"
UNKNOWN_RECORD = "Thủ tục không còn trong dữ liệu ({key})"

# --- tables ----------------------------------------------------------------------------------------------------------

TABLE_CAPTION = "Bảng {number}. {title}"
CHART_CAPTION = "Hình {number}. {title}"
TOTAL = "Tổng cộng"
NOTHING = "–"
ORDER = "STT"
TITLES: Mapping[str, str] = {
    "thi_ket_qua": "Kết quả từng người",
    "thi_chu_de": "Kết quả theo chủ đề",
    "thi_cau_hoi": "Kết quả từng câu hỏi",
    "thi_don_vi": "Kết quả theo đơn vị",
    "thi_chua_lam": "Người được mời chưa làm",
    "tong_hop": "Số liệu chung",
    "theo_loai": "Phản ánh, kiến nghị theo loại",
    "theo_kenh": "Phản ánh, kiến nghị theo kênh tiếp nhận",
    "theo_linh_vuc": "Phản ánh, kiến nghị theo lĩnh vực",
    "theo_don_vi": "Phản ánh, kiến nghị theo đơn vị giải quyết",
    "theo_dia_ban": "Phản ánh, kiến nghị theo địa bàn",
    "tu_choi": "Lý do từ chối",
    "chuyen": "Nơi được chuyển phản ánh, kiến nghị",
    "thoi_gian": "Thời gian giải quyết",
    "hai_long_don_vi": "Mức độ hài lòng theo đơn vị",
    "hai_long_linh_vuc": "Mức độ hài lòng theo lĩnh vực",
    "khen_che": "Ý kiến khen, chê theo đơn vị",
    "thu_tuc_phan_anh": "Thủ tục bị phản ánh, kiến nghị nhiều nhất",
    "cau_hoi": "Kết quả trả lời câu hỏi",
    "cau_hoi_kenh": "Câu hỏi theo kênh",
    "thu_tuc_hoi": "Thủ tục hành chính được hỏi nhiều nhất",
    "danh_gia": "Người dân đánh giá câu trả lời",
    "tra_loi_bi_che": "Thủ tục có câu trả lời bị đánh giá chưa tốt nhiều nhất",
    "chua_co_tra_loi": "Câu hỏi chưa có câu trả lời được hỏi nhiều nhất",
    "thay_doi": "Thủ tục hành chính được cập nhật trong kỳ",
    "qua_han": "Phản ánh, kiến nghị quá hạn trả lời",
    "nhiem_vu": "Tình hình thực hiện từng nhiệm vụ của kế hoạch",
    "nhiem_vu_tom_tat": "Nhiệm vụ của kế hoạch theo tình trạng",
    "nhiem_vu_qua_han": "Nhiệm vụ quá hạn",
    "che_do_bao_cao": "Báo cáo phải gửi theo kế hoạch",
    "kenh_tro_ly": "Kết quả của kênh trợ lý trực tuyến",
    "tuyen_truyen": "Tin, thông báo, bản tin, tờ dán và số người tiếp cận",
    "noi_ten_moi": "Tên cơ quan, địa bàn trong kế hoạch và hiện nay",
}
HEADINGS: Mapping[str, str] = {
    "hang": "Hạng",
    "nguon": "Nguồn",
    "nguoi_thi": "Người tham gia",
    "nguoi_duoc_moi": "Người được mời",
    "cau_dung": "Câu đúng",
    "diem": "Điểm",
    "giay": "Số giây",
    "cau_tre": "Câu trễ giờ",
    "bat_dau": "Bắt đầu",
    "ket_thuc": "Làm xong",
    "chu_de": "Chủ đề",
    "can_tra_loi": "Tổng số câu",
    "ty_le_dung": "Tỷ lệ đúng",
    "cau_hoi_thi": "Câu hỏi",
    "dap_an": "Đáp án",
    "da_tra_loi": "Lượt trả lời",
    "duoc_moi": "Được mời",
    "da_lam": "Đã làm",
    "chi_tieu": "Chỉ tiêu",
    "ky_nay": "Kỳ này",
    "ky_truoc": "Kỳ trước",
    "cung_ky": "Cùng kỳ năm trước",
    "ky_truoc_tron": "Kỳ trước (trọn kỳ)",
    "cung_ky_tron": "Cùng kỳ năm trước (trọn kỳ)",
    "loai": "Loại",
    "kenh": "Kênh",
    "linh_vuc": "Lĩnh vực",
    "don_vi": "Đơn vị",
    "dia_ban": "Địa bàn",
    "chuyen_sang": "Kỳ trước chuyển sang, mở lại",
    "moi": "Tiếp nhận mới",
    "tong": "Tổng số",
    "da_giai_quyet": "Đã giải quyết",
    "dung_han": "Trả lời đúng hạn",
    "tre_han": "Trả lời quá hạn",
    "con_lai": "Đang giải quyết",
    "qua_han": "Trong đó quá hạn",
    "ly_do": "Lý do",
    "noi_nhan": "Nơi nhận",
    "so_luong": "Số lượng",
    "so_luot": "Số lượt",
    "gio": "Thời gian trung vị (giờ làm việc)",
    "luot_danh_gia": "Số lượt đánh giá",
    "hai_long": "Hài lòng",
    "ty_le": "Tỷ lệ hài lòng",
    "khen": "Đánh giá tốt",
    "che": "Đánh giá chưa tốt",
    "hanh_vi": "Phản ánh về hành vi",
    "thu_tuc": "Thủ tục hành chính",
    "ma": "Mã số",
    "ket_qua": "Kết quả",
    "danh_gia": "Đánh giá",
    "cau_hoi": "Câu hỏi",
    "thay_doi": "Thay đổi",
    "ma_phan_anh": "Mã phản ánh, kiến nghị",
    "ngay_nhan": "Ngày tiếp nhận",
    "han": "Hạn trả lời",
    "so_ngay": "Số ngày quá hạn",
    "muc": "Mục",
    "nhiem_vu": "Nhiệm vụ",
    "chu_tri": "Chủ trì",
    "thoi_han": "Thời hạn",
    "tinh_trang": "Tình trạng",
    "san_pham": "Sản phẩm",
    "so_lieu": "Số liệu",
    "minh_chung": "Minh chứng",
    "noi_dung": "Nội dung báo cáo",
    "ai": "Cơ quan báo cáo",
    "gui": "Gửi đến",
    "nay": "Hiện nay",
    "ten_cu": "Tên trong kế hoạch",
    "tu_ngay": "Từ ngày",
    "ngay": "Ngày",
    "cap_nhat": "Cập nhật lúc",
    "hinh_thuc": "Hình thức",
    "tiep_can": "Lượt người tiếp cận",
}
SUMMARY: Mapping[str, str] = {
    "carried": "Kỳ trước chuyển sang",
    "received": "Tiếp nhận mới trong kỳ",
    "returned": "Mở lại (đã giải quyết ở kỳ trước)",
    "handled": "Tổng số phải giải quyết",
    "finished": "Đã giải quyết",
    "da_tra_loi": "– Đã trả lời",
    "ket_thuc": "– Kết thúc vì người gửi không bổ sung",
    "tu_choi": "– Từ chối, có nêu lý do",
    "chuyen": "– Chuyển cơ quan có thẩm quyền",
    "rut": "– Người gửi rút",
    "gop": "– Gộp với phản ánh, kiến nghị trùng",
    "remaining": "Đang giải quyết",
    "cho_bo_sung": "– Chờ người gửi bổ sung",
    "qua_han": "– Quá hạn trả lời",
    "accepted_in_time": "Tiếp nhận đúng hạn",
    "accepted_late": "Tiếp nhận chậm",
    "ended_unaccepted": "Rút, gộp trước khi tiếp nhận",
    "still_unaccepted": "Chưa tiếp nhận, còn trong hạn",
    "untimed": "Tiếp nhận, không có hạn tiếp nhận",
    "answered_in_time": "Trả lời đúng hạn",
    "answered_late": "Trả lời quá hạn",
    "ratings": "Lượt đánh giá mức độ hài lòng",
    "satisfied": "Trong đó hài lòng, rất hài lòng",
    "asked": "Lượt hỏi trợ lý",
    "answered": "Lượt hỏi được trả lời theo dữ liệu",
    "unknown": "Lượt hỏi chưa có câu trả lời",
}
ASSISTANT: Mapping[str, str] = {
    "received": "Phản ánh, kiến nghị tiếp nhận mới qua trợ lý",
    "finished": "Phản ánh, kiến nghị qua trợ lý đã giải quyết",
    "answered": "– Trong đó đã trả lời",
    "good": "Câu trả lời được đánh giá hữu ích",
    "bad": "Câu trả lời bị đánh giá chưa hữu ích",
}
OUTREACH: Mapping[str, str] = {
    "tin_thay_doi": "Tin thay đổi thủ tục",
    "thong_bao": "Thông báo",
    "ban_tin": "Bản tin tuần",
}
JOINED: Mapping[str, str] = {
    "cuoc_thi": "Cuộc thi tìm hiểu",
    "cau_tra_loi_thi": "Câu trả lời trong cuộc thi",
    "khao_sat": "Khảo sát hiểu biết của cán bộ",
    "luyen_tap": "Câu luyện tập đã làm",
    "do_vui": "Câu đố vui trên Telegram",
}
POSTERS = "Tờ dán có mã quét in trong kỳ"
SCANS = "Lượt quét tờ dán"
SCAN_QUESTIONS = "Câu hỏi sau khi quét tờ dán"
SUBSCRIBERS = "Người đang đăng ký nhận tin"
SUBSCRIBED, UNSUBSCRIBED = "Lượt đăng ký mới", "Lượt thôi nhận"
REACHED = "{what}: lượt người tiếp cận"
TIMES: Mapping[str, str] = {"all": "Tất cả"}
VERDICTS: Mapping[str, str] = {"good": "Hữu ích", "bad": "Chưa hữu ích"}
BAD_BECAUSE = "– vì: {reason}"

# --- charts ----------------------------------------------------------------------------------------------------------

CHARTS: Mapping[str, str] = {
    "theo_thoi_gian": "Phản ánh, kiến nghị tiếp nhận và giải quyết theo thời gian",
    "theo_linh_vuc": "Phản ánh, kiến nghị theo lĩnh vực",
    "ket_qua": "Kết quả giải quyết",
    "cau_hoi": "Lượt hỏi trợ lý theo thời gian",
    "nhiem_vu": "Nhiệm vụ của kế hoạch theo tình trạng",
}
CHART_RECEIVED = "Tiếp nhận mới"
CHART_FINISHED = "Đã giải quyết"
CHART_ASKED = "Lượt hỏi"
CHART_TASKS = "Số nhiệm vụ"
CHART_PETITIONS = "Số phản ánh, kiến nghị"
CHART_OTHERS = "Lĩnh vực khác"
OUTCOMES: Mapping[str, str] = {
    "da_tra_loi": "Đã trả lời",
    "ket_thuc": "Kết thúc (không bổ sung)",
    "tu_choi": "Từ chối",
    "chuyen": "Chuyển cơ quan khác",
    "rut": "Người gửi rút",
    "gop": "Gộp",
    "dang_giai_quyet": "Đang giải quyết",
    "cho_bo_sung": "Chờ bổ sung",
    "qua_han": "Quá hạn",
}

# --- sentences: each from counted figures only -----------------------------------------------------------------------

RECEIVED = "Trong kỳ tiếp nhận mới {received} phản ánh, kiến nghị{compared}."
CARRIED = "Kỳ trước chuyển sang {carried}{returned}; tổng số phải giải quyết trong kỳ là {handled}."
TOLD = "Trong kỳ gửi cho người đăng ký: {parts}; tới {reached} lượt người nhận."
FOLLOWED = "Đến cuối kỳ có {subscribers} người đăng ký nhận tin."
FOLLOWED_SO_FAR = "Đến nay có {subscribers} người đăng ký nhận tin."
PLAYED = "Có {contests} cuộc thi tìm hiểu, {players} người tham gia."
SCANNED = "Tờ dán được quét {scans} lượt, {people} người; họ hỏi {questions} câu."
RETURNED = ", mở lại {returned}"
UP = "tăng {difference}{share} so với {period}"
DOWN = "giảm {difference}{share} so với {period}"
SAME = "bằng {period}"
SHARE = " ({share})"
BY_KIND = "Theo loại: {parts}."
BY_CHANNEL = "Theo kênh: {parts}."
PART = "{name} ({number})"
MOST_FIELDS = "Lĩnh vực có nhiều nhất: {parts}."
MARKS = "Trong số tiếp nhận mới có {parts}."
MARKED: Mapping[str, str] = {
    "urgent": "{number} việc khẩn",
    "sealed": "{number} người gửi đề nghị giấu tên",
    "nameless": "{number} người gửi không nêu tên",
}
VOICES = "Ngoài ra có thêm {voices} lượt người dân cùng nêu việc đã có người phản ánh."
ASKED = "Người dân hỏi trợ lý {asked} lượt{compared}; {answered} lượt được trả lời theo dữ liệu{share}."
UNANSWERED = "Có {unknown} lượt chưa có câu trả lời, đã ghi lại để cán bộ bổ sung dữ liệu."
NOT_ASKED = "Trong kỳ không có lượt hỏi nào."
NOTHING_RECEIVED = "Trong kỳ không có phản ánh, kiến nghị nào phải giải quyết."
ACCEPTED = "Tiếp nhận đúng hạn {in_time}/{judged} phản ánh, kiến nghị có hạn tiếp nhận{share}."
OTHERS_NOT_JUDGED = "Ngoài ra: {parts}."
NOT_JUDGED: Mapping[str, str] = {
    "ended_unaccepted": "{number} việc được rút hoặc gộp trước khi tiếp nhận",
    "still_unaccepted": "{number} việc chưa tiếp nhận, còn trong hạn",
    "untimed": "{number} việc đã tiếp nhận, không có hạn tiếp nhận",
}
FINISHED_SO_FAR = "Đến thời điểm báo cáo đã giải quyết {finished}/{handled} phản ánh, kiến nghị{share}."
FINISHED = "Đến cuối kỳ đã giải quyết {finished}/{handled} phản ánh, kiến nghị{share}."
ANSWERED = "Đã trả lời {answered}, trong đó đúng hạn {in_time}/{judged} việc có hạn trả lời{share}."
OTHER_ENDS = "Kết thúc theo cách khác: {parts}."
REMAINING = "Còn {remaining} phản ánh, kiến nghị đang giải quyết{parts}."
REMAINING_PARTS = ", trong đó {parts}"
REMAINING_WAITING = "{waiting} chờ người gửi bổ sung"
REMAINING_LATE = "{late} quá hạn"
ALL_LATE = ", đều đã quá hạn"
NO_LATE = "Không có phản ánh, kiến nghị nào quá hạn mà chưa giải quyết xong."
LATE_LIST = "Danh sách quá hạn ở phụ lục kèm theo."
REOPENED = "Có {reopenings} lượt mở lại theo đề nghị của người gửi."
MIDDLE_TIME = (
    "Một nửa số phản ánh, kiến nghị được trả lời trong không quá {hours} giờ làm việc "
    "(không tính thời gian chờ người gửi bổ sung)."
)
SATISFIED = "Có {answers} lượt đánh giá; {satisfied} lượt hài lòng hoặc rất hài lòng{share}."
FEW_RATINGS = "Có {answers} lượt đánh giá, chưa đủ {least} lượt để tính tỷ lệ hài lòng."
NO_RATINGS = "Trong kỳ chưa có lượt đánh giá mức độ hài lòng."
RATING_NOTE = (
    "Tỷ lệ hài lòng là số lượt chọn mức 4 hoặc 5 trên thang 5 mức, chia cho số lượt đánh giá; "
    "nơi có dưới {least} lượt thì không tính (ghi dấu –)."
)
THUMBS = "Câu trả lời của trợ lý có {good} lượt đánh giá hữu ích, {bad} lượt chưa hữu ích."
THANKS = "Trợ lý nhận {thanks} lời cảm ơn, khen."
CONDUCT = "Có {conduct} phản ánh mới về hành vi hành chính; {good} lượt đánh giá tốt, {bad} lượt đánh giá chưa tốt."
REGARD_NOTE = "Đơn vị có dưới {least} lượt đánh giá thì không nêu số lượt (ghi dấu –)."
SINGLE_GRIEVANCES = "Có {procedures} thủ tục được nêu, mỗi thủ tục một phản ánh, kiến nghị."
GRIEVANCES = (
    "Thủ tục bị phản ánh, kiến nghị nhiều nhất: {parts}. Đây là gợi ý chủ đề cho các buổi đối thoại với người dân."
)
NO_GRIEVANCES = "Chưa có phản ánh, kiến nghị nào được gắn với một thủ tục cụ thể."
CHANGED = "Dữ liệu thủ tục hành chính của trợ lý được cập nhật {switches} lần: {parts}."
UNCHANGED = "Dữ liệu thủ tục hành chính của trợ lý không thay đổi trong kỳ."
CHANGED_OTHERS_ONLY = "Dữ liệu của trợ lý được cập nhật {switches} lần, không thay đổi thủ tục hành chính nào."
OTHERS_CHANGED = "Ngoài thủ tục hành chính có {others} mục khác (đường dây nóng, dịch vụ, kế hoạch) được cập nhật."
ROLLED_BACK = "Có {rollbacks} lần quay lại bản dữ liệu trước; nội dung đã gỡ không tính vào số liệu trên."
PROVISIONAL = "Kỳ báo cáo chưa kết thúc nên chưa so sánh số liệu với các kỳ trước."
BEGUN = "Số liệu được ghi từ ngày {day}; chưa so sánh được với thời gian trước ngày này."

ENTERED = "{state} (cập nhật ngày {day})"
TASKS = "Kế hoạch giao {tasks} nhiệm vụ: {parts}."
TASKS_LATE = "Có {late} nhiệm vụ đã quá thời hạn mà chưa hoàn thành."
TASKS_NOT_LATE = "Không có nhiệm vụ nào có thời hạn cụ thể mà bị quá hạn."
WANTED = "{content} (Sản phẩm phải có: {product}.)"
TASKS_UNDATED = "{undated} nhiệm vụ không có thời hạn cụ thể trong kế hoạch."
TASKS_UNENTERED = "{unentered} nhiệm vụ chưa có cán bộ cập nhật tình hình."
CHANNEL_ASSISTANT = (
    "Trợ lý trực tuyến là một kênh thông tin, tuyên truyền: {asked} lượt hỏi, {answered} lượt được trả lời theo dữ "
    "liệu; tiếp nhận qua Telegram, trang web và hệ thống kết nối {received} phản ánh, kiến nghị, đã trả lời "
    "{petitions_answered}."
)
PLAN_OLD = "Kế hoạch này của năm {year}; một số cơ quan, địa bàn nêu trong kế hoạch nay đã đổi (bảng dưới)."

# --- the document ----------------------------------------------------------------------------------------------------

SUBJECT = "Kết quả tiếp nhận, xử lý phản ánh, kiến nghị và giải đáp thủ tục hành chính {period}"
SUBJECT_PLAN = "Kết quả thực hiện {plan} ({period})"
OPENING = (
    "Thực hiện chế độ báo cáo định kỳ, {authority} báo cáo kết quả tiếp nhận, xử lý phản ánh, kiến nghị và giải đáp "
    "thủ tục hành chính {period} ({figures}) như sau:"
)
OPENING_PLAN = "Thực hiện {plan}{number}, {authority} báo cáo kết quả thực hiện {period} ({figures}) như sau:"
PLAN_NUMBER = " (số {number})"
FIGURES = "số liệu từ ngày {first} đến hết ngày {last}"
FIGURES_SO_FAR = "kỳ báo cáo chưa kết thúc, số liệu từ ngày {first} đến {moment}"
LIST_CUT = "Danh sách có {rows} dòng; ở đây in {shown} dòng đầu, bản đầy đủ trong tệp số liệu kèm theo."
NUMBER = "Số: {number}/{symbol}"
NUMBER_SPACE = "        "
PLACE_DATE = "{town}, ngày {day} tháng {month} năm {year}"
FILL_MARK = "[Cán bộ điền"
FILL = FILL_MARK + ": {what}]"
FILL_AUTHORITY = "tên cơ quan"
FILL_TOWN = "[địa danh]"
FILL_SIGNER = "họ và tên"
FILL_TITLE = "chức vụ người ký"
FILL_RECIPIENT = "nơi nhận"
ADDRESS_GONE = "nơi nhận; kế hoạch nêu {name}, {now}"
GONE = "không còn"
UNNAMED = "kế hoạch không nêu"
NOW_CALLED = "{name} (nay: {now})"
ARCHIVE = "Lưu: {archive}."
APPENDIX = "Phụ lục {number}"
APPENDIX_ONE = "Phụ lục"
ATTACHED = "(Kèm theo Báo cáo số {number}/{symbol} ngày {day} tháng {month} năm {year} của {authority})"

# --- the templates ---------------------------------------------------------------------------------------------------

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
KIND_OF_LETTER = "BÁO CÁO"
TO_WHOM = "Kính gửi: {{ kinh_gui }}"
RECIPIENTS = "Nơi nhận:"
FILL_HARDSHIPS = "[Cán bộ điền: khó khăn, vướng mắc và nguyên nhân]"
FILL_PROPOSALS = "[Cán bộ điền: kiến nghị, đề xuất]"
FILL_TASKS_AHEAD = "[Cán bộ điền: phương hướng, nhiệm vụ kỳ tới]"
FILL_DIRECTION = "[Cán bộ điền: việc chỉ đạo, ban hành văn bản trong kỳ]"
ABOVE = "Trên đây là báo cáo của {{ co_quan }}./."
TEMPLATE_END = (
    ("Phần", "III. KHÓ KHĂN, VƯỚNG MẮC"),
    ("Nội dung", FILL_HARDSHIPS),
    ("Phần", "IV. PHƯƠNG HƯỚNG, NHIỆM VỤ KỲ TỚI"),
    ("Nội dung", FILL_TASKS_AHEAD),
    ("Phần", "V. KIẾN NGHỊ, ĐỀ XUẤT"),
    ("Kết", FILL_PROPOSALS),
    ("Kết", ABOVE),
)
# style and words of each paragraph; without a style the words name a list of sentences
TEMPLATE_PETITIONS = (
    ("Nội dung", "{{ mo_dau }}"),
    ("", "luu_y"),
    ("Phần", "I. TÌNH HÌNH TIẾP NHẬN"),
    ("Khoản", "1. Phản ánh, kiến nghị"),
    ("", "phan_anh"),
    ("Nội dung", "[[bang:tong_hop]]"),
    ("Nội dung", "[[hinh:theo_thoi_gian]]"),
    ("Nội dung", "[[bang:theo_loai]]"),
    ("Khoản", "2. Câu hỏi về thủ tục hành chính"),
    ("", "cau_hoi"),
    ("Nội dung", "[[bang:cau_hoi]]"),
    ("Nội dung", "[[hinh:cau_hoi]]"),
    ("Nội dung", "[[bang:thu_tuc_hoi]]"),
    ("Nội dung", "[[bang:chua_co_tra_loi]]"),
    ("Phần", "II. KẾT QUẢ XỬ LÝ"),
    ("Khoản", "1. Tiếp nhận, giải quyết, trả lời"),
    ("", "dung_han"),
    ("Nội dung", "[[hinh:ket_qua]]"),
    ("Nội dung", "[[bang:theo_don_vi]]"),
    ("Nội dung", "[[bang:theo_linh_vuc]]"),
    ("Nội dung", "[[bang:tu_choi]]"),
    ("Nội dung", "[[bang:chuyen]]"),
    ("Nội dung", "[[bang:thoi_gian]]"),
    ("Khoản", "2. Mức độ hài lòng"),
    ("", "hai_long"),
    ("Nội dung", "[[bang:hai_long_don_vi]]"),
    ("Nội dung", "[[bang:hai_long_linh_vuc]]"),
    ("Nội dung", "[[bang:danh_gia]]"),
    ("Khoản", "3. Ý kiến khen, chê"),
    ("", "khen_che"),
    ("Nội dung", "[[bang:khen_che]]"),
    ("Khoản", "4. Thủ tục bị phản ánh, kiến nghị nhiều"),
    ("", "thu_tuc"),
    ("Nội dung", "[[bang:thu_tuc_phan_anh]]"),
    ("Khoản", "5. Cập nhật dữ liệu thủ tục hành chính"),
    ("", "thay_doi"),
    *TEMPLATE_END,
)
TEMPLATE_PLAN = (
    ("Nội dung", "{{ mo_dau }}"),
    ("Phần", "I. TÌNH HÌNH TRIỂN KHAI"),
    ("Nội dung", FILL_DIRECTION),
    ("", "nhiem_vu"),
    ("Nội dung", "[[bang:nhiem_vu_tom_tat]]"),
    ("Nội dung", "[[hinh:nhiem_vu]]"),
    ("Phần", "II. KẾT QUẢ THỰC HIỆN"),
    ("Khoản", "1. Các nhiệm vụ của kế hoạch"),
    ("Nội dung", "Sản phẩm, số liệu, minh chứng từng nhiệm vụ ở phụ lục kèm theo."),
    ("Nội dung", "[[bang:che_do_bao_cao]]"),
    ("Khoản", "2. Thông tin, giải đáp qua trợ lý trực tuyến"),
    ("", "tro_ly"),
    ("Nội dung", "[[bang:kenh_tro_ly]]"),
    ("Nội dung", "[[hinh:cau_hoi]]"),
    ("Nội dung", "[[bang:thu_tuc_hoi]]"),
    ("Nội dung", "[[bang:thu_tuc_phan_anh]]"),
    ("", "ten_moi"),
    ("Nội dung", "[[bang:noi_ten_moi]]"),
    *TEMPLATE_END,
)

# --- spreadsheets ----------------------------------------------------------------------------------------------------

SHEET_HEAD = "{title} – {period}"
SHEET_DATES = "Số liệu từ ngày {first} đến hết ngày {last}"
SHEET_DATES_SO_FAR = "Kỳ báo cáo chưa kết thúc; số liệu từ ngày {first} đến {moment}"
# Names of sheets and of text files: at most 31 letters, none of : \\ / ? * [ ]
SHEETS: Mapping[str, str] = {
    "thi_ket_qua": "Kết quả từng người",
    "thi_chu_de": "Kết quả theo chủ đề",
    "thi_cau_hoi": "Kết quả từng câu hỏi",
    "thi_don_vi": "Kết quả theo đơn vị",
    "thi_chua_lam": "Chưa làm",
    "tong_hop": "Số liệu chung",
    "theo_loai": "Phản ánh theo loại",
    "theo_kenh": "Phản ánh theo kênh",
    "theo_linh_vuc": "Phản ánh theo lĩnh vực",
    "theo_don_vi": "Phản ánh theo đơn vị",
    "theo_dia_ban": "Phản ánh theo địa bàn",
    "tu_choi": "Lý do từ chối",
    "chuyen": "Nơi được chuyển",
    "thoi_gian": "Thời gian giải quyết",
    "hai_long_don_vi": "Hài lòng theo đơn vị",
    "hai_long_linh_vuc": "Hài lòng theo lĩnh vực",
    "khen_che": "Khen, chê",
    "thu_tuc_phan_anh": "Thủ tục bị phản ánh",
    "cau_hoi": "Kết quả trả lời câu hỏi",
    "cau_hoi_kenh": "Câu hỏi theo kênh",
    "thu_tuc_hoi": "Thủ tục được hỏi",
    "danh_gia": "Đánh giá câu trả lời",
    "tra_loi_bi_che": "Câu trả lời bị chê",
    "chua_co_tra_loi": "Câu hỏi chưa có trả lời",
    "thay_doi": "Thủ tục được cập nhật",
    "qua_han": "Quá hạn trả lời",
    "nhiem_vu": "Nhiệm vụ của kế hoạch",
    "nhiem_vu_tom_tat": "Nhiệm vụ theo tình trạng",
    "nhiem_vu_qua_han": "Nhiệm vụ quá hạn",
    "che_do_bao_cao": "Báo cáo phải gửi",
    "kenh_tro_ly": "Kênh trợ lý",
    "tuyen_truyen": "Tuyên truyền",
    "noi_ten_moi": "Tên cũ và tên nay",
}

# --- reminders -------------------------------------------------------------------------------------------------------

REMIND_REPORT = "Còn {days} ngày tới hạn báo cáo “{what}”: gửi {to}, {when} ({plan})."
REMIND_REPORT_TODAY = "Hôm nay là hạn báo cáo “{what}”: gửi {to}, {when} ({plan})."
REMIND_REPORT_LATE = "Đã quá hạn {days} ngày: báo cáo “{what}”, gửi {to}, {when} ({plan})."
REMIND_TASK = "Còn {days} ngày tới hạn nhiệm vụ “{what}”, {when} ({plan})."
REMIND_TASK_TODAY = "Hôm nay là hạn nhiệm vụ “{what}”, {when} ({plan})."
REMIND_TASK_LATE = "Đã quá hạn {days} ngày: nhiệm vụ “{what}”, {when} ({plan})."
UNSTATED_DAY = "gợi ý {day}, vì kế hoạch không nêu ngày"
STATED_DAY = "chậm nhất ngày {day}"
REPORT_MADE = "Đã lập báo cáo {period}: {files}"
