"""What is said of quizzes, contests and surveys: to who plays, and to officers who make them."""

from __future__ import annotations

from collections.abc import Mapping

from bot.wording.citizens import US, US_FIRST, YOU, YOU_FIRST

# --- in general ------------------------------------------------------------------------------------------------------

TITLE = "Thi tìm hiểu"
LEAD = "Câu hỏi ngắn về thủ tục hành chính và cải cách hành chính. Câu nào cũng có nguồn."
SURVEY = "Khảo sát hiểu biết của cán bộ"
PRACTICE = "Luyện tập"
PRACTICE_LEAD = f"{YOU_FIRST} làm lúc nào cũng được, không tính điểm, sai thì biết ngay câu đúng."
SOURCE = "Nguồn: {source}."
LETTERS = "ABCDEFGH"
PHASES: Mapping[str, str] = {
    "nhap": "Bản nháp",
    "sap_mo": "Sắp mở",
    "dang_mo": "Đang mở",
    "da_het": "Đã kết thúc",
}
PERIOD = "Từ {opens} đến {closes}"
NO_CONTEST = "Hiện chưa có cuộc thi nào."
NO_QUESTION = f"Hiện chưa có câu hỏi để luyện. {YOU_FIRST} quay lại sau nhé."
UNNAMED = "Ẩn tên"
YOURS = YOU
QUESTIONS = "{count} câu hỏi"
PLAYERS = "{count} người đã tham gia"

# --- the rules, in the order in which they are told ------------------------------------------------------------------

RULES_TITLE = "Thể lệ"
RULE_COUNT = "Có {count} câu, mỗi câu {points} điểm."
RULE_ONE_TRY = "Mỗi người thi một lần."
RULE_TRIES = "Mỗi người thi tối đa {count} lần, tính lần điểm cao nhất."
RULE_BEST = "Thi bao nhiêu lần cũng được, tính lần điểm cao nhất."
RULE_SECONDS = "Mỗi câu có {count} giây, tính từ lúc câu hỏi đến máy của bạn. Trả lời trễ là sai."
RULE_NO_LIMIT = "Không giới hạn giờ cho từng câu."
RULE_TIES: Mapping[str, str] = {
    "thoi_gian": "ai làm tổng cộng ít giây hơn xếp trên",
    "som_hon": "ai làm xong sớm hơn xếp trên",
}
RULE_TIE = "Bằng điểm thì {ties}; vẫn bằng thì đồng hạng."
RULE_THEN = ", rồi đến "
RULE_PASS = "Đúng từ {count} câu thì được giấy chứng nhận."
RULE_MIXED = "Thứ tự câu hỏi và đáp án của mỗi người khác nhau."
RULE_RESUME = "Đang làm mà mất mạng thì mở lại, làm tiếp từ câu đang dở. Đáp án đã gửi không đổi được."
RULE_NAMES = "Tên chỉ lên bảng xếp hạng khi bạn đồng ý."
RULE_WITHDRAWN = "Câu nào nay không còn đúng với quy định thì bỏ ra, không tính cho ai."

# --- joining ---------------------------------------------------------------------------------------------------------

BEGIN = "Bắt đầu"
GO_ON = "Làm tiếp"
AGAIN = "Thi lại"
NAME_ASK = (
    f"Bảng xếp hạng công khai ghi tên {YOU} thế nào? {YOU_FIRST} chọn một cách; không chọn hiện tên thì {US} ẩn tên."
)
NAME_SHOW = "Hiện tên {name}"
NAME_NICK = "Đặt tên khác"
NAME_HIDE = "Ẩn tên"
NICK_ASK = f"{YOU_FIRST} gõ tên muốn hiện, tối đa 40 chữ. Không ghi số điện thoại, số giấy tờ nhé."
NICK_BAD = f"Tên này {US} chưa dùng được. {YOU_FIRST} gõ tên khác giúp {US}."
NAME_LABEL = "Tên hoặc biệt danh"
NAME_CONSENT = "Tôi đồng ý hiện tên này trên bảng xếp hạng công khai"
NAME_HINT = "Để trống cũng được. Không ghi số điện thoại, số giấy tờ."
KEPT = f"{US_FIRST} giữ đáp án và giờ trả lời để chấm điểm. Gõ /xoadulieu là tên và liên hệ với {YOU} được xóa."
KEPT_WEB = (
    f"{US_FIRST} giữ đáp án và giờ trả lời để chấm điểm. {YOU_FIRST} xóa được bất cứ lúc nào ở mục Quyền riêng tư."
)

# --- playing ---------------------------------------------------------------------------------------------------------

