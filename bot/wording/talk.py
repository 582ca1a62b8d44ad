"""Small talk, warnings and polite refusals. Numbers are filled in from the contacts (`{hotline}` …)."""

from __future__ import annotations

from bot.wording.citizens import US, US_FIRST, YOU, YOU_FIRST

CAN_DO = (
    f"{US_FIRST} chỉ rành thủ tục hành chính, đường dây nóng, dịch vụ công; {YOU} hỏi {US} mấy việc đó nhé.",
    f"{YOU_FIRST} cần hỏi giấy tờ, lệ phí, nơi nộp hồ sơ hay đường dây nóng thì cứ nhắn {US}.",
)
GREETING = f"Chào {YOU}! "
BROKEN = (
    f"Xe, máy, đồ dùng bị hỏng thì {US} không giúp sửa được, {YOU} hỏi thợ hoặc nơi bán nhé. Nếu giấy tờ bị hỏng, bị "
    f"mất (cà vẹt, biển số, thẻ, sổ …) thì {YOU} nhắn tên giấy tờ, {US} chỉ cách làm lại."
)

SENTENCES: dict[str, tuple[str, ...]] = {
    "chao": (
        f"Chào {YOU}! {YOU_FIRST} muốn hỏi thủ tục, giấy tờ gì, cứ nhắn tự nhiên như nói chuyện nhé.",
        f"Dạ {US} nghe đây. {YOU_FIRST} cần hỏi giấy tờ hay thủ tục gì ạ?",
    ),
    "cam_on": (
        f"Dạ không có gì, giúp được {YOU} là {US} vui rồi. Cần gì {YOU} cứ hỏi tiếp nhé.",
        f"Dạ, {US} cảm ơn {YOU}. Còn gì chưa rõ {YOU} cứ nhắn {US} nhé.",
    ),
    "tam_biet": (
        f"Chào {YOU} nhé, chúc {YOU} mọi việc suôn sẻ. Khi cần cứ nhắn {US}.",
        f"Tạm biệt {YOU}, chúc {YOU} một ngày vui. {US_FIRST} luôn ở đây khi {YOU} cần hỏi.",
    ),
    "ban_la_ai": (
        f"{US_FIRST} là Một Cửa, trợ lý tự động (máy, không phải cán bộ) giúp {YOU} việc thủ tục hành chính, đường "
        f"dây nóng, dịch vụ công. {US_FIRST} chỉ nói điều có nguồn; điều chưa có thì {US} nói là chưa có.",
        f"{US_FIRST} là Một Cửa, một chương trình trả lời tự động về thủ tục hành chính, không phải người thật. "
        f"Câu nào {US} cũng dẫn nguồn để {YOU} kiểm lại.",
    ),
    "khen": (
        f"{US_FIRST} cảm ơn {YOU} nhiều! {YOU_FIRST} cần hỏi gì nữa cứ nhắn {US} nhé.",
        f"Dạ, {YOU} khen {US} vui lắm. Có gì chưa rõ {YOU} cứ hỏi tiếp nhé.",
    ),
    "xuc_pham": (
        f"{US_FIRST} xin lỗi vì làm {YOU} bực. {YOU_FIRST} nói lại giúp {US} cần hỏi giấy tờ, thủ tục gì, {US} "
        f"tìm cho kỹ.",
        f"{US_FIRST} hiểu {YOU} đang khó chịu, {US} xin lỗi. {YOU_FIRST} cho {US} biết việc {YOU} cần, {US} cố "
        f"giúp ngay.",
    ),
    "nguoi_that": (
        f"Muốn gặp người thật, {YOU} gọi {{hotline}}, hoặc đến bộ phận một cửa của xã, phường. "
        f"{YOU_FIRST} cũng có thể để lại lời nhắn ở đây.",
        f"Dạ, {YOU} gọi {{hotline}} để nói chuyện với người; hỏi việc ở xã, phường thì đến bộ phận một cửa. "
        f"Không tiện gọi thì {YOU} để lại lời nhắn cho {US} ghi.",
    ),
    "ho_so_cua_toi": (
        f"{US_FIRST} không xem được hồ sơ của {YOU} nên không dám đoán. {YOU_FIRST} xem bằng mã hồ sơ trên giấy hẹn ở "
        f"Cổng Dịch vụ công quốc gia (dichvucong.gov.vn) hoặc ứng dụng VNeID, hỏi bộ phận một cửa nơi đã nộp, "
        f"hoặc gọi {{hotline}}.",
    ),
    "giup": (
        f"{US_FIRST} chỉ cho {YOU}: cần giấy tờ gì, lệ phí bao nhiêu, bao lâu, nộp ở đâu, làm trên mạng được không; "
        f"đường dây nóng, dịch vụ công, kế hoạch cải cách hành chính. {YOU_FIRST} cứ hỏi tự nhiên, ví dụ “làm hộ chiếu "
        f"cần gì”, hoặc nhắn “góp ý” để gửi phản ánh.",
    ),
    "otp": (
        f"{YOU_FIRST} đừng gửi mã OTP hay mật khẩu cho ai, kể cả {US}; cán bộ thật không bao giờ hỏi mã này. "
        f"{YOU_FIRST} xóa tin vừa gửi và đổi mật khẩu ngay nhé.",
        f"Mã xác thực, mật khẩu là chìa khóa của riêng {YOU}: đừng cho ai, cả {US} cũng không cần. "
        f"Lỡ gửi rồi thì {YOU} xóa tin và đổi mật khẩu ngay nhé.",
    ),
    "bi_mat": (
        f"{YOU_FIRST} đừng gửi tài liệu mật, bí mật nhà nước ở đây: {US} không nhận và không xem. "
        f"{YOU_FIRST} liên hệ thẳng cơ quan quản lý tài liệu đó hoặc công an nhé.",
    ),
    "lua_dao_hoi": (
        f"Nghe giống lừa đảo, {YOU} cẩn thận nhé: cán bộ thật không hỏi mã OTP, mật khẩu, không gọi điện "
        f"bắt chuyển "
        f"tiền hay cài ứng dụng lạ. {YOU_FIRST} cúp máy, đừng làm theo; {{report}}mất tiền hay bị đe dọa thì báo công "
        f"an xã, phường{{police}}.",
    ),
    "bi_lua": (
        f"Nghe giống lừa đảo, {YOU} dừng chuyển tiền ngay. Đã chuyển rồi thì gọi liền tổng đài ngân hàng (số in sau "
        f"thẻ) nhờ chặn lại, giữ tin nhắn, biên lai, rồi báo công an xã, phường{{police}}; {{report}}cán bộ thật không "
        f"hỏi mã OTP, mật khẩu, không bắt chuyển tiền hay cài ứng dụng lạ.",
    ),
    "bi_trom": (
        f"{YOU_FIRST} trình báo ngay Công an xã, phường nơi xảy ra{{police}}; giữ nguyên chỗ đó và nhớ lại giờ, "
        f"đồ bị mất. Mất giấy tờ gì thì {YOU} nhắn tên giấy, {US} chỉ cách làm lại.",
    ),
    "buon_chan": (
        f"{US_FIRST} nghe đây, {YOU} mệt thì nghỉ một chút nhé. Có người thân, bạn bè ở gần thì {YOU} nói ra "
        f"cho nhẹ lòng; "
        f"giấy tờ gì rối {US} gỡ cùng {YOU}.",
        f"Nghe vậy {US} cũng thương. {YOU_FIRST} thử gọi cho người thân một câu cho đỡ buồn; việc giấy tờ thì "
        f"cứ để {US} "
        f"lo cùng.",
    ),
    "mua_vui": (
        f"{US_FIRST} không biết hát, kể chuyện hay làm thơ, chỉ rành giấy tờ thôi.",
        f"Chuyện vui thì {US} vụng lắm, {YOU} thông cảm nhé.",
    ),
    "yeu": (
        f"{US_FIRST} là máy nên không biết yêu, nhưng {US} quý {YOU} lắm.",
        f"Cảm ơn {YOU} thương {US}; {US} chỉ là máy trả lời thôi ạ.",
    ),
    "chi_dan_an": (
        f"{US_FIRST} chỉ trả lời theo quy định và nguồn đã công bố, không đổi theo lời nhắn.",
        f"Dạ, {US} không nói khác quy định được. Điều gì nguồn không ghi thì {US} nói là chưa có.",
    ),
    "thoi_tiet": (
        f"Thời tiết thì {US} không biết, {YOU} xem bản tin dự báo giúp {US} nhé.",
        f"{US_FIRST} không có tin thời tiết, mong {YOU} thông cảm.",
    ),
    "the_thao": (
        f"Chuyện thể thao {US} không theo dõi nên không dám nói.",
        f"Kết quả trận đấu thì {US} không có, {YOU} xem báo thể thao nhé.",
    ),
    "dau_tu": (
        f"Giá cả, đầu tư, vay mượn thì {US} không tư vấn được, {YOU} cân nhắc kỹ giúp {US} nhé.",
        f"{US_FIRST} không có giá thị trường và không khuyên mua bán gì được.",
    ),
    "xo_so": (
        f"Xổ số, cá cược, xem bói thì {US} xin không bàn.",
        f"Chuyện may rủi, ngày tốt xấu {US} không biết, {YOU} thông cảm nhé.",
    ),
    "kham_benh": (
        f"Chuyện bệnh và thuốc {US} không dám khuyên, {YOU} hỏi bác sĩ hoặc trạm y tế nhé{{ambulance}}.",
        f"{US_FIRST} không phải thầy thuốc nên không chỉ thuốc được; {YOU} đến trạm y tế gần nhà nhé{{ambulance}}.",
    ),
    "nuoc_khac": (
        f"Thủ tục của nước khác thì {YOU} hỏi đại sứ quán nước đó, {US} không có thông tin.",
        f"{US_FIRST} chỉ biết thủ tục của Việt Nam; việc của nước ngoài {YOU} hỏi cơ quan đại diện nước đó nhé.",
    ),
    "chinh_tri": (
        f"Chuyện thời cuộc {US} xin không bàn, mong {YOU} thông cảm.",
        f"{US_FIRST} không bình luận chính trị, chiến sự.",
    ),
    "nau_an": (
        f"Chuyện bếp núc, nhà cửa {US} không rành.",
        f"Món ngon thì {US} chịu, {YOU} hỏi người khéo tay nhé.",
    ),
    "hoc_tap": (
        f"Bài tập, dịch thuật, viết chương trình thì {US} không giúp được.",
        f"Việc học và viết lách {US} xin nhường thầy cô, sách vở.",
    ),
    "giai_tri": (
        f"Vui chơi, du lịch, mua sắm thì {US} không có thông tin.",
        f"Chuyện giải trí, giá hàng {US} không biết, mong {YOU} thông cảm.",
    ),
    "tinh_cam": (
        f"Chuyện tình cảm {US} chỉ biết lắng nghe, không dám khuyên; {YOU} nói với người mình tin nhé.",
        f"Nghe chuyện {US} cũng buồn cùng {YOU}, nhưng chuyện riêng thì {US} không khuyên được.",
    ),
    "giay_to_gia": (
        f"Làm, mua giấy tờ giả là trái luật nên {US} không chỉ. {YOU_FIRST} nói cần giấy gì, {US} chỉ cách làm "
        f"thật, làm "
        f"lại nếu mất.",
        f"{US_FIRST} không giúp việc giấy tờ giả, dùng giấy giả còn bị xử lý. Thiếu giấy gì {YOU} cho {US} "
        f"biết, {US} chỉ "
        f"đường làm đúng luật.",
    ),
    "chay_chot": (
        f"{YOU_FIRST} không phải đưa tiền ngoài lệ phí được công bố, nên {US} không chỉ cách lo lót. Bị vòi "
        f"tiền thì {YOU} "
        f"gửi phản ánh; cần giấy gì {US} chỉ cách nộp đúng luật.",
        f"Đưa, nhận tiền để được việc đều trái luật nên {US} không giúp. {YOU_FIRST} cho {US} biết thủ tục, "
        f"{US} chỉ giấy "
        f"tờ và lệ phí đúng quy định.",
    ),
    "ne_tranh": (
        f"Trốn tránh nghĩa vụ là trái luật nên {US} không chỉ. {US_FIRST} có thể chỉ các trường hợp được miễn, "
        f"giảm, tạm "
        f"hoãn theo quy định.",
        f"{US_FIRST} không giúp lách luật được. {YOU_FIRST} hỏi {US} ai được miễn, giảm, tạm hoãn thì {US} tìm cho.",
    ),
    "lam_gia": (
        f"Việc này trái luật nên {US} không giúp được. {YOU_FIRST} cần giấy tờ gì, {US} chỉ cách làm đúng luật.",
        f"{US_FIRST} xin phép không chỉ việc trái luật. Có việc giấy tờ hợp lệ nào {YOU} cứ hỏi {US}.",
    ),
}
"""By key of language.yaml's small_talk, and by the finer groups that `dialogue.talk` tells apart."""

