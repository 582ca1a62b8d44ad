"""What citizens read. "mình – bạn" throughout; an authority that wants "Trung tâm – ông/bà" changes `US` and `YOU`."""

from __future__ import annotations

US, YOU = "mình", "bạn"
US_FIRST, YOU_FIRST = US.capitalize(), YOU.capitalize()

ASPECTS = {
    "ho_so": "Hồ sơ cần có",
    "bieu_mau": "Mẫu đơn, tờ khai",
    "le_phi": "Lệ phí",
    "thoi_han": "Thời hạn giải quyết",
    "noi_nop": "Nơi nộp",
    "co_quan": "Cơ quan giải quyết",
    "truc_tuyen": "Nộp trực tuyến",
    "cach_nop": "Cách nộp",
    "trinh_tu": "Các bước",
    "dieu_kien": "Điều kiện",
    "doi_tuong": "Ai được làm",
    "ket_qua": "Kết quả nhận được",
    "can_cu": "Căn cứ pháp lý",
    "hieu_luc": "Hiệu lực, thay đổi",
}

ASPECT_BUTTONS = {
    "ho_so": "Hồ sơ",
    "bieu_mau": "Mẫu đơn",
    "le_phi": "Lệ phí",
    "thoi_han": "Thời hạn",
    "noi_nop": "Nơi nộp",
    "co_quan": "Cơ quan",
    "truc_tuyen": "Trực tuyến",
    "cach_nop": "Cách nộp",
    "trinh_tu": "Các bước",
    "dieu_kien": "Điều kiện",
    "doi_tuong": "Đối tượng",
    "ket_qua": "Kết quả",
    "can_cu": "Căn cứ",
    "hieu_luc": "Hiệu lực",
}

ONLINE_LEVELS = {
    "toàn trình": "Làm được trọn vẹn trên mạng (trực tuyến toàn trình).",
    "một phần": "Làm được một phần trên mạng; vẫn có lúc phải đến tận nơi.",
    "có, chưa rõ mức": "Có nộp được trên mạng, nhưng chưa rõ được trọn vẹn hay chỉ một phần.",
    "chỉ cung cấp thông tin": "Trên mạng mới chỉ xem được hướng dẫn, chưa nộp được hồ sơ.",
    "không": "Chưa nộp được trên mạng.",
}

