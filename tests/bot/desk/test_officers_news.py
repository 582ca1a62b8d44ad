"""Officers hear at the console of what happened, also those who have no account with a messenger."""

from __future__ import annotations

from dataclasses import replace

from bot.desk.notices import said
from bot.ledger import Officer
from tests.bot.desk.conftest import House


def _without_accounts(house: House, name: str) -> Officer:
    officer = replace(house.staff[name], accounts=())
    with house.store.writing() as tx:
        tx.put_officer(officer)
    return officer


def test_who_has_no_messenger_is_told_at_the_console_until_they_look(house: House) -> None:
    lan, code = _without_accounts(house, "lan"), house.file()
    house.office.assign(house.staff["admin"], [code], unit="mc", officer=lan.id)
    house.say(f"pa:more:{code}", "tôi có thêm biên nhận")
    told = [said(n).text for n in house.office.news(lan)]
    assert len(told) == 2 and "bổ sung" in told[0] and house.office.counts(lan)["news"] == 2
    assert "biên nhận" not in str(told)
    house.office.dossier(lan, code)
    assert not house.office.news(lan) and house.office.counts(lan)["news"] == 0


def test_all_news_can_be_marked_as_read_and_nobody_reads_anothers(house: House) -> None:
    lan, hung = house.staff["lan"], house.staff["hung"]
    codes = [house.file(who=f"web:{n}") for n in range(2)]
    house.office.assign(house.staff["admin"], codes, unit="mc", officer=lan.id)
    house.office.read_news(hung)
    assert len(house.office.news(lan)) == 2
    house.office.read_news(lan)
    assert not house.office.news(lan)


def test_news_of_a_petition_that_went_elsewhere_is_not_shown(house: House) -> None:
    lan, code, admin = house.staff["lan"], house.file(), house.staff["admin"]
    house.office.assign(admin, [code], unit="mc", officer=lan.id)
    house.office.assign(admin, [code], unit="ca", officer="")
    assert not house.office.news(lan)
