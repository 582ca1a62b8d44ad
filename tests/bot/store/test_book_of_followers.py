"""Subscriptions, mailings, posters and scans on both stores."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from store_samples import EVER, HOUR, NEVER, NOW, TURN

from bot.desk.transaction import Store, Transaction
from bot.ledger import Consent, Notice
from bot.outreach.mailing import CHANGES, Kind, Mailing, Poster, State, Subscription, Topic
from bot.outreach.scans import Scan

LAND = Subscription("telegram:1", Topic.FIELD, NOW, "Đất đai", "Cao Bằng")
NEWS = Mailing(Kind.NEWS, "1 thay đổi", "{}", "may", NOW, State.WAITING, ("Đất đai",), due=NOW, generation="g1")
POSTER = Poster("thu-tuc", "khai_sinh", "a4", "mau", "cb-1", NOW, "Nhà văn hóa", "mới thay")


def fill(tx: Transaction) -> None:
    """Something in each of the four tables, for the suite that moves a store."""
    tx.subscribe(LAND)
    tx.add_mailing(NEWS)
    tx.add_scan(Scan(tx.add_poster(POSTER), "telegram:1", NOW, "telegram"))


def test_one_thing_is_followed_once_and_a_new_place_takes_the_old_ones(store: Store) -> None:
    with store.writing() as tx:
        assert tx.subscribe(LAND)
        assert not tx.subscribe(replace(LAND, since=NOW + HOUR))
        assert tx.subscribe(replace(LAND, place="Hà Nội", since=NOW + HOUR))
        (one,) = tx.subscriptions_of("telegram:1")
    assert (one.place, one.since) == ("Hà Nội", NOW + HOUR)
    with store.reading() as tx:
        first, second = tx.subscriptions(NOW + 2 * HOUR)
        assert first == replace(LAND, ended=NOW + HOUR, id=first.id) and second == one
        assert [s.id for s in tx.subscriptions(NOW + HOUR)] == [first.id]


def test_only_its_owner_ends_a_subscription(store: Store) -> None:
    with store.writing() as tx:
        tx.subscribe(LAND)
        (one,) = tx.subscriptions_of("telegram:1")
        assert not tx.unsubscribe("telegram:2", one.id, NOW)
        assert tx.unsubscribe("telegram:1", one.id, NOW, 7)
        assert not tx.unsubscribe("telegram:1", one.id, NOW)
        assert tx.unsubscribed(7) == 1 and tx.subscriptions_of("telegram:1") == []
        assert tx.subscribe(LAND)


def test_subscribers_are_found_by_topic_and_field(store: Store) -> None:
    with store.writing() as tx:
        for number, (topic, field) in enumerate(
            ((Topic.FIELD, "Đất đai"), (Topic.FIELD, "Hộ tịch"), (Topic.DIGEST, ""), (Topic.NOTICES, ""))
        ):
            tx.subscribe(Subscription(f"telegram:{number}", topic, NOW, field))
        assert len(tx.subscribers()) == 4
        assert [s.field for s in tx.subscribers(Topic.FIELD, ("Hộ tịch", "Cư trú"))] == ["Hộ tịch"]
        assert [s.conversation for s in tx.subscribers(Topic.DIGEST)] == ["telegram:2"]


def test_only_the_last_word_on_a_consent_counts(store: Store) -> None:
    with store.writing() as tx:
        for who, words in (("c1", (True,)), ("c2", (True, False)), ("c3", (False, True)), ("c4", (False,))):
            for given in words:
                tx.set_consent(Consent(who, CHANGES, given, NOW))
        tx.set_consent(Consent("c5", "hoi_dap", True, NOW))
        tx.set_consent(Consent("c1", "hoi_dap", False, NOW))
        assert tx.agreed(CHANGES) == ["c1", "c3"]


def test_what_was_asked_by_who_agreed_is_found_once(store: Store) -> None:
    with store.writing() as tx:
        tx.set_consent(Consent("c1", CHANGES, True, NOW))
        for who, hours, records in (("c1", 0, ("a",)), ("c1", 1, ("a",)), ("c1", -9, ("b",)), ("c2", 0, ("a",))):
            tx.add_turn(replace(TURN, conversation=who, at=NOW + hours * HOUR, records=records, place="Huế"))
        tx.add_turn(replace(TURN, conversation="c1", at=NOW, records=()))
        assert tx.asked_about(NOW - HOUR, CHANGES) == [("c1", "Huế", ("a",))]


def test_a_mailing_is_kept_changed_and_found_by_kind_and_state(store: Store) -> None:
    with store.writing() as tx:
        number = tx.add_mailing(NEWS)
        other = tx.add_mailing(replace(NEWS, kind=Kind.DIGEST, state=State.DRAFT, due=None))
        tx.put_mailing(replace(NEWS, id=number, state=State.SENT, began_at=NOW, receivers=3))
    with store.reading() as tx:
        assert tx.mailing(number) == replace(NEWS, id=number, state=State.SENT, began_at=NOW, receivers=3)
        assert [m.id for m in tx.mailings()] == [other, number]
        assert [m.id for m in tx.mailings(Kind.NEWS)] == [number]
        assert [m.id for m in tx.mailings(states=(State.DRAFT, State.WAITING))] == [other]
        assert [m.id for m in tx.mailings(most=1)] == [other]
        assert tx.mailing(99) is None


def bulk(tx: Transaction, number: int, who: str, part: int = 1) -> None:
    more = f":{part}" if part > 1 else ""
    code = f"tin:{number}" + ("+" if part > 1 else "")
    tx.add_notice(Notice("telegram", who, "bulk", "{}", f"tin:{number}:telegram:{who}{more}", NOW, code))


def test_what_waits_of_a_mailing_is_dropped_and_counted(store: Store) -> None:
    with store.writing() as tx:
        for who in ("1", "2", "3"):
            bulk(tx, 12, who)
        bulk(tx, 12, "3", 2)
        bulk(tx, 1, "1")
        first = next(n for n in tx.claim_notices("telegram", "o", NOW, NOW + HOUR, 9) if n.code == "tin:12")
        tx.notice_sent(first.id, NOW)
        assert tx.drop_mailing(12, "stopped") == 3
        assert tx.notice_fates("tin:12") == {("telegram", "sent", ""): 1, ("telegram", "dead", "stopped"): 2}
        assert tx.notice_fates("tin:1") == {("telegram", "waiting", ""): 1}


def test_a_notice_that_is_put_off_holds_nothing_up(store: Store) -> None:
    with store.writing() as tx:
        bulk(tx, 1, "1")
        tx.add_notice(Notice("telegram", "1", "reply", "later said", "k", NOW))
        (one,) = tx.claim_notices("telegram", "o", NOW, NOW + HOUR, 9)
        tx.put_off(one.id, NOW + 5 * HOUR)
        (two,) = tx.claim_notices("telegram", "o", NOW, NOW + HOUR, 9)
        assert (one.kind, two.kind) == ("bulk", "reply")
        assert [n.id for n in tx.notices_to("telegram", "1", NOW + 5 * HOUR)] == [two.id, one.id]


def test_posters_have_numbers_and_scans_their_time(store: Store) -> None:
    with store.writing() as tx:
        first, second = tx.add_poster(POSTER), tx.add_poster(replace(POSTER, name="ket_hon"))
        assert (first, second) == (1, 2)
        tx.put_poster(replace(POSTER, id=2, place="Trạm y tế"))
        assert tx.poster(2) == replace(POSTER, id=2, place="Trạm y tế") and len(tx.posters()) == 2
        for hours in (0, 1, 30):
            tx.add_scan(Scan(1, "telegram:1", NOW + hours * HOUR, "telegram"))
        assert [s.at for s in tx.scans(NOW, NOW + 2 * HOUR)] == [NOW, NOW + HOUR]
        tx.settle_scan(1, 4)
        assert [s.questions for s in tx.scans_of("telegram:1")] == [4, 0, 0]


def test_who_is_forgotten_is_told_nothing_more_and_stays_one_of_many(store: Store) -> None:
    with store.writing() as tx:
        number = tx.add_poster(POSTER)
        for who in ("telegram:1", "telegram:2"):
            tx.subscribe(replace(LAND, conversation=who))
            tx.add_scan(Scan(number, who, NOW))
            tx.add_scan(Scan(number, who, NOW + HOUR))
        bulk(tx, 12, "1")
        bulk(tx, 12, "2")
        tx.forget("telegram:1", NOW + HOUR)
        assert [s.conversation for s in tx.subscribers()] == ["telegram:2"]
        first = next(iter(tx.subscriptions(NEVER)))
        assert (first.conversation, first.ended) == ("", NOW + HOUR)
        assert tx.notices_to("telegram", "1", NEVER) == [] and len(tx.notices_to("telegram", "2", NEVER)) == 1
        assert len({s.conversation for s in tx.scans(EVER, NEVER)}) == 2 and tx.scans_of("telegram:1") == []
        assert sum(tx.notice_fates("tin:12").values()) == 2


def test_with_age_names_go_and_living_subscriptions_stay(store: Store) -> None:
    old = NOW - dt.timedelta(days=500)
    with store.writing() as tx:
        tx.subscribe(replace(LAND, since=old))
        tx.subscribe(replace(LAND, since=old, field="Hộ tịch"))
        tx.unsubscribe("telegram:1", 2, old + HOUR)
        tx.add_scan(Scan(1, "telegram:1", old))
        tx.add_scan(Scan(1, "telegram:1", NOW))
        tx.forget_older(NOW - dt.timedelta(days=365))
        living, ended = tx.subscriptions(NEVER)
        assert (living.conversation, ended.conversation) == ("telegram:1", "")
        assert [s.conversation for s in tx.scans(EVER, NEVER)] == ["#1", "telegram:1"]
