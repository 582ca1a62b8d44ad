"""A contest, a survey, practice and quiz polls over Telegram, with the whole bot; also when it is killed meanwhile."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import sqlite3
import time
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import openpyxl
import pytest

from bot.desk.quizzes import Quizzes, quizzes
from bot.ledger import Officer
from bot.outreach.quiz.contest import Contest, Kind
from bot.outreach.quiz.question import Stage
from bot.outreach.quiz.scoring import Counts
from bot.store.opening import open_store
from knowledge.library import Library
from tests.bot.telegram_chat.test_petitions import join
from tests.conftest import Tally
from tests.telegram.contestants import Crowd
from tests.telegram.double import Double
from tests.telegram.process import Bot

ADMIN, LEAD, OFFICER, GROUP = 701, 702, 703, -100500
LONG = bool(os.environ.get("LONG"))
PLAYERS = 500 if LONG else 24
KILLED = 120 if LONG else 12
COUNT = 20
SEED = 20261121
HOUR = dt.timedelta(hours=1)


@dataclass
class Ground:
    bot: Bot
    desk: Quizzes
    admin: Officer

    @property
    def file(self) -> Path:
        return self.bot.folder / "mot-cua.db"

    def contest(self, count: int, kind: Kind = Kind.CONTEST, **more: object) -> Contest:
        now = dt.datetime.now(dt.UTC)
        made = Contest("", kind, f"Tìm hiểu thủ tục {time.time_ns() % 10**6}", "", now - HOUR, now + 24 * HOUR, "", now)
        made = self.desk.contests.save(self.admin, replace(made, **more))  # type: ignore[arg-type]
        questions = self.desk.questions.listed(self.admin, Stage.REVIEWED)
        self.desk.contests.choose(self.admin, made.id, [q.id for q in questions[:count]])
        return self.desk.contests.publish(self.admin, made.id)

    def crowd(self, contest: Contest, count: int) -> Crowd:
        items = self.desk.contests.one(self.admin, contest.id)[1]
        options = {i.text: len(i.options) for i in items}
        return Crowd(self.bot.double, contest.id, options, count, SEED, {i.text: i.right for i in items})


def ground_of(bot: Bot, library: Library) -> Ground:
    """The officers' side of the bot's own store."""
    store = open_store(f"sqlite:///{bot.folder / 'mot-cua.db'}")
    desk = quizzes(store, lambda: library, lambda: dt.datetime.now(dt.UTC))
    with store.reading() as tx:
        admin = tx.officer_of(f"telegram:{ADMIN}")
    assert admin
    desk.questions.draft(admin, ("Hộ tịch", "Cư trú", "Chứng thực", "Đất đai"), (), 40)
    desk.questions.approve(admin, [q.id for q in desk.questions.listed(admin, Stage.DRAFT)])
    return Ground(bot, desk, admin)


@pytest.fixture(scope="module")
def ground(index: Path, tmp_path_factory: pytest.TempPathFactory, library: Library) -> Iterator[Ground]:
    with Double() as double, Bot(double, tmp_path_factory.mktemp("var"), index, AUTHORITY_NAME="UBND xã") as bot:
        bot.command("unit", "add", "mc", "Bộ phận Một cửa")
        join(bot, ADMIN, "--role", "admin")
        join(bot, LEAD, "--role", "lanh_dao", "--unit", "mc")
        join(bot, OFFICER, "--role", "can_bo", "--unit", "mc")
        yield ground_of(bot, library)


@pytest.fixture
def double(ground: Ground) -> Double:
    return ground.bot.double


def results_by_hand(file: Path, contest: str) -> dict[str, tuple[int, float, int]]:
    """Telegram's number of a player → (right answers, seconds, place), from the bare rows, by rules written anew."""
    with closing(sqlite3.connect(file)) as db:
        rows = db.execute(
            "select p.account, a.option = i.right, a.seconds, e.ended_at from asked a "
            "join entries e on e.id = a.entry join players p on p.id = e.player "
            "join items i on i.contest = e.contest and i.number = a.item where e.contest = ?",
            (contest,),
        ).fetchall()
    found: dict[str, tuple[int, float, str]] = {}
    for account, right, seconds, ended in rows:
        so_far = found.get(account, (0, 0.0, ended))
        found[account] = (so_far[0] + right, so_far[1] + seconds, ended)
    order = sorted(found, key=lambda who: (-found[who][0], round(found[who][1], 3), found[who][2]))
    return {who: (found[who][0], round(found[who][1], 3), order.index(who) + 1) for who in order}


def right_of(text: str) -> tuple[int, int]:
    found = re.search(r"đúng (\d+)/(\d+) câu", text)
    assert found, text
    return int(found[1]), int(found[2])


