"""What officers read of petitions; the names of states and kinds are the same for citizens."""

from __future__ import annotations

from dataclasses import dataclass

from bot.wording.filing import OFFICIAL

STATES = {
    "moi": "mới",
    "tiep_nhan": "đã tiếp nhận",
    "dang_xu_ly": "đang xử lý",
    "cho_bo_sung": "chờ bổ sung",
    "da_tra_loi": "đã trả lời",
    "dong": "đã đóng",
    "tu_choi": "từ chối",
    "chuyen": "đã chuyển",
    "rut": "đã rút",
    "gop": "đã gộp",
}
KINDS = {
    "phan_anh_hanh_vi": "phản ánh hành vi, thái độ",
    "phan_anh_quy_dinh": "phản ánh quy định, thủ tục",
    "kien_nghi": "kiến nghị, góp ý",
    "khong_ro": "chưa rõ loại",
}
CHANNELS = {
    "telegram": "Telegram",
    "web": "trang web",
    "api": "hệ thống khác",
    "dien_thoai": "điện thoại",
    "van_ban": "văn bản",
    "truc_tiep": "gặp trực tiếp",
    "terminal": "cửa sổ lệnh",
}
URGENCIES = {"thuong": "thường", "khan": "khẩn"}
NAMINGS = {"": "nêu tên", "giau_ten": "giấu tên", "khong_neu_ten": "không nêu tên"}
ROLES = {"can_bo": "cán bộ", "lanh_dao": "lãnh đạo", "quan_tri": "quản trị"}

MOVES = {
    "tiep_nhan": "Tiếp nhận",
    "dang_xu_ly": "Bắt đầu xử lý",
    "cho_bo_sung": "Hỏi thêm người gửi",
    "da_tra_loi": "Trả lời",
    "dong": "Đóng",
    "tu_choi": "Từ chối",
    "chuyen": "Chuyển nơi khác",
    "rut": "Ghi nhận rút",
    "gop": "Gộp vào phiếu khác",
}
MOVE_AGAIN = "Mở lại"
"""Instead of “Bắt đầu xử lý” where it was answered or closed."""
MOVE_NEEDS = {
    "cho_bo_sung": "Viết điều cần người gửi cho biết thêm.",
    "da_tra_loi": "Viết câu trả lời; người gửi sẽ đọc đúng như vậy.",
    "tu_choi": "Chọn lý do; người gửi sẽ được chỉ nơi cần đến.",
    "chuyen": "Ghi tên nơi nhận.",
    "gop": "Ghi mã phiếu sẽ nhận phiếu này.",
}

MOVE_NEEDS_OURS = {
    "cho_bo_sung": "Viết điều cần hỏi thêm, rồi gọi hoặc gửi văn bản cho người gửi.",
    "da_tra_loi": "Viết câu trả lời, rồi gọi hoặc gửi văn bản cho người gửi.",
    "tu_choi": "Chọn lý do, rồi báo cho người gửi nơi cần đến.",
}
"""Where who filed it came by phone or on paper: nobody is told by the assistant."""


@dataclass(frozen=True, slots=True)
class RefusalWords:
    """A reason from the list, as officers choose it and as the citizen reads it: why, and where to go."""

    title: str
    to_citizen: str


REFUSALS = {
    "khieu_nai": RefusalWords(
        "Là khiếu nại",
        "Việc này là khiếu nại nên có luật riêng: bạn gửi đơn đến chính nơi đã ra quyết định hoặc làm việc đó.",
    ),
    "to_cao": RefusalWords(
        "Là tố cáo",
        "Việc này là tố cáo nên có luật riêng: bạn gửi đơn có họ tên, địa chỉ đến nơi quản lý người bị tố cáo; "
        "nếu là tội phạm, bạn báo công an.",
    ),
    "tu_phap": RefusalWords(
        "Thuộc tòa án, viện kiểm sát, điều tra, thi hành án",
        "Việc này do tòa án, viện kiểm sát, cơ quan điều tra hoặc thi hành án giải quyết; bạn gửi đến nơi đang giữ vụ "
        "việc.",
    ),
    "khong_ro_noi_dung": RefusalWords(
        "Không rõ nội dung",
        "Lời kể chưa đủ rõ để xử lý; bạn gửi phiếu mới, kể rõ việc gì, ở đâu, khi nào.",
    ),
    "khong_ten_dia_chi": RefusalWords(
        "Không có tên, địa chỉ người gửi",
        "Quy định cần tên và địa chỉ người gửi mới xử lý chính thức được; bạn gửi lại có tên (có thể nhờ giấu tên).",
    ),
    "da_tra_loi_truoc": RefusalWords(
        "Đã được trả lời trước đây",
        "Việc này đã được trả lời trước đây và không có điều gì mới; bạn xem lại câu trả lời cũ.",
    ),
    "khong_thuoc_tham_quyen": RefusalWords(
        "Không thuộc thẩm quyền",
        f"Việc này không thuộc nơi đã nhận; bạn gửi ở {OFFICIAL} để được chuyển đúng chỗ.",
    ),
    "noi_dung_trai_phap_luat": RefusalWords(
        "Nội dung trái pháp luật",
        "Nội dung có lời lẽ xúc phạm hoặc trái pháp luật nên không được xử lý; bạn có thể gửi lại phần việc cần giải "
        "quyết.",
    ),
}

