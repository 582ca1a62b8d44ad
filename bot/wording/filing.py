"""What citizens read while a petition is written. Never a promise that is not the authority's own."""

from __future__ import annotations

from bot.wording.citizens import US, US_FIRST, YOU, YOU_FIRST

POLICE = "113"
"""The police's short number; a test holds it against the content's contact `canh_sat_113`."""
OFFICIAL = "pakn.dichvucong.gov.vn (mục Phản ánh kiến nghị) hoặc ứng dụng VNeID"

# --- what opens a draft ----------------------------------------------------------------------------------------------

OPENED_FOR = f"{US_FIRST} ghi ý kiến này để chuyển tới {{authority}}."
OPENED_ADVICE = (
    f"{US_FIRST} ghi lại làm góp ý cho trợ lý; đây không phải nơi tiếp nhận chính thức nên {US} không hứa có cơ quan "
    f"giải quyết. Muốn cơ quan nhà nước trả lời, {YOU} gửi ở {OFFICIAL}."
)
RESUMED = f"{US_FIRST} viết tiếp nhé; phần {YOU} đã kể vẫn còn: “{{text}}”."
RESUMED_EMPTY = f"{US_FIRST} viết tiếp nhé."
KEPT_OPEN = f"Phiếu {YOU} viết dở {US} vẫn giữ; nhắn “tiếp tục” để viết tiếp."
PAUSED = f"Dạ, {US} giữ lại phần {YOU} đã viết. Khi nào muốn viết tiếp, {YOU} nhắn “tiếp tục”."
CANCELLED = f"{US_FIRST} đã bỏ phiếu này, chưa gửi đi đâu cả. Khi cần {YOU} cứ nhắn lại nhé."
NOTHING_OPEN = f"Phiếu này không còn mở nữa. {YOU_FIRST} muốn viết góp ý mới không?"

# --- the questions ---------------------------------------------------------------------------------------------------

QUESTIONS = {
    "what": f"{YOU_FIRST} muốn phản ánh, góp ý chuyện gì? Cứ kể tự nhiên, {US} ghi lại.",
    "what_more": f"{YOU_FIRST} kể rõ hơn giúp {US} được không: chuyện gì đã xảy ra, với ai?",
    "where": "Chuyện này ở đâu, cơ quan nào?",
    "where_suggestion": f"Góp ý này {YOU} muốn nói với cơ quan hay xã, phường nào?",
    "when": "Chuyện xảy ra khi nào?",
    "contact": f"{YOU_FIRST} có muốn để lại tên, số điện thoại hoặc email để được liên hệ không?",
    "contact_for": (
        "Giấu tên: chỉ người được giao mới xem được tên, và mỗi lần xem đều ghi lại. "
        "Không nêu tên: vẫn ghi nhận, nhưng có thể không được xử lý chính thức.\n"
        f"Theo Nghị định 20/2008/NĐ-CP cần tên và địa chỉ người gửi; {YOU} cho {US} họ tên, địa chỉ, số điện thoại nhé?"
    ),
    "contact_sealed": (
        f"{US_FIRST} giấu tên {YOU}: chỉ người được giao mới xem được, mỗi lần xem đều ghi lại.\n"
        f"{YOU_FIRST} cho {US} họ tên, địa chỉ, số điện thoại nhé?"
    ),
    "edit": f"{YOU_FIRST} muốn sửa phần nào?",
    "fix_text": f"{YOU_FIRST} viết lại nội dung giúp {US} nhé?",
    "fix_where": f"{YOU_FIRST} cho {US} biết lại nơi xảy ra?",
    "fix_when": f"{YOU_FIRST} cho {US} biết lại thời gian?",
    "fix_contact": f"{YOU_FIRST} cho {US} biết lại tên, cách liên hệ?",
    "confirm": f"Đúng chưa {YOU}, {US} gửi nhé?",
}
WHY = {
    "where": "Biết nơi thì mới chuyển đúng chỗ; không nhớ thì bỏ qua cũng được.",
    "when": "Biết lúc nào thì dễ kiểm tra hơn; không nhớ thì bỏ qua cũng được.",
    "contact": f"Tên và cách liên hệ chỉ để trả lời {YOU}; {YOU} có thể không để lại.",
}
LABELS = {"text": "Việc", "where": "Nơi", "when": "Lúc", "contact": "Liên hệ"}
READ_BACK = f"{US_FIRST} đọc lại nhé:"
LINE = "• {label}: {value}"
NOT_SAID = "không ghi"
SEALED = "giấu tên ({value})"
NAMELESS = "không nêu tên"
TO = "Gửi tới: {authority}."
TO_ADVICE = "Gửi làm góp ý cho trợ lý, không phải phản ánh chính thức."
PHONE_ENDS = "(số đuôi {digits})"
ADDED = f"{US_FIRST} đã thêm vào."

