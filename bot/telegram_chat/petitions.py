"""The queue and a petition as an officer sees and moves them on Telegram."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence

from bot.desk.office import Office
from bot.desk.people import People
from bot.dialogue.message import Option
from bot.ledger import Dossier, Officer, QueueFilter
from bot.petitions.petition import Kind, Petition, Refusal, State, Urgency
from bot.telegram_chat.dossiers import BY_STATE, dossier_text, kinds, later_moves, line, moves, see, see_again
from bot.telegram_chat.pending import Pending, Pendings
from bot.telegram_chat.rendering import Call, text_call, text_calls
from bot.wording import office as say_office
from bot.wording import staff as say

PAGE = 8
GIVEN_TO = 12
"""So many officers, and so many units, are offered at most."""
LISTS = {"/viec": "", "/cuatoi": "mine", "/qua_han": "overdue", "/chuanhan": "free"}
_TO = {name: state for state, name in BY_STATE.items()}


class PetitionScreens:
    """All of it runs off the event loop. `chat` is the officer's private chat."""

    def __init__(self, office: Office, people: People, pendings: Pendings) -> None:
        self._office, self._people, self._pendings = office, people, pendings

    def listed(self, chat: int, who: Officer, command: str, words: str = "") -> tuple[Call, ...]:
        if command == "/tim":
            return self._found(chat, who, words)
        return self._list(chat, who, LISTS[command], 0)

    def pressed(self, chat: int, who: Officer, data: str, on: int = 0) -> tuple[Call, ...]:
        """`o:act:code[:more]`; `on`: the message that carries the button, which a button that only unfolds changes."""
        _, act, rest = (data + "::").split(":", 2)
        code, _, more = rest.rstrip(":").partition(":")
        if act == "list":
            return self._list(chat, who, code, int(more or 0), on)
        if act in ("more", "back", "give", "unit", "sort", "kind", "haste"):
            return self._arranging(chat, who, act, code, more, on)
        if act == "see":
            return self._shown(chat, self._office.dossier(who, code))
        if act == "take":
            return self._done(chat, who, self._office.take(who, code))
        if act == "who":
            party = self._office.identity(who, code)
            return (text_call(chat, say.CONTACT.format(contact=party.contact or say.CONTACT_EMPTY)),)
        if act in ("work", "close"):
            return self._done(chat, who, self._office.move(who, code, _TO[act]))
        if act == "refuse":
            return self._refusing(chat, who, code, more)
        if act in say.PROMPTS:
            return self._prompt(chat, who, act, code)
        if act == "files":
            return self._files(chat, who, code)
        if act == "canned":
            return self._canned(chat, who, code, int(more or 0))
        return self._finishing(chat, who, act, code)

    def written(self, chat: int, who: Officer, text: str) -> tuple[Call, ...] | None:
        """What an officer writes while something waits for their words; None where nothing does."""
        pending = self._pendings.of(who.id)
        if pending.do not in say.PROMPTS:
            return None
        self._pendings.put(who.id, pending.with_text(text.strip()))
        return self._read_back(chat, pending.with_text(text.strip()))

    # --- lists -------------------------------------------------------------------------------------------------------

    def _list(self, chat: int, who: Officer, which: str, offset: int, on: int = 0) -> tuple[Call, ...]:
        page = self._office.queue(who, _wanted(which, who, offset))
        title = say.QUEUE.get(which, say.QUEUE[""])
        options = [Option(f"o:see:{p.code}", p.code) for p in page.petitions]
        if offset:
            options.append(Option(f"o:list:{which}:{max(0, offset - PAGE)}", say.PREVIOUS_PAGE))
        if offset + PAGE < page.total:
            options.append(Option(f"o:list:{which}:{offset + PAGE}", say.NEXT_PAGE))
        text = self._lines(who, title, page.petitions, page.total)
        return (text_call(chat, text, [*options, *self._filters(who, which)], on),)

    def _found(self, chat: int, who: Officer, words: str) -> tuple[Call, ...]:
        """By words of the petition or its code, ended ones too."""
        if not words:
            return (text_call(chat, say.FIND_HOW),)
        page = self._office.queue(who, QueueFilter(words=words, sort="-filed_at", limit=PAGE))
        text = self._lines(who, say.FOUND.format(words=words[:60]), page.petitions, page.total)
        text += f"\n\n{say.FOUND_MORE}" if page.total > PAGE else ""
        return (text_call(chat, text, [Option(f"o:see:{p.code}", p.code) for p in page.petitions]),)

    def _lines(self, who: Officer, title: str, petitions: Sequence[Petition], total: int) -> str:
        now, words = dt.datetime.now(dt.UTC), self._office.excerpts(who, [p.code for p in petitions])
        lines = [say.QUEUE_TITLE.format(title=title, total=total)]
        lines += [line(p, words.get(p.code, ""), now) for p in petitions]
        return "\n\n".join(lines if petitions else [*lines, say.QUEUE_EMPTY])

    def _filters(self, who: Officer, which: str) -> list[Option]:
        """The other lists, with how many are in each."""
        counts = self._office.counts(who)
        counted = {"": "open", "mine": "mine", "free": "unassigned", "overdue": "overdue", "waiting": "waiting"}
        return [
            Option(f"o:list:{key}:0", say.FILTER.format(title=title, count=counts[counted[key]]))
            for key, title in say.FILTERS.items()
            if key != which and counts[counted[key]]
        ]

    # --- whose, and of what kind -------------------------------------------------------------------------------------

    def _arranging(self, chat: int, who: Officer, act: str, code: str, more: str, on: int) -> tuple[Call, ...]:
        if act in ("more", "back"):
            dossier = self._office.dossier(who, code)
            return self._unfolded(chat, later_moves(who, dossier) if act == "more" else moves(dossier), on, code)
        if act == "give" and more:
            self._office.assign(who, [code], officer=more)
            return self._told_given(
                chat, code, next((o.name for o in self._people.officers(who) if o.id == more), more)
            )
        if act == "unit" and more:
            unit = next((u for u in self._people.units() if _short(u.key) == more), None)
            self._office.assign(who, [code], unit=unit.key if unit else more)
            return self._told_given(chat, code, unit.name if unit else more)
        if act == "kind" and more:
            return self._done(chat, who, self._office.reclassify(who, code, kind=Kind(more)))
        if act == "haste":
            return self._done(chat, who, self._office.reclassify(who, code, urgency=Urgency(more)))
        return self._unfolded(chat, self._holders(who, code) if act == "give" else kinds(code), on, code)

    def _unfolded(self, chat: int, options: Sequence[Option], on: int, code: str) -> tuple[Call, ...]:
        """Other buttons under the same text."""
        fallback = text_call(chat, say.CHOOSE.format(code=code), options)
        if not on:
            return (fallback,)
        fields = {"chat_id": chat, "message_id": on, "reply_markup": fallback.fields["reply_markup"]}
        return (Call("editMessageReplyMarkup", fields, fallback=fallback.fields),)

    def _holders(self, who: Officer, code: str) -> list[Option]:
        """Who may get it, the free ones first; then the units."""
        holder = self._office.dossier(who, code).petition.assignee
        present = [o for o in self._people.officers(who) if o.active and o.id != holder]
        present.sort(key=lambda o: (o.away_until is not None, o.name))
        away = {o.id: say.AWAY.format(day=f"{o.away_until:%d/%m}") if o.away_until else "" for o in present}
        people = [Option(f"o:give:{code}:{o.id}", f"{o.name}{away[o.id]}") for o in present[:GIVEN_TO]]
        units = [Option(f"o:unit:{code}:{_short(u.key)}", say.UNIT.format(name=u.name)) for u in self._people.units()]
        return [*people, *units[:GIVEN_TO], see_again(code)]

    def _told_given(self, chat: int, code: str, name: str) -> tuple[Call, ...]:
        return (text_call(chat, say.GIVEN.format(code=code, name=name), (see(code),)),)

    # --- one petition ------------------------------------------------------------------------------------------------

    def _shown(self, chat: int, d: Dossier) -> tuple[Call, ...]:
        return text_calls(chat, dossier_text(d), moves(d))

    def _done(self, chat: int, who: Officer, petition: Petition) -> tuple[Call, ...]:
        """What was done, and what usually comes next."""
        text = say.DONE.format(code=petition.code, state=say_office.STATES[petition.state.value])
        at_work = petition.assignee == who.id and petition.state in (State.ACCEPTED, State.WORKING)
        nexts = [Option(f"o:{a}:{petition.code}", say.BUTTONS[a]) for a in ("answer", "ask")] if at_work else []
        return (text_call(chat, text, (*nexts, see(petition.code))),)

    def _refusing(self, chat: int, who: Officer, code: str, reason: str) -> tuple[Call, ...]:
        if not reason:
            self._office.dossier(who, code)
            options = [Option(f"o:refuse:{code}:{r.value}", say_office.REFUSALS[r.value].title) for r in Refusal]
            return (text_call(chat, say.REFUSE_WHY.format(code=code), options),)
        pending = Pending("refuse", code, say_office.REFUSALS[Refusal(reason).value].to_citizen, reason)
        self._pendings.put(who.id, pending)
        return self._read_back(chat, pending)

    def _prompt(self, chat: int, who: Officer, act: str, code: str) -> tuple[Call, ...]:
        self._office.dossier(who, code)
        self._pendings.put(who.id, Pending(act, code))
        canned = self._office.canned(who) if act == "answer" else ()
        options = [Option(f"o:canned:{code}:{n}", say.CANNED.format(title=t)) for n, (t, _) in enumerate(canned)]
        return (text_call(chat, say.PROMPTS[act].format(code=code), (*options, _stop())),)

    def _canned(self, chat: int, who: Officer, code: str, number: int) -> tuple[Call, ...]:
        canned = self._office.canned(who)
        if number >= len(canned):
            return (text_call(chat, say.NOTHING_PENDING),)
        pending = Pending("answer", code, canned[number][1])
        self._pendings.put(who.id, pending)
        return self._read_back(chat, pending)

    def _files(self, chat: int, who: Officer, code: str) -> tuple[Call, ...]:
        """Each file once more out of the store; that it was looked at is written down."""
        calls = []
        for number, one in enumerate(self._office.dossier(who, code).attachments, 1):
            self._office.attachment(who, code, one.digest)
            name = f"{code}-{number}.{one.kind.rpartition('/')[2]}"
            calls.append(Call("sendDocument", {"chat_id": chat, "document": {"file_name": name, "upload": one.digest}}))
        return tuple(calls)

    def _read_back(self, chat: int, p: Pending) -> tuple[Call, ...]:
        text = say.READ_BACK.format(what=say.WHAT[p.do], code=p.code, text=p.text)
        again = () if p.do == "refuse" else (Option(f"o:{p.do}:{p.code}", say.BUTTONS["again"]),)
        return text_calls(chat, text, (Option(f"o:send:{p.code}", say.BUTTONS["send"]), *again, _stop()))

    def _finishing(self, chat: int, who: Officer, act: str, code: str) -> tuple[Call, ...]:
        pending = self._pendings.of(who.id)
        if act == "stop":
            self._pendings.put(who.id, Pending())
            return (text_call(chat, say.STOPPED),)
        if act != "send" or pending.code != code or not pending.text:
            return (text_call(chat, say.NOTHING_PENDING),)
        petition = self._sent(who, pending)
        self._pendings.put(who.id, Pending())
        return self._done(chat, who, petition)

    def _sent(self, who: Officer, p: Pending) -> Petition:
        if p.do == "note":
            return self._office.note(who, p.code, p.text)
        if p.do == "forward":
            return self._office.move(who, p.code, State.FORWARDED, body=p.text)
        if p.do == "merge":
            return self._office.move(who, p.code, State.MERGED, into=p.text.upper())
        if p.do == "refuse":
            return self._office.move(who, p.code, State.REFUSED, reason=p.more)
        if p.do == "field":
            return self._office.reclassify(who, p.code, field=p.text)
        if p.do == "place":
            return self._office.reclassify(who, p.code, place=p.text)
        return self._office.move(who, p.code, _TO[p.do], p.text)


def _stop() -> Option:
    return Option("o:stop", say.BUTTONS["stop"])


def _short(key: str) -> str:
    """A unit's key may be long; a button's id may not."""
    return hashlib.sha256(key.encode()).hexdigest()[:10]


def _wanted(which: str, who: Officer, offset: int) -> QueueFilter:
    if which == "waiting":
        return QueueFilter(states=(State.WAITING,), offset=offset, limit=PAGE)
    return QueueFilter(
        open_only=True,
        assignee=who.id if which == "mine" else "",
        unassigned=which == "free",
        overdue_at=dt.datetime.now(dt.UTC) if which == "overdue" else None,
        offset=offset,
        limit=PAGE,
    )