NOT_PUBLISHED = "Dữ liệu hiện có không công bố mục này."
NOT_PUBLISHED_ASK = "{you} hỏi giúp {agency} hoặc gọi {hotline}."
TO_CHECK = "Cần kiểm lại: {doubt}"
LOW_CONFIDENCE = "Mục này chưa chắc, nên hỏi lại trước khi đi."
DEPENDS = "Tùy trường hợp, cần thêm:"
DEPENDS_MORE = "và giấy tờ riêng của từng trường hợp"
CHECK_SHORT = "cần kiểm lại"
UNSTATED = "Dữ liệu hiện có không công bố {what}, nên mình không dám nói."
UNSTATED_NAMES = {
    "phat": "mức phạt của việc này",
    "tre_han": "việc trễ hạn thì xử lý ra sao",
    "han_nop": "hạn người dân phải làm việc này",
    "tra_tien": "cách trả tiền",
    "tien_mat": "việc trả bằng tiền mặt",
    "vi_dien_tu": "ví điện tử trả được",
    "so_tai_khoan": "số tài khoản nhận tiền",
    "di_thay": "việc nhờ người khác làm thay",
    "muc_huong": "mức tiền được nhận",
    "so_lan": "số lần được làm",
    "muc_thue": "mức thuế phải nộp",
    "dung_bao_lau": "giấy này dùng được bao lâu, hoặc được kéo dài tối đa bao lâu",
    "huong_bao_lau": "việc được hưởng hay được nghỉ bao lâu",
    "gio_lam": "giờ làm việc của nơi nhận hồ sơ",
    "bi_tra": "việc hồ sơ bị trả lại thì làm tiếp ra sao",
    "giu_giay": "việc nơi nhận hồ sơ có giữ lại giấy tờ hay không",
    "tra_lai": "bao lâu thì nhận lại giấy tờ hoặc kết quả",
    "bat_buoc": "việc này có bắt buộc hay không",
    "tre_hen": "việc trả kết quả trễ hẹn thì làm gì",
    "dat_lich": "việc có phải đặt lịch trước hay không",
    "bien_lai": "việc có biên lai, hóa đơn hay không",
    "con_dung_duoc": "việc giấy tờ cấp trước đây còn dùng được hay không",
}
PAYING = {
    "so_tai_khoan": "Dữ liệu hiện có không công bố số tài khoản nào nên mình không đưa số. Ai gửi số tài khoản qua tin "
    "nhắn, cuộc gọi thì bạn đừng chuyển tiền; trả trên cổng chính thức hoặc hỏi tận nơi.",
    "tra_tien": "Nguồn ghi trả trực tuyến được, qua ngân hàng hoặc ví, trên Cổng; không công bố số tài khoản nào để "
    "chuyển tiền thẳng.",
    "tien_mat": "Dữ liệu hiện có không công bố nơi nhận hồ sơ có thu tiền mặt hay không; bạn hỏi nơi nộp trước khi đi.",
    "vi_dien_tu": "Nguồn chỉ ghi trả được qua ngân hàng hoặc ví, không kể tên ví nào; bạn xem ví nào dùng được "
    "ngay trên Cổng lúc trả tiền.",
}
TERM_IS = "Về hạn của người dân, bản ghi có ghi:"
UNSTATED_THIS = "điều bạn hỏi"
WHO_TAKES_IT = "nơi nhận hồ sơ"
ONLY_CONDITIONS = "Bản ghi có thể không nói riêng về điều bạn hỏi. Điều kiện chung, bạn đối chiếu giúp:"
CONDITIONS_ARE = "Điều kiện mà bản ghi nêu, bạn đối chiếu giúp:"
NOT_SEEN_ASK = "Chưa thấy điều bạn hỏi ở trên thì hỏi giúp {agency} hoặc gọi {hotline}."
ROBBED = "Bị trộm, cướp thì bạn trình báo ngay Công an xã, phường nơi xảy ra; gấp thì gọi {numbers}."
VIOLENCE = "Bị đánh, bị đe dọa thì bạn gọi ngay {numbers}, đừng chịu một mình."
MORE_ON = "Bạn muốn hỏi thêm gì về “{name}” ạ?"
WHICH_HOTLINE = "Bạn hỏi số của nơi nào ạ?"
MAY_IF = "Được, nếu thuộc những người bản ghi có ghi:"
RECORD_SAYS = "Về điều bạn hỏi, bản ghi có ghi:"
CARD_SILENT = (
    "Về điều bạn hỏi, dữ liệu hiện có của “{name}” không nói nên mình không dám trả lời bừa. "
    "Bạn hỏi thẳng nơi này, hoặc nói rõ tên thủ tục để mình tìm."
)
COST_IS, HOURS_ARE, STANDS_AT = "Cước:", "Giờ:", "Nơi xem, hỏi:"
UNSAID = "⚠ Bản ghi này không nói riêng về trường hợp “{whom}”. Bạn hỏi lại trước khi đi: {hotline}."
ABROAD = "đang ở nước ngoài"
MISSED = "Còn “{text}” thì mình chưa có thông tin; bạn hỏi nơi nhận hồ sơ hoặc gọi {hotline}."
AND_WHICH = "Còn việc kia, bạn hỏi về việc nào ạ?"
AND_LATER = "Bạn hỏi nhiều việc nên mình trả lời trước mấy việc đầu. Còn lại:"
ABSENT_WHERE = {
    "nuoc_sach": "Nước máy do công ty cấp nước của từng nơi lo. Mình chưa có số đã kiểm chứng nên không đưa số nào; "
    "bạn xem số trên hóa đơn tiền nước hoặc hỏi tổ dân phố, trưởng thôn.",
    "ly_hon": "Việc ly hôn, nuôi con, chia tài sản vợ chồng do Tòa án giải quyết; xã, phường không làm việc này. "
    "Nộp ở đâu, hết bao nhiêu, bao lâu thì mình chưa có thông tin, bạn hỏi Tòa án nhé.",
}
TOPIC_SILENT = "Mình không thấy bản ghi “{name}” nói điều này, nên không dám trả lời bừa; bạn hỏi giúp {agency}."
UNKNOWN_ABOUT = "Mình chưa có thông tin về {what} nên không dám trả lời bừa."
NEAREST = "Gần với điều bạn hỏi, mình chỉ có:"
ASK_CONTACT = "Bạn hỏi {name}: {number}."
LOG_OFFER = "Bạn cần thì bấm “{button}”, cán bộ sẽ xem để bổ sung."
DISTRICT_NOTE = "Cấp huyện không còn từ ngày 01/07/2025; việc này làm ở xã, phường hoặc cấp tỉnh như trên."
PLACE_COMMON = "Trên đây là phần chung cả nước. Bạn ở {place} thì gõ /diaphuong {place}, mình sẽ trả lời theo nơi ấy."
ENGLISH = "I can only answer in Vietnamese; here is what the official record says:"
ENGLISH_UNKNOWN = "Sorry, I can only answer in Vietnamese and I have no record about this."
RATED_UP = "Cảm ơn bạn! Cần gì thêm bạn cứ hỏi nhé."
ACCOUNT_STEPS = "Dữ liệu hiện có không công bố từng bước lấy lại mật khẩu, mở khóa tài khoản. Bạn làm lần lượt:"
ACCOUNT_SIGN_IN = "Thử đăng nhập đúng cách: {how}."
ACCOUNT_HELP_AT = "Xem mục hỗ trợ: {where}."
ACCOUNT_ANEW = "Phải làm lại tài khoản thì theo thủ tục “{name}”; nơi làm: {where}."
ACCOUNT_CALL = "Cần người hướng dẫn thì gọi số này:"
HOURS_UNKNOWN = (
    "Dữ liệu hiện có không công bố giờ làm việc của nơi này; bạn xem bảng giờ ở trụ sở hoặc gọi hỏi trước khi đi."
)
REGIONS_DIFFER = (
    "{place} nay gồm {olds}; trước đây các nơi này do những công ty điện lực khác nhau phụ trách. "
    "Hóa đơn tiền điện nhà bạn ghi số của công ty phụ trách."
)
WHICH_NUMBER = "Bạn cần số của cơ quan nào, về việc gì ạ? Hỏi chung về thủ tục, hồ sơ thì gọi số trên."
IN_CASE = "Trường hợp {case}:"
BESIDES = "Cùng với:"
MORE = "… còn {count} mục nữa"
NO_OFFICIAL_SOURCE = "Nguồn: chưa đọc được văn bản chính thức, nên hỏi lại trước khi đi."
ABOLISHED = "Thủ tục này đã bị bãi bỏ{decision}."
PAST_VALIDITY = "Bản ghi này đã quá ngày hiệu lực ({until})."
NOT_YET = "Quy định này có hiệu lực từ {since}."
CHANGE_AHEAD = "Từ {since}: {what}."
IN_FORCE = "Đang áp dụng{decision}{since}."
"""What is said of validity when nothing else is known."""
NUMBER_NOT_VERIFIED = "mình chưa có số đã kiểm chứng nên không đưa số."
WHERE_TO_FIND = "Bạn xem số chính thức ở:"
NO_OFFICIAL_SOURCE_CONTACT = "Nguồn: chưa đọc được trang chính thức, nên kiểm lại trước khi dùng."
SEE_ALL = "Xem thêm"
WHICH_ONE = "Bạn hỏi về việc nào ạ?"
CHOOSE = "Bạn bấm chọn, gõ số, hoặc hỏi lại cho rõ hơn nhé."
UNKNOWN = "Mình chưa có thông tin về điều này nên không dám trả lời bừa."
UNKNOWN_OF_TOPIC = "Nếu bạn hỏi tiếp về “{name}” thì mình chưa tìm thấy điều này trong bản ghi; bạn hỏi giúp {agency}."
PERHAPS = "Có phải bạn hỏi một trong các việc này không?"
UNKNOWN_HOTLINE = "Bạn có thể gọi {name}: {number}."
LOG_IT = "Ghi lại câu hỏi cho cán bộ"
LOGGED = "Mình đã ghi lại câu hỏi của bạn để cán bộ xem và bổ sung. Cảm ơn bạn."
EVENT = "Khi {event}, thường cần lần lượt làm các việc sau:"
EVENT_FIRST = "Việc đầu tiên:"
FEEDBACK_THANKS = "Cảm ơn bạn đã cho mình biết."
FEEDBACK_WHY = "Mình xin lỗi. Câu trả lời chưa được ở chỗ nào ạ? Bạn bấm chọn, hoặc viết vài chữ cho mình biết."
FEEDBACK_REASONS = {"sai": "Sai", "thieu": "Thiếu", "kho_hieu": "Khó hiểu", "lac_de": "Không đúng ý"}
OUTDATED = "Nút này đã cũ, mình gửi lại danh sách mới nhé."
CONTESTS = "Thi và luyện tập: trên trang web bạn mở mục “Thi tìm hiểu” ở cuối trang; trên Telegram gõ /cuocthi."
OTHER_FIELDS = "‹ Lĩnh vực khác"
NEXT_PAGE, PREVIOUS_PAGE = "Trang sau ›", "‹ Trang trước"
WHAT_ABOUT = "Bạn muốn hỏi về thủ tục nào ạ? Ví dụ: “làm giấy khai sinh cần gì”, “đổi bằng lái bao nhiêu tiền”."
PLACE_SET = "Mình đã ghi nhớ bạn ở {place}.{renamed}"
PLACE_RENAMED = " ({old} nay thuộc {place} từ ngày {since}.)"
PLACE_UNKNOWN = (
    "Mình chưa nhận ra tỉnh, thành phố này. Bạn gõ lại tên tỉnh, cũ hay mới đều được, ví dụ: /diaphuong Cao Bằng"
)
PLACE_ASK = "Bạn đang ở tỉnh, thành phố nào? Gõ tên tỉnh cũ hay mới đều được, ví dụ: /diaphuong Cao Bằng"
HELLO = (
    "Chào bạn, mình là trợ lý Một Cửa: hỏi mình về thủ tục hành chính, đường dây nóng, dịch vụ công trực tuyến và "
    "kế hoạch cải cách hành chính.\nBạn cứ viết như nói chuyện, có dấu hay không dấu đều được."
)
HELP = (
    "Bạn hỏi bằng lời của mình, ví dụ: “mất căn cước làm lại mất bao lâu”, “xe cứu thương gọi số mấy”.\n"
    "Các lệnh:\n/linhvuc – xem thủ tục theo lĩnh vực\n/duongday – đường dây nóng\n/dichvu – dịch vụ công trực tuyến\n"
    "/kehoach – kế hoạch tuyên truyền CCHC\n/gopy – góp ý, phản ánh\n/tracuu – tra cứu phản ánh\n"
    "/diaphuong – chọn tỉnh, thành phố\n/theodoi – nhận tin khi thủ tục thay đổi\n"
    "/cuocthi – thi tìm hiểu, luyện tập\n"
    "/dulieucuatoi – dữ liệu mình giữ về bạn\n/xoadulieu – xóa dữ liệu đó\n"
    "/quyenriengtu – mình giữ gì, để làm gì"
)
FIELDS = "Các lĩnh vực mình có. Bạn chọn một lĩnh vực:"
FIELD_LIST = "Thủ tục về {field}:"
FIELD_PAGE = "Thủ tục về {field} ({first}–{last} trong {count}):"
CONTACTS = "Các đường dây nóng:"
SERVICES = "Các dịch vụ công trực tuyến:"
PLANS = "Các kế hoạch tuyên truyền cải cách hành chính mình có:"
MY_DATA = "Mình giữ: cuộc trò chuyện này (để hiểu câu hỏi nối tiếp) và câu hỏi đã che số điện thoại, số giấy tờ."
ERASED = "Mình đã xóa những gì bạn đã viết ở cuộc trò chuyện này."
NO_COMMAND = "Mình không có lệnh này. Gõ /help để xem các lệnh."
TURN_ERROR = "Mình gặp trục trặc khi trả lời. Bạn thử hỏi lại sau ít phút nhé."
CALL_NOW = "GỌI NGAY {numbers}."
URGENT_GENERAL = "Nói rõ bạn đang ở đâu, có chuyện gì, có ai bị thương. Giữ máy và làm theo hướng dẫn."
URGENT_OTHERS = "Cần thêm: {numbers}."
IN_DANGER = (
    "Bây giờ có ai đang gặp nguy hiểm không? Nếu có, GỌI NGAY {numbers}.\nNếu không, bạn nói rõ cần hỏi gì, mình giúp."
)
IF_DANGER = "Nếu có ai đang gặp nguy hiểm, bạn gọi ngay {numbers}."
DANGER_YES, DANGER_NO = "Có, đang nguy hiểm", "Không"
NO_DANGER = "Dạ, vậy thì đỡ lo. Bạn cần hỏi giấy tờ gì, hay muốn phản ánh việc này, bạn nhắn mình nhé."
URGENT_ADVICE = {
    "chay_no": "Ra khỏi chỗ cháy ngay, cúi thấp tránh khói, không quay lại lấy đồ. Nói rõ địa chỉ khi gọi.",
    "mac_ket": "Giữ bình tĩnh, không tự lao vào chỗ nguy hiểm. Nói rõ địa chỉ và có mấy người khi gọi.",
    "thien_tai": "Lên chỗ cao, ngắt điện nếu an toàn, mang theo điện thoại và áo mưa. Nói rõ vị trí khi gọi.",
    "cap_cuu": "Nói rõ địa chỉ và tình trạng người bệnh; chưa biết chắc thì đừng di chuyển người bị thương.",
    "tu_tu": "Mình rất lo cho bạn. Xin đừng ở một mình: gọi người thân ngay lúc này. Bạn không phải chịu một mình.",
    "toi_pham": "Tìm chỗ an toàn trước, không đối đầu. Nói nhỏ cũng được, cho công an biết bạn đang ở đâu.",
    "tre_em": "Giữ cháu ở nơi an toàn và ở bên cháu nếu được. Tổng đài nghe máy cả ngày đêm.",
    "lua_tien": (
        "Dừng chuyển tiền, cúp máy ngay. Đã chuyển rồi thì gọi liền tổng đài ngân hàng (số in sau thẻ) nhờ chặn lại. "
        "Công an thật không gọi điện đòi chuyển tiền, không hỏi mã OTP."
    ),
    "tung_anh": (
        "Đừng gửi thêm ảnh, đừng chuyển tiền. Giữ lại tin nhắn, chụp màn hình làm chứng rồi báo công an. "
        "Chưa đủ 16 tuổi thì gọi cả tổng đài bảo vệ trẻ em."
    ),
    "bo_roi": "Nói rõ người ấy bao nhiêu tuổi, mặc gì, thấy lần cuối ở đâu. Không cần chờ đủ 24 giờ mới báo.",
}
URGENT_ABROAD = (
    "Ghi lại tên người bị giữ, chỗ bị giữ, các số đã liên lạc; báo cả công an xã, phường nơi bạn ở. "
    "Chưa hỏi công an thì khoan chuyển tiền. Người đang ở bên ấy thì gọi cảnh sát và đại sứ quán Việt Nam ở nước đó."
)
URGENT_NAMES = {
    "Cảnh sát (công an) phản ứng nhanh": "công an",
    "Cảnh sát phòng cháy, chữa cháy và cứu nạn, cứu hộ": "cứu hỏa, cứu nạn",
    "Cấp cứu y tế": "cấp cứu",
    "Ngôi nhà bình yên (Hội LHPN Việt Nam)": "tư vấn, nơi tạm lánh cho phụ nữ",
    "Bảo hộ công dân Việt Nam ở nước ngoài": "bảo hộ công dân Việt Nam",
    "Đường dây nóng phòng, chống mua bán người": "chống mua bán người",
    "Tổng đài sự cố, thiên tai, tìm kiếm cứu nạn (phòng thủ dân sự)": "cứu nạn, thiên tai",
    "Tổng đài điện thoại quốc gia bảo vệ trẻ em": "bảo vệ trẻ em",
}
SPAM = "Mình chỉ giúp được việc về thủ tục hành chính, đường dây nóng và dịch vụ công. Bạn cần hỏi gì về các việc đó?"
TELL_MORE = (
    "Mình chưa rõ bạn cần gì. Bạn kể thêm giúp mình: việc gì, giấy tờ gì, ở đâu? "
    "Nếu muốn góp ý, phản ánh, bạn gõ /gopy."
)
NUMBER_UNKNOWN = (
    "Mình chưa có số đã kiểm chứng của nơi này nên không đưa số nào. "
    "Bạn xem số chính thức ở bảng niêm yết tại trụ sở hoặc trang thông tin điện tử của chính cơ quan đó."
)
PLACE_MERGED = "{place} ngày nay gồm các tỉnh, thành cũ: {olds}, sáp nhập từ ngày {since}. Cấp huyện không còn."
DISTRICTS_GONE = (
    "Từ ngày 01/07/2025 không còn cấp huyện (quận, huyện, thị xã). "
    "Việc của dân nay làm ở xã, phường hoặc ở cấp tỉnh; bạn hỏi tên việc, mình chỉ đúng nơi nộp."
)
DISTRICT_COURTS_GONE = (
    "Từ ngày 01/07/2025 không còn cấp huyện; tòa án, viện kiểm sát, thi hành án của huyện nay do cơ quan khu vực "
    "hoặc cấp tỉnh làm. Mình chưa có địa chỉ từng nơi: bạn hỏi UBND xã, phường hoặc {hotline}."
)
