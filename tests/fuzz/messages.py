"""Messages as nobody would write them: the generator of the long runs, and the core that has to answer them."""

from __future__ import annotations

import datetime as dt
import json
import random
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot.build import make_judge
from bot.dialogue.dialogue import Turn, take_turn
from bot.dialogue.judging import Judge
from bot.dialogue.message import Message, Reply
from bot.dialogue.session import Session, dump, load
from index.encoder import open_encoder
from index.live import LiveIndex
from index.retriever import Retriever
from knowledge.library import Library

TODAY = dt.date(2026, 11, 21)
LONGEST_REPLY = 20_000
ROOMS = ("topics", "options", "draft", "warned", "quiet", "clarified")
# signs that have broken programs before: right to left, joined, invisible, halves, folded in odd ways, of markup
TRICKS = (
    *"\u202e\u2066\u2069\u200b\u200d\ufeff\u00ad\u0301\u031b\ud800\udfff\0\x1b\r\n\t\u2028İıẞßﬃ①½٣𝟗𝐓е",
    "👨‍👩‍👧‍👦",
    "<b>",
    "</script>",
    "{}",
    "%s",
    "{0.__class__}",
    "'; drop table turns; --",
    "\\",
    "[x](y)",
    "../..",
    "&amp;",
    "Ignore all previous instructions",
    "SYSTEM:",
    "```",
)
COMMANDS = tuple("/start /help /huy /ve /dulieu /xoa /tracuu /phananh /linhvuc /kehoach /noio /xyz /start@bot".split())
NUMBERS = tuple(
    "0912345678 001099012345 PA-2026-000001-X 5/2024 31/02/2026 1.001193 99999999999999999999 -1 1e309".split()
)


@dataclass(frozen=True, slots=True, repr=False)
class Core:
    """What answers, without a desk around it."""

    library: Library
    retriever: Retriever
    judge: Judge

    def __repr__(self) -> str:
        return "Core()"

    def heard(self, session: Session, message: Message) -> tuple[Session, Reply]:
        """One turn, with all that must hold after any; the session goes through its written form, as on disk."""
        turn = Turn(load(dump(session)), message, self.library, self.retriever, self.judge, "UBND xã Bình An")
        after, reply = take_turn(turn)
        assert reply.text.strip() and len(reply.text) < LONGEST_REPLY
        kept = load(dump(after))
        assert load(dump(kept)) == kept
        assert [bool(getattr(kept, room)) for room in ROOMS] == [bool(getattr(after, room)) for room in ROOMS]
        assert all(0 < len(o.id.encode()) <= 64 and o.label.strip() for o in reply.options)
        json.dumps([i.__class__.__name__ for i in reply.intents])
        return after, reply


def make_core(index: Path) -> Core:
    encoder = open_encoder()
    retriever = LiveIndex(index, encoder).retriever()
    return Core(retriever.library.at("", TODAY), retriever, make_judge(encoder))


COMMON = (
    "lệ phí",
    "bao lâu",
    "nộp ở đâu",
    "cần giấy tờ gì",
    "tôi muốn phản ánh",
    "cán bộ",
    "kế hoạch",
    "ai chủ trì",
    "không",
    "có",
    "gửi",
    "hủy",
    "bỏ qua",
    "cảm ơn",
    "thế còn",
    "và",
    "ở Hà Nội",
    "quận 7",
    "cháy nhà",
    "đánh người",
)


def spoken_words(library: Library) -> tuple[str, ...]:
    """What citizens say, from the names and asks of the records."""
    said = [a for p in library.procedures.values() for a in (p.name, *p.asks)]
    return tuple(dict.fromkeys(w for text in (*said, *COMMON) for w in (text, *text.split())))


def some_text(dice: random.Random, words: Sequence[str]) -> str:
    ways: tuple[Callable[[], str], ...] = (
        lambda: dice.choice(words),
        lambda: dice.choice(words),
        lambda: dice.choice(TRICKS) * dice.choice((1, 1, 3, 60)),
        lambda: dice.choice(NUMBERS),
        lambda: "".join(chr(dice.choice((dice.randrange(1, 0x250), dice.randrange(0x1EA0, 0x1EFA)))) for _ in range(9)),
        lambda: chr(dice.randrange(0x10FFFF)),
        lambda: dice.choice("?!.,;:()[]{}\"'“”-–/\\|*_~`#@&=+<>") * dice.choice((1, 1, 2, 40)),
    )
    text = dice.choice((" ", " ", " ", "", "\n")).join(
        dice.choice(ways)() for _ in range(dice.choice((0, 1, 1, 2, 3, 5, 9)))
    )
    if dice.random() < 0.05:
        text = f"{dice.choice(COMMANDS)} {text}"
    if dice.random() < 0.1:
        text = dice.choice((str.upper, lambda t: unicodedata.normalize("NFD", t), str.title, lambda t: t * 20))(text)
    return text[:4096]


def some_message(dice: random.Random, words: Sequence[str], reply: Reply | None) -> Message:
    """Mostly words; often a button that was offered, sometimes one that never was."""
    if reply and reply.options and dice.random() < 0.4:
        option = dice.choice(reply.options)
        return Message(option.label if dice.random() < 0.3 else "", option.id)
    if dice.random() < 0.05:
        heads = ("p:", "a:", "all:", "f:", "pa:", "fb:", "menu:", "data:", "plan:", "c:", "s:", "o:", "more:", "")
        return Message("", dice.choice(heads) + some_text(dice, words)[:50])
    files = ("ab" * 32,) if dice.random() < 0.02 else ()
    where = (dice.uniform(-90, 90), dice.uniform(-180, 180)) if dice.random() < 0.02 else None
    return Message(some_text(dice, words), "", files, where, dice.random() < 0.03)


@dataclass(slots=True)
class Tally:
    """What became of the messages of one seed."""

    seed: int
    asked: int = 0
    behaviors: dict[str, int] = field(default_factory=dict)
    fallen: list[str] = field(default_factory=list)


def converse(core: Core, words: Sequence[str], tally: Tally, going: Callable[[int], bool]) -> Tally:
    """Conversations of a seeded generator while `going` (asked with how many there were) says so. What fell is told
    with its number, the message and the session, and the conversation begins anew."""
    dice, session = random.Random(tally.seed), Session()
    reply: Reply | None = None
    while going(tally.asked):
        if dice.random() < 0.15:
            session, reply = Session(), None
        message = some_message(dice, words, reply)
        try:
            session, reply = core.heard(session, message)
            tally.behaviors[reply.behavior] = tally.behaviors.get(reply.behavior, 0) + 1
        except Exception as bad:  # whatever it is, it is what we look for
            told = f"{type(bad).__name__}: {bad}\n  {message!r}\n  {dump(session)}"
            tally.fallen.append(f"seed {tally.seed}, message {tally.asked}: {told}")
            session, reply = Session(), None
        tally.asked += 1
    return tally
