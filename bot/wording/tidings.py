"""What the house tells of its own accord: reminders to officers, and answers to what was asked in vain."""

from __future__ import annotations

from bot.wording.citizens import US_FIRST, YOU

# --- to officers -----------------------------------------------------------------------------------------------------

REPORT_DUE = "Còn {days} ngày đến hạn báo cáo ({day}): {what}. Nơi nhận: {to}."
REPORT_TODAY = "Hôm nay ({day}) là hạn báo cáo: {what}. Nơi nhận: {to}."
REPORT_LATE = "Đã quá hạn báo cáo {days} ngày ({day}): {what}. Nơi nhận: {to}."
REPORT_SUGGESTED = "Kế hoạch không ghi ngày cụ thể; ngày này tính theo kỳ chốt số liệu của Nhà nước."
RECEIVER_UNKNOWN = "kế hoạch không nêu"
SUCCEEDED = "{to} (nay là {successor})"
TASK_DUE = "Còn {days} ngày đến hạn nhiệm vụ {task} ({day}): {what}."
TASK_TODAY = "Hôm nay ({day}) là hạn nhiệm vụ {task}: {what}."
TASK_LATE = "Nhiệm vụ {task} đã quá hạn {days} ngày ({day}): {what}."
OF_PLAN = "Theo {plan}."

# --- to citizens -----------------------------------------------------------------------------------------------------

NOW_KNOWN = (
    f"Lần trước {YOU} hỏi “{{question}}” mà chưa có câu trả lời. Nay đã có thông tin, {YOU} bấm nút dưới để xem."
)
NOW_KNOWN_BUTTON = "Xem trả lời"
NO_MORE = f"{US_FIRST} báo tin này một lần, không nhắn thêm."

# --- to officers, on remedies for what was asked in vain -------------------------------------------------------------

BAD_PROPOSALS = {
    "questions": "Chọn ít nhất một câu hỏi còn mở, mỗi câu ngắn dưới 200 chữ cái.",
    "personal": "Câu hỏi có thông tin riêng. Bạn viết lại câu không có tên, số điện thoại, số giấy tờ.",
    "secret": "Câu này nói về tố cáo, khiếu nại hoặc bí mật nên không đưa vào nội dung hỏi đáp.",
    "record": "Không có bản ghi này. Bạn chọn một bản ghi trong danh sách.",
    "answer": "Cần tiêu đề một dòng và câu trả lời dưới 2.000 chữ cái.",
    "source": "Cần ghi nguồn của câu trả lời: văn bản hoặc cơ quan; địa chỉ trang bắt đầu bằng https://.",
}
