"""What officers read of what is sent to many: broadcasts, the digest, posters."""

from __future__ import annotations

STATES = {
    "nhap": "Nháp",
    "cho": "Chờ gửi",
    "dang_gui": "Đang gửi",
    "da_gui": "Đã gửi",
    "da_dung": "Đã dừng",
    "da_bo": "Đã bỏ",
}
KINDS = {"tin_thay_doi": "Tin thay đổi", "ban_tin": "Bản tin tuần", "thong_bao": "Thông báo"}
MACHINE = "máy soạn"
BAD = {
    "empty": "Cần cả tiêu đề và nội dung.",
    "long": "Dài quá: tiêu đề tối đa 120 chữ, nội dung tối đa 3.000 chữ.",
    "state": "Không còn làm được việc này: thông báo đã chuyển sang trạng thái khác.",
    "nobody": "Chưa có ai đăng ký nhận loại tin này nên không gửi được.",
    "past": "Giờ gửi đã qua. Chọn giờ muộn hơn.",
    "time": "Chưa hiểu giờ gửi. Viết dạng 08:30 hoặc 08:30 25/11/2026.",
    "field": "Không có lĩnh vực này.",
}
AUDIENCE_ALL = "Tất cả người đăng ký nhận thông báo chung"
AUDIENCE_FIELDS = "Người theo dõi: {fields}"
AUDIENCE_DIGEST = "Người đăng ký nhận bản tin tuần"
AUDIENCE_NEWS = "Người theo dõi lĩnh vực, và người đã hỏi thủ tục này rồi đồng ý nhận tin"
AUDIENCE_PLACE = " · ở {place}"
PEOPLE = "{count} người"
FIGURES = "{receivers} người nhận · đã tới {sent} · còn chờ {waiting} · không tới được {unreachable} · thôi nhận {left}"
DIGEST_DRAFTED = "{name}: bản nháp đã soạn xong, mời anh/chị xem, sửa rồi gửi. {at}"

# --- on Telegram -----------------------------------------------------------------------------------------------------

COMMANDS = {"phattin": "Phát thông báo cho người đăng ký"}
POSTER_COMMANDS = {"todan": "In tờ dán có mã quét"}
DESK_COMMANDS = {"banlamviec": "Vào bàn làm việc trên web"}
OVERVIEW = "Thông báo gửi người dân.\nĐăng ký nhận: {people} người ({notices} nhận thông báo chung).\nGửi cho ai?"
RECENT = "Gần đây:\n{lines}"
RECENT_LINE = "• {title}: {state}, {figures}"
TO_ALL = "Tất cả ({count})"
TO_FIELD = "{field} ({count})"
NOBODY = "Chưa có ai đăng ký nhận tin. Người dân đăng ký bằng lệnh /theodoi."
WRITE = "Gửi cho: {audience} ({count} người).\nAnh/chị viết thông báo. Dòng đầu là tiêu đề, các dòng sau là nội dung:"
PREVIEW = "Người dân sẽ nhận đúng như sau ({count} người, {audience}):\n\n———\n{text}\n———"
SEND_NOW, SEND_LATER, REWRITE, DROP = "Gửi ngay", "Gửi lúc khác", "Viết lại", "Bỏ"
WHEN = "Gửi lúc nào? Viết giờ, ví dụ: 08:30 hoặc 08:30 25/11/2026"
SCHEDULED = "Sẽ gửi lúc {time} cho {count} người. Trước giờ đó còn rút lại được."
SCHEDULED_QUIET = " Giờ này người dân đang nghỉ nên tin chờ đến sáng."
TAKE_BACK, STOP, FIGURES_BUTTON = "Rút lại", "Dừng gửi", "Xem số liệu"
TAKEN_BACK = "Đã rút lại, chưa ai nhận. Thông báo vẫn còn ở bản nháp."
STOPPED = "Đã dừng. {count} người chưa nhận thì sẽ không nhận nữa."
DROPPED = "Đã bỏ thông báo này."
STATE_LINE = "{title}\n{state}. {figures}"
GONE = "Không còn thông báo này."

POSTER_HOW = (
    "Gõ: /todan [loại hoặc thủ tục] [khổ] [mực] [nơi treo]\n"
    "Loại: mot-cua, tat-ca, linh-vuc TÊN, danh-muc TÊN; hoặc khóa, mã thủ tục.\n"
    "Khổ: a4 (mặc định), a3, a5-gap. Mực: mau (mặc định), den-trang.\n"
    "Ví dụ: /todan khai_sinh a4 Nhà văn hóa thôn 2"
)
POSTER_MADE = "Tờ số {number}: {title}, khổ {format}{place}. Lượt quét được đếm riêng cho tờ này."
POSTER_PLACE = ", treo ở {place}"
POSTER_FILE = "to-dan-{number}.pdf"
POSTER_REFUSED = "Chưa in được: {why}"

LINK_SENT = "Liên kết vào bàn làm việc được gửi vào đây; mỗi phút xin được một lần."
NO_ADDRESS = "Máy chủ chưa đặt địa chỉ trang web (PUBLIC_URL) nên chưa có liên kết để gửi."

# --- on the web ------------------------------------------------------------------------------------------------------

POSTER_KINDS = {
    "thu-tuc": "Một thủ tục",
    "linh-vuc": "Một lĩnh vực",
    "danh-muc": "Danh mục một lĩnh vực",
    "mot-cua": "Bộ phận một cửa",
    "tat-ca": "Danh mục tất cả thủ tục",
}
FORMATS = {"a4": "A4", "a3": "A3", "a5-gap": "A5 gấp đôi (in hai mặt A4)"}
INKS = {"mau": "Có màu", "den-trang": "Đen trắng"}
LEVELS = {"xã": "Cấp xã", "tỉnh": "Cấp tỉnh", "trung ương": "Trung ương"}
NEWS = {
    "da_ghi_tin": "Đã ghi. Bạn xem lại rồi gửi.",
    "da_hen": "Đã xếp lịch gửi. Trước giờ gửi còn rút lại được.",
    "da_rut": "Đã rút lại, chưa ai nhận.",
    "da_dung_tin": "Đã dừng gửi. Ai chưa nhận thì sẽ không nhận nữa.",
    "da_bo_tin": "Đã bỏ.",
    "da_soan": "Đã soạn bản nháp theo số liệu. Bạn đọc, sửa rồi gửi.",
    "da_in": "Đã ghi tờ mới. Bạn tải tệp để in.",
}
AUDITS = {
    "mailing_written": "viết thông báo, bản tin",
    "mailing_sent": "gửi thông báo, bản tin",
    "mailing_taken_back": "rút lại thông báo",
    "mailing_stopped": "dừng thông báo",
    "mailing_dropped": "bỏ thông báo",
    "poster": "in tờ dán",
}
