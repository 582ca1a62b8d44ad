"""One turn is one transaction: session, log, petition and what the door settles are on disk together, or not at all."""

from __future__ import annotations

import datetime as dt
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from bot.desk.transaction import Conflict, Transaction
from bot.dialogue.message import Message, Reply
from bot.ledger import Notice, StoreUnavailable, Update
from bot.petitions.petition import Happening, happened
from bot.store.opening import open_store
from bot.wording import filing as say
from tests.bot.desk.conftest import CITIZEN, STORY, Ground, House, code_in
from tests.conftest import Tally

EVER = dt.datetime(2000, 1, 1, tzinfo=dt.UTC), dt.datetime(2100, 1, 1, tzinfo=dt.UTC)


def codes(house: House) -> list[str]:
    with house.store.reading() as tx:
        return [e.code for e in tx.log(*EVER) if e.kind is Happening.FILED]


def test_what_the_door_settles_is_in_the_same_transaction(house: House) -> None:
    house.say(f"tôi muốn phản ánh: {STORY}", "f:skip", "f:skip", "f:noname")
    with house.store.writing() as tx:
        tx.receive([Update("telegram", "77", "7", "{}", house.now())])
        (update,) = tx.claim_updates("telegram", "w", house.now(), house.now(), 5)

    def settle(tx: Transaction, reply: Reply) -> None:
        tx.add_notice(Notice("telegram", "7", "reply", reply.text, "reply:77", house.now()))
        tx.settle(update.id, house.now())

    reply = house.desk.answer(CITIZEN, Message(choice="f:send"), "telegram", settle)
    with house.store.writing() as tx:
        (out,) = [n for n in tx.claim_notices("telegram", "w", house.now(), house.now(), 5) if n.to == "7"]
        assert out.body == reply.text and code_in(out.body) == codes(house)[0]
        assert not tx.claim_updates("telegram", "w", house.now(), house.now(), 5)


def test_a_door_that_fails_to_settle_leaves_nothing_behind(house: House) -> None:
    house.say(f"tôi muốn phản ánh: {STORY}", "f:skip", "f:skip", "f:noname")

    def broken(_tx: Transaction, _reply: Reply) -> None:
        raise RuntimeError("the door fell shut")

    with pytest.raises(RuntimeError):
        house.desk.answer(CITIZEN, Message(choice="f:send"), "telegram", broken)
    assert codes(house) == []
    assert code_in(house.say("f:send").text) == codes(house)[0]


class Away:
    """A store that cannot write now."""

    def __init__(self, store: object) -> None:
        self.reading = store.reading  # type: ignore[attr-defined]

    def writing(self, together: bool = False) -> object:
        raise StoreUnavailable("full")


def test_when_nothing_can_be_written_no_code_is_shown_and_an_answer_still_comes(house: House) -> None:
    house.say(f"tôi muốn phản ánh: {STORY}", "f:skip", "f:skip", "f:noname")
    whole, house.desk._store = house.desk._store, Away(house.desk._store)  # type: ignore[assignment]
    assert house.say("f:send").text == say.FILED_NOT
    assert "khai sinh" in house.say("làm giấy khai sinh cần gì", who="web:1").text
    with pytest.raises(StoreUnavailable):  # a door that keeps its updates gives the message again
        house.desk.answer(CITIZEN, Message(choice="f:send"), "telegram", lambda tx, reply: None)
    house.desk._store = whole
    assert code_in(house.say("f:send").text) == codes(house)[0]


