"""What both stores promise, method by method; transactions, the queue and moving have suites of their own."""

from __future__ import annotations

import datetime as dt
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import cast

import pytest
from store_samples import EVER, HOUR, NEVER, NOW, TURN, filed

from bot.desk.transaction import Conflict, Store
from bot.ledger import (
    Attachment,
    Audit,
    Consent,
    Feedback,
    Gap,
    IndexEvent,
    Invitation,
    Job,
    Notice,
    Officer,
    Paper,
    Party,
    Proposal,
    QueueFilter,
    Receipt,
    Role,
    TaskState,
    Unit,
    Update,
)
from bot.petitions.petition import CITIZEN, Event, Happening, State, happened, moved
from bot.store.books import Books

HANOI = dt.timezone(dt.timedelta(hours=7))


# --- conversations ---------------------------------------------------------------------------------------------------


def test_a_session_is_found_as_it_was_last_put(store: Store) -> None:
    with store.writing() as tx:
        assert tx.session("c1") == ""
        tx.put_session("c1", '{"version": 1}', NOW)
        tx.put_session("c1", '{"version": 1, "place": "Cao Bằng"}', NOW)
        assert tx.session("c1") == '{"version": 1, "place": "Cao Bằng"}'
    with store.reading() as tx:
        assert tx.session("c1") == '{"version": 1, "place": "Cao Bằng"}'
        assert tx.session("c2") == ""


def test_turns_come_back_as_they_were_by_time_and_by_conversation(store: Store) -> None:
    with store.writing() as tx:
        late = tx.add_turn(replace(TURN, at=NOW + HOUR, conversation="telegram:2"))
        early = tx.add_turn(TURN)
        tx.add_turn(replace(TURN, at=NOW + 2 * HOUR))
    with store.reading() as tx:
        one, two = tx.turns(NOW, NOW + 2 * HOUR)
        assert one == replace(TURN, id=early)
        assert two == replace(TURN, id=late, at=NOW + HOUR, conversation="telegram:2")
        assert [t.at for t in tx.turns_of("telegram:1")] == [NOW, NOW + 2 * HOUR]


def test_a_moment_comes_back_as_the_same_moment_whatever_zone_it_was_told_in(store: Store) -> None:
    with store.writing() as tx:
        tx.add_turn(replace(TURN, at=dt.datetime(2026, 11, 21, 6, 59, 59, tzinfo=HANOI)))
        tx.add_turn(replace(TURN, at=dt.datetime(2026, 11, 21, 0, 0, tzinfo=dt.UTC)))
        with pytest.raises(ValueError, match="time zone"):
            tx.put_session("c1", "", dt.datetime(2026, 11, 21))
    with store.reading() as tx:
        (one,) = tx.turns(EVER, dt.datetime(2026, 11, 21, tzinfo=dt.UTC))
        assert one.at == dt.datetime(2026, 11, 20, 23, 59, 59, tzinfo=dt.UTC)


@pytest.mark.parametrize("text", ["", "'; drop table turns; --", "%s :so %(x)s ?", "dòng 1\nđòng 2\t\\", "🙂 ộ ộ"])
def test_any_text_comes_back_as_it_was(store: Store, text: str) -> None:
    with store.writing() as tx:
        number = tx.add_turn(replace(TURN, question=text, records=(text,)))
    with store.reading() as tx:
        assert list(tx.turns(EVER, NEVER)) == [replace(TURN, question=text, records=(text,), id=number)]


def test_signs_that_no_text_may_hold_are_left_out(store: Store) -> None:
    with store.writing() as tx:
        tx.add_turn(replace(TURN, question="a\0b\ud800c"))
    with store.reading() as tx:
        assert next(iter(tx.turns(EVER, NEVER))).question == "abc"