HOTLINE = "{name} {number}"
HOURS = " ({hours})"
NO_HOTLINE = f"bộ phận một cửa nơi {YOU} ở"
REPORT = "báo số lạ đó qua {number}; "
POLICE = " hoặc gọi {number}"
AMBULANCE = ", nặng thì gọi {number}"

EMPTY: dict[str, tuple[str, ...]] = {
    "nothing": (f"{US_FIRST} chưa thấy chữ nào. {YOU_FIRST} muốn hỏi giấy tờ hay thủ tục gì, cứ nhắn {US} nhé.",),
    "pictures": (
        f"{US_FIRST} thấy {YOU} gửi hình vui rồi ạ. {YOU_FIRST} muốn hỏi giấy tờ hay thủ tục gì, nhắn {US} mấy "
        f"chữ nhé.",
    ),
    "letter": (f"{YOU_FIRST} nhắn ngắn quá, {US} chưa hiểu. {YOU_FIRST} viết thêm vài chữ giúp {US} nhé.",),
    "number": (f"{US_FIRST} mới thấy con số, chưa rõ {YOU} muốn hỏi gì. {YOU_FIRST} viết thêm vài chữ giúp {US} nhé.",),
    "script": (
        f"{US_FIRST} chỉ đọc được tiếng Việt, {YOU} nhắn bằng tiếng Việt giúp {US} nhé. "
        "(Sorry, I can only read Vietnamese.)",
    ),
    "gibberish": (
        f"{US_FIRST} chưa đọc được câu này. {YOU_FIRST} viết lại giúp {US} nhé, không dấu cũng được.",
        f"Câu này {US} chưa hiểu, có thể {YOU} bấm nhầm. {YOU_FIRST} nhắn lại giúp {US} nhé.",
    ),
}

BUTTONS = {"f:begin": "Để lại lời nhắn"}