def test_a_button_pressed_twice_at_once_files_one_petition(house: House) -> None:
    house.say(f"tôi muốn phản ánh: {STORY}", "f:skip", "f:skip", "f:noname")
    replies: list[str] = []
    threads = [threading.Thread(target=lambda: replies.append(house.say("f:send").text)) for _ in range(6)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert len(codes(house)) == 1
    assert sum(codes(house)[0] in text for text in replies) == 1
    assert sum(say.NOTHING_OPEN in text for text in replies) == 5


def test_many_citizens_at_once_each_get_a_code_of_their_own(any_house: House) -> None:
    house = any_house
    shown: list[str] = []

    def one(number: int) -> None:
        shown.append(
            house.file("f:skip", "f:skip", "f:noname", story=f"đèn đường số {number} hỏng", who=f"web:{number}")
        )

    threads = [threading.Thread(target=one, args=(n,)) for n in range(8)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert sorted(shown) == sorted(codes(house)) and len(set(shown)) == 8
    assert [int(code[8:14]) for code in sorted(shown)] == list(range(1, 9))


def test_two_officers_at_once_do_not_overwrite_each_other(house: House) -> None:
    code = house.file()
    stale = house.petition(code)
    house.office.take(house.staff["chutich"], code)
    with pytest.raises(Conflict), house.store.writing() as tx:
        tx.add_event(happened(stale, Happening.NOTED, "cb-x", house.now()))


def test_a_turn_that_met_another_writer_is_carried_out_anew(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    code = house.file()
    whole, met = house.desk._carried, []

    def once(*given: object) -> Reply:
        if not met:
            met.append(1)
            raise Conflict("another was quicker")
        return whole(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(house.desk, "_carried", once)
    assert say.WITHDRAWN.format(code=code) in house.say(f"pa:withdraw_yes:{code}").text
    assert house.petition(code).number == 2


def test_feedback_is_about_the_answer_and_praise_about_nobodys(house: House) -> None:
    house.say("làm giấy khai sinh cần gì", "fb:down", "fb:sai")
    house.say("cảm ơn các cán bộ một cửa phường đã hướng dẫn tôi rất tận tình chu đáo", who="web:1")
    verdicts = house.office.verdicts(house.staff["lan"], *EVER)
    assert [(v.good, v.reason, bool(v.records)) for v in verdicts] == [
        (False, "", True),
        (False, "Sai", True),
        (True, "", False),
    ]


def test_an_unanswered_question_waits_for_officers_with_who_asked(house: House) -> None:
    house.say("thủ tục xin phép bay drone")
    with house.store.reading() as tx:
        (gap,) = tx.gaps(*EVER)
    assert "drone" in gap.question and (gap.conversation, gap.door) == (CITIZEN, "telegram")


WRITER = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[3])
from index.encoder import open_encoder
from index.live import LiveIndex
from bot.build import make_judge
from bot.desk.attachments import Uploads
from bot.desk.desk import Desk, utc_now
from bot.dialogue.message import Message
from bot.ledger import Notice
from bot.store.opening import open_store

encoder = open_encoder("bundled")
live, store = LiveIndex(Path(sys.argv[1]), encoder), open_store(sys.argv[2])
desk = Desk(live, make_judge(encoder), store, Uploads(Path(sys.argv[4])))
number = int(sys.argv[5])
while True:
    number += 1
    who = f"web:{number}"
    def settle(tx, reply):
        tx.add_notice(Notice("web", str(number), "reply", reply.text, "", utc_now()))
    steps = ["f:skip", "f:skip", "f:skip", "f:alone", "f:send"]
    desk.answer(who, Message(f"tôi muốn phản ánh: đèn đường số {number} hỏng cả tháng"), "web", settle)
    for pressed in steps:
        reply = desk.answer(who, Message("", pressed), "web", settle)
        if "PA-" in reply.text:
            print(who, reply.text.split("mã ")[1].split(".")[0], flush=True)
            break
"""


def test_a_killed_process_has_shown_only_what_is_stored_and_posted_all_that_is(
    ground: Ground, tmp_path: Path, tally: Tally
) -> None:
    url, shown = f"sqlite:///{tmp_path / 'k.db'}", {}
    root = str(Path(__file__).resolve().parents[3])
    for round_number in range(60 if os.environ.get("LONG") else 4):
        index = str(ground.live._shelf.root)
        command = [sys.executable, "-c", WRITER, index, url, root, str(tmp_path / "u"), str(round_number * 1000)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert process.stdout
        first = process.stdout.readline()
        time.sleep(0.013 * (round_number % 7))
        process.send_signal(signal.SIGKILL)
        for line in (first + process.communicate()[0]).splitlines():
            who, code = line.split()
            shown[code] = who
    store = open_store(url)
    with store.writing() as tx:
        stored = {e.code: tx.party(e.code) for e in tx.log(*EVER) if e.kind is Happening.FILED}
        assert tx.rebuild() == 0
        posted = tx.claim_notices("web", "w", dt.datetime.now(dt.UTC), dt.datetime.now(dt.UTC), 10_000)
        chats = {n.to for n in posted}
    store.close()
    for code, who in shown.items():
        assert stored[code] is not None and stored[code].conversation == who
    assert len(stored) >= len(shown) >= 4
    assert all(party is not None and party.conversation.partition(":")[2] in chats for party in stored.values())
    rounds = 60 if os.environ.get("LONG") else 4
    tally("Giết bàn tiếp nhận giữa cuộc kể", rounds, f"{len(shown)} mã đã hiện đều còn, đều đã báo")
