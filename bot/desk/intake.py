"""A confirmed petition enters the books: its code, its first event, its words, who filed it, its files, its terms."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.desk import routing
from bot.desk.casework import Casework
from bot.ledger import Filing, Officer, Party, Role
from bot.petitions.clock import VIETNAM
from bot.petitions.codes import code_of
from bot.petitions.mentions import mentioned
from bot.petitions.petition import CITIZEN, Channel, Event, Happening, Naming, Petition, State

BY_OFFICERS = frozenset({Channel.PHONE, Channel.PAPER, Channel.WALK_IN})
"""Channels of petitions that an officer enters; nobody can withdraw those but through an officer."""
# No letter or digit that is taken for another when it is read aloud or off a paper.
_LETTERS = "ABCDEFGHJKMNPQRTUVWXY346789"
_SECRET_LENGTH = 8


@dataclass(frozen=True, slots=True)
class Secret:
    """The short secret by which a petition is tracked from elsewhere. Only the digest is kept."""

    shown: str
    digest: str


def new_secret(drawn: bytes = b"") -> Secret:
    """Slow to guess also for who holds the digest; made before the transaction begins. `drawn`: 32 bytes of chance
    that make the same secret again."""
    number, letters = int.from_bytes(drawn or secrets.token_bytes(32)), ""
    while len(letters) < _SECRET_LENGTH:
        number, at = divmod(number, len(_LETTERS))
        letters += _LETTERS[at]
    salt = secrets.token_hex(8)
    return Secret(f"{letters[:4]}-{letters[4:]}", f"{salt}${_stretched(letters, salt)}")


def is_secret(typed: str, digest: str) -> bool:
    salt, _, stretched = digest.partition("$")
    letters = "".join(c for c in typed.upper() if c.isalnum())
    return bool(stretched) and hmac.compare_digest(_stretched(letters, salt), stretched)


def _stretched(letters: str, salt: str) -> str:
    return hashlib.scrypt(letters.encode(), salt=salt.encode(), n=1 << 12, r=8, p=1, dklen=16).hex()


def routed(filing: Filing, work: Casework) -> Filing:
    """The filing with the unit that is to handle it, whom it is about, and its place by an official name."""
    units = work.units
    chosen = filing.place if filing.channel in BY_OFFICERS else ""  # a citizen's place is only where they live
    where = f"{filing.where} {chosen}"
    unit = routing.live_unit(filing.unit, units) or routing.unit_for(filing.field, where, units)
    about = filing.about or routing.about_whom(mentioned(filing.text), work.officers, units, unit)
    place = chosen or routing.place_of(filing.where, units, filing.place)
    return replace(filing, unit=routing.above_leads(unit, units, about), about=about, place=place)


def enter(work: Casework, filing: Filing, secret: str = "", by: str = CITIZEN) -> Petition:
    """Everything of one petition, in the transaction of the work; `secret` is the digest. The code is to be shown only
    once the transaction is on disk."""
    filing = routed(filing, work)
    year = work.now.astimezone(VIETNAM).year
    code = code_of(year, work.tx.next_number(year))
    petition = work.add(Event(code, 1, Happening.FILED, work.now, by, _details(work, filing)))
    for role, text in (("story", filing.text), ("where", filing.where), ("when", filing.when)):
        work.write(code, role, text, by)
    work.write(code, "location", filing.location, by)
    contact = "" if filing.naming is Naming.NAMELESS else filing.contact
    work.tx.put_party(Party(code, filing.conversation, contact, secret))
    if filing.attachments:
        work.tx.attach(filing.conversation, code)
    return petition


def join(work: Casework, petition: Petition, into: str) -> Petition:
    """One more voice: this petition is merged into an open one that tells the same."""
    target = work.petition(into)
    if not target.open or target.code == petition.code:
        return petition
    merged = work.move(petition, State.MERGED, CITIZEN, {"into": into})
    work.happen(target, Happening.VOICED, CITIZEN, {"from": petition.code})
    return merged


def present(officers: Sequence[Officer], officer: Officer, work: Casework) -> Officer:
    """The one who stands in for an officer who is away; the officer where nobody does."""
    away = officer.away_until is not None and work.now.date() <= officer.away_until
    cover = next((o for o in officers if o.id == officer.cover and o.active), None)
    return cover if away and cover is not None and cover.role is not Role.ADMIN else officer


def _details(work: Casework, filing: Filing) -> dict[str, str]:
    """Codes and ids only; what people wrote lies in papers."""
    began = filing.received or work.now
    accept = work.terms.accept_by(filing.urgency, began)
    answer = work.terms.answer_by(filing.kind, filing.urgency, began)
    details = {
        "kind": filing.kind.value,
        "channel": filing.channel.value,
        "urgency": filing.urgency.value,
        "naming": filing.naming.value,
        "field": filing.field,
        "procedure": filing.procedure,
        "place": filing.place,
        "unit": filing.unit,
        "about": ",".join(filing.about),
        "accept_by": accept.isoformat() if accept else "",
        "answer_by": answer.isoformat() if answer else "",
        "received": filing.received.isoformat() if filing.received else "",
    }
    return {k: v for k, v in details.items() if v or k == "naming"}
