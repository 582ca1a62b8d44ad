"""What officers and admins read on Telegram."""

from __future__ import annotations

WELCOME = (
    "Chào {name}, anh/chị đã được ghi nhận là {role}{unit}.\n"
    "/viec – phản ánh cần xử lý\n/cuatoi – việc của tôi\n/chuanhan – chưa có người nhận\n/qua_han – việc quá hạn\n"
    "/tim – tìm phiếu theo mã hoặc theo chữ trong phiếu\n"
    "Có phiếu mới, phiếu sắp hết hạn, tôi báo ngay ở đây."
)
WELCOME_ADMIN = (
    "\n/noidung – nội dung, các bản đã dựng, quay lại bản trước\n/moi – mời cán bộ\n"
    "/nhomcanbo – gõ trong nhóm cán bộ để nhóm nhận tin phiếu mới\n"
    "Gửi tệp xlsx, docx, json vào đây để cập nhật thủ tục; của riêng một tỉnh thì ghi tên tỉnh làm chú thích của tệp."
)
INVITATION_DEAD = "Liên kết mời này đã dùng hoặc đã hết hạn. Anh/chị xin liên kết mới từ quản trị viên."
QUEUE = {
    "": "Phản ánh đang mở",
    "mine": "Việc của tôi",
    "overdue": "Việc quá hạn",
    "free": "Chưa có người nhận",
    "waiting": "Chờ người dân bổ sung",
}
QUEUE_EMPTY = "Không có phiếu nào."
QUEUE_TITLE = "{title}: {total}"
FILTERS = {"": "Tất cả", "mine": "Của tôi", "free": "Chưa nhận", "overdue": "Quá hạn", "waiting": "Chờ bổ sung"}
FILTER = "{title} ({count})"
FIND_HOW = "Gõ: /tim mã phiếu, hoặc vài chữ trong phiếu. Ví dụ: /tim đèn đường"
FOUND = "Tìm “{words}”"
FOUND_MORE = "Còn nhiều phiếu nữa; gõ thêm chữ để tìm kỹ hơn."
CHOOSE = "{code}: chọn việc cần làm."
AWAY = " (vắng đến {day})"
UNIT = "→ {name}"
GIVEN = "Đã giao {code} cho {name}."
HASTE = {"thuong": "Không khẩn", "khan": "Khẩn"}
LINE = "{mark}{code} · {state} · {due}\n{excerpt}"
OVERDUE_MARK, URGENT_MARK = "🔴 ", "⚡ "
NO_TERM, ENDED = "không có hạn", "đã xong"
DUE_IN = "hạn {time}"
DUE_PAST = "quá hạn từ {time}"
NEXT_PAGE, PREVIOUS_PAGE = "Trang sau ›", "‹ Trang trước"
SECTIONS = {
    "story": "Người dân viết",
    "where": "Nơi xảy ra",
    "when": "Thời gian",
    "supplement": "Bổ sung",
    "question": "Đã hỏi lại",
    "answer": "Đã trả lời",
    "refusal": "Đã từ chối",
    "forwarding": "Đã chuyển",
    "reopening": "Mở lại",
    "note": "Ghi chú nội bộ",
    "location": "Vị trí",
}
CONTACT = "Liên hệ: {contact}"
CONTACT_SEALED = "Người gửi giấu tên; bấm “Xem danh tính” nếu thật cần, mỗi lần xem đều được ghi lại."
CONTACT_NONE = "Người gửi không nêu tên."
CONTACT_HIDDEN = "Tên, liên hệ: chỉ người được giao xem được."
CONTACT_EMPTY = "Người gửi không để lại liên hệ."
VOICES = "Đã có {count} người cùng phản ánh."
FILES = "Kèm {count} tệp."
SIMILAR = "Có thể trùng: {codes}"
HEAD = "{code} · {state}\n{kind}{field}{place} · qua {channel} · gửi {time}\n{due}{assignee}"
ASSIGNEE, NOBODY = " · người xử lý: {name}", " · chưa ai nhận"
BUTTONS = {
    "take": "Nhận xử lý",
    "ask": "Hỏi thêm người dân",
    "answer": "Trả lời",
    "work": "Bắt đầu xử lý",
    "reopen": "Mở lại",
    "forward": "Chuyển nơi khác",
    "refuse": "Từ chối",
    "close": "Đóng",
    "merge": "Gộp vào phiếu khác",
    "note": "Ghi chú",
    "who": "Xem danh tính",
    "files": "Xem tệp",
    "see": "Xem",
    "send": "Gửi",
    "again": "Viết lại",
    "stop": "Thôi",
    "more": "Việc khác…",
    "give": "Giao việc",
    "sort": "Phân loại lại",
    "field": "Sửa lĩnh vực",
    "place": "Sửa địa bàn",
    "back": "‹ Quay lại",
}
PROMPTS = {
    "ask": "Anh/chị viết điều cần hỏi thêm người dân về {code}:",
    "answer": "Anh/chị viết câu trả lời cho {code}. Người dân sẽ nhận đúng các chữ này:",
    "forward": "Chuyển {code} tới cơ quan nào? Viết tên cơ quan:",
    "note": "Anh/chị viết ghi chú nội bộ cho {code}:",
    "merge": "Gộp {code} vào phiếu nào? Viết mã phiếu kia:",
    "field": "Lĩnh vực đúng của {code} là gì?",
    "place": "Địa bàn đúng của {code} là xã, phường nào?",
}
READ_BACK = "{what} {code}:\n\n{text}\n\nGửi đi chứ?"
WHAT = {
    "ask": "Hỏi thêm về",
    "answer": "Trả lời",
    "forward": "Chuyển",
    "note": "Ghi chú cho",
    "merge": "Gộp",
    "refuse": "Từ chối",
    "field": "Sửa lĩnh vực của",
    "place": "Sửa địa bàn của",
}
REFUSE_WHY = "Từ chối {code} vì lý do nào? Người dân sẽ được chỉ nơi cần đến."
CANNED = "Mẫu: {title}"
DONE = "Xong. {code}: {state}."
STOPPED = "Đã thôi, chưa gửi gì."
NOTHING_PENDING = "Không có gì đang chờ gửi."
NOT_ALLOWED = "Anh/chị không có quyền làm việc này."
NOT_FOUND = "Không có phiếu {code}, hoặc phiếu không thuộc phạm vi của anh/chị."
ILLEGAL = "Không làm được: {code} đang ở trạng thái “{state}”."
CONFLICT = "Có người vừa thay đổi phiếu này. Anh/chị mở lại để xem."
IN_PRIVATE = "Đã gửi chi tiết vào tin nhắn riêng."
GROUP_SET = "Nhóm này từ nay nhận thông báo phản ánh mới (không kèm nội dung của người dân)."

