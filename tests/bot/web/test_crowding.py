"""More ask than can be answered in time: who comes then is told so at once, and officers still get in."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import httpx
import pytest

from bot.settings import Settings
from bot.web.application import server
from bot.web.visiting import Crowded, Hall
from tests.bot.web.conftest import Web, free_port

QUESTION = {"text": "làm giấy khai sinh cần gì"}


@pytest.fixture
def narrow(web: Web) -> Iterator[str]:
    """The same house behind a web in which one may be inside."""
    settings = Settings(data_dir=web.folder, port=free_port(), web_waiting=1)
    served = server(replace(web.house), settings)
    thread = threading.Thread(target=served.run, daemon=True)
    thread.start()
    while not served.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{settings.port}"
    served.should_exit = True
    thread.join(20)


def test_who_finds_no_room_is_told_when_to_come_again_and_the_next_is_served(narrow: str, web: Web, key: str) -> None:
    headers = {"Authorization": f"Bearer {key}"}

    def ask(_: int) -> httpx.Response:
        return httpx.post(f"{narrow}/api/v1/ask", json=QUESTION, headers=headers, timeout=30)

    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(ask, range(64)))
    refused = [a for a in answers if a.status_code == 503]
    assert {a.status_code for a in answers} == {200, 503}
    assert all(a.headers["Retry-After"].isdigit() and a.json()["status"] == 503 for a in refused)
    assert ask(0).status_code == 200, "it recovers by itself"


def test_there_is_room_again_when_somebody_leaves_however_they_leave() -> None:
    hall = Hall()
    with pytest.raises(ValueError, match="gone"), hall.room(1):
        with pytest.raises(Crowded), hall.room(1):
            raise AssertionError
        raise ValueError("gone")
    with hall.room(1):
        assert hall.inside == 1
    assert hall.inside == 0


def test_officers_and_whoever_watches_get_in_although_it_is_full(narrow: str) -> None:
    with httpx.Client(base_url=narrow) as client:
        assert client.get("/health").status_code == 200
        assert client.get("/quan-tri/vao").status_code in (200, 303, 404)