def test_feedback_is_about_the_newest_answer_before_it_in_its_conversation(store: Store) -> None:
    with store.writing() as tx:
        about = tx.add_turn(TURN)
        tx.add_turn(replace(TURN, conversation="c2", records=("khai_tu",)))
        number = tx.add_turn(replace(TURN, behavior="chitchat", records=()))
        later = tx.add_turn(replace(TURN, records=("ket_hon",)))
        tx.add_feedback(Feedback(number, 0, False, "sai", "phí khác rồi", NOW))
        assert tx.last_answer("telegram:1") == later
        assert tx.last_answer("c2") == about + 1
        assert tx.last_answer("nobody") == 0
    with store.reading() as tx:
        (verdict,) = tx.verdicts(NOW, NOW + HOUR)
        assert (verdict.good, verdict.reason, verdict.words, verdict.at) == (False, "sai", "phí khác rồi", NOW)
        assert (verdict.question, verdict.reply, verdict.records) == (TURN.question, TURN.reply, TURN.records)
        assert (verdict.generation, verdict.turn) == ("g1", number)
        assert tx.verdicts(NOW + HOUR, NEVER) == []


def test_a_second_opinion_of_the_same_turn_replaces_the_first(store: Store) -> None:
    with store.writing() as tx:
        number = tx.add_turn(TURN)
        tx.add_feedback(Feedback(number, number, False, "", "", NOW))
        tx.add_feedback(Feedback(number, number, True, "", "rõ lắm", NOW))
    with store.reading() as tx:
        assert [(v.good, v.words) for v in tx.verdicts(EVER, NEVER)] == [(True, "rõ lắm")]


def test_gaps_go_from_open_to_a_proposal_to_done(store: Store) -> None:
    with store.writing() as tx:
        turns = [tx.add_turn(replace(TURN, records=())) for _ in range(3)]
        gaps = [Gap(t, f"câu {t}", NOW, "web", "web:1") for t in turns]
        for gap in gaps:
            tx.add_gap(gap)
        number = tx.add_proposal(Proposal(("câu 1", "câu 2"), "khai_sinh", "", "", "o1", NOW))
        tx.set_gaps(turns[:2], "proposed", number)
        tx.set_gaps([], "done")
        tx.set_proposal(number, "approved", "o2")
    with store.reading() as tx:
        assert tx.gaps(EVER, NEVER, "open") == gaps[2:]
        assert [(g.state, g.proposal) for g in tx.gaps(EVER, NEVER)] == [("proposed", number)] * 2 + [("open", 0)]
        (proposal,) = tx.proposals("approved")
        assert proposal == Proposal(
            ("câu 1", "câu 2"), "khai_sinh", "", "", "o1", NOW, "approved", decided_by="o2", id=number
        )
        assert tx.proposals("proposed") == []


def test_a_consent_and_its_withdrawal_are_both_kept(store: Store) -> None:
    given = Consent("c1", "petition", True, NOW)
    with store.writing() as tx:
        tx.set_consent(given)
        tx.set_consent(replace(given, given=False, at=NOW + HOUR))
        tx.set_consent(replace(given, conversation="c2"))
    with store.reading() as tx:
        assert tx.consents("c1") == [given, replace(given, given=False, at=NOW + HOUR)]


# --- petitions -------------------------------------------------------------------------------------------------------


def test_numbers_of_a_year_begin_at_one_and_have_no_gap(store: Store) -> None:
    with store.writing() as tx:
        assert [tx.next_number(2026), tx.next_number(2026), tx.next_number(2027)] == [1, 2, 1]
    with pytest.raises(KeyError), store.writing() as tx:
        assert tx.next_number(2026) == 3
        raise KeyError
    with store.writing() as tx:
        assert tx.next_number(2026) == 3


def test_a_filed_petition_comes_back_with_all_that_belongs_to_it(store: Store) -> None:
    due = (NOW + HOUR).isoformat()
    with store.writing() as tx:
        petition = filed(tx, place="xã A", about="o1,lead:vp", accept_by=due, answer_by=due, naming="giau_ten")
        tx.add_paper(Paper(petition.code, "where", "dốc Đá", NOW, CITIZEN))
    code = petition.code
    with store.reading() as tx:
        assert tx.petition(code) == petition
        assert petition.about == ("o1", "lead:vp") and petition.accept_by == NOW + HOUR
        assert tx.petition("PA-2026-999999-A") is None
        assert [(p.role, p.text, p.at, p.by) for p in tx.papers(code)] == [
            ("story", "Đèn ở dốc bị hỏng", NOW, CITIZEN),
            ("where", "dốc Đá", NOW, CITIZEN),
        ]
        assert tx.party(code) == Party(code, "web:1", "bà Lan, 0900 000 000", "digest")
        assert tx.party("PA-2026-999999-A") is None
        (event,) = tx.events(code)
        assert event == Event(code, 1, Happening.FILED, NOW, CITIZEN, event.details)
        assert event.details["about"] == "o1,lead:vp"
        assert tx.codes_of("web:1") == [code]
        assert tx.codes_of("") == tx.codes_of("web:2") == []


