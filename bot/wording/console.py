"""What officers read at the console, besides what stands in its templates."""

from __future__ import annotations

from bot.wording import broadcasting, contests

NAME = "Bàn làm việc"

# --- menu and views --------------------------------------------------------------------------------------------------

MENU = (
    ("/quan-tri/phieu", "Phản ánh", "queue", "hop"),
    ("/quan-tri/tin", "Tin mới", "queue", "chuong"),
    ("/quan-tri/nhap", "Nhập phiếu", "enter", "them"),
    ("/quan-tri/danh-gia", "Đánh giá", "feedback", "nhan-xet"),
    ("/quan-tri/khoang-trong", "Câu chưa trả lời", "gaps", "hoi"),
    ("/quan-tri/hoi-thu", "Hỏi thử", "feedback", "thu"),
    ("/quan-tri/ke-hoach", "Kế hoạch", "tasks", "lich"),
    ("/quan-tri/bao-cao", "Báo cáo", "reports", "bieu-do"),
    ("/quan-tri/tuyen-truyen", "Tuyên truyền", "digest", "loa"),
    ("/quan-tri/cuoc-thi", "Thi, khảo sát", "quizzes", "cup"),
    ("/quan-tri/khao-sat", "Khảo sát của tôi", "queue", "bai"),
    ("/quan-tri/noi-dung", "Nội dung", "content", "giay"),
    ("/quan-tri/nguoi", "Cán bộ, đơn vị", "officers", "nguoi"),
    ("/quan-tri/so-kiem-tra", "Sổ kiểm tra", "audits", "so"),
    ("/quan-tri/suc-khoe", "Tình trạng máy", "health", "may"),
)
VIEWS = {
    "cua-toi": "Của tôi",
    "don-vi": "Đang mở",
    "qua-han": "Quá hạn",
    "chua-giao": "Chưa giao",
    "tat-ca": "Tất cả",
}
LATE = "{answer} quá hạn trả lời, {accept} quá hạn tiếp nhận"
SORTS = {
    "due": "Hạn gần trước",
    "-filed_at": "Mới gửi trước",
    "filed_at": "Cũ trước",
    "-voices": "Nhiều người phản ánh",
    "unit": "Theo đơn vị",
    "state": "Theo trạng thái",
}

FIRST_STEPS = {
    "name": ("Đặt tên cơ quan (AUTHORITY_NAME trong tệp .env), rồi chạy lại máy", ""),
    "place": ("Đặt nơi phục vụ (PLACE trong tệp .env)", ""),
    "address": ("Đặt địa chỉ trang bắt đầu bằng https:// (PUBLIC_URL trong tệp .env)", ""),
    "units": ("Thêm các đơn vị xử lý", "/quan-tri/nguoi#sua-don-vi"),
    "officers": ("Mời lãnh đạo, cán bộ", "/quan-tri/nguoi#moi-can-bo"),
}
"""What a new house needs before work comes in, in this order, and where it is done."""

# --- what came of a form ---------------------------------------------------------------------------------------------

