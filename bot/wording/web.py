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
FOLLOW_LINK = "Theo dõi thay đổi"
CONTEST_LINK = "Thi tìm hiểu"

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
    413: (
        "Tệp gửi lên lớn quá",
        f"{YOU_FIRST} gửi từng tệp một nhé: ảnh, PDF dưới 12 MB, ghi âm dưới 6 MB, phim dưới 20 MB.",
    ),
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

# --- the conversation ------------------------------------------------------------------------------------------------

TALK_TITLE = "Hỏi thủ tục, nghe trả lời ngay"
TALK_LEAD = f"{YOU_FIRST} cứ hỏi bằng lời của mình, có dấu hay không dấu đều được. Mỗi câu trả lời đều có nguồn."
TALK_LOG = "Cuộc trò chuyện"
ASK_LABEL = "Câu hỏi của bạn"
ASK_HINT = "Ví dụ: làm giấy khai sinh cần gì"
SEND = "Gửi"
WAITING = f"{US_FIRST} đang xem…"
NOT_SENT = f"Chưa gửi được. {YOU_FIRST} xem lại mạng rồi thử lại nhé."
EXAMPLES_TITLE = "Nhiều người hỏi"
EXAMPLES = (
    "Làm giấy khai sinh cần gì?",
    "Đổi bằng lái bao nhiêu tiền?",
    "Mất căn cước làm lại mất bao lâu?",
    "Nhà mới sinh em bé thì làm giấy tờ gì?",
)
SPEAKERS = {"ban": YOU_FIRST, "minh": "Một Cửa", "tin": "Tin mới"}
SOURCES = "Các nguồn"
LISTEN, LISTEN_STOP = "Nghe", "Dừng đọc"
LARGE_TYPE = "Chữ to"
RATE_GROUP = "Câu trả lời này có giúp được bạn không?"
RATES = {"fb:up": "Có, câu trả lời tốt", "fb:down": "Chưa, câu trả lời chưa tốt"}
OPTIONS_GROUP = "Chọn nhanh"
WHOLE_PROCEDURE = "Xem trọn thủ tục, in ra giấy"
WHOLE_PLAN = "Xem trọn kế hoạch"
CALL = "Gọi {number} – {name}"
DOWNLOAD_DATA = "Tải dữ liệu của bạn về máy"
ATTACH = "Kèm ảnh, tệp"
ATTACH_HINT = "Ảnh, PDF, ghi âm OGG hoặc phim MP4"
LOCATE = "Kèm vị trí"
LOCATED_NOT = f"Máy chưa cho biết vị trí. {YOU_FIRST} viết tên nơi xảy ra cũng được."
LOCATION_SENT = "📍 Vị trí của tôi"
FILES_ASIDE = (
    f"Ảnh, tệp chỉ dùng khi viết phản ánh, góp ý nên {US} không giữ lại. "
    f"Muốn gửi kèm, {YOU} bấm “Viết góp ý” trước nhé."
)
UNFIT = "{name}: {why}"
CONSENT = (
    f"{US_FIRST} giữ cuộc trò chuyện và câu hỏi đã che số để trả lời {YOU}. Đừng gửi mật khẩu hay mã xác thực. "
    f"{YOU_FIRST} dùng tiếp là đồng ý với"
)
CONSENT_LINK = "cách giữ dữ liệu"
PLACE_TITLE = "Nơi bạn ở"
PLACE_LABEL = "Tỉnh, thành phố"
PLACE_CHOOSE = "Chọn nơi bạn ở"
PLACE_BUTTON = "Nhớ nơi này"
URGENT_TITLE = "Khẩn cấp gọi ngay"
BROWSE_TITLE = "Tìm theo mục"
MORE_TITLE = "Việc khác"
ASIDE = (
    ("/linh-vuc", "Thủ tục theo lĩnh vực"),
    ("/su-kien", "Việc trong đời: sinh, cưới, mất…"),
    ("/duong-day-nong", "Đường dây nóng"),
    ("/dich-vu", "Dịch vụ công trực tuyến"),
    ("/theo-doi", "Theo dõi thay đổi thủ tục"),
)
PETITION_BUTTON = "Gửi phản ánh, góp ý"
TRACK_LINK = "Tra cứu phiếu đã gửi"
FILED_HERE = "Phiếu gần nhất gửi từ trình duyệt này: {code}, lúc {at}. Xem việc đã tới đâu ở trang “Tra cứu phiếu”."
HALF_TOLD = f"{YOU_FIRST} đang viết dở một phiếu. {YOU_FIRST} bấm nút để đi tiếp, hoặc viết tiếp câu trả lời nhé."
LEAVE = "Kết thúc trên máy này"
LEAVE_WHY = f"Dùng máy chung thì {YOU} bấm để người sau không thấy cuộc trò chuyện này."

# --- pages of records ------------------------------------------------------------------------------------------------