def test_the_log_is_read_by_time_then_code_then_number(store: Store) -> None:
    with store.writing() as tx:
        one, two = filed(tx), filed(tx)
        one = tx.add_event(moved(one, State.ACCEPTED, "o1", NOW))
        tx.add_event(happened(two, Happening.NOTED, "o1", NOW + HOUR))
        tx.add_event(happened(one, Happening.NOTED, "o1", NOW + 2 * HOUR))
    with store.reading() as tx:
        log = [(e.code, e.number) for e in tx.log(NOW, NOW + 2 * HOUR)]
        some = [(e.code, e.number) for e in tx.log(EVER, NEVER, (Happening.MOVED, Happening.FILED))]
    assert log == [(one.code, 1), (one.code, 2), (two.code, 1), (two.code, 2)]
    assert some == log[:3]


def test_an_event_that_is_not_the_next_one_is_a_conflict(store: Store) -> None:
    with store.writing() as tx:
        petition = filed(tx)
        tx.add_event(moved(petition, State.ACCEPTED, "o1", NOW))
    for number in (1, 2, 4):
        with pytest.raises(Conflict, match=petition.code), store.writing() as tx:
            tx.put_value("x", "written")
            tx.add_event(Event(petition.code, number, Happening.NOTED, NOW, "o2"))
    with store.reading() as tx:
        assert len(tx.events(petition.code)) == 2
        assert tx.value("x") == ""


def test_the_words_of_a_blanked_petition_are_gone_and_its_events_stay(store: Store) -> None:
    with store.writing() as tx:
        one, two = filed(tx, "lời riêng tư"), filed(tx, "lời riêng tư")
        tx.add_attachment(Attachment("d1", "anh.jpg", "image/jpeg", 5, "web:1", one.code, NOW))
        tx.add_attachment(Attachment("d2", "anh.jpg", "image/jpeg", 5, "web:1", one.code, NOW))
        tx.add_attachment(Attachment("d2", "anh.jpg", "image/jpeg", 5, "web:1", two.code, NOW))
        assert tx.blank(one.code) == ["d1"]
    with store.reading() as tx:
        assert [p.text for p in tx.papers(one.code)] == [""]
        assert tx.party(one.code) is None and tx.codes_of("web:1") == [two.code]
        assert [p.code for p in tx.find(QueueFilter(words="riêng tư")).petitions] == [two.code]
        assert len(tx.events(one.code)) == 1 and tx.petition(one.code) == one
        assert tx.attachments(one.code) == []


def test_loose_attachments_go_to_the_petition_and_name_each_file_once(store: Store) -> None:
    photo = Attachment("d1", "ảnh.jpg", "image/jpeg", 3_000_000_000, "web:1", "", NOW)
    with store.writing() as tx:
        for attachment in (photo, photo, replace(photo, digest="d2"), replace(photo, conversation="web:2")):
            tx.add_attachment(attachment)
        code = filed(tx).code
        assert tx.attach("web:1", code) == 2
        tx.add_attachment(photo)
        assert tx.attach("web:1", code) == 0
        tx.add_attachment(replace(photo, at=None, digest="d3"))
    with store.reading() as tx:
        assert tx.attachments(code) == [replace(photo, code=code), replace(photo, code=code, digest="d2")]
        assert tx.attachments("", "web:1") == [replace(photo, at=None, digest="d3")]
        assert tx.attachments("", "") == []
        assert tx.newest_attachments(9) == ["d3", "d1", "d2"] and tx.newest_attachments(1) == ["d3"]
    with store.writing() as tx:
        assert tx.drop_attachments(conversation="web:1") == ["d3"]
        assert len(tx.attachments(code)) == 2
        assert tx.drop_attachments(code) == ["d2"]
        assert tx.drop_attachments(before=NOW) == []
        assert tx.drop_attachments(before=NOW + HOUR) == ["d1"]


# --- mail ------------------------------------------------------------------------------------------------------------


