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
OFFER_FOR = f"{US_FIRST} ghi lại chuyện này để gửi {{authority}} nhé?"
OFFER_ADVICE = (
    f"{US_FIRST} ghi lại chuyện này làm góp ý cho trợ lý nhé? Muốn cơ quan nhà nước giải quyết, {YOU} gửi ở {OFFICIAL}."
)
OFFER_YES = "Ghi lại giúp tôi"
PLACE_TAKEN = f"{US_FIRST} ghi nơi là {{place}}."
TIME_TAKEN = f"{US_FIRST} ghi lúc: {{time}}."
CONTACT_TAKEN = f"{US_FIRST} đã ghi cách liên hệ."
CONTACT_HOW = (
    f"{YOU_FIRST} nhắn luôn họ tên, địa chỉ, số điện thoại. "
    "Không muốn thì nhắn “không nêu tên”, hoặc “gửi” để xem lại phiếu."
)
BEFORE_WRITING = (
    f"Khiếu nại quyết định của cơ quan, hay tố cáo người làm trái luật, thì có luật riêng, {US} không ghi ở đây được."
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
    "where_suggestion": f"Chuyện này ở đâu, {YOU} muốn nói với cơ quan hay xã, phường nào?",
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
    "alike": f"{YOU_FIRST} góp thêm tiếng nói vào phiếu đã có, hay gửi phiếu riêng?",
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
FILES = "{count} tệp gửi kèm"
LOCATION = "vị trí gửi kèm"
FILES_LABEL = "Kèm theo"
JOINING = f"Phiếu này góp thêm tiếng nói vào một phiếu đã có; {YOU} vẫn có mã riêng."
CONSENT_FOR = (
    f"Bấm “Gửi” là {YOU} đồng ý để {{authority}} dùng những điều trên để giải quyết việc này; rút lại bằng /xoadulieu. "
    f"Chưa đủ 16 tuổi thì {YOU} nhờ cha mẹ hoặc người giám hộ cùng gửi."
)
CONSENT_ADVICE = f"Bấm “Gửi” là {YOU} đồng ý để {US} giữ phiếu này; rút lại bằng /xoadulieu."
FILES_ADDED = f"{US_FIRST} đã kèm vào phiếu, có {{count}} tệp."
FILES_FULL = f"Mỗi phiếu kèm được nhiều nhất {{most}} tệp nên {US} chỉ giữ {{most}} tệp đầu."
FILES_ASIDE = f"Ảnh, tệp chỉ dùng khi viết phản ánh, góp ý nên {US} không giữ lại."
LOCATED = f"{US_FIRST} đã kèm vị trí {YOU} gửi."
UNFIT = {
    "empty": f"Tệp này trống, {YOU} gửi lại giúp {US} nhé.",
    "kind": f"{US_FIRST} chỉ nhận ảnh (JPG, PNG, WebP), PDF, ghi âm OGG và phim MP4. {YOU_FIRST} gửi lại dạng ấy nhé.",
    "too_large": f"Tệp này lớn quá. {YOU_FIRST} gửi ảnh, PDF dưới 12 MB, ghi âm dưới 6 MB, phim dưới 20 MB nhé.",
    "broken": f"{US_FIRST} không mở được tệp này, có thể nó bị hỏng. {YOU_FIRST} chụp hoặc gửi lại nhé.",
    "too_many": f"{YOU_FIRST} đã gửi đủ số tệp cho một phiếu rồi.",
}
ADDED = f"{US_FIRST} đã thêm vào."

ALIKE = "Việc giống thế này đã có {count} người phản ánh, từ ngày {day}."
ALIKE_ONE = "Việc giống thế này đã có 1 người phản ánh, ngày {day}."

SENDING = f"Dạ, {US} đang ghi lại."
FILED = (
    f"{US_FIRST} đã ghi phiếu của {YOU}, mã {{code}}. {YOU_FIRST} giữ mã này; muốn hỏi lại thì nhắn mã cho {US} "
    "ngay trong cuộc trò chuyện này."
)
"""Only after the store has it."""
FILED_SECRET = f"Tra ở máy khác hay trên trang web thì cần thêm mã riêng: {{secret}} ({YOU} đừng đưa cho ai)."
FILED_NAMELESS = "Phiếu không nêu tên vẫn được ghi nhận, nhưng có thể không được xử lý chính thức."
JOINED = f"Việc này nay có {{count}} người cùng phản ánh; có trả lời {US} báo {YOU} ngay."
DUE_ACCEPT = "Hạn tiếp nhận: {time}."
DUE = "Hạn trả lời: {time}."
DUE_PAUSED = f"Thời gian chờ {YOU} bổ sung không tính vào hạn."
FILED_NOT = f"{US_FIRST} chưa ghi được phiếu, chưa có gì được gửi đi. {YOU_FIRST} thử gửi lại sau ít phút nhé."
PRIVATELY = f"Việc riêng của {YOU} thì {US} chỉ nói khi {YOU} nhắn riêng cho {US} nhé."
CHANGED_NOT = f"{US_FIRST} chưa ghi được, chưa có gì thay đổi. {YOU_FIRST} thử lại sau ít phút nhé."

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
CRIME = (
    f"Việc này có dấu hiệu tội phạm: {YOU} báo ngay công an xã, phường hoặc gọi {POLICE}, đừng chờ phản ánh ở đây. "
    f"Nếu {YOU} chỉ muốn góp ý về cách cơ quan xử lý, {YOU} bấm “Viết góp ý”."
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
NONE_OWN = (
    f"Cuộc trò chuyện này chưa có phiếu nào. Phiếu gửi từ nơi khác thì {YOU} nhắn mã phiếu kèm mã riêng; "
    f"muốn viết phiếu mới thì nhắn /gopy."
)
OWN = f"Các phiếu {YOU} đã gửi ở đây:"
OWN_LINE = "{number}. {code} – {state} – gửi ngày {day}"
TRACKED = "Phiếu {code}, gửi ngày {day}: {state}."
TRACKED_VOICES = "Có {count} người cùng phản ánh việc này."
TRACKED_INTO = "Phiếu này đã gộp vào một phiếu cùng việc; phiếu chung: {state}."
TRACKED_QUESTION = "Cán bộ hỏi thêm: {text}"
TRACKED_ANSWER = "Trả lời: {text}"
TRACKED_ANSWER_BEFORE = "Trả lời lần trước: {text}"
TRACKED_AGAIN = "Việc này đã mở lại và đang được xem lại."
TRACKED_BODY = "Nơi nhận: {body}"
TRACKED_RATED = f"{YOU_FIRST} đã chấm {{rating}}/5."
NOT_YET = f"Chưa có trả lời; khi có, {US} báo ngay ở đây."
NOT_YET_ELSEWHERE = f"Chưa có trả lời; {YOU} tra lại sau nhé."

# --- after it is filed -----------------------------------------------------------------------------------------------

NOTICES = {
    "tiep_nhan": f"Phiếu {{code}} của {YOU} đã được tiếp nhận.",
    "dang_xu_ly": f"Phiếu {{code}} của {YOU} đang được xử lý lại.",
    "cho_bo_sung": f"Cán bộ cần {YOU} cho biết thêm về phiếu {{code}}. {YOU_FIRST} nhắn ngay ở đây là được:",
    "da_tra_loi": f"Phiếu {{code}} của {YOU} đã có trả lời:",
    "dong": f"Phiếu {{code}} của {YOU} đã đóng.",
    "tu_choi": f"Phiếu {{code}} của {YOU} không được xử lý ở đây.",
    "chuyen": f"Phiếu {{code}} của {YOU} đã được chuyển tới: {{body}}.",
    "gop": f"Phiếu {{code}} của {YOU} đã gộp vào một phiếu cùng việc. Có trả lời, {US} báo {YOU} ngay.",
}
"""By the state that it came into."""
NOTICE_JOINED = f"(Đây là tin về việc {YOU} cùng phản ánh với người khác.)"
RATE_ASK = (
    f"Trả lời này đã giúp được {YOU} chưa? {YOU_FIRST} chấm giúp từ 1 đến 5. Chưa ổn thì trong 10 ngày {YOU} có thể đề "
    "nghị xem lại."
)
RATES = {
    "1": "1 – Rất không hài lòng",
    "2": "2 – Không hài lòng",
    "3": "3 – Tạm được",
    "4": "4 – Hài lòng",
    "5": "5 – Rất hài lòng",
}
RATED = f"Cảm ơn {YOU}, {US} đã ghi mức {{rating}}/5 cho phiếu {{code}}."
RATED_BAD = f"Nếu cần xem lại việc này, {YOU} bấm “Đề nghị xem lại”."
REOPEN, SUPPLEMENT, NOTE, WITHDRAW = "Đề nghị xem lại", "Gửi bổ sung", "Gửi thêm", "Rút phiếu"
SEE = "Xem phiếu"
WITHDRAW_YES, WITHDRAW_NO = "Đúng, rút phiếu", "Không rút"
WHAT_MORE = f"{YOU_FIRST} viết điều muốn bổ sung cho phiếu {{code}}, hoặc gửi ảnh, tệp nhé."
WHY_REOPEN = f"{YOU_FIRST} cho biết trả lời của phiếu {{code}} còn chưa ổn ở chỗ nào? Bỏ qua cũng được."
FINISH_FIRST = f"{YOU_FIRST} đang viết dở một phiếu khác. {YOU_FIRST} viết tiếp hoặc bỏ phiếu ấy trước nhé."
OFFERED = f"{YOU_FIRST} muốn gửi điều này làm bổ sung cho phiếu {{code}} phải không?"
SEND_MORE, NOT_MEANT = "Gửi bổ sung", "Không, việc khác"
MORE_DROPPED = f"Dạ, {US} không gửi thêm gì. {YOU_FIRST} cần hỏi gì cứ nhắn {US} nhé."
SUPPLEMENTED = f"{US_FIRST} đã gửi phần bổ sung cho phiếu {{code}}."
REOPENED = "Phiếu {code} đã được mở lại để xem tiếp."
WITHDRAW_ASK = f"{YOU_FIRST} chắc muốn rút phiếu {{code}} không? Rút rồi thì phiếu không được xử lý nữa."
WITHDRAWN = f"Phiếu {{code}} đã được rút theo ý {YOU}."
CANNOT = {
    "more": f"Phiếu {{code}} {{state}} nên không nhận thêm được. Có việc mới, {YOU} viết phiếu mới bằng /gopy nhé.",
    "withdraw": "Phiếu {code} {state} nên không rút được nữa.",
    "reopen": (
        f"Phiếu {{code}} không mở lại được: chỉ mở lại trong 10 ngày sau khi có trả lời. "
        f"{YOU_FIRST} viết phiếu mới bằng /gopy nhé."
    ),
    "rate": "Phiếu {code} chưa có trả lời nên chưa chấm được.",
}
"""What is not possible as things stand; `state` is its name."""

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
    "f:join": "Góp thêm tiếng nói",
    "f:alone": "Gửi phiếu riêng",
    "f:edit:text": "Sửa nội dung",
    "f:edit:where": "Sửa nơi",
    "f:edit:when": "Sửa thời gian",
    "f:edit:contact": "Sửa liên hệ",
    "p:khieu_nai": "Cách khiếu nại",
    "p:to_cao": "Cách tố cáo",
    "p:tiep_cong_dan": "Gặp cán bộ tiếp dân",
}
