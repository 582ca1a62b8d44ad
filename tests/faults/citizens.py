"""Citizens who do not give up: they ask and file on the web, and try again when the machine behind it died."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable

import httpx

from bot.petitions.codes import code_of
from bot.petitions.petition import CITIZEN, Happening
from bot.store.opening import open_store
from tests.faults.checks import EVER, NEVER

CODE = re.compile(r"PA-\d{4}-\d{6}-[A-Z]")
QUESTIONS = ("làm giấy khai sinh cần gì", "lệ phí bao nhiêu", "đăng ký kết hôn ở đâu", "xe cứu thương gọi số mấy")
STEPS = ("Bỏ qua", "Không nêu tên", "Gửi phiếu riêng", "Gửi", "Viết tiếp")
"""What is pressed while a petition is being told, where it is offered."""
_FORM_TOKEN = re.compile(r'name="_ky" value="([^"]+)"')
_BUTTON = re.compile(r'name="choice" value="([^"]+)"[^>]*>([^<]*)<')
PATIENCE = 900.0
"""Seconds: a busy machine takes long to start what was killed, again and again."""


class Unserved(Exception):
    """It did not come right again within the time that a citizen here is given."""


class Visitor:
    """One browser, of an address of its own. `base` may change: another machine behind the same name."""

    def __init__(self, base: Callable[[], str], number: int) -> None:
        self._base, self.number = base, number
        address = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
        self._client = httpx.Client(headers={"X-Forwarded-For": address}, timeout=20)

    def close(self) -> None:
        self._client.close()

    def page(self) -> str:
        return self._insist(lambda: self._client.get(self._base() + "/"))

    def say(self, text: str = "", choice: str = "") -> str:
        """The page with the answer. What broke off is looked at anew by whoever calls, not blindly sent again."""
        token = _FORM_TOKEN.search(self.page())
        assert token, "no form"
        form = {"_ky": token[1], **({"choice": choice} if choice else {"text": text})}
        response = self._client.post(self._base() + "/", data=form)
        response.raise_for_status()
        return response.text

    def ask(self, text: str) -> str:
        return self._insist(lambda: self._said(text))

    def file(self, text: str) -> str:
        """Tells a petition until its code is shown; the code."""
        page, end = self.page(), time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if shown := CODE.search(page):
                return shown[0]
            try:
                page = self._next(page, text)
            except httpx.HTTPError:
                time.sleep(0.1)
                page = self.page()  # what of it was done is seen before anything is said again
        raise Unserved(f"no code for visitor {self.number}: {page[-1500:]}")

    def _next(self, page: str, text: str) -> str:
        offered = {label.strip(): value for value, label in _BUTTON.findall(page)}
        for label in STEPS:
            if label in offered:
                return self.say(choice=offered[label])
        return self.say(text)

    def _said(self, text: str) -> httpx.Response:
        token = _FORM_TOKEN.search(self._client.get(self._base() + "/").text)
        return self._client.post(self._base() + "/", data={"_ky": token[1] if token else "", "text": text})

    def _insist(self, step: Callable[[], httpx.Response]) -> str:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                response = step()
                if response.status_code == 200:
                    return response.text
            except httpx.HTTPError:
                pass
            time.sleep(0.1)
        raise Unserved(f"visitor {self.number}")


class Crowd:
    """Visitors side by side in threads: each asks and files, then the next comes, until told to stop. `codes`: what
    they were shown, by visitor."""

    def __init__(
        self, base: Callable[[], str], visitors: int, first: int = 1, tell: str = "đèn đường số {} hỏng"
    ) -> None:
        self._base, self._tell = base, tell
        self.codes: dict[int, str] = {}
        self.asked = 0
        self.failures: list[BaseException] = []
        self._stop = threading.Event()
        self._next = iter(range(first, first + 1_000_000))
        self._guard = threading.Lock()
        self._threads = [threading.Thread(target=self._one) for _ in range(visitors)]

    def __enter__(self) -> Crowd:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Whoever is in the midst of something finishes it."""
        self._stop.set()
        for thread in self._threads:
            thread.join(PATIENCE + 30)
        if self.failures:
            raise self.failures[0]

    def more(self, seconds: float = 300) -> None:
        """Waits until one more was answered."""
        before, end = self.answered, time.monotonic() + seconds
        while self.answered == before and not self.failures:
            assert time.monotonic() < end, "nobody is served"
            time.sleep(0.02)

    @property
    def answered(self) -> int:
        return self.asked + len(self.codes)

    def _one(self) -> None:
        try:
            while not self._stop.is_set():
                with self._guard:
                    number = next(self._next)
                self._visit(Visitor(self._base, number))
        except BaseException as bad:
            self.failures.append(bad)

    def _visit(self, visitor: Visitor) -> None:
        try:
            visitor.ask(QUESTIONS[visitor.number % len(QUESTIONS)])
            self.asked += 1
            code = visitor.file(f"tôi muốn phản ánh: {self._tell.format(visitor.number)} cả tháng nay")
            with self._guard:
                self.codes[visitor.number] = code
        finally:
            visitor.close()


def assert_books(url: str, shown: dict[int, str], tell: str = "đèn đường số {} hỏng") -> int:
    """Every code that was shown exists and is of the story that was told; no story was filed twice; numbers have no
    gap; projections equal the log. How many petitions there are."""
    store = open_store(url)
    try:
        with store.reading() as tx:
            filed = list(tx.log(EVER, NEVER, (Happening.FILED,)))
            stories = {e.code: " ".join(p.text for p in tx.papers(e.code)) for e in filed}
            parties = [tx.party(e.code) for e in filed]
            conversations = [p.conversation for p in parties if p is not None]
        assert len(conversations) == len(set(conversations)), "somebody's petition was filed twice"
        missing = {number: code for number, code in shown.items() if tell.format(number) not in stories.get(code, "")}
        assert not missing, f"shown, and not what stands in the books: {missing}"
        years = {int(code.split("-")[1]) for code in stories}
        for year in years:
            codes = sorted(code for code in stories if code.startswith(f"PA-{year}"))
            assert codes == sorted(code_of(year, n) for n in range(1, len(codes) + 1)), "a number was lost"
        assert all(e.by == CITIZEN for e in filed)
        with store.writing() as tx:
            assert tx.rebuild() == 0
        return len(filed)
    finally:
        store.close()