def test_an_update_is_kept_once_and_remembered_after_it_is_settled(store: Store) -> None:
    update = Update("telegram", "7", "1", "{…}", NOW)
    with store.writing() as tx:
        assert tx.receive([update, update, replace(update, number="8"), replace(update, door="web")]) == 3
        (first,) = tx.claim_updates("telegram", "p1", NOW, NOW + HOUR, 10)
        assert replace(first, id=0) == update
        tx.settle(first.id, NOW)
        assert tx.receive([update]) == 0
        assert [u.number for u in tx.claim_updates("telegram", "p1", NOW, NOW + HOUR, 10)] == ["8"]


def test_each_chat_has_one_update_in_work_by_one_process(store: Store) -> None:
    updates = [Update("telegram", str(n), chat, "", NOW) for n, chat in enumerate("aabbc")]
    with store.writing() as tx:
        tx.receive(updates)
        assert [u.number for u in tx.claim_updates("telegram", "p1", NOW, NOW + HOUR, 2, ["c"])] == ["0", "2"]
        assert [u.number for u in tx.claim_updates("telegram", "p2", NOW, NOW + HOUR, 9)] == ["4"]
        assert [u.number for u in tx.claim_updates("telegram", "p1", NOW, NOW + HOUR, 9)] == ["0", "2"]
        assert [u.number for u in tx.claim_updates("telegram", "p2", NOW + HOUR, NOW + 2 * HOUR, 9)] == ["0", "2", "4"]
        assert tx.claim_updates("telegram", "p1", NOW, NOW + HOUR, 9, ["a", "b", "c"]) == []


def test_what_waits_is_counted_by_door_with_the_age_of_the_oldest(store: Store) -> None:
    with store.reading() as tx:
        assert tx.waiting_updates() == tx.waiting_notices(NOW) == {}
    with store.writing() as tx:
        tx.receive([Update("telegram", str(n), "a", "", NOW + n * HOUR) for n in range(3)])
        tx.receive([Update("web", "1", "a", "", NOW)])
        first, *_ = tx.claim_updates("telegram", "p1", NOW, NOW + HOUR, 9)
        tx.settle(first.id, NOW)
        for n, due in enumerate((NOW, NOW + HOUR, NOW + 2 * HOUR)):
            tx.add_notice(Notice("telegram", str(n), "reply", "", f"k{n}", due, "PA"))
        numbers = [n.id for n in tx.notices("PA")]
        tx.notice_sent(numbers[0], NOW)
    with store.reading() as tx:
        assert tx.waiting_updates() == {"telegram": (2, NOW + HOUR), "web": (1, NOW)}
        assert tx.waiting_notices(NOW) == {}
        assert tx.waiting_notices(NOW + 9 * HOUR) == {"telegram": (2, NOW + HOUR)}
    with store.writing() as tx:
        tx.notice_failed(numbers[1], None, "blocked")
        assert tx.waiting_notices(NOW + 9 * HOUR) == {"telegram": (1, NOW + 2 * HOUR)}


def test_a_notice_of_one_key_is_written_once(store: Store) -> None:
    notice = Notice("telegram", "1", "petition", "{}", "PA:2", NOW, "PA")
    with store.writing() as tx:
        assert tx.add_notice(notice) and not tx.add_notice(replace(notice, body="x"))
        assert tx.add_notice(replace(notice, key="")) and tx.add_notice(replace(notice, key=""))
    with store.reading() as tx:
        assert [replace(n, id=0) for n in tx.notices("PA")] == [notice, *[replace(notice, key="")] * 2]


def test_how_much_of_a_notice_has_arrived_is_known_when_it_is_tried_again(store: Store) -> None:
    with store.writing() as tx:
        tx.add_notice(Notice("telegram", "1", "petition", "lời dài", "k1", NOW))
        (first,) = tx.claim_notices("telegram", "p1", NOW, NOW + HOUR, 9)
        assert first.arrived == 0
        tx.notice_arrived(first.id, 2)
        tx.notice_failed(first.id, NOW + HOUR, "429")
        (again,) = tx.claim_notices("telegram", "p2", NOW + HOUR, NOW + 2 * HOUR, 9)
        assert (again.id, again.arrived, again.body) == (first.id, 2, "lời dài")