NEWS = {
    "da_nhan": "Đã nhận việc.",
    "da_doc": "Đã đánh dấu đọc hết.",
    "da_giao": "Đã giao việc.",
    "khong_doi": "Không có gì thay đổi.",
    "da_chuyen": "Đã chuyển trạng thái. Người gửi được báo nếu cần.",
    "da_ghi": "Đã ghi.",
    "da_phan_loai": "Đã phân loại lại.",
    "da_cong_khai": "Câu trả lời đã công khai.",
    "thoi_cong_khai": "Đã thôi công khai.",
    "da_chuyen_tu_bao": "Đã chuyển trạng thái. Người gửi không dùng trợ lý: bạn gọi hoặc gửi văn bản báo cho họ.",
    "da_nhap": "Đã ghi phiếu mới. Bạn đọc mã này cho người gửi.",
    "da_mat_khau": "Đã đổi tên đăng nhập và mật khẩu. Những nơi khác đã bị đăng xuất.",
    "da_bat_2": "Đã bật xác thực hai bước.",
    "da_tat_2": "Đã tắt xác thực hai bước.",
    "da_vang": "Đã ghi lịch vắng.",
    "da_vang_giao": "Đã ghi lịch vắng. Việc đang mở đã giao cho người thay.",
    "da_sua_nguoi": "Đã sửa cán bộ.",
    "da_khoa": "Đã khóa. Việc đang giao cho người này nay chờ giao lại.",
    "da_mo": "Đã mở lại.",
    "da_don_vi": "Đã ghi đơn vị.",
    "da_gop": "Đã gộp đơn vị. Phiếu đang mở và cán bộ chuyển theo.",
    "da_de_xuat": "Đã gửi đề xuất. Quản trị sẽ xem và đăng.",
    "da_bo_qua": "Đã bỏ qua.",
    "da_tu_choi": "Đã từ chối đề xuất. Các câu hỏi mở lại.",
    "da_bo_tep": "Đã bỏ tệp. Không có gì thay đổi.",
    "da_lui": "Đã quay về bản trước.",
    "khong_co_ban_truoc": "Không có bản nào trước bản đang dùng.",
    "da_mau": "Đã ghi câu mẫu.",
    **broadcasting.NEWS,
    **contests.NEWS,
}
NOT_SIGNED = {
    "sai": "Tên đăng nhập, mật khẩu hoặc mã xác thực chưa đúng. Sai năm lần thì phải chờ 15 phút.",
    "lien_ket": "Liên kết này đã dùng hoặc đã hết hạn. Bạn xin liên kết mới nhé.",
    "thu_moi": "Thư mời này đã dùng hoặc đã hết hạn. Bạn xin thư mới từ người quản trị.",
    "dat_lai": "Liên kết đặt lại mật khẩu đã dùng hoặc đã hết hạn. Bạn xin liên kết mới từ người quản trị.",
    "het": "Bạn cần đăng nhập để xem trang này.",
    "da_gui": "Nếu tên này có tài khoản Telegram, liên kết đăng nhập đã được gửi tới đó, dùng được trong 10 phút.",
    "da_ra": "Bạn đã đăng xuất.",
}
LOCKED = "Tên này đang khóa vì nhập sai năm lần, còn {minutes} phút. Gấp thì nhờ người quản trị đặt lại mật khẩu."
WEAK = {
    "form": "Tên đăng nhập dài 3–40 ký tự, chỉ gồm chữ, số, dấu chấm, gạch nối, gạch dưới.",
    "short": "Mật khẩu cần từ 10 đến 200 ký tự.",
    "taken": "Tên đăng nhập này đã có người dùng.",
    "differ": "Hai lần nhập mật khẩu không giống nhau.",
    "wrong": "Mật khẩu đang dùng chưa đúng.",
    "code": "Mã xác thực chưa đúng. Bạn xem lại giờ trên điện thoại rồi nhập mã mới.",
}
LINK_MESSAGE = (
    "Liên kết vào bàn làm việc, dùng một lần trong 10 phút. Đừng chuyển cho ai.\n{address}\n"
    "Nếu bạn không xin liên kết này, cứ bỏ qua."
)

# --- troubles --------------------------------------------------------------------------------------------------------

