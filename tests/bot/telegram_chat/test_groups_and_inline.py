"""Groups, inline mode, the profile: what stands beside a private talk."""

from __future__ import annotations

import time

from tests.telegram.double import BOT, Double
from tests.telegram.process import Bot

GROUP, PERSON = -100900, 77
NAME = f"@{BOT['username']}"


def test_in_a_group_only_what_is_addressed_is_answered(double: Double, bot: Bot) -> None:
    double.chat(GROUP, "Tổ dân phố 5", "supergroup")
    double.say(GROUP, "làm giấy khai sinh cần giấy tờ gì", sender=PERSON)
    double.say(GROUP, f"{NAME} làm giấy khai sinh cần giấy tờ gì", sender=PERSON)
    double.wait(lambda: double.texts(GROUP))
    time.sleep(0.5)
    assert len(double.texts(GROUP)) == 1
    assert "khai sinh" in double.texts(GROUP)[0].lower()


def test_a_reply_to_the_bot_is_a_follow_up(double: Double, bot: Bot) -> None:
    double.chat(GROUP, "Tổ dân phố 5", "supergroup")
    double.say(GROUP, f"{NAME} làm giấy khai sinh cần giấy tờ gì", sender=PERSON)
    double.wait(lambda: double.texts(GROUP))
    first = double.chats[GROUP].from_bot[0]["message_id"]
    double.say(GROUP, "mất bao lâu", sender=PERSON, reply_to=first)
    double.wait(lambda: len(double.texts(GROUP)) > 1)
    assert "Thời hạn" in double.texts(GROUP)[1]


def test_no_petition_is_begun_or_shown_in_a_group(double: Double, bot: Bot) -> None:
    double.chat(GROUP, "Tổ dân phố 5", "supergroup")
    for text in ("/gopy đường hư quá", f"{NAME} tôi muốn phản ánh cán bộ xã nạt nộ dân"):
        before = len(double.texts(GROUP))
        double.say(GROUP, text, sender=PERSON)
        double.wait(lambda: len(double.texts(GROUP)) > before)  # noqa: B023
        assert "riêng" in double.texts(GROUP)[-1]


def test_inline_mode_gives_cards_that_can_be_sent(double: Double, bot: Bot) -> None:
    query = double.inline(PERSON, "khai sinh")
    double.wait(lambda: query in double.answers)
    results = double.answers[query]["results"]
    assert any("khai sinh" in r["title"].lower() for r in results)
    empty = double.inline(PERSON, "")
    double.wait(lambda: empty in double.answers)
    assert double.answers[empty]["results"] == []


def test_the_profile_is_set_at_the_start(double: Double, bot: Bot) -> None:
    double.wait(lambda: "short_description" in double.profile)
    private = next(v for k, v in double.commands.items() if "all_private_chats" in k)
    group = next(v for k, v in double.commands.items() if "all_group_chats" in k)
    assert {"linhvuc", "gopy", "xoadulieu"} <= {c["command"] for c in private}
    assert "xoadulieu" not in {c["command"] for c in group}


def test_everyone_in_a_group_has_a_thread_of_their_own(double: Double, bot: Bot) -> None:
    double.chat(GROUP, "Tổ dân phố 5", "supergroup")
    double.say(GROUP, f"{NAME} làm giấy khai sinh cần giấy tờ gì", sender=PERSON)
    double.wait(lambda: len(double.texts(GROUP)) == 1)
    double.say(GROUP, f"{NAME} lệ phí bao nhiêu", sender=PERSON + 1)
    double.wait(lambda: len(double.texts(GROUP)) == 2)
    assert "Đăng ký khai sinh" not in double.texts(GROUP)[1]