FIELDS_TITLE = "Thủ tục theo lĩnh vực"
FIELDS_LEAD = "Hồ sơ, lệ phí, thời hạn, nơi nộp của từng thủ tục, kèm nguồn và ngày hiệu lực."
COUNT = "{count} thủ tục"
FIELD_TITLE = "Thủ tục {field}"
FIELD_DESCRIPTION = "Các thủ tục về {field}: hồ sơ, lệ phí, thời hạn, nơi nộp, có nguồn."
PROCEDURE_DESCRIPTION = "{name}: hồ sơ cần có, lệ phí, thời hạn, nơi nộp, cách nộp trực tuyến, căn cứ pháp lý."
CODE, LEVEL = "Mã", "Cấp"
IN_FORCE, NOT_IN_FORCE = "Đang áp dụng", "Không còn áp dụng"
ONLY_AT = "Thủ tục này chỉ áp dụng tại {place}."
ASK_ABOUT = "Hỏi về thủ tục này"
PRINT = "In trang này"
FORM_LINK = "Tải mẫu"
NOT_PUBLISHED = "Dữ liệu hiện có không công bố."
TO_CHECK_TITLE = "Cần kiểm lại"
NOTES = "Lưu ý"
SOURCE = "Nguồn"
READ_ON = "theo dữ liệu"
NEAR = "Việc liên quan"
EVENT_OF = "Các việc cần làm: {name}"
QR_ALT = "Mã vuông dẫn tới trang này"
PRINTED = "Nội dung theo dữ liệu đang có ngày {day}. Trước khi đi, bạn hỏi lại nơi nhận hồ sơ nếu cần."
EVENTS_TITLE = "Việc trong đời"
EVENTS_LEAD = "Chọn chuyện đang đến với bạn để xem lần lượt cần làm giấy tờ gì."
STEPS_COUNT = "{count} việc"
EVENT_WHAT = "cần làm giấy tờ gì"
EVENT_DESCRIPTION = "{name}: lần lượt cần làm những thủ tục nào, hồ sơ, lệ phí, thời hạn."
EVENT_ORDER = "Thường cần lần lượt làm các việc sau. Bạn chỉ làm những việc đúng với mình."
HOTLINES_TITLE = "Đường dây nóng"
HOTLINES_LEAD = "Số đã kiểm chứng, kèm nguồn. Bấm vào số để gọi."
HOTLINES_OTHERS = "Các đường dây khác"
HOTLINES_WITHOUT = "Nơi chưa có số kiểm chứng"
HOTLINES_WITHOUT_WHY = "Mình không đưa số chưa kiểm chứng; dưới đây là nơi xem số chính thức."
SERVICES_TITLE = "Dịch vụ công trực tuyến"
SERVICES_LEAD = "Cổng, ứng dụng và nhóm dịch vụ làm được trên mạng, cách bắt đầu từng bước."
HOW_TO_START = "Cách bắt đầu"
SERVICE_PROCEDURES = "Thủ tục làm được"
COST = "Chi phí"
PLANS_TITLE = "Kế hoạch tuyên truyền cải cách hành chính"
PLANS_LEAD = "Ai làm việc gì, khi nào xong, sản phẩm là gì, theo từng kế hoạch."
PLAN_DESCRIPTION = "{name} của {issuer}: nhiệm vụ, đơn vị chủ trì, thời hạn, sản phẩm."
YEAR = "Năm"
PAST_PLAN = "Kế hoạch cũ"
PAST_PLAN_NOTE = "Đây là kế hoạch của năm {year}, giữ lại để tra cứu."
SUCCESSORS = "Nơi và cơ quan trong kế hoạch nay đã đổi ({count})"
SUCCESSOR = "{old} nay là {now}"
SINCE = "từ ngày"
TASKS_COUNT = "{count} nhiệm vụ"
NUMBER, DATED, SIGNER = "Số", "ngày", "Người ký:"
PURPOSES, REQUIREMENTS, AUDIENCES = "Mục đích", "Yêu cầu", "Đối tượng"
CONTENTS, CHANNELS, TASKS = "Nội dung tuyên truyền", "Hình thức, kênh", "Nhiệm vụ"
LEAD, COOPERATING, PRODUCT = "Chủ trì", "Phối hợp", "Sản phẩm"
PERIOD, DEADLINE, FREQUENCY = "Thời gian", "Hạn", "Tần suất"
CHANNEL, AUDIENCE, FUNDING, SECTION = "Kênh", "Đối tượng", "Kinh phí", "Mục trong kế hoạch"
REPORTING, CONTACTS, ODDITIES = "Chế độ báo cáo", "Liên hệ", "Điểm cần lưu ý trong văn bản"
SEARCH_TITLE = "Tìm"
SEARCH_NOTHING = "Mình chưa thấy mục nào gần với điều bạn tìm. Bạn thử viết thành một câu hỏi nhé."
SEARCH_ASK = "Hỏi Một Cửa câu này"