FAILURES = {
    400: ("Chưa đọc được điều vừa gửi", "Bạn quay lại trang trước và gửi lại nhé."),
    403: ("Bạn không có quyền làm việc này", "Nếu cần, bạn nhờ lãnh đạo đơn vị hoặc người quản trị."),
    404: ("Không có trang này", "Phiếu không có, hoặc không thuộc phần việc của bạn."),
    409: ("Chưa làm được", "Bạn xem lại rồi làm tiếp nhé."),
}
ERROR_NUMBER = "mã lỗi"
TROUBLED = {
    403: (
        "Trang này mở đã lâu",
        "Để an toàn, điều vừa gửi chưa được nhận. Bạn quay lại trang trước, tải lại rồi gửi lại; nếu đã đăng xuất thì "
        "đăng nhập lại.",
    ),
    404: ("Không có trang này", "Địa chỉ có thể đã đổi hoặc gõ nhầm."),
    413: ("Tệp gửi lên lớn quá", "Bạn gửi tệp dưới 30 MB nhé."),
    500: ("Trang gặp trục trặc", "Lỗi đã được ghi lại. Bạn thử lại sau ít phút; vẫn vậy thì báo người quản trị."),
    503: ("Hệ thống đang bận", "Chưa có gì bị mất hay được gửi đi. Bạn thử lại sau ít phút nhé."),
}
"""Told where a page of the console could not be reached at all."""
NO_UNIT = "chưa có đơn vị"
OTHER_UNIT = "Phiếu {code} thuộc {unit}; {name} ở {own} nên không xem được phiếu."
ABOUT_THEM = "Phiếu {code} nói về {name} nên không giao cho người này."
CHANGED_MEANWHILE = "Vừa có người khác thay đổi. Bạn xem lại rồi làm tiếp nhé."
MERGE_FAILED = "Không gộp được: phiếu nhận phải là một phiếu khác đang mở mà bạn xem được."
NEEDED = {
    "paper": "Cần viết nội dung gửi người dân.",
    "reason": "Cần chọn lý do.",
    "body": "Cần ghi tên nơi nhận.",
    "into": "Cần ghi mã phiếu nhận.",
}
BAD_RECEIVED = "Ngày nhận phải là hôm nay hoặc một ngày trong năm qua."
NO_SUCH_PROCEDURE = "Không có thủ tục “{words}”. Bạn ghi mã hoặc đúng tên thủ tục, hoặc để trống."
NOT_A_PETITION = {
    "khieu_nai": "Lời kể có vẻ là khiếu nại: có luật và trình tự riêng, không ghi như phản ánh.",
    "to_cao": "Lời kể có vẻ là tố cáo: có luật và trình tự riêng, cần giữ kín, không ghi như phản ánh.",
    "toi_pham": "Lời kể có vẻ là tin báo tội phạm: cần báo ngay công an.",
    "bi_mat": "Lời kể có thể chứa bí mật nhà nước: không ghi vào đây.",
    "du_lieu_nguoi_khac": "Người gửi xin dữ liệu của người khác: không ghi như phản ánh.",
    "khan_cap": "Có vẻ là việc khẩn cấp: gọi ngay 113, 114 hoặc 115.",
}

# --- history ---------------------------------------------------------------------------------------------------------

FILED = "Gửi qua {channel}"
MOVED_TO = "Chuyển sang “{state}”"
ASSIGNED_TO, ASSIGNED_UNIT, UNASSIGNED = "Giao cho {name}", "Giao về {unit}", "Thôi giao cho người xử lý"
RECLASSIFIED = "Phân loại lại: {what}"
RATED = "Người gửi chấm {stars}/5"
VOICED_FROM = "Thêm một người cùng phản ánh (phiếu {code})"
RECEIVED = "nhận ngày {day}"
LEAD_OF = "lãnh đạo {unit}"
DEADLINE_SET = "Hạn trả lời mới: {day}"
UNPUBLISHED = "Thôi công khai"
FACETS = {
    "kind": "loại",
    "field": "lĩnh vực",
    "place": "địa bàn",
    "urgency": "mức độ",
    "about": "người được nói tới",
    "procedure": "thủ tục",
}

# --- people ----------------------------------------------------------------------------------------------------------

PEOPLE_TROUBLES = {
    "unit": "Chưa ghi được đơn vị. Mã chỉ gồm chữ thường không dấu, số, gạch nối; đơn vị cấp trên không được nằm dưới "
    "chính nó.",
    "field": "Có lĩnh vực không có trong danh mục. Bạn chọn trong danh sách.",
    "merge": "Không gộp được: hai đơn vị phải khác nhau, đang hoạt động, và đơn vị cấp trên không gộp vào cấp dưới.",
    "no_unit": "Cán bộ, lãnh đạo cần thuộc một đơn vị. Bạn chọn đơn vị (hoặc thêm đơn vị trước).",
    "last_admin": "Đây là người quản trị cuối cùng nên không đổi vai trò và không khóa được.",
    "day": "Ngày vắng phải từ hôm nay trở đi.",
}
NO_ADDRESS = (
    "Máy chưa có địa chỉ công khai (PUBLIC_URL trong tệp .env), nên liên kết này chỉ mở được ngay trên máy chủ."
)

# --- content ---------------------------------------------------------------------------------------------------------

