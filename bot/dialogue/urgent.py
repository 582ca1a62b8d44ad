"""Danger: the number in the first line, at once, before anything else."""

from __future__ import annotations

from bot.dialogue.message import Behavior, Mention, MessageClass, Option, Reply
from bot.wording import citizens as say
from knowledge.library import Library

# Where only the classifier hears danger and no pattern tells which, these are offered.
GENERAL = ("canh_sat_113", "cap_cuu_115", "chua_chay_114")


def urgent_reply(keys: tuple[str, ...], library: Library) -> Reply:
    """`keys`: the emergencies of language.yaml that the message tells, the foremost first."""
    lists = {w.key: w for w in library.language.emergencies}
    wanted = tuple(dict.fromkeys(lists[k].contact for k in keys if k in lists)) or GENERAL
    contacts = [c for key in wanted if (c := library.contacts.get(key)) and c.number]
    first = "; ".join(f"{c.number} ({_short(c.name)})" for c in contacts)
    lines = [say.CALL_NOW.format(numbers=first)]
    lines += [say.URGENT_ADVICE[k] for k in keys if k in say.URGENT_ADVICE][:1] or [say.URGENT_GENERAL]
    if extra := [c for key in GENERAL if key not in wanted and (c := library.contacts.get(key)) and c.number]:
        lines.append(say.URGENT_OTHERS.format(numbers=", ".join(f"{c.number} ({_short(c.name)})" for c in extra)))
    mentions = tuple(Mention("contact", c.key, "", c.name) for c in (*contacts, *extra))
    options = tuple(Option(f"c:{c.key}", f"{c.number} – {_short(c.name)}"[:60]) for c in contacts)
    return Reply(
        Behavior.EMERGENCY,
        "\n".join(lines),
        mentions,
        options,
        message_class=MessageClass.EMERGENCY,
        urgent=True,
        score=1.0,
    )


def _short(name: str) -> str:
    return say.URGENT_NAMES.get(name, name.split("(")[0].strip().lower())
