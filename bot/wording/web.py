"""What citizens read on the web's pages, besides what the assistant itself says."""

from __future__ import annotations

from bot.wording.citizens import US, US_FIRST, YOU, YOU_FIRST

NAME = "Một Cửa"
TAGLINE = "Hỏi thủ tục hành chính, có nguồn rõ ràng"
SKIP = "Tới nội dung chính"
MENU = "Mục lục"
NAVIGATION = (
    ("/", "Hỏi đáp"),
    ("/linh-vuc", "Thủ tục"),
    ("/su-kien", "Việc trong đời"),
    ("/duong-day-nong", "Đường dây nóng"),
    ("/dich-vu", "Dịch vụ công"),
    ("/ke-hoach", "Kế hoạch"),
    ("/phan-anh", "Phản ánh"),
    ("/tra-cuu", "Tra cứu phiếu"),
)
FOOTER = (
    f"{US_FIRST} chỉ trả lời theo dữ liệu đã công bố, luôn ghi nguồn. Khi cần chắc chắn, {YOU} hỏi lại nơi nhận hồ sơ."
)
PRIVACY_LINK = "Quyền riêng tư"

ERRORS = {
    403: (
        "Bạn không xem được trang này",
        f"Trang này chỉ dành cho người được giao. {YOU_FIRST} quay về trang đầu để hỏi {US} nhé.",
    ),
    404: (
        "Không có trang này",
        f"Địa chỉ có thể đã đổi hoặc gõ nhầm. {YOU_FIRST} tìm thủ tục bằng ô dưới đây, hoặc quay về trang đầu để hỏi.",
    ),
    405: ("Trang này không mở theo cách đó được", f"{YOU_FIRST} quay về trang đầu và thử lại nhé."),
    413: ("Tệp gửi lên lớn quá", f"{YOU_FIRST} gửi ảnh, PDF dưới 12 MB, ghi âm dưới 6 MB, phim dưới 20 MB nhé."),
    429: ("Bạn thao tác nhanh quá", f"{YOU_FIRST} chờ {{seconds}} giây rồi thử lại giúp {US} nhé."),
    500: (
        "Trang gặp trục trặc",
        f"{US_FIRST} đã ghi lại lỗi này. {YOU_FIRST} thử lại sau ít phút; vẫn vậy thì báo cán bộ mã lỗi dưới đây.",
    ),
    503: (
        "Hệ thống đang bận",
        f"Chưa có gì của {YOU} bị mất hay được gửi đi. {YOU_FIRST} thử lại sau ít phút nhé.",
    ),
}
EXPIRED = (
    "Trang này mở đã lâu",
    f"Để an toàn, {US} chưa nhận điều vừa gửi. {YOU_FIRST} quay lại trang trước, tải lại rồi gửi lại giúp {US} nhé.",
)
BAD_FORM = ("Chưa đọc được điều vừa gửi", f"{YOU_FIRST} quay lại trang trước và gửi lại giúp {US} nhé.")
ERROR_NUMBER = "Mã lỗi"
HOME = "Về trang đầu"
SEARCH = "Tìm thủ tục, đường dây nóng"
SEARCH_BUTTON = "Tìm"
