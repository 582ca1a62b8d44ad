"""A petition as an officer reads it on Telegram: its line in a list, its whole, and the buttons that are legal now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType

from bot.desk import rights
from bot.desk.rights import Action
from bot.dialogue.message import Option
from bot.ledger import Dossier, Officer
from bot.petitions.clock import VIETNAM
from bot.petitions.petition import Kind, Naming, Petition, State, Urgency
from bot.petitions.visible import spelt_out
from bot.wording import office as say_office
from bot.wording import staff as say

BY_STATE: Mapping[State, str] = MappingProxyType(
    {
        State.WORKING: "work",
        State.WAITING: "ask",
        State.ANSWERED: "answer",
        State.FORWARDED: "forward",
        State.REFUSED: "refuse",
        State.CLOSED: "close",
        State.MERGED: "merge",
    }
)


def see(code: str) -> Option:
    return Option(f"o:see:{code}", say.BUTTONS["see"])


def kinds(code: str) -> list[Option]:
    """What it may be filed as instead."""
    kinds = [Option(f"o:kind:{code}:{k.value}", say_office.KINDS[k.value].capitalize()) for k in Kind]
    haste = [Option(f"o:haste:{code}:{u.value}", say.HASTE[u.value]) for u in Urgency]
    written = [Option(f"o:{act}:{code}", say.BUTTONS[act]) for act in ("field", "place")]
    return [*kinds, *haste, *written, see_again(code)]


def line(p: Petition, excerpt: str, now: dt.datetime) -> str:
    late = p.answer_by is not None and p.answer_by < now
    mark = say.OVERDUE_MARK if late else say.URGENT_MARK if p.urgency is Urgency.URGENT else ""
    state = say_office.STATES[p.state.value]
    return say.LINE.format(mark=mark, code=p.code, state=state, due=_due(p, now), excerpt=spelt_out(excerpt))


def _due(p: Petition, now: dt.datetime) -> str:
    due = p.accept_by if p.state is State.NEW and p.accept_by else p.answer_by
    if due is None or not p.open:
        return say.NO_TERM if p.open else say.ENDED
    return (say.DUE_PAST if due < now else say.DUE_IN).format(time=_time(due))


def _time(moment: dt.datetime) -> str:
    return f"{moment.astimezone(VIETNAM):%H:%M %d/%m/%Y}"


def dossier_text(d: Dossier) -> str:
    p, now = d.petition, dt.datetime.now(dt.UTC)
    holder = d.extra.get(p.assignee, p.assignee)
    head = say.HEAD.format(
        code=p.code,
        state=say_office.STATES[p.state.value],
        kind=say_office.KINDS[p.kind.value],
        field=f" · {p.field}" if p.field else "",
        place=f" · {p.place}" if p.place else "",
        channel=say_office.CHANNELS[p.channel.value],
        time=_time(p.filed_at),
        due=_due(p, now),
        assignee=say.ASSIGNEE.format(name=holder) if p.assignee else say.NOBODY,
    )
    papers = [f"{say.SECTIONS.get(x.role, x.role)} ({_time(x.at)}):\n{spelt_out(x.text)}" for x in d.papers if x.text]
    extras = [
        say.VOICES.format(count=p.voices) if p.voices > 1 else "",
        say.FILES.format(count=len(d.attachments)) if d.attachments else "",
        say.SIMILAR.format(codes=", ".join(d.similar[:5])) if d.similar else "",
        _contact(d),
    ]
    return "\n\n".join([head, *papers, "\n".join(filter(None, extras))])


def _contact(d: Dossier) -> str:
    naming = d.petition.naming
    if naming is Naming.NAMELESS:
        return say.CONTACT_NONE
    if naming is Naming.SEALED:
        return say.CONTACT_SEALED
    if d.party is None:
        return say.CONTACT_HIDDEN
    return say.CONTACT.format(contact=spelt_out(d.party.contact)) if d.party.contact else say.CONTACT_EMPTY


_FIRST = ("answer", "ask", "work")


def moves(d: Dossier) -> list[Option]:
    """Buttons of the legal moves and only those: what comes next most often, and one that unfolds the others."""
    code, p = d.petition.code, d.petition
    legal = {BY_STATE[s] for s in d.moves if s in BY_STATE}
    acts = ["take"] if d.moves and p.open and (not p.assignee or p.state is State.NEW) else []
    acts += [act for act in _FIRST if act in legal]
    acts += ["files"] if d.attachments else []
    acts += ["who"] if p.naming is Naming.SEALED and not p.erased else []
    again = p.state in (State.ANSWERED, State.CLOSED)
    return [Option(f"o:{a}:{code}", say.BUTTONS["reopen" if a == "work" and again else a]) for a in (*acts, "more")]


def later_moves(who: Officer, d: Dossier) -> list[Option]:
    code, p = d.petition.code, d.petition
    acts = [BY_STATE[s] for s in d.moves if s in BY_STATE and BY_STATE[s] not in _FIRST]
    acts += ["give"] if p.open and rights.may(who.role, Action.ASSIGN) else []
    acts += ["sort"] if d.moves else []
    return [Option(f"o:{a}:{code}", say.BUTTONS[a]) for a in (*acts, "note")] + [see_again(code)]


def see_again(code: str) -> Option:
    return Option(f"o:back:{code}", say.BUTTONS["back"])