SENDING = f"Dạ, {US} đang ghi phiếu của {YOU}."
FILED = (
    f"{US_FIRST} đã ghi phiếu của {YOU}, mã {{code}}. {YOU_FIRST} giữ mã này; muốn hỏi lại thì nhắn mã cho {US} "
    "ngay trong cuộc trò chuyện này."
)
"""Only after the store has it."""
FOUND = f"Phiếu {{code}} {US} đã ghi ngày {{day}}. Chưa có trả lời; khi có, {US} báo ngay ở đây."
FILED_NOT = f"{US_FIRST} chưa ghi được phiếu, chưa có gì được gửi đi. {YOU_FIRST} thử gửi lại sau ít phút nhé."

# --- what is not filed -----------------------------------------------------------------------------------------------

COMPLAINT = (
    f"Việc này là khiếu nại, có luật riêng: {YOU} gửi đơn đến chính nơi đã ra quyết định hoặc làm việc đó, nên {US} "
    f"không ghi thành phản ánh. Không tiện viết đơn, {YOU} đến nơi tiếp công dân của xã, phường để cán bộ ghi giúp."
)
DENUNCIATION = (
    f"Việc này là tố cáo, có luật riêng: {YOU} gửi đơn có họ tên, địa chỉ đến nơi quản lý người bị tố cáo, tên {YOU} "
    f"được giữ kín; {US} không nhận thay. Nếu là tội phạm (đánh người, lừa đảo, cướp, nhận hối lộ), {YOU} báo công an "
    f"xã, phường hoặc gọi {POLICE}."
)
SECRET = (
    f"{YOU_FIRST} đừng gửi tài liệu mật hay bí mật nhà nước ở đây nhé; {US} không nhận và không ghi lại. "
    f"Thấy có người làm lộ, {YOU} báo công an xã, phường hoặc gọi {POLICE}."
)
OTHERS_DATA = (
    f"{US_FIRST} không cho biết và không ghi thông tin riêng của người khác nhé. "
    f"Cần phản ánh, {YOU} chỉ kể việc đã xảy ra, không cần số giấy tờ hay địa chỉ nhà của họ."
)
NUMBERS_TAKEN_OUT = f"{US_FIRST} đã bỏ số giấy tờ, số tài khoản trong lời {YOU} vì ở đây không cần."
CODE_TAKEN_OUT = f"{YOU_FIRST} đừng gửi mã xác thực hay mật khẩu cho ai, kể cả {US}; {US} đã bỏ khỏi phiếu."
CUT = f"Lời kể dài quá nên {US} chỉ giữ phần đầu."

PRAISE_FOR = f"Cảm ơn {YOU}, {US} ghi lại lời khen này để {{authority}} biết."
PRAISE = (
    f"Cảm ơn {YOU}, {US} ghi lại lời khen này làm góp ý cho trợ lý. "
    f"Muốn lời khen đến tận cơ quan, {YOU} gửi ở {OFFICIAL} nhé."
)
WELCOME = f"Dạ không có gì, cần gì {YOU} cứ hỏi {US} nhé."

# --- looking a petition up -------------------------------------------------------------------------------------------

NOT_FOUND = (
    f"{US_FIRST} không tìm thấy phiếu {{code}} trong cuộc trò chuyện này, nên không biết việc đã tới đâu. "
    f"{YOU_FIRST} xem lại mã (dạng PA-năm-số) và nhắn từ đúng tài khoản đã gửi; nếu gửi ở cổng quốc gia thì tra tại "
    "pakn.dichvucong.gov.vn."
)
ASK_CODE = f"{YOU_FIRST} cho {US} mã phiếu (dạng PA-năm-số) nhé?"

# --- buttons ---------------------------------------------------------------------------------------------------------

BUTTONS = {
    "f:skip": "Bỏ qua",
    "f:sealed": "Giấu tên",
    "f:noname": "Không nêu tên",
    "f:send": "Gửi",
    "f:edit": "Sửa lại",
    "f:cancel": "Thôi, không gửi",
    "f:resume": "Viết tiếp",
    "f:begin": "Viết góp ý",
    "f:edit:text": "Sửa nội dung",
    "f:edit:where": "Sửa nơi",
    "f:edit:when": "Sửa thời gian",
    "f:edit:contact": "Sửa liên hệ",
    "p:khieu_nai": "Cách khiếu nại",
    "p:to_cao": "Cách tố cáo",
    "p:tiep_cong_dan": "Gặp cán bộ tiếp dân",
}