HAPPENINGS = {
    "filed": "ghi phiếu",
    "moved": "chuyển trạng thái",
    "assigned": "giao việc",
    "reclassified": "phân loại lại",
    "supplemented": "người gửi bổ sung",
    "noted": "ghi chú nội bộ",
    "voiced": "thêm một người cùng phản ánh",
    "rated": "người gửi chấm điểm",
    "published": "công khai câu trả lời",
    "warned": "nhắc sắp hết hạn",
    "escalated": "báo cấp trên vì quá hạn",
    "deadlines_set": "đặt lại hạn",
    "identity_seen": "xem tên người gửi",
    "erased": "xóa dữ liệu người gửi",
}
ACTORS = {"citizen": "người gửi", "system": "hệ thống", "machine": "máy chủ"}
PAPERS = {
    "story": "Nội dung",
    "where": "Nơi xảy ra",
    "when": "Thời gian",
    "location": "Vị trí",
    "supplement": "Bổ sung của người gửi",
    "question": "Câu hỏi gửi người dân",
    "answer": "Câu trả lời",
    "refusal": "Lời từ chối",
    "forwarding": "Lời chuyển",
    "closing": "Lời đóng phiếu",
    "reopening": "Lý do mở lại",
    "withdrawal": "Lý do rút",
    "merging": "Lời gộp",
    "note": "Ghi chú nội bộ",
    "public_question": "Câu hỏi đã công khai",
    "public_answer": "Câu trả lời đã công khai",
}

NEWS = {
    "filed": "Phiếu mới {code}",
    "assigned": "Phiếu {code} được giao cho bạn",
    "supplemented": "Người gửi vừa bổ sung cho phiếu {code}",
    "rated": "Phiếu {code} bị chấm điểm thấp",
    "dang_xu_ly": "Người gửi đề nghị xem lại phiếu {code}",
    "rut": "Người gửi đã rút phiếu {code}",
    "warned": "Phiếu {code} sắp hết hạn",
    "escalated": "Phiếu {code} đã quá hạn",
}
NEWS_OTHER = "Có tin mới về phiếu {code}"
URGENT = "KHẨN"
ACCEPT_BY = "Hạn tiếp nhận: {time}"
ANSWER_BY = "Hạn trả lời: {time}"
DUE_IN = "còn {span}"
OVERDUE = "quá hạn {span}"
WAITS = "đang chờ người gửi, không tính hạn"
NO_DUE = "không đặt hạn"
SPAN_DAYS, SPAN_HOURS, SPAN_SOON = "{count} ngày làm việc", "{count} giờ làm việc", "chưa tới một giờ"

NOT_ALLOWED = "Bạn không có quyền làm việc này."
NOT_FOUND = "Không có phiếu này trong phần việc của bạn."
CHANGED_MEANWHILE = "Phiếu {code} vừa có người khác thay đổi. Bạn xem lại rồi làm tiếp nhé."
ILLEGAL_MOVE = "Phiếu {code} đang ở trạng thái “{at}” nên không chuyển sang “{to}” được."

INVITED = "Thư mời làm {role}{unit}, dùng một lần trong 24 giờ. Người được mời gửi dòng này cho trợ lý:"
INVITED_COMMAND = "/start moi_{token}"
INVITED_PAGE = "Người được mời đặt tên đăng nhập và mật khẩu ở trang: {address}\nHoặc dùng Telegram."
RESET_PAGE = "Đặt lại mật khẩu, dùng một lần trong 24 giờ, ở trang: {address}"
OFFICER_UNKNOWN = "Không có cán bộ “{officer}” đang làm việc. Xem các cán bộ: .venv/bin/python -m bot officer list"
UNIT_KEPT = "Đã ghi đơn vị {key}: {name}."
UNIT_UNKNOWN = "Chưa có đơn vị “{key}”. Xem các đơn vị: .venv/bin/python -m bot unit list"
UNIT_CIRCLE = "Đơn vị {key} không thể nằm dưới {parent}: {parent} đang ở dưới {key}."
UNIT_PARENT, UNIT_INTO = " (thuộc {key})", " (đã nhập vào {key})"
NO_UNITS = 'Chưa có đơn vị nào. Thêm đơn vị: .venv/bin/python -m bot unit add MÃ "Tên"'
NO_OFFICERS = "Chưa có cán bộ nào. Mời người đầu tiên: .venv/bin/python -m bot invite --role admin"
OFFICER_LINE = "{id}  {name}  {role}  {unit}  {state}"
UNIT_LINE = "{key}  {name}{parent}{into}"
ACTIVE, SUSPENDED, AWAY = "đang làm", "đã khóa", "vắng đến {day}"

KEY_MADE = "Khóa API của {name} (chỉ hiện lần này, hãy cất kỹ):"
KEY_TAKEN = "Đã có khóa tên {name}. Bỏ khóa cũ trước bằng: .venv/bin/python -m bot key remove {name}"
KEY_UNKNOWN = "Không có khóa tên {name}."
KEY_REMOVED = "Đã bỏ khóa {name}; từ giờ khóa ấy không dùng được nữa."
KEY_LINE = "{name}: tạo ngày {day}, {per_second} lần gọi mỗi giây"
KEYS_NONE = "Chưa có khóa nào."
