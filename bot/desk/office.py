"""What officers do with petitions. Each act is one transaction: event, words, notice."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace

from bot.desk import intake, rights, routing
from bot.desk.cabinet import Cabinet
from bot.desk.casework import Casework
from bot.desk.intake import BY_OFFICERS, new_secret
from bot.desk.notices import buttons_at
from bot.desk.rights import Action
from bot.dialogue.session import dump, load
from bot.ledger import Audit, Filing, NotAllowed, NotFound, NotTheirs, Officer
from bot.petitions.codes import complete
from bot.petitions.petition import Event, Happening, IllegalMove, Kind, Petition, State, Urgency
from bot.petitions.privacy import mask


class Office(Cabinet):
    def take(self, who: Officer, code: str) -> Petition:
        """It is theirs now, and accepted. One that somebody else has is not to be taken by an officer."""
        with self._writing(who, Action.TAKE) as work:
            petition = self._handled(who, code, work)
            if not petition.open:
                raise IllegalMove(code, petition.state, State.ACCEPTED)
            if petition.assignee != who.id:
                petition = work.happen(petition, Happening.ASSIGNED, who.id, {"officer": who.id})
            if petition.state is State.NEW:
                petition = work.move(petition, State.ACCEPTED, who.id)
            return petition

    def assign(self, who: Officer, codes: Sequence[str], officer: str = "", unit: str = "") -> int:
        """Gives them to an officer, to a unit, or to both; all or none. Whoever is away is stood in for; nobody gets
        a petition about themselves. How many changed hands."""
        with self._writing(who, Action.ASSIGN) as work:
            if unit and unit not in {u.key for u in work.units if not u.into}:
                raise NotFound(f"unit {unit}")
            given = [self._assigned(who, self._seen(who, code, work), officer, unit, work) for code in codes]
            return sum(given)

    def move(
        self,
        who: Officer,
        code: str,
        to: State,
        text: str = "",
        reason: str = "",
        body: str = "",
        into: str = "",
    ) -> Petition:
        """A legal move, with what it needs: WAITING and ANSWERED a text, REFUSED a reason, FORWARDED a body, MERGED
        the petition it goes into. Raises IllegalMove."""
        with self._writing(who, Action.MOVE) as work:
            petition = self._handled(who, code, work)
            if to is State.WITHDRAWN and petition.channel not in BY_OFFICERS:
                raise IllegalMove(code, petition.state, to, "only who filed it may withdraw it")
            target = self._target(who, petition, into, work) if to is State.MERGED else None
            into = target.code if target else ""
            if not petition.assignee:
                petition = work.happen(petition, Happening.ASSIGNED, who.id, {"officer": who.id})
            moved = work.move(petition, to, who.id, {"reason": reason, "body": body, "into": into}, text.strip())
            if target is not None:
                work.happen(target, Happening.VOICED, who.id, {"from": code})
            self._remember(moved, work)
            return moved

    def note(self, who: Officer, code: str, text: str) -> Petition:
        """For colleagues only."""
        with self._writing(who, Action.NOTE) as work:
            petition = self._seen(who, code, work)
            paper = work.write(code, "note", text.strip(), who.id)
            return work.happen(petition, Happening.NOTED, who.id, {"paper": paper}) if paper else petition

    def reclassify(
        self,
        who: Officer,
        code: str,
        kind: Kind | None = None,
        field: str | None = None,
        place: str | None = None,
        urgency: Urgency | None = None,
        about: Sequence[str] | None = None,
        procedure: str | None = None,
    ) -> Petition:
        """What is given is changed. `procedure`: the key of what it is about. `about` names officers or "lead:<unit>";
        a petition that turns out to be about who handles it is taken from them, about the unit's lead it goes one
        level up."""
        given = {"kind": kind and kind.value, "field": field, "place": place, "urgency": urgency and urgency.value}
        with self._writing(who, Action.RECLASSIFY) as work:
            petition = self._handled(who, code, work)
            details = {k: v for k, v in given.items() if v is not None and v != getattr(petition, k)}
            if procedure is not None and procedure != procedure_of(work.tx.events(code)):
                details["procedure"] = procedure
            if about is not None:
                rights.check(who, Action.NAME_ABOUT)
                details["about"] = ",".join(about)
            changed = work.happen(petition, Happening.RECLASSIFIED, who.id, details) if details else petition
            return self._away_from_its_subjects(changed, who, work) if about else changed

    def enter(self, who: Officer, filing: Filing) -> str:
        """One that came by phone, on paper or in person; its code."""
        if filing.channel not in BY_OFFICERS:
            raise ValueError(f"channel {filing.channel.value}: officers enter {', '.join(BY_OFFICERS)}")
        with self._writing(who, Action.ENTER) as work:
            code = intake.enter(work, replace(filing, conversation="", attachments=()), by=who.id).code
            if filing.attachments:  # `conversation` is only the drawer that its files wait in
                work.tx.attach(filing.conversation, code)
            work.tx.audit(Audit(work.now, who.id, "entered", code, filing.channel.value))
        return code

    def new_secret(self, who: Officer, code: str) -> str:
        """A secret by which whoever called or wrote can look it up; the one before is void. Shown once: only its
        digest is kept. One that was filed with the assistant has its own, which is its sender's alone."""
        secret = new_secret()  # slow on purpose: before the transaction
        with self._writing(who, Action.ENTER) as work:
            petition, party = self._handled(who, code, work), work.tx.party(code)
            if petition.channel not in BY_OFFICERS or party is None or petition.erased:
                raise NotAllowed(f"{code}: filed by its sender")
            work.tx.put_party(replace(party, secret=secret.digest))
            work.tx.audit(Audit(work.now, who.id, "secret", code))
        return secret.shown

    def publish(self, who: Officer, code: str, question: str, answer: str) -> Petition:
        """Question and answer, retold without anyone's data, are public from now on; numbers are masked besides."""
        with self._writing(who, Action.PUBLISH) as work:
            petition = self._handled(who, code, work)
            if petition.state not in (State.ANSWERED, State.CLOSED) or petition.erased:
                raise IllegalMove(code, petition.state, State.CLOSED, "only an answered one is published")
            work.write(code, "public_question", mask(question.strip()), who.id)
            work.write(code, "public_answer", mask(answer.strip()), who.id)
            return work.happen(petition, Happening.PUBLISHED, who.id)

    def unpublish(self, who: Officer, code: str) -> Petition:
        with self._writing(who, Action.PUBLISH) as work:
            return work.happen(self._handled(who, code, work), Happening.PUBLISHED, who.id, {"published": "0"})

    def set_canned(self, who: Officer, replies: Sequence[tuple[str, str]]) -> None:
        with self._writing(who, Action.WRITE_CANNED) as work:
            work.tx.put_value("canned", json.dumps([list(r) for r in replies], ensure_ascii=False))
            work.tx.audit(Audit(work.now, who.id, "canned", "", str(len(replies))))

    # inside

    def _target(self, who: Officer, petition: Petition, into: str, work: Casework) -> Petition:
        """Where a merged petition goes: an open one that the officer may see, and not itself."""
        try:
            target = self._seen(who, complete(into) or into, work) if into else None
        except NotFound:
            target = None
        if target is None or not target.open or target.code == petition.code:
            raise IllegalMove(petition.code, petition.state, State.MERGED, f"{into or 'into'} cannot take it")
        return target

    @staticmethod
    def _assigned(who: Officer, petition: Petition, officer: str, unit: str, work: Casework) -> bool:
        details = {"unit": unit or petition.unit, "officer": ""}
        if officer:
            wanted = next((o for o in work.officers if o.id == officer), None)
            if wanted is None:
                raise NotFound(officer)
            chosen = intake.present(work.officers, wanted, work)
            if not rights.visible(chosen, replace(petition, unit=details["unit"]), work.units):
                about = any(name in petition.about for name in rights.names_of(chosen))
                raise NotTheirs(petition.code, chosen.id, details["unit"], about)
            details["officer"] = chosen.id
        if not petition.open or (details["unit"], details["officer"]) == (petition.unit, petition.assignee):
            return False
        work.happen(petition, Happening.ASSIGNED, who.id, details)
        return True

    @staticmethod
    def _away_from_its_subjects(petition: Petition, who: Officer, work: Casework) -> Petition:
        unit = routing.above_leads(petition.unit, work.units, petition.about)
        holder = next((o for o in work.officers if o.id == petition.assignee), None)
        stays = holder is not None and rights.visible(holder, replace(petition, unit=unit), work.units)
        assignee = petition.assignee if stays else ""
        if (unit, assignee) == (petition.unit, petition.assignee):
            return petition
        return work.happen(petition, Happening.ASSIGNED, who.id, {"unit": unit, "officer": assignee})

    @staticmethod
    def _remember(petition: Petition, work: Casework) -> None:
        """The citizen's conversation knows what may come next: the answer to a question, or the rating of an answer."""
        party = work.tx.party(petition.code)
        if party is None or not party.conversation:
            return
        before = work.tx.session(party.conversation)
        session = load(before)
        if petition.state is State.WAITING:
            session = replace(session, asked=petition.code)
        elif session.asked == petition.code:
            session = replace(session, asked="")
        if petition.state is State.ANSWERED and session.draft is None:
            session = replace(session, options=buttons_at(petition.code, petition.state), clarified=False)
        if dump(session) != before:
            work.tx.put_session(party.conversation, dump(session), work.now)


def procedure_of(events: Sequence[Event]) -> str:
    """The key of the procedure that a petition is about, as it was named last."""
    return next((e.details["procedure"] for e in reversed(events) if "procedure" in e.details), "")
