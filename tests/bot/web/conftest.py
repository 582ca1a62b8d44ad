"""A served web over a house of its own: real HTTP on a free port, a real browser where a test wants one."""

from __future__ import annotations

import datetime as dt
import itertools
import os
import re
import socket
import threading
import time
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.build import make_house
from bot.desk.house import House
from bot.ledger import Officer, Role, Unit
from bot.settings import Settings
from bot.web.application import server
from index.encoder import open_encoder
from index.snapshot import Shelf, build
from knowledge.reading import CONTENT

TODAY = dt.date(2026, 11, 21)
AUTHORITY = "UBND xã Bình An"
CHROMIUM = Path("/usr/bin/chromium")
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync "
    "--no-first-run"
).split()
PHONE = {"width": 390, "height": 844}
_NUMBERS = itertools.count()
SITE_OF_AGENCY = "https://phuong-vi-du.gov.vn"


@dataclass
class Web:
    """The running server and the house behind it; `folder` is where all of it lies."""

    base: str
    folder: Path
    house: House
    staff: dict[str, Officer]

    def visitor(self, address: str = "") -> Visitor:
        """`address`: where the visitor comes from, as limits count it; a place of one's own where none is given."""
        number = next(_NUMBERS)
        way = httpx.HTTPTransport(local_address=address or f"127.1.{number // 250}.{number % 250 + 1}")
        return Visitor(httpx.Client(base_url=self.base, transport=way, timeout=30))

    def api(self, token: str = "") -> httpx.Client:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return httpx.Client(base_url=f"{self.base}/api/v1", headers=headers, timeout=30)


@dataclass
class Visitor:
    """A browser without script: it keeps cookies and sends the token of the page it saw."""

    client: httpx.Client

    def get(self, path: str, **query: str) -> httpx.Response:
        return self.client.get(path, params=query or None)

    def token(self, path: str = "/") -> str:
        found = re.search(r'name="_ky" value="([^"]+)"', self.get(path).text)
        assert found, f"no form on {path}"
        return found[1]

    def post(self, path: str, form: Mapping[str, Any], files: Any = None, seen: str = "") -> httpx.Response:
        return self.client.post(path, data={"_ky": self.token(seen or path), **form}, files=files)

    def say(self, text: str) -> httpx.Response:
        return self.post("/", {"text": text})

    def press(self, choice: str) -> httpx.Response:
        return self.post("/", {"choice": choice})


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


@pytest.fixture(scope="session")
def web(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Web]:
    folder = tmp_path_factory.mktemp("web")
    shelf = Shelf(folder / "index")
    shelf.switch(build(shelf, [CONTENT], open_encoder("bundled")).name)
    port = free_port()
    settings = Settings(
        data_dir=folder,
        authority_name=AUTHORITY,
        port=port,
        public_url=f"http://127.0.0.1:{port}",
        widget_origins=(SITE_OF_AGENCY, "http://localhost:*"),
        worker="test",
        quiet_hours="03:00-03:00",
    )
    with running(settings) as served:
        yield served


@contextmanager
def running(settings: Settings) -> Iterator[Web]:
    """The web of these settings, with its staff, until the end of the block."""
    house = make_house(settings, lambda: TODAY)
    served = server(house, settings)
    thread = threading.Thread(target=served.run, daemon=True)
    thread.start()
    while not served.started:
        time.sleep(0.05)
    yield Web(settings.public_url, settings.data_dir, house, _people(house))
    served.should_exit = True
    thread.join(20)
    house.store.close()


def _people(house: House) -> dict[str, Officer]:
    house.people.put_unit(None, Unit("xa", AUTHORITY, places=("xã Bình An",)))
    house.people.put_unit(None, Unit("mc", "Bộ phận Một cửa", "xa", ("Hộ tịch", "Chứng thực")))
    wanted = {"admin": (Role.ADMIN, ""), "truong": (Role.LEAD, "xa"), "lan": (Role.OFFICER, "mc")}
    staff = {}
    for number, (name, (role, unit)) in enumerate(wanted.items(), 1000):
        staff[name] = house.people.accept(house.people.invite(None, role, unit, name), f"telegram:{number}")
    return staff


@pytest.fixture
def visitor(web: Web) -> Iterator[Visitor]:
    made = web.visitor()
    yield made
    made.client.close()


@pytest.fixture(scope="session")
def key(web: Web) -> str:
    return web.house.keys.add("so-noi-vu", 500.0)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """A browser; absent, its tests say so, or fail where everything is required."""
    from playwright.sync_api import sync_playwright

    if not CHROMIUM.exists():
        if os.environ.get("REQUIRE_ALL"):
            pytest.fail("chromium is absent and REQUIRE_ALL is set")
        warnings.warn("chromium is absent: what a browser shows is not tested here", stacklevel=1)
        pytest.skip("chromium is absent: what a browser shows cannot be tested here")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def phone(chromium: Any) -> Iterator[Any]:
    """A page of a telephone's size; a message on its console is a fault of the test that caused it."""
    context = chromium.new_context(viewport=PHONE, locale="vi-VN", has_touch=True)
    page = context.new_page()
    faults: list[str] = []
    page.on("console", lambda said: faults.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda bad: faults.append(str(bad)))
    yield page
    context.close()
    assert not faults, faults