def test_notices_of_an_address_leave_in_their_order(store: Store) -> None:
    def keys(owner: str, now: dt.datetime, *besides: str) -> list[str]:
        with store.writing() as tx:
            return [n.key for n in tx.claim_notices("telegram", owner, now, now + HOUR, 9, besides)]

    with store.writing() as tx:
        for key, to, due in (("k1", "a", NOW + 9 * HOUR), ("k2", "a", NOW), ("k3", "a", NOW), ("k4", "b", NOW)):
            tx.add_notice(Notice("telegram", to, "reply", "lời", key, due, "PA"))
        tx.add_notice(Notice("web", "a", "reply", "", "k5", NOW))
    with store.reading() as tx:
        assert [n.key for n in tx.notices_to("telegram", "a", NOW)] == ["k2", "k3"]
        assert [n.key for n in tx.notices_to("telegram", "a", NOW + 9 * HOUR)] == ["k2", "k3", "k1"]
        assert tx.notices_to("telegram", "c", NOW) == []
    assert keys("p1", NOW, "b") == ["k2"]  # the one for a later hour holds nothing up
    assert keys("p2", NOW) == ["k4"]
    with store.writing() as tx:
        numbers = {n.key: n.id for n in tx.notices("PA")}
        tx.notice_failed(numbers["k2"], NOW + 2 * HOUR, "429")
        tx.notice_sent(numbers["k4"], NOW, "77")
    assert keys("p1", NOW + HOUR) == []  # k2 is to be tried again before k3
    assert keys("p1", NOW + 2 * HOUR) == ["k2"]
    with store.writing() as tx:
        tx.notice_failed(numbers["k2"], None, "blocked")
        assert tx.notice_counts("telegram") == {"dead": 1, "sent": 1, "waiting": 2}
        assert tx.notice_counts()["waiting"] == 3
        states = [(n.key, n.state, n.tries, n.body) for n in tx.notices("PA")]
    assert states == [
        ("k1", "waiting", 0, "lời"),
        ("k2", "dead", 2, "lời"),
        ("k3", "waiting", 0, "lời"),
        ("k4", "sent", 1, ""),
    ]
    assert keys("p2", NOW + 9 * HOUR) == ["k1"]  # now it is the oldest one due


# --- people ----------------------------------------------------------------------------------------------------------


def test_officers_are_found_by_number_account_and_login(store: Store) -> None:
    lan = Officer("o1", "Lan", Role.OFFICER, "vp", True, ("telegram:1", "telegram:2"), "lan", "argon", "totp")
    away = replace(lan, id="o2", accounts=("telegram:12",), login="", away_until=dt.date(2026, 12, 1), cover="o1")
    with store.writing() as tx:
        tx.put_officer(lan)
        tx.put_officer(away)
        tx.put_officer(replace(lan, id="o3", accounts=("telegram:3",), login="ba", active=False))
    with store.reading() as tx:
        assert tx.officer("o1") == tx.officer_of("telegram:2") == tx.officer_of("login:lan") == lan
        assert tx.officer_of("telegram:12") == away
        assert tx.officer_of("telegram:3") is tx.officer_of("login:ba") is tx.officer_of("login:") is None
        assert tx.officer_of("telegram:") is tx.officer("o9") is None
        assert [o.id for o in tx.officers()] == ["o1", "o2", "o3"]


def test_two_active_officers_cannot_share_an_account_or_login(store: Store) -> None:
    lan = Officer("o1", "Lan", Role.LEAD, accounts=("telegram:1",), login="lan")
    with store.writing() as tx:
        tx.put_officer(lan)
        tx.put_officer(replace(lan, name="Lan Anh"))
        for other in (replace(lan, id="o2", login=""), replace(lan, id="o2", accounts=())):
            with pytest.raises(Conflict, match="o1"):
                tx.put_officer(other)
        tx.put_officer(replace(lan, active=False))
        tx.put_officer(replace(lan, id="o2"))
        officer = tx.officer_of("telegram:1")
        assert officer and officer.id == "o2"


def test_units_and_audits_come_back(store: Store) -> None:
    unit = Unit("vp", "Văn phòng", "ubnd", ("dat_dai",), ("xã A", "xã B"))
    entry = Audit(NOW, "o1", "identity", "PA-1", "x")
    with store.writing() as tx:
        tx.put_unit(unit)
        tx.put_unit(replace(unit, into="bp1"))
        tx.put_unit(replace(unit, key="a"))
        tx.audit(entry)
        tx.audit(replace(entry, at=NOW + HOUR, about="PA-2"))
    with store.reading() as tx:
        assert tx.units() == [replace(unit, key="a"), replace(unit, into="bp1")]
        assert tx.audits(EVER, NOW + HOUR) == [entry]
        assert [a.about for a in tx.audits(EVER, NEVER, "PA-2")] == ["PA-2"]