FEE_SOURCE = "Lệ phí theo {decision} ngày {day}; {source}"
BAD_EDITS = {
    "place": "Sửa tay chỉ áp dụng cho một nơi. Bạn chọn tỉnh, thành phố nơi mức này được áp dụng.",
    "source": "Cần ghi nguồn: văn bản hoặc cơ quan; địa chỉ trang bắt đầu bằng https://.",
    "value": "Cần ghi nội dung mới, một dòng, dưới 1.000 ký tự.",
    "number": "Số điện thoại chỉ gồm chữ số, dấu cách, dấu chấm, gạch nối; từ 3 đến 12 chữ số.",
    "decision": "Cần ghi văn bản quy định và ngày ban hành (không sau hôm nay).",
    "unseen": "Sửa thế này sẽ không hiện ra: dữ liệu của nơi đó đang theo văn bản ban hành sau. Bạn xem lại ngày.",
}
TURNINGS = {
    "ends": "Hết hiệu lực",
    "ended": "Đã hết hiệu lực",
    "begins": "Bắt đầu hiệu lực",
    "changes": "Sắp thay đổi",
    "calendar": "Hết lịch nghỉ đã chốt",
}
RECORD_KINDS = {
    "procedure": "Thủ tục",
    "abolished": "Thủ tục đã bãi bỏ",
    "plan": "Kế hoạch",
    "contact": "Đường dây nóng",
    "service": "Dịch vụ công",
    "place": "Địa bàn",
}
STEPS = {"mã hóa": "Đang đọc nội dung mới", "golden": "Đang hỏi các câu chuẩn"}
WORKS = {"publish": "Đăng nội dung", "gap": "Đăng câu trả lời mới", "report": "Lập báo cáo"}
JOBS = {
    "deadlines": "Nhắc và báo quá hạn",
    "reminders": "Nhắc nhiệm vụ kế hoạch",
    "retention": "Xóa dữ liệu cũ",
    "reports": "Lập báo cáo kỳ",
    "mailings": "Gửi tin",
    "digests": "Soạn bản tin tuần",
    "questions": "Kiểm tra câu hỏi thi",
    "backup": "Sao lưu",
    "contests": "Mở, đóng cuộc thi",
}
NOTED = {
    "warned": "đã nhắc",
    "escalated": "báo cấp trên",
    "closed": "đã đóng",
    "reminded": "đã nhắc",
    "untrue": "câu không còn đúng",
    "turns": "lượt hỏi",
    "files": "tệp",
    "changes": "thay đổi",
    "notices": "tin",
    "digest": "bản tin",
    "bytes": "byte",
    "rows": "dòng",
    "no period ended": "không có kỳ nào vừa hết",
}
TELEGRAM_OFF = "Telegram chưa bật (TELEGRAM_TOKEN trong tệp .env): tin chờ ở đây tới khi bật."
AUDIT_DETAILS = {
    "contact": "có xem liên hệ",
    "on": "bật",
    "off": "tắt",
    "link": "bằng liên kết",
    "reset": "đặt lại",
    "everywhere": "mọi nơi",
}
WORK_STATES = {"running": "đang chạy", "ok": "xong", "done": "xong", "failed": "hỏng", "lost": "đứt giữa chừng"}
WORK_BROKEN = "Máy gặp lỗi và đã ghi vào nhật ký. Không có gì thay đổi."
WORK_LOST = "Máy dừng giữa chừng. Không có gì thay đổi; bạn làm lại nhé."
FATES = {"withdrawn": "đã gỡ", "held_back": "chưa từng dùng"}
INDEX_ACTIONS = {"published": "đăng", "held_back": "giữ lại", "rolled_back": "quay về"}

# --- feedback --------------------------------------------------------------------------------------------------------

