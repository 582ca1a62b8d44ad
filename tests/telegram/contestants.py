"""People who play a contest over the double: each has made up their mind about every question beforehand."""

from __future__ import annotations

import random
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.telegram.double import Double, Fields


@dataclass
class Contestant:
    """`plan`: text of a question → the option that will be pressed; `named`: how they want to stand in the list."""

    chat: int
    name: str
    plan: Mapping[str, int]
    named: str
    answered: dict[str, int] = field(default_factory=dict)
    pressed: set[str] = field(default_factory=set)
    finished: str = ""


class Crowd:
    """Everybody at once; some press twice. `contest`: its number; `questions`: text → number of options."""

    def __init__(
        self,
        double: Double,
        contest: str,
        questions: Mapping[str, int],
        count: int,
        seed: int,
        right: Mapping[str, int],
    ) -> None:
        self.double, self.contest, self.right = double, contest, right
        self._chance = random.Random(seed)
        self.people = [self._person(number, questions) for number in range(count)]

    def _person(self, number: int, questions: Mapping[str, int]) -> Contestant:
        knows = self._chance.random()
        plan = {}
        for text, options in questions.items():
            sure = self._chance.random() < knows
            plan[text] = self.right[text] if sure else self._chance.randrange(options)
        chat = 100_000 + number
        self.double.chat(chat, f"Người chơi {number}")
        return Contestant(chat, f"Người chơi {number}", plan, self._chance.choice(("Hiện tên", "Ẩn tên")))

    def begin(self) -> None:
        for person in self.people:
            self.double.say(person.chat, f"/start thi_{self.contest}")

    def play(self, until: int = 0, seconds: float = 1800) -> float:
        """Until everybody has finished, or so many answers were pressed in all; how long it took."""
        began = time.monotonic()
        while time.monotonic() - began < seconds:
            waiting = [p for p in self.people if not p.finished]
            if not waiting or (until and self.presses >= until):
                return time.monotonic() - began
            for person in waiting:
                self._step(person)
            time.sleep(0.02)
        stuck = [(p.chat, len(p.answered), self.double.texts(p.chat)[-1:]) for p in self.people if not p.finished]
        raise TimeoutError(f"{len(stuck)} have not finished: {stuck[:3]}; refused: {self.double.refusals[-5:]}")

    @property
    def presses(self) -> int:
        return sum(len(p.answered) for p in self.people)

    def _step(self, person: Contestant) -> None:
        """Looks at the newest message and presses what it asks for, once."""
        messages = self.double.chats[person.chat].from_bot
        for message in reversed(messages[-3:]):
            if "làm xong rồi" in message.get("text", ""):
                person.finished = message["text"]
                return
            for button in _buttons(message):
                data = button["callback_data"]
                if self._wants(person, message, button) and data not in person.pressed:
                    person.pressed.add(data)
                    self._press(person, message, data)
                    return

    def _wants(self, person: Contestant, message: Fields, button: Fields) -> bool:
        data = button["callback_data"]
        if data.startswith("q:a:"):
            asked, _, place = data.removeprefix("q:a:").rpartition(":")
            text = next(t for t in person.plan if t in message["text"])
            if int(place) != person.plan[text] or asked in person.answered:
                return False
            person.answered[asked] = int(place)
            return True
        return bool(button["text"].startswith((person.named, "Bắt đầu", "Làm tiếp")))

    def _press(self, person: Contestant, message: Fields, data: str) -> None:
        self.double.press_data(person.chat, message["message_id"], data)
        if self._chance.random() < 0.1:
            self.double.press_data(person.chat, message["message_id"], data)

    def expected(self, person: Contestant) -> int:
        return sum(option == self.right[text] for text, option in person.plan.items())


def _buttons(message: Fields) -> list[Fields]:
    return [b for row in (message.get("reply_markup") or {}).get("inline_keyboard", ()) for b in row]
