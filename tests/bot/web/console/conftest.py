"""Officers at the console of the served web, each in a browser of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from bot.ledger import Filing, Officer
from bot.petitions.petition import Channel, Kind
from bot.settings import Settings
from bot.web.console.rounds import OFFICER, ROOT
from index.encoder import open_encoder
from index.gate import ask_golden
from index.live import retriever_of
from index.snapshot import Shelf, build, open_generation, record_golden
from knowledge.reading import CONTENT
from tests.bot.web.conftest import AUTHORITY, Visitor, Web, free_port, running

PASSWORD = "một câu dài dễ nhớ"
SignedIn = Callable[[str], Visitor]
_addresses = count(10)


@pytest.fixture
def signed_in(web: Web) -> Iterator[SignedIn]:
    """A visitor with the session of one of the staff."""
    made: list[Visitor] = []

    def visitor(name: str) -> Visitor:
        made.append(web.visitor(f"127.0.0.{next(_addresses)}"))
        sign(web, made[-1], web.staff[name])
        return made[-1]

    yield visitor
    for one in made:
        one.client.close()


def sign(web: Web, visitor: Visitor, who: Officer) -> None:
    visitor.client.cookies.set(OFFICER.name, web.house.sessions.begin(who), "127.0.0.1", ROOT)


def enter(web: Web, text: str = "cán bộ hẹn trả giấy ba lần", unit: str = "mc", **more: object) -> str:
    """A petition that came on paper; its code."""
    filing = Filing(Kind.CONDUCT, Channel.PAPER, text, unit=unit, **more)  # type: ignore[arg-type]
    return web.house.office.enter(web.staff["admin"], filing)


@contextmanager
def served(folder: Path) -> Iterator[Web]:
    """A web over a house and an index of its own, for what changes the content."""
    encoder, shelf = open_encoder("bundled"), Shelf(folder / "index")
    manifest = build(shelf, [CONTENT], encoder)
    golden = ask_golden(retriever_of(open_generation(shelf, manifest.name, encoder), encoder))
    shelf.switch(record_golden(shelf, manifest, golden, {}).name)
    port = free_port()
    settings = Settings(data_dir=folder, authority_name=AUTHORITY, port=port, public_url=f"http://127.0.0.1:{port}")
    with running(settings) as web:
        yield web


@pytest.fixture
def desktop(chromium: Any) -> Iterator[Any]:
    """A page of a desk's screen; a message on its console is a fault of the test that caused it."""
    context = chromium.new_context(viewport={"width": 1280, "height": 800}, locale="vi-VN")
    page = context.new_page()
    faults: list[str] = []
    page.on("console", lambda said: faults.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda bad: faults.append(str(bad)))
    page.on("dialog", lambda dialog: faults.append(f"a script ran: {dialog.message}"))
    yield page
    context.close()
    assert not faults, faults
