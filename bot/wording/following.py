"""What citizens read of news: following a field, being told of a change, ending it with one tap."""

from __future__ import annotations

from bot.wording.citizens import US, US_FIRST, YOU, YOU_FIRST

# --- following -------------------------------------------------------------------------------------------------------

FOLLOW = "🔔 Theo dõi lĩnh vực này"
FOLLOW_FIELD = "🔔 {field}"
WHICH_FIELD = f"{YOU_FIRST} muốn theo dõi lĩnh vực nào ạ? {YOU_FIRST} bấm chọn, hoặc gõ: /theodoi đất đai"
NO_SUCH_FIELD = f"{US_FIRST} chưa thấy lĩnh vực “{{words}}”. {YOU_FIRST} chọn trong các lĩnh vực dưới đây nhé."
FOLLOWED = {
    "linh_vuc": (
        f"Từ nay, khi thủ tục về {{field}}{{place}} thay đổi, hoặc cơ quan có thông báo về lĩnh vực này, {US} sẽ báo "
        f"{YOU}."
    ),
    "thong_bao": f"Từ nay, cơ quan có thông báo chung{{place}} thì {US} sẽ báo {YOU}.",
    "ban_tin": f"Từ nay, mỗi tuần {US} gửi {YOU} một bản tin thủ tục hành chính.",
}
ALREADY = f"{YOU_FIRST} đang nhận tin này rồi."
HOW = {
    "telegram": f"{US_FIRST} không nhắn ban đêm. Muốn thôi nhận, {YOU} bấm nút dưới đây hoặc gõ /theodoi.",
    "web": (
        f"Tin hiện ra khi {YOU} mở lại trang này trên cùng trình duyệt. "
        f"Muốn thôi nhận, {YOU} bấm nút dưới đây hoặc gõ /theodoi."
    ),
}
HOW_ELSEWHERE = f"Muốn thôi nhận, {YOU} gõ /theodoi."
NAMES = {"linh_vuc": "{field}{place}", "thong_bao": "Thông báo chung{place}", "ban_tin": "Bản tin tuần"}
OF_PLACE = " ({place})"
LIST = f"{YOU_FIRST} đang nhận tin về:"
LIST_LINE = "{number}. {name}"
LIST_ASKED = "thủ tục bạn đã hỏi trong 90 ngày qua"
LIST_NOTHING = (
    f"{YOU_FIRST} chưa theo dõi gì. Chọn lĩnh vực {YOU} quan tâm: khi thủ tục đổi lệ phí, thời hạn, nơi nộp, "
    f"{US} sẽ báo {YOU}."
)
LIST_HOW = f"Bấm để thôi nhận, hoặc chọn thêm. Ở tỉnh nào thì {US} báo theo tỉnh ấy: /diaphuong"
STOP = "Thôi: {name}"
STOP_ASKED = "Thôi: việc đã hỏi"
STOP_ALL = "Thôi nhận tất cả"
MORE_FIELDS = "+ Lĩnh vực"
MORE_NOTICES = "+ Thông báo chung"
MORE_DIGEST = "+ Bản tin tuần"
MORE_ASKED = "+ Việc đã hỏi"
SEE_LIST = "Các tin đang nhận"
STOPPED = f"{US_FIRST} thôi gửi {YOU} tin về {{name}}. Muốn nhận lại, {YOU} gõ /theodoi."
STOPPED_ALL = f"{US_FIRST} thôi gửi {YOU} mọi tin. Muốn nhận lại, {YOU} gõ /theodoi."
STOPPED_BEFORE = f"{YOU_FIRST} đã thôi nhận tin này từ trước."

# --- those who asked about a procedure -------------------------------------------------------------------------------

OFFER = f"Khi thủ tục {YOU} vừa hỏi đổi lệ phí, thời hạn hay giấy tờ, {YOU} có muốn {US} báo một tiếng không?"
OFFER_YES, OFFER_NO = "Có, báo giúp mình", "Không cần"
AGREED = (
    f"Dạ, thủ tục {YOU} hỏi trong 90 ngày gần nhất mà thay đổi thì {US} sẽ báo {YOU}. "
    f"Muốn thôi, {YOU} gõ /theodoi lúc nào cũng được."
)
DECLINED = f"Dạ, {US} sẽ không nhắn. Khi nào cần, {YOU} gõ /theodoi."
AGREED_NO_MORE = f"Dạ, {US} thôi báo tin về các việc {YOU} đã hỏi."

