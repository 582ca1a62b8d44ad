"""What is said on Telegram only: the profile, the menu, and what a message that is no text is answered with."""

from __future__ import annotations

from bot.wording.citizens import US, US_FIRST, YOU, YOU_FIRST

SHORT_DESCRIPTION = "Hỏi thủ tục hành chính, đường dây nóng, dịch vụ công; gửi góp ý, phản ánh."
DESCRIPTION = (
    f"{US_FIRST} là trợ lý Một Cửa. {YOU_FIRST} hỏi bằng lời của mình, có dấu hay không dấu đều được: giấy tờ cần gì, "
    f"lệ phí bao nhiêu, nộp ở đâu, bao lâu xong. {US_FIRST} chỉ trả lời theo dữ liệu đã công bố và luôn ghi nguồn. "
    f"{YOU_FIRST} cũng có thể gửi góp ý, phản ánh và theo dõi ở đây."
)
COMMANDS = {
    "start": "Bắt đầu",
    "linhvuc": "Thủ tục theo lĩnh vực",
    "duongday": "Đường dây nóng",
    "dichvu": "Dịch vụ công trực tuyến",
    "kehoach": "Kế hoạch tuyên truyền cải cách hành chính",
    "gopy": "Góp ý, phản ánh",
    "tracuu": "Tra cứu phản ánh đã gửi",
    "diaphuong": "Chọn tỉnh, thành phố",
    "theodoi": "Nhận tin khi thủ tục thay đổi",
    "cuocthi": "Thi tìm hiểu, luyện tập",
    "help": "Cách hỏi và các lệnh",
    "dulieucuatoi": "Xem dữ liệu về bạn",
    "xoadulieu": "Xóa dữ liệu về bạn",
    "quyenriengtu": "Bot giữ gì, để làm gì",
}
GROUP_COMMANDS = ("start", "linhvuc", "duongday", "dichvu", "kehoach", "help")
"""Nothing of one person's own is done where others read along."""
OFFICER_COMMANDS = {
    "viec": "Phản ánh cần xử lý",
    "cuatoi": "Việc của tôi",
    "chuanhan": "Chưa có người nhận",
    "qua_han": "Việc quá hạn",
    "tim": "Tìm phiếu",
}
ADMIN_COMMANDS = {"noidung": "Nội dung: các bản, quay lại", "moi": "Mời cán bộ"}

THINGS = {
    "voice": f"{US_FIRST} chưa nghe được tin nhắn thoại. {YOU_FIRST} gõ chữ giúp {US} nhé, không dấu cũng được.",
    "video": f"{US_FIRST} chưa xem được video. {YOU_FIRST} viết giúp {US} một câu nhé.",
    "sticker": f"Chào {YOU}! {YOU_FIRST} cần hỏi thủ tục gì, cứ viết cho {US} nhé.",
    "location": (
        f"{US_FIRST} nhận được vị trí nhưng chưa dùng để tìm nơi nộp hồ sơ được. "
        f"{YOU_FIRST} gõ /diaphuong và tên tỉnh, thành phố nhé."
    ),
    "contact": f"{US_FIRST} không cần số điện thoại để trả lời. {YOU_FIRST} cứ viết câu hỏi nhé.",
    "picture": (
        f"{US_FIRST} chưa đọc được chữ trong ảnh. {YOU_FIRST} viết câu hỏi giúp {US}; "
        "còn nếu muốn gửi ảnh để phản ánh, bấm “Viết góp ý” rồi gửi lại ảnh."
    ),
    "document": (
        f"{US_FIRST} chưa đọc được tệp. {YOU_FIRST} viết câu hỏi giúp {US}; "
        "còn nếu muốn gửi tệp kèm phản ánh, bấm “Viết góp ý” rồi gửi lại."
    ),
    "other": f"{US_FIRST} chỉ đọc được chữ. {YOU_FIRST} viết câu hỏi giúp {US} nhé.",
}
SLOW_DOWN = f"{YOU_FIRST} nhắn nhanh quá, {US} trả lời lần lượt từng câu nhé. {YOU_FIRST} chờ {US} một chút."
BUSY = (
    f"Đang có nhiều người hỏi cùng lúc. {US_FIRST} đã nhận tin của {YOU} và sẽ trả lời lần lượt, "
    f"{YOU} chờ {US} một chút, không cần gửi lại. Việc khẩn cấp, gọi ngay: công an 113, cháy 114, cấp cứu 115."
)
FAILED = (
    f"{US_FIRST} gặp trục trặc, chưa trả lời được câu này. {YOU_FIRST} thử lại sau ít phút nhé. (mã lỗi {{number}})"
)
FILE_AWAY = f"{US_FIRST} chưa tải được tệp này. {YOU_FIRST} gửi lại giúp {US} nhé."
EDITED_IN_FORM = (
    f"{US_FIRST} thấy {YOU} vừa sửa tin nhắn, nhưng phiếu vẫn ghi lời cũ. "
    f"{YOU_FIRST} cứ trả lời tiếp; lúc đọc lại, bấm “Sửa lại” để sửa nhé."
)
PRIVATELY = f"Chuyện này riêng tư, {YOU} nhắn riêng cho {US} nhé: {{link}}"
MY_DATA_FILE = "du-lieu-cua-toi.json"
MY_DATA_SENT = f"Đây là tất cả những gì {US} giữ về {YOU}."
INLINE_NOTHING = f"Chưa thấy, bấm để hỏi {US}"

ERROR_DIGEST = "⚠ {count} lỗi trong phút qua. Mã: {numbers}. Xem nhật ký của máy chủ."