NUMBER = "Câu {number}/{total}"
SECONDS_LEFT = "Có {count} giây."
TAKEN = "Đã ghi nhận."
TAKEN_OPTION = "{taken} {you} chọn: {option}"
LATE = "Câu vừa rồi quá giờ nên tính là sai."
REPEATED = f"Câu này {YOU} đã trả lời rồi."
GONE = f"Nút này không còn dùng được. {YOU_FIRST} gõ /cuocthi để mở lại nhé."
NOT_OPEN: Mapping[str, str] = {
    "sap_mo": "Cuộc thi chưa mở. {opens} mở.",
    "da_het": "Cuộc thi đã kết thúc.",
}
NO_TRY_LEFT = f"{YOU_FIRST} đã hết lượt thi."
FINISHED = f"{YOU_FIRST} làm xong rồi, đúng {{right}}/{{total}} câu."
FINISHED_POINTS = "{points} điểm, tổng cộng {seconds} giây."
FINISHED_LATE = "{count} câu trả lời trễ."
TRIES_LEFT = "Còn {count} lượt."
EARNED = f"{YOU_FIRST} đủ điều kiện nhận giấy chứng nhận."
AFTERWARDS = "Đáp án có sau khi cuộc thi kết thúc."
BEST = "Kết quả: đúng {right}/{total} câu."
CHOOSE_ANSWER = "Chọn một đáp án"
ANSWER = "Trả lời"
NOT_CHOSEN = f"{YOU_FIRST} chọn một đáp án rồi bấm Trả lời nhé."

# --- the list, the review, the certificate ---------------------------------------------------------------------------

BOARD = "Bảng xếp hạng"
BOARD_ROW = "{number}. {name}: {points} điểm, {seconds} giây"
BOARD_EMPTY = "Chưa có ai trong bảng."
BOARD_MINE = f"Hạng của {YOU}: {{number}}/{{players}}."
BOARD_PRIVATE = "Cuộc thi này không công khai bảng xếp hạng."
REVIEW = "Xem lại đáp án"
REVIEW_RIGHT = "Đáp án đúng: {option}"
REVIEW_GIVEN = f"{YOU_FIRST} chọn: {{option}}"
REVIEW_NONE = f"{YOU_FIRST} chưa trả lời câu này."
REVIEW_WITHDRAWN = "Câu này đã bỏ ra, không tính cho ai."
CERTIFICATE = "Giấy chứng nhận"
CERTIFICATE_NAME_ASK = f"{YOU_FIRST} gõ họ tên để in trên giấy chứng nhận."
CERTIFICATE_NAME_LABEL = "Họ tên in trên giấy"
CERTIFICATE_SENT = "Giấy chứng nhận của {name}."
CERTIFICATE_FILE = "giay-chung-nhan.pdf"
CERTIFICATE_HEAD = "GIẤY CHỨNG NHẬN"
CERTIFICATE_GIVEN = "chứng nhận"
CERTIFICATE_FOR = "đã hoàn thành cuộc thi"
CERTIFICATE_FOR_SURVEY = "đã hoàn thành bài khảo sát"
CERTIFICATE_SCORE = "Trả lời đúng {right} trên {total} câu hỏi"
CERTIFICATE_PLACE = "và đạt hạng {place}"
CERTIFICATE_DAY = "Ngày {day} tháng {month} năm {year}"
CERTIFICATE_NUMBER = "Số {number}"
CERTIFICATE_LOOK = "Quét mã để xem cuộc thi"
CERTIFICATE_ORGANISER = "Đơn vị tổ chức"
BUTTON_CERTIFICATE = "Nhận giấy chứng nhận"

# --- practice --------------------------------------------------------------------------------------------------------

RIGHT = "✅ Đúng rồi!"
WRONG = "❌ Chưa đúng."
RIGHT_IS = "Đáp án đúng: {option}"
GIVEN = f"{YOU_FIRST} chọn: {{option}}"
NEXT = "Câu nữa"
STOP = "Thôi"
ALL_TOPICS = "Mọi chủ đề"
TOPIC = "Chủ đề"

# --- Telegram --------------------------------------------------------------------------------------------------------

COMMAND = "Thi tìm hiểu, luyện tập"
OFFICER_COMMANDS: Mapping[str, str] = {"dovui": "Đăng câu đố vui", "dungdovui": "Kết thúc câu đố vui"}
OPEN_ONES = f"{TITLE}. {LEAD}"
CONTEST_LINE = "{title}: {phase}, {questions}"
POLL_NONE = "Chưa có câu hỏi đã duyệt nào vừa với câu đố của Telegram."
POLL_NOT_HERE = "Nhóm này không có câu đố nào đang mở."
POLL_TALLY = "Câu đố đã đóng: {votes} người trả lời, {right} người đúng."
POLL_RIGHTS = "Chỉ lãnh đạo và quản trị đăng câu đố trong nhóm."
NOT_INVITED = f"Bài khảo sát này không dành cho {YOU}, hoặc đường dẫn đã có người khác dùng."
LINK_GONE = "Đường dẫn này không còn dùng được. Bạn xin đường dẫn mới từ người tổ chức nhé."

# --- the web ---------------------------------------------------------------------------------------------------------