INVITE_HOW = "Gõ: /moi can_bo|lanh_dao|quan_tri [mã đơn vị] [tên]. Các đơn vị: {units}"
INVITED = "Gửi liên kết này cho đúng một người, dùng được một lần trong 24 giờ:\n{link}"
UNKNOWN_UNIT = "Không có đơn vị “{unit}”. Các đơn vị: {units}"

CONTENT = "Nội dung đang dùng: bản {name}, {procedures} thủ tục, câu chuẩn {won}/{asked}.\nCác bản còn giữ:\n{list}"
CONTENT_LINE = "{mark} {name}: {procedures} thủ tục, câu chuẩn {won}/{asked}"
ROLL_BACK, ROLL_BACK_SURE = "Quay lại bản trước", "Quay lại thật"
ROLL_BACK_ASK = "Quay về bản {name}? Câu trả lời của bot sẽ theo bản đó ngay."
ROLLED_BACK = "Đã quay về bản {name}."
NO_PREVIOUS = "Không có bản nào trước bản đang dùng."
STEPS = {"mã hóa": "Đang đọc nội dung mới", "golden": "Đang hỏi các câu chuẩn"}
PROGRESS = "{step}… {done}%"
CUT_SHORT = (
    "Lần đăng trước bị ngắt giữa chừng vì máy chủ khởi động lại. Nội dung vẫn nguyên vẹn: gõ /noidung xem bản đang "
    "dùng; chưa thấy bản mới thì bấm Đăng lần nữa."
)
FAILED = "Không đăng được vì lỗi của máy chủ (mã lỗi {number}). Nội dung vẫn như cũ."
EXAMINING = "Đang đọc tệp {name}…"
REFUSED_FILE = "Không nhận được tệp {name}: {why}."
EXAMINED = (
    "{file}: {taken} bản ghi đọc được.\n"
    "Mới {new} · thay đổi {changed} · bãi bỏ {abolished} · giữ nguyên {same} · không nhận {refused}"
)
EXAMINED_NOTHING = "Không có gì thay đổi so với dữ liệu đang có."
PUBLISH, FORGET_FILE = "Đăng", "Bỏ tệp này"
FORGOTTEN = "Đã bỏ tệp, không có gì thay đổi."
PUBLISHING = "Đang dựng chỉ mục rồi hỏi các câu chuẩn, có thể mất vài phút; xong sẽ báo ngay ở đây."
PUBLISHED = (
    "Đã đăng bản {name}: {new} mới, {changed} đổi, {gone} bỏ; câu chuẩn {won}/{asked}. Bot trả lời theo bản mới ngay."
)
HELD_BACK = (
    "Chưa đăng: {count} câu chuẩn sẽ mất bản ghi đúng:\n{lost}\nSửa tệp rồi gửi lại; nếu đúng là phải mất, "
    "bấm nút dưới và viết lý do."
)
ALLOW = "Vẫn đăng, nêu lý do"
ALLOW_WHY = "Anh/chị viết lý do chấp nhận mất các câu chuẩn trên (được ghi vào sổ):"
BUSY = "Đang có người khác đăng nội dung. Anh/chị thử lại sau ít phút."
FAULTS = "Không đăng được, nội dung có lỗi: {why}"
FILE_GONE = "Tệp này không còn chờ nữa. Anh/chị gửi lại tệp."