def check(ground: Ground, crowd: Crowd, contest: Contest, folder: Path) -> None:
    """What each was told, what the books say, the list of places, the spreadsheet: all as reckoned beforehand."""
    by_hand = results_by_hand(ground.file, contest.id)
    results = ground.desk.contests.results(ground.admin, contest.id)
    assert results.answers == len(crowd.people) * COUNT == crowd.presses
    assert len(results.places) == len(by_hand) == len(crowd.people)
    for place in results.places:
        account = results.players[place.player].account
        assert by_hand[account] == (place.score.right, place.score.seconds, place.number)
    for person in crowd.people:
        expected = crowd.expected(person)
        assert right_of(person.finished) == (expected, COUNT)
        assert by_hand[f"telegram:{person.chat}"][0] == expected
    shown = {p.name for p in crowd.people if p.named == "Hiện tên"}
    board = ground.desk.playing.board(contest.id, most=len(crowd.people))
    assert {row.name for row in board.rows} - {""} == shown
    sheet = openpyxl.load_workbook(ground.desk.contests.write_workbook(ground.admin, contest.id, folder / "kq.xlsx"))
    rows = list(sheet["Kết quả từng người"].iter_rows(min_row=5, values_only=True))
    assert sorted(row[3] for row in rows) == sorted(map(crowd.expected, crowd.people))


def test_a_contest_of_twenty_questions_end_to_end(ground: Ground, tmp_path: Path, tally: Tally) -> None:
    contest = ground.contest(COUNT, seconds=600, pass_mark=10)
    crowd = ground.crowd(contest, PLAYERS)
    crowd.begin()
    took = crowd.play()
    check(ground, crowd, contest, tmp_path)
    assert all("not modified" in why for _, why in ground.bot.double.refusals)
    waits = _waits(ground.file, contest.id)
    found = f"khớp hết; {took:.0f} giây; câu kế đến sau {waits[len(waits) // 2]:.1f} giây (trung vị)"
    tally(f"Cuộc thi {COUNT} câu, {PLAYERS} người cùng lúc trên Telegram", PLAYERS * COUNT, found, SEED)


def _waits(file: Path, contest: str) -> list[float]:
    """Seconds from an answer's arrival until the next question was known to have arrived."""
    with closing(sqlite3.connect(file)) as db:
        rows = db.execute(
            "select b.sent_at, a.answered_at from asked a "
            "join asked b on b.entry = a.entry and b.number = a.number + 1 "
            "join entries e on e.id = a.entry where e.contest = ? and b.sent_at is not null",
            (contest,),
        ).fetchall()
    moments = ((dt.datetime.fromisoformat(sent), dt.datetime.fromisoformat(given)) for sent, given in rows)
    return sorted((sent - given).total_seconds() for sent, given in moments)