def test_an_invitation_is_taken_once_and_in_time(store: Store) -> None:
    invitation = Invitation("d1", Role.LEAD, "vp", "o1", NOW, NOW + HOUR, "Lan")
    with store.writing() as tx:
        tx.add_invitation(invitation)
        tx.add_invitation(replace(invitation, digest="d2"))
        assert tx.take_invitation("d1", NOW + HOUR) is None
        assert tx.take_invitation("d9", NOW) is None
        assert tx.take_invitation("d1", NOW) == replace(invitation, used_at=NOW)
        assert tx.take_invitation("d1", NOW) is None
        assert tx.take_invitation("d2", NOW) is not None


# --- requests that come again ----------------------------------------------------------------------------------------


def test_a_receipt_is_written_once_and_goes_with_its_petition_and_its_age(store: Store) -> None:
    with store.writing() as tx:
        receipt = Receipt("k1", "thân", "muối", filed(tx).code, NOW)
        assert tx.add_receipt(receipt) and not tx.add_receipt(replace(receipt, body="thân khác"))
    with store.reading() as tx:
        assert tx.receipt("k1") == receipt and tx.receipt("k2") is None
    with store.writing() as tx:
        assert tx.drop_receipts(NOW) == 0 and tx.drop_receipts(NOW + HOUR) == 1
        assert tx.receipt("k1") is None


def test_of_two_that_file_with_the_same_receipt_at_once_one_is_written(store: Store) -> None:
    began = threading.Barrier(2)

    def entered(who: str) -> bool:
        began.wait()
        try:
            with store.writing() as tx:
                if not tx.add_receipt(Receipt("k1", "thân", who, filed(tx, who=f"api:{who}").code, NOW)):
                    raise Conflict
        except Conflict:
            return False
        return True

    with ThreadPoolExecutor(2) as both:
        assert sorted(both.map(entered, ("1", "2"))) == [False, True]
    with store.reading() as tx:
        assert tx.find(QueueFilter()).total == 1
    with store.writing() as tx:
        assert tx.next_number(NOW.year) == 2


def test_codes_are_those_of_the_same_petitions_in_the_same_order(store: Store) -> None:
    with store.writing() as tx:
        filed_now = [filed(tx).code for _ in range(5)]
    for wanted in (QueueFilter(sort="-code", limit=3), QueueFilter(sort="code", offset=1), QueueFilter(open_only=True)):
        with store.reading() as tx:
            assert list(tx.codes(wanted)) == [p.code for p in tx.find(wanted).petitions]
    with store.reading() as tx:
        assert list(tx.codes(QueueFilter(sort="code"))) == filed_now


# --- the rest of the house -------------------------------------------------------------------------------------------


def test_task_states_index_events_jobs_and_values_come_back(store: Store) -> None:
    task = TaskState("kh-1", "2.1", "done", "báo cáo", "12", "https://…", "o1", NOW)
    event = IndexEvent("g2", NOW, "o1", "live", (("khai_sinh", "amended"), ("khai_tu", "abolished")), "QĐ 1")
    job = Job("report:2026", "report", "running", NOW, 40)
    with store.writing() as tx:
        tx.add_task_state(replace(task, at=NOW + HOUR))
        tx.add_task_state(task)
        tx.add_index_event(event)
        tx.put_job(replace(job, progress=0))
        tx.put_job(job)
        tx.put_value("group", "-100")
        tx.put_value("group", "-200")
    with store.reading() as tx:
        assert tx.task_states("kh-1", NEVER) == [task, replace(task, at=NOW + HOUR)]
        assert tx.task_states("kh-1", NOW + HOUR) == [task] and tx.task_states("kh-2", NEVER) == []
        assert tx.index_events(NOW, NOW + HOUR) == [event]
        assert tx.job("report:2026") == job and tx.job("x") is None
        assert tx.jobs() == tx.jobs("report") == [job] and tx.jobs("backup") == []
        assert tx.value("group") == "-200" and tx.value("x") == ""