ALL_CONTESTS = "Các cuộc thi"
TO_PRACTICE = "Luyện tập ngay"
SURVEY_LEAD = f"Bài này chỉ dành cho {YOU}. Đường dẫn chỉ dùng trên một máy; mở lại ở đây để làm tiếp."
SURVEY_NOT_GRADED = "Kết quả dùng để biết chỗ nào cần tập huấn thêm, không dùng để xếp loại thi đua."
TRUE_TIME = "Đồng hồ tính từ lúc trang này hiện ra."
RIGHT_COUNT = "đúng {right}/{total}"
SECONDS = "{count} giây"

# --- officers at the console -----------------------------------------------------------------------------------------

STAGES: Mapping[str, str] = {
    "nhap": "Nháp, chờ duyệt",
    "da_duyet": "Đã duyệt",
    "khong_con_dung": "Không còn đúng",
    "bo": "Đã bỏ",
}
KINDS: Mapping[str, str] = {"thi": "Cuộc thi", "khao_sat": "Khảo sát cán bộ"}
COUNTS: Mapping[str, str] = {"mot_lan": "Một lần", "lan_tot_nhat": "Lấy lần tốt nhất"}
TIES: Mapping[str, str] = {
    "thoi_gian,som_hon": "Nhanh hơn, rồi xong sớm hơn",
    "som_hon": "Xong sớm hơn",
    "thoi_gian": "Nhanh hơn",
    "": "Không phân định, cho đồng hạng",
}
BAD_CONTEST: Mapping[str, str] = {
    "title": "Cần tên cuộc thi (tối đa 120 chữ); phần giới thiệu tối đa 3.000 chữ.",
    "period": "Ngày giờ kết thúc phải sau lúc mở, và cuộc thi dài nhất một năm.",
    "numbers": "Giờ cho mỗi câu từ 0 đến 600 giây, số lượt từ 0 đến 20, điểm mỗi câu từ 1 đến 100.",
    "pass_mark": "Số câu đúng để được giấy chứng nhận không được quá số câu hỏi.",
    "units": "Có đơn vị không còn trong danh sách.",
    "published": "Cuộc thi đã đăng, không đổi câu hỏi được nữa.",
    "too_many": "Một cuộc thi có tối đa 100 câu.",
    "questions": "Chưa chọn câu hỏi nào.",
    "question_gone": "Có câu hỏi vừa bị sửa, bị bỏ hoặc không còn đúng với bản ghi. Chọn lại câu hỏi rồi đăng.",
    "over": "Thời gian kết thúc đã qua.",
    "kind": "Chỉ khảo sát mới có đường dẫn riêng.",
}
BAD_QUESTION = "Chưa ghi được câu hỏi: {why}"
BAD_QUESTIONS: Mapping[str, str] = {
    "too_long": "câu hỏi và nguồn tối đa 300 chữ.",
    "option_too_long": "mỗi đáp án tối đa 100 chữ, nhiều nhất 6 đáp án.",
    "about": "không có bản ghi mang mã này.",
    "a question needs a text and a source": "cần câu hỏi và nguồn.",
    "a question needs two or more options, none empty, none twice": "cần ít nhất hai đáp án, không trùng nhau.",
}
BAD_QUESTION_OTHER = "chưa chọn đáp án đúng."
NO_UNIT = "Không thuộc đơn vị nào"
ASPECTS: Mapping[str, str] = {"cau_rieng": "tự soạn", "chu_tri": "kế hoạch", "thoi_han": "thời hạn"}

# --- one's own data --------------------------------------------------------------------------------------------------

OWN_NOTHING = "không trả lời"

# --- what came of a form, and what was done, at the console ----------------------------------------------------------

NEWS = {
    "quiz_drafted": "Đã soạn nháp.",
    "quiz_approved": "Đã duyệt.",
    "quiz_dropped": "Đã bỏ. Câu đang dùng trong cuộc thi thì không tính cho ai.",
    "quiz_written": "Đã ghi câu hỏi. Bạn duyệt thì mới dùng được.",
    "quiz_poll": "Câu đố đang được gửi vào nhóm.",
    "quiz_poll_closed": "Đã đóng câu đố.",
    "quiz_no_group": "Nhóm này chưa đăng câu đố lần nào. Gõ /dovui trong nhóm trước.",
    "quiz_nothing": POLL_NONE,
    "contest_saved": "Đã ghi.",
    "contest_published": "Đã đăng.",
    "contest_stopped": "Đã dừng.",
    "contest_withdrawn": "Đã bỏ câu này ra, không tính cho ai.",
    "contest_hidden": "Đã đổi cách hiện tên.",
}
AUDITS = {
    "quiz_drafted": "soạn câu hỏi thi",
    "quiz_written": "viết câu hỏi thi",
    "quiz_approved": "duyệt câu hỏi thi",
    "quiz_dropped": "bỏ câu hỏi thi",
    "quiz_untrue": "câu hỏi thi không còn đúng",
    "quiz_poll": "đăng câu đố",
    "contest_saved": "sửa cuộc thi",
    "contest_published": "đăng cuộc thi",
    "contest_stopped": "dừng cuộc thi",
    "contest_question_withdrawn": "bỏ câu hỏi khỏi cuộc thi",
    "contest_name_hidden": "ẩn tên người thi",
    "survey_invited": "mời làm khảo sát",
}