def test_a_bot_killed_in_the_middle_loses_nothing_and_counts_nothing_twice(
    index: Path, tmp_path: Path, library: Library, tally: Tally
) -> None:
    with Double() as double, Bot(double, tmp_path / "var", index, AUTHORITY_NAME="UBND xã") as bot:
        join(bot, ADMIN, "--role", "admin")
        ground = ground_of(bot, library)
        contest = ground.contest(COUNT, seconds=600)
        crowd = ground.crowd(contest, KILLED)
        crowd.begin()
        kills = 4
        for part in range(1, kills + 1):
            crowd.play(until=KILLED * COUNT * part // (kills + 1))
            bot.kill()
            for person in crowd.people[::5]:  # they go on pressing while the machine is down
                crowd._step(person)
            bot.start()
        crowd.play()
        check(ground, crowd, contest, tmp_path)
        tally(
            f"Cuộc thi {COUNT} câu, {KILLED} người, bot bị giết giữa chừng",
            kills,
            "không mất, không tính hai lần",
            SEED,
        )


def test_somebody_finds_plays_and_reviews_a_contest(ground: Ground, double: Double) -> None:
    contest = ground.contest(3, pass_mark=1, counts=Counts.BEST, tries=2)
    me = 8001
    double.chat(me, "Chị Lan")
    assert contest.title in double.reply(me, "/cuocthi", has="Thi tìm hiểu")
    assert "3 câu, mỗi câu 1 điểm" in double.pressed(me, contest.title, has="Mỗi người thi tối đa 2 lần")
    assert "Chị Lan" in " ".join(_after(double, me, "Bắt đầu", "Bảng xếp hạng công khai"))
    double.pressed(me, "Đặt tên khác", has="tối đa 40 chữ")
    double.reply(me, "Hoa Lan", has="Câu 1/3")
    items = {i.text: i for i in ground.desk.contests.one(ground.admin, contest.id)[1]}
    for number in (2, 3, 0):
        text = double.chats[me].from_bot[-1]["text"]
        item = next(items[t] for t in items if t in text)
        letter = next(line[0] for line in text.split("\n") if line[3:] == item.options[item.right].text)
        double.pressed(me, letter, has=f"Câu {number}/3" if number else "làm xong rồi")
    assert "đúng 3/3" in double.texts(me)[-1] and "Còn 1 lượt" in double.texts(me)[-1]
    assert "Hoa Lan" in double.pressed(me, "Bảng xếp hạng", has="Hạng của bạn: 1/1")
    double.pressed(me, "Nhận giấy chứng nhận", has="Giấy chứng nhận của Hoa Lan")
    document = double.chats[me].from_bot[-1]["document"]
    assert double.files[document["file_id"]].startswith(b"%PDF")
    ground.desk.contests.stop(ground.admin, contest.id)
    double.reply(me, f"/start thi_{contest.id}", has="Đã kết thúc")
    assert "Nguồn: " in double.pressed(me, "Xem lại đáp án", has="Đáp án đúng")


def test_a_survey_opens_for_officers_and_for_who_has_a_link(ground: Ground, double: Double) -> None:
    survey = ground.contest(2, Kind.SURVEY, units=("mc",))
    ((_, token),) = ground.desk.contests.invite(ground.admin, survey.id, [("Bà Ba", "mc")])
    for chat, opening in ((OFFICER, "/cuocthi"), (8101, f"/start ks_{token}")):
        double.chat(chat, f"Người {chat}")
        double.reply(chat, opening, has=survey.title)
        if chat == OFFICER:
            double.pressed(chat, survey.title, has="2 câu")
        double.pressed(chat, "Bắt đầu", has="Câu 1/2")
        double.pressed(chat, "A", has="Câu 2/2")
        double.pressed(chat, "B", has="làm xong rồi")
    double.chat(8102)
    assert "đã có người khác dùng" in double.reply(8102, f"/start ks_{token}")
    assert "không dành cho" in double.reply(8102, f"/start thi_{survey.id}")
    results = ground.desk.contests.results(ground.admin, survey.id)
    assert len(results.places) == 2 and results.answers == 4
    assert {a.unit for a in results.absent} == {"mc"} and len(results.absent) == 1


def test_practice_tells_at_once_and_goes_on(ground: Ground, double: Double) -> None:
    me = 8201
    double.chat(me)
    double.reply(me, "/luyentap", has="Luyện tập")
    said = double.pressed(me, "A", has="Nguồn:")
    assert "Đúng rồi" in said or "Đáp án đúng" in said
    double.pressed(me, "Câu nữa", has="Luyện tập")


def test_a_poll_in_a_group_is_an_officers_and_its_answers_count(ground: Ground, double: Double) -> None:
    double.chat(GROUP, "Tổ dân phố 5", "supergroup")
    double.say(GROUP, "/dovui", sender=8301)
    double.say(GROUP, "/dovui", sender=OFFICER)
    double.wait(lambda: any("Chỉ lãnh đạo và quản trị" in t for t in double.texts(OFFICER)))
    assert not double.polls
    double.say(GROUP, "/dovui@mot_cua_bot", sender=LEAD)
    double.wait(lambda: double.polls)
    number, poll = next(iter(double.polls.items()))
    right = int(poll["correct_option_id"])
    assert str(poll["explanation"]).startswith("Nguồn: ")
    for voter in range(8302, 8307):
        double.vote(number, voter, right if voter % 2 else (right + 1) % 2)
    double.wait(lambda: ground.desk.practice.polls(ground.admin)[0].votes == 5)
    double.say(GROUP, "/dungdovui", sender=LEAD)
    double.wait(lambda: poll["message"]["poll"]["is_closed"])
    voted = [v for v in range(8302, 8307) if v % 2]
    double.wait(lambda: any(f"5 người trả lời, {len(voted)} người đúng" in t for t in double.texts(GROUP)))


def test_one_may_quiz_oneself_with_a_poll_in_private(ground: Ground, double: Double) -> None:
    double.chat(8401)
    before = len(double.polls)
    double.say(8401, "/dovui")
    double.wait(lambda: len(double.polls) > before)


def test_a_contest_stays_out_of_groups_and_erasing_takes_the_name_out(ground: Ground, double: Double) -> None:
    double.chat(-100600, "Nhóm", "supergroup")
    double.say(-100600, "/cuocthi@mot_cua_bot", sender=8501)
    double.wait(lambda: any("?start=cuocthi" in t for t in double.texts(-100600)))
    contest, me = ground.contest(1), 8502
    double.chat(me, "Anh Tư")
    double.reply(me, f"/start thi_{contest.id}", has=contest.title)
    double.pressed(me, "Bắt đầu", has="Bảng xếp hạng công khai")
    double.pressed(me, "Hiện tên", has="Câu 1/1")
    double.pressed(me, "A", has="làm xong rồi")
    assert ground.desk.playing.board(contest.id).rows[0].name == "Anh Tư"
    double.reply(me, "/dulieucuatoi")
    double.wait(lambda: any("document" in m for m in double.chats[me].from_bot))
    file = next(m["document"]["file_id"] for m in double.chats[me].from_bot if "document" in m)
    data: Mapping[str, list[Mapping[str, object]]] = json.loads(double.files[file])
    assert data["cuoc_thi"][0]["ten"] == "Anh Tư"
    double.reply(me, "/xoadulieu")
    double.pressed(me, "Đúng, xóa hết")
    double.wait(lambda: ground.desk.playing.board(contest.id).rows[0].name == "")


def _after(double: Double, chat: int, label: str, has: str) -> list[str]:
    double.pressed(chat, label, has=has)
    return double.buttons(chat)
