"""What citizens read of their data: what is kept, why, how to see it, how to take it back."""

from __future__ import annotations

from bot.wording.citizens import US, US_FIRST, YOU, YOU_FIRST

WHOLE_AT = "/quyenriengtu"
CONSENT = f"{YOU_FIRST} dùng tiếp là đồng ý để {US} giữ câu hỏi đã che số riêng; đọc đầy đủ: {WHOLE_AT}"
"""One sentence; a door with a public page puts its address where WHOLE_AT stands."""
CONSENT_TELEGRAM = (
    "Tin nhắn Telegram đi qua máy chủ ở nước ngoài; việc kín thì gặp cán bộ trực tiếp hoặc dùng trang web."
)

WHOLE = (
    "Quyền riêng tư\n\n"
    f"{US_FIRST} giữ: cuộc trò chuyện này, để hiểu câu hỏi nối tiếp; câu hỏi, đã che số điện thoại, số giấy tờ, email, "
    f"để trả lời và bổ sung điều còn thiếu; phiếu {YOU} gửi kèm ảnh, tệp, vị trí, để chuyển tới người giải quyết; "
    f"đáp án và giờ làm bài thi, tên {YOU} cho hiện, để chấm và xếp hạng; "
    f"tin {YOU} đăng ký nhận, tờ dán {YOU} đã quét, để báo tin và đếm lượt.\n"
    f"Ai xem được: cán bộ được giao, lãnh đạo của họ và người quản trị. Cán bộ bị phản ánh không xem được phiếu nói về "
    f"mình. Giấu tên thì chỉ người được giao xem được tên, mỗi lần xem đều ghi lại.\n"
    f"{US_FIRST} không đưa cho bên thứ ba, không quảng cáo. Tin nhắn Telegram thì nằm trên máy chủ của Telegram ở nước "
    f"ngoài.\n"
    f"{YOU_FIRST} có quyền: xem và bảo đừng giữ câu hỏi: /dulieucuatoi; xóa: /xoadulieu; rút đồng ý lúc nào cũng được, "
    "quyền lợi và hồ sơ không bị ảnh hưởng.\n"
    f"Chưa đủ 16 tuổi, {YOU} nhờ cha mẹ hoặc người giám hộ cùng gửi phản ánh.\n"
    "Cơ sở pháp lý: Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15, có hiệu lực từ ngày 01/01/2026."
)
"""The whole of it, for doors without a page."""

MY_DATA = (
    f"{US_FIRST} giữ: cuộc trò chuyện này (để hiểu câu hỏi nối tiếp), câu hỏi đã che số điện thoại, số giấy tờ, và các "
    f"phiếu {YOU} đã gửi, các bài thi {YOU} đã làm, các tin {YOU} đăng ký nhận. Bản đầy đủ là một tệp."
)
MY_DATA_FILE = "du-lieu-cua-toi.json"
QUIET_ON, QUIET_OFF = "Đừng giữ câu hỏi của mình", "Cho giữ lại câu hỏi"
ERASE = "Xóa hết"
ERASE_ASK = (
    f"{YOU_FIRST} muốn xóa hết những gì đã viết ở đây phải không? Phiếu chưa xong sẽ được rút trước. Xóa rồi "
    "không lấy lại được; chỉ còn các con số thống kê không kèm tên ai."
)
ERASE_YES, ERASE_NO = "Đúng, xóa hết", "Không xóa"
ERASED = f"{US_FIRST} đã xóa những gì {YOU} đã viết ở cuộc trò chuyện này."
ERASED_WITHDRAWN = "Đã rút {count} phiếu chưa xong."
ERASED_NOT = f"Dạ, {US} không xóa gì cả."
QUIETED = f"Từ nay {US} không giữ câu hỏi của {YOU} nữa. Những gì đã giữ thì {YOU} xóa bằng /xoadulieu."
UNQUIETED = f"Cảm ơn {YOU}, {US} sẽ giữ câu hỏi đã che số để trả lời tốt hơn."

BREACH = (
    "Ngày {day}, {what} đã bị lộ. Dữ liệu có thể gồm: {data}. Chúng tôi đã: {done}. Bạn nên: {advice}. "
    "Cần hỏi thêm, liên hệ: {contact}."
)
"""Told to everyone concerned, and to the authority in charge, when data got out."""