# --- petitions and one's data ----------------------------------------------------------------------------------------

TRACKING_TITLE = "Tra cứu phiếu"
TRACKING_LEAD = "Nhập mã phiếu và mã riêng đã nhận khi gửi để xem việc đã tới đâu."
TRACKING_CODE = "Mã phiếu"
TRACKING_SECRET = "Mã riêng"
TRACKING_SECRET_HINT = "Tám chữ, dạng ABCD-EFGH. Gửi từ chính trình duyệt này thì không cần."
TRACKING_BUTTON = "Xem phiếu"
TRACKING_OWN = "Phiếu gửi từ trình duyệt này"
NOT_FOUND = (
    f"{US_FIRST} không tìm thấy phiếu với mã này. {YOU_FIRST} xem lại mã phiếu (dạng PA-năm-số) và mã riêng; "
    "gửi ở cổng quốc gia thì tra tại pakn.dichvucong.gov.vn."
)
FILED_ON = "gửi ngày"
PETITION = "Phiếu"
STEPS = "Diễn biến"
PUBLISHED_TITLE = "Phản ánh đã trả lời"
PUBLISHED_LEAD = "Những phản ánh, kiến nghị đã có trả lời và được đăng công khai, không kèm tên người gửi."
PUBLISHED_COUNT = "Có {count} phản ánh."
PUBLISHED_NONE = "Chưa có phản ánh nào được đăng."
FIELD, PLACE, ALL, FILTER = "Lĩnh vực", "Nơi", "Tất cả", "Lọc"
ANSWER, ANSWERED_ON = "Trả lời", "trả lời ngày"
PRIVACY_TITLE = "Quyền riêng tư"
PRIVACY_LEAD = "Trang này giữ gì về bạn, để làm gì, trong bao lâu, và bạn có quyền gì."

# --- the API ---------------------------------------------------------------------------------------------------------

API_TITLE = "Một Cửa"
API_ABOUT = (
    "Hỏi đáp thủ tục hành chính, danh mục thủ tục, kế hoạch, đường dây nóng, dịch vụ công; gửi và tra cứu phản ánh. "
    "Trường rỗng nghĩa là dữ liệu hiện có không công bố."
)
API_KEY = "Khóa do người quản trị cấp bằng lệnh: .venv/bin/python -m bot key add TÊN"
API_OK = "Được"
API_NO_KEY = ("Thiếu khóa hoặc khóa sai", "Gửi kèm đầu mục Authorization: Bearer <khóa>.")
API_NOTHING = ("Không có mục này", "Không có bản ghi nào mang mã hay khóa đó ở đây.")
API_UNFIT = "Yêu cầu chưa đúng"
API_TURNED_AWAY = "Không ghi thành phản ánh được"
API_REPEATABLE = (
    "Tên do hệ thống gọi tự đặt cho lần gửi này (ví dụ một UUID). Đứt mạng, chưa nhận được trả lời thì gửi lại đúng "
    "thân cũ với đúng tên ấy: không sinh phiếu thứ hai, nhận lại đúng phiếu, đúng mã tra cứu như lần đầu. Giữ ít nhất "
    "24 giờ, riêng từng khóa API. Cùng tên mà thân khác: 422. Lần gửi bị từ chối (422) không giữ tên: sửa rồi gửi lại."
)
API_REQUEST_NAME = "Idempotency-Key: cần 1 đến 255 ký tự ASCII không có dấu cách"
API_OTHER_BODY = (
    "Idempotency-Key này đã dùng cho một lần gửi khác",
    "Thân yêu cầu khác lần trước. Gửi phiếu mới thì đặt tên mới; gửi lại thì gửi đúng thân cũ.",
)
API_EMPTY = "text hoặc choice: cần một trong hai"
API_CONSENT = "consent: người gửi phải đồng ý"
API_NUMBER = "offset, limit: cần số nguyên trong khoảng cho phép"
API_OBJECT = "(thân): cần một đối tượng JSON"
API_TYPE = "{name}: cần kiểu {kind}"
API_LETTERS = "{name}: có ký tự không dùng được"
API_ENUM = "{name}: cần một trong các giá trị {values}"
API_LONG = "{name}: dài quá, nhiều nhất {most} ký tự"
API_PATTERN = "{name}: cần khớp {pattern}"

# --- the frame on other sites ----------------------------------------------------------------------------------------

OPEN_WHOLE = "Mở trang hỏi đáp đầy đủ"
CLOSE = "Đóng"
DEMO_TITLE = "Đặt Một Cửa lên trang của cơ quan"
DEMO_LEAD = "Chép dòng dưới đây vào cuối trang. Nút hỏi đáp và góp ý hiện ở góc phải, như ở trang này."
DEMO_ALLOW = "Người quản trị ghi tên trang được phép vào cấu hình; nhiều trang thì cách nhau bằng dấu chấm phẩy."
DEMO_MORE = "Muốn đổi chữ và màu của nút:"