# --- the news --------------------------------------------------------------------------------------------------------

NEWS_HEAD = "Tin thay đổi thủ tục"
NEWS_HEAD_MANY = "{count} thay đổi về thủ tục"
NEWS_MORE = "Và {count} thủ tục nữa:"
NEWS_TITLE_LINE = "• {title}"
NEWS_REST = "… còn {count} thủ tục khác."
NEWS_REST_AT = "… còn {count} thủ tục khác: {address}"
NEWS_SEE = "Xem: {name}"
NEWS_STOP_FIELD = "Thôi tin {field}"
NEWS_STOP_ASKED = "Thôi tin việc đã hỏi"
WHY_FIELD = f"{YOU_FIRST} nhận tin này vì theo dõi: {{fields}}."
WHY_ASKED = f"{YOU_FIRST} nhận tin này vì đã hỏi thủ tục này và đồng ý nhận tin."
WHY_NOTICES = f"{YOU_FIRST} nhận tin này vì đã đăng ký nhận thông báo chung."
WHY_DIGEST = f"{YOU_FIRST} nhận bản tin này vì đã đăng ký nhận bản tin tuần."
FROM = "Thông báo của {authority}"
FROM_ASSISTANT = "Thông báo"
STOP_NOTICES, STOP_DIGEST = "Thôi nhận thông báo", "Thôi nhận bản tin"
NEWS_NAME = "{count} thay đổi: {first}"

# --- pages -----------------------------------------------------------------------------------------------------------

PAGE_TITLE = "Theo dõi thay đổi"
PAGE_LEAD = (
    f"Chọn lĩnh vực {YOU} quan tâm. Thủ tục đổi lệ phí, thời hạn, nơi nộp hay giấy tờ thì {US} báo {YOU}: "
    "trước thế nào, nay thế nào."
)
PAGE_MINE = "Bạn đang nhận tin về"
PAGE_NOTHING = f"{YOU_FIRST} chưa theo dõi gì trên trình duyệt này."
PAGE_CHOOSE = "Chọn lĩnh vực"
PAGE_OTHERS = "Tin khác"
PAGE_PLACE = "Đang báo theo: {place}. Đổi nơi ở khung “{title}” của trang hỏi đáp."
PAGE_NO_PLACE = "Đang báo phần chung cả nước. Chọn tỉnh, thành phố ở trang hỏi đáp để nhận cả quy định riêng của tỉnh."
PAGE_WHERE = (
    f"Tin hiện ra ở trang hỏi đáp, khi {YOU} mở lại trên cùng trình duyệt. Muốn nhận ngay trên điện thoại, {YOU} hỏi "
    "trợ lý trên Telegram rồi gõ /theodoi, hoặc dùng nguồn tin RSS ở dưới."
)
PAGE_FOLLOW, PAGE_STOP = "Theo dõi", "Thôi theo dõi"
PAGE_NOTICES, PAGE_DIGEST = "Thông báo chung của cơ quan", "Bản tin tuần"
PAGE_ASKED = "Thủ tục mình đã hỏi trong 90 ngày qua"
PAGE_ALL_STOP = "Thôi nhận tất cả"
PAGE_FEEDS = "Nguồn tin RSS"
PAGE_FEEDS_LEAD = "Dùng với phần mềm đọc tin; không cần đăng ký, không ai biết bạn là ai."
PAGE_FEED_ALL = "Mọi thay đổi"
CHANGES_TITLE = "Thay đổi gần đây"
CHANGES_LEAD = "Thủ tục mới, sửa đổi, bãi bỏ: trước thế nào, nay thế nào."
CHANGES_NONE = "Chưa có thay đổi nào được ghi nhận."
CHANGES_LINK = "Thay đổi gần đây"
FEED_TITLE = "Thay đổi thủ tục hành chính"
FEED_TITLE_FIELD = "Thay đổi thủ tục: {field}"
DIGESTS_TITLE = "Bản tin tuần"
DIGESTS_NONE = "Chưa có bản tin nào được gửi."
FOLLOW_LINK = "Theo dõi lĩnh vực này"
NEWS_OF = {
    "announced": "Mới",
    "amended": "Thay đổi",
    "abolished": "Bãi bỏ",
}