BEHAVIORS = {
    "answer": "Trả lời",
    "clarify": "Hỏi lại",
    "unknown": "Không biết",
    "not_published": "Không công bố",
    "not_stated": "Kế hoạch không nêu",
    "emergency": "Khẩn cấp",
    "chitchat": "Chuyện phiếm",
    "petition": "Phản ánh",
    "redirect": "Chỉ nơi khác",
    "out_of_scope": "Ngoài phạm vi",
}
PROPOSAL = "Đề xuất số {number}"
CLASSES = {
    "cau_hoi": "câu hỏi",
    "phan_anh_hanh_vi": "phản ánh hành vi, thái độ",
    "phan_anh_quy_dinh": "phản ánh quy định, thủ tục",
    "kien_nghi": "kiến nghị, góp ý",
    "khieu_nai": "khiếu nại",
    "to_cao": "tố cáo",
    "khan_cap": "khẩn cấp",
    "spam": "lời rác",
    "khong_ro": "chưa rõ",
    "cam_on": "cảm ơn",
}
EVIDENCE = {
    "dense_name": "gần tên",
    "dense_ask": "gần cách hỏi",
    "dense_body": "gần nội dung",
    "dense_best": "gần nhất",
    "dense_lead": "hơn kế sau (nghĩa)",
    "short_share": "từ trong tên",
    "short_lead": "hơn kế sau (tên)",
    "body_share": "từ trong nội dung",
    "body_lead": "hơn kế sau (nội dung)",
    "question_covered": "phủ câu hỏi",
    "name_covered": "phủ tên",
    "name_missing": "thiếu trong tên",
    "fuzzy_name": "giống tên (gõ sai)",
    "name_ratio": "tỉ lệ giống tên",
    "popularity": "hay được hỏi",
    "has_asks": "có cách hỏi",
    "qualifiers_missing": "thiếu từ phân biệt",
    "qualifiers_extra": "thừa từ phân biệt",
    "is_procedure": "là thủ tục",
    "is_plan": "là kế hoạch",
    "is_contact": "là đường dây nóng",
    "is_service": "là dịch vụ",
    "contact_called": "gọi số",
    "service_called": "nhắc dịch vụ",
    "age_fit": "đúng tuổi",
    "foreign_fit": "nước ngoài",
    "foreign_extra": "lệch nước ngoài",
    "company_fit": "hộ hay công ty",
    "died_fit": "có người mất",
    "again_fit": "cấp lại",
    "change_fit": "đổi",
    "end_fit": "chấm dứt",
    "pause_fit": "tạm ngừng",
    "copy_fit": "bản sao",
    "together_fit": "làm gộp",
    "acts_extra": "việc không hỏi",
}

# --- the house -------------------------------------------------------------------------------------------------------

TROUBLES = {
    "index": "Máy này chưa chuyển sang bản nội dung mới nhất.",
    "golden": "Có câu chuẩn trước đây tìm đúng, nay không còn tìm đúng.",
    "dead": "Có tin không gửi được (người nhận đã chặn hoặc đã rời).",
    "disk": "Đĩa sắp đầy.",
    "jobs": "Có việc định kỳ hỏng.",
    "no_jobs": "Chưa thấy việc định kỳ nào chạy. Xem lệnh: .venv/bin/python -m bot jobs",
    "backup": "Chưa có bản sao lưu nào, hoặc bản gần nhất đã quá 2 ngày.",
}
COUNTED = {
    "procedures": "Thủ tục",
    "plans": "Kế hoạch",
    "contacts": "Đường dây nóng",
    "services": "Dịch vụ công",
    "places": "Tỉnh, thành phố",
    "passages": "Đoạn tìm kiếm",
}
DOORS = {"telegram": "Telegram", "web": "Trang web"}
AUDITS = {
    "dossier": "mở phiếu",
    "identity": "xem danh tính",
    "attachment": "mở tệp",
    "entered": "nhập phiếu",
    "canned": "sửa câu mẫu",
    "secret": "cấp mã riêng",
    "invited": "mời cán bộ",
    "joined": "nhận lời mời",
    "changed": "sửa vai trò, đơn vị",
    "reset": "cấp liên kết đặt lại mật khẩu",
    "suspended": "khóa",
    "resumed": "mở lại",
    "away": "ghi vắng",
    "group": "đặt nhóm cán bộ",
    "unit": "sửa đơn vị",
    "units_merged": "gộp đơn vị",
    "password": "đổi mật khẩu",
    "totp": "xác thực hai bước",
    "signed_in": "đăng nhập",
    "signed_out": "đăng xuất mọi nơi",
    "gaps_dismissed": "bỏ qua câu hỏi",
    "gap_proposed": "đề xuất trả lời",
    "gap_refused": "từ chối đề xuất",
    "gap_published": "đăng câu trả lời",
    "published": "đăng nội dung",
    "held_back": "nội dung bị giữ lại",
    "rolled_back": "quay về bản trước",
    "task": "cập nhật nhiệm vụ",
    **broadcasting.AUDITS,
    **contests.AUDITS,
}