# --- forgetting ------------------------------------------------------------------------------------------------------


def talk(store: Store, conversation: str, at: dt.datetime) -> None:
    with store.writing() as tx:
        number = tx.add_turn(replace(TURN, conversation=conversation, question="lời riêng tư", at=at))
        tx.add_gap(Gap(number, "lời riêng tư", at, "telegram", conversation))
        tx.add_feedback(Feedback(number, 0, False, "sai", "lời riêng tư", at))
        tx.put_session(conversation, "lời riêng tư", at)
        tx.set_consent(Consent(conversation, "petition", True, at))
        address = conversation.partition(":")[2]
        tx.receive([Update("telegram", f"{address}{at}", address, "lời riêng tư", at)])
        (update,) = tx.claim_updates("telegram", "p", at, at + HOUR, 1)
        tx.settle(update.id, at)
        tx.add_notice(Notice("telegram", address, "officer", "lời riêng tư", f"{address}{at}", at, "PA"))
        tx.notice_failed(tx.notices("PA")[-1].id, None, "blocked")


def words_left(store: Store) -> str:
    with store.reading() as tx:
        kept = [list(tx.turns(EVER, NEVER)), tx.gaps(EVER, NEVER), tx.verdicts(EVER, NEVER), tx.notices("PA")]
        updates = cast(Books, tx).connection.rows("select body from updates")
        return str(kept) + str(updates) + tx.session("telegram:1") + str(tx.consents("telegram:1"))


def test_forgetting_a_conversation_blanks_its_words_and_keeps_the_counts(store: Store) -> None:
    talk(store, "telegram:1", NOW)
    with store.writing() as tx:
        assert tx.forget("telegram:1", NOW) == 1
        assert tx.forget("telegram:1", NOW) == 0
    assert "riêng tư" not in words_left(store) and "telegram:1" not in words_left(store)
    with store.reading() as tx:
        assert [t.behavior for t in tx.turns(EVER, NEVER)] == ["answer"]
        assert [v.good for v in tx.verdicts(EVER, NEVER)] == [False]
        assert [g.state for g in tx.gaps(EVER, NEVER)] == ["open"]


def test_forgetting_one_leaves_the_others_alone(store: Store) -> None:
    talk(store, "telegram:12", NOW)
    with store.writing() as tx:
        assert tx.forget("telegram:1", NOW) == 0
        assert tx.session("telegram:12") == "lời riêng tư"
    assert words_left(store).count("lời riêng tư") == 5


def test_what_several_people_asked_in_the_same_words_keeps_its_words_with_age(store: Store) -> None:
    asked = [("telegram:1", "Bao giờ có điện"), ("telegram:2", "bao giờ  có điện"), ("telegram:1", "nhà tôi ở đâu")]
    with store.writing() as tx:
        for conversation, question in (*asked, ("telegram:1", "nhà tôi ở đâu")):
            number = tx.add_turn(replace(TURN, conversation=conversation, question=question, at=NOW - HOUR))
            tx.add_gap(Gap(number, question, NOW - HOUR, "telegram", conversation))
        number = tx.add_turn(replace(TURN, conversation="telegram:3", question="bao giờ có điện", at=NOW + HOUR))
        tx.add_gap(Gap(number, "bao giờ có điện", NOW + HOUR, "telegram", "telegram:3"))
        tx.forget_older(NOW)
        tx.forget_older(NOW + 2 * HOUR)
        kept = [(g.question, g.conversation) for g in tx.gaps(EVER, NEVER)]
        assert kept == [(q, "") for q in ("Bao giờ có điện", "bao giờ  có điện", "", "", "bao giờ có điện")]
        assert {t.question for t in tx.turns(EVER, NEVER)} == {""}


def test_what_is_older_than_its_time_is_blanked(store: Store) -> None:
    talk(store, "telegram:1", NOW - HOUR)
    with store.writing() as tx:
        assert tx.forget_older(NOW - HOUR) == 0
        assert tx.forget_older(NOW) == 1
        assert tx.forget_older(NOW) == 0
    assert "riêng tư" not in words_left(store)
    talk(store, "telegram:1", NOW)
    with store.writing() as tx:
        assert tx.forget_older(NOW) == 0
        assert tx.session("telegram:1") == "lời riêng tư"
