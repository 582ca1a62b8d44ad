"""One fee or one hotline, changed by hand for the authority's own place: an overlay page in the strict schema of the
content, shown as a difference before it is published through the gate.

A hand's word holds for a place only: what holds for the nation comes from the files that the state publishes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import yaml

from bot.desk.overlay import read_page, write_page
from bot.desk.publishing import OVERLAY, Change, Publisher, folder_name
from bot.ledger import NotFound, Officer
from bot.petitions.clock import VIETNAM
from bot.wording import console as say
from knowledge.importing.diff import FieldChange, differences
from knowledge.library import Library, Page
from knowledge.records import Confidence, Contact, Procedure, ReadingDay, Source, Validity

PAGE = "sua-tay.yaml"
LONGEST = 1000
_HEAD = "# Sửa tay cho nơi này: phí, đường dây nóng. Mỗi chỗ sửa ghi căn cứ và nguồn.\n"


class BadEdit(Exception):
    """The change cannot be taken; `reason`: place, source, value, number, decision, unseen (in wording.console)."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


@dataclass(frozen=True, slots=True)
class FeeEdit:
    """`decision`, `decided`: the local decision that sets the fee; `place`: where it holds."""

    record: str
    fee: str
    decision: str
    decided: dt.date
    source: str
    place: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class HotlineEdit:
    """`record`: the hotline's key, "" for a new one."""

    record: str
    name: str
    purpose: str
    number: str
    source: str
    place: str
    hours: str = ""
    url: str = ""


Edit = FeeEdit | HotlineEdit


class Editing:
    """`library`: what is known today at a place."""

    def __init__(self, publisher: Publisher, library: Callable[[str], Library], now: Callable[[], dt.datetime]) -> None:
        self._publisher, self._library, self._now = publisher, library, now

    def preview(self, who: Officer, edit: Edit) -> tuple[FieldChange, ...]:
        """Field by field, what would be different there. Raises BadEdit also where a newer decision would hide it."""
        self._check(edit)
        before = self._library(edit.place)
        after = self._publisher.foreseen(who, self.change(edit)).at(edit.place, self._today())
        if isinstance(edit, FeeEdit):
            old, new = before.procedures[edit.record], after.procedures[edit.record]
            if new.fee != edit.fee.strip():
                raise BadEdit("unseen")
            return tuple(c for c in differences(old, new) if c.name in ("fee", "ways", "sources"))
        return _contact_changes(before.contacts.get(edit.record), after.contacts[_key(edit)])

    def change(self, edit: Edit) -> Change:
        """What it does to a staged copy of the content. Raises BadEdit."""
        self._check(edit)
        record = self._record(edit)

        def change(root: Path) -> None:
            folder = root / f"{OVERLAY}-{folder_name(edit.place)}"
            page = read_page(folder, PAGE)
            write_page(folder, _with(page, record), PAGE, _HEAD)
            card = {"name": f"sửa tay, {edit.place}", "place": edit.place}
            (folder / "folder.yaml").write_text(yaml.safe_dump(card, allow_unicode=True), encoding="utf-8")

        return change

    def _check(self, edit: Edit) -> None:
        if not edit.place:
            raise BadEdit("place")
        if not edit.source.strip() or (edit.url and not edit.url.startswith(("https://", "http://"))):
            raise BadEdit("source")
        if isinstance(edit, FeeEdit):
            if not edit.fee.strip() or len(edit.fee) > LONGEST or "\n" in edit.fee.strip():
                raise BadEdit("value")
            if not edit.decision.strip() or edit.decided > self._today():
                raise BadEdit("decision")
            return
        if not edit.name.strip() or not edit.purpose.strip():
            raise BadEdit("value")
        if not 3 <= sum(c.isdigit() for c in edit.number) <= 12 or any(c not in "0123456789 .+-" for c in edit.number):
            raise BadEdit("number")

    def _record(self, edit: Edit) -> Procedure | Contact:
        library = self._library(edit.place)
        source = Source(" ".join(edit.source.split()), ReadingDay(self._today().isoformat()), edit.url.strip())
        if isinstance(edit, HotlineEdit):
            before = library.contacts.get(edit.record)
            if edit.record and before is None:
                raise NotFound(edit.record)
            contact = before or Contact(_key(edit), edit.name.strip(), edit.purpose.strip())
            return replace(
                contact,
                name=edit.name.strip(),
                purpose=edit.purpose.strip(),
                hours=edit.hours.strip(),
                number=" ".join(edit.number.split()),
                place=edit.place,
                sources=(source,),
                confidence=Confidence.HIGH,
                doubt="",
                where_to_find="",
            )
        known = library.procedures.get(edit.record)
        if known is None:
            raise NotFound(edit.record)
        # the one fee holds whichever way it is filed: what the ways said of theirs would stand against it
        ways = tuple(replace(w, fee="") for w in known.ways) if any(w.fee for w in known.ways) else ()
        named = say.FEE_SOURCE.format(
            decision=edit.decision.strip(), day=f"{edit.decided:%d/%m/%Y}", source=source.name
        )
        return Procedure(
            known.key,
            fee=edit.fee.strip(),
            ways=ways,
            # no decision: the procedure's own stays; the day still tells which of two is the later one
            validity=Validity(decision_date=edit.decided),
            sources=(replace(source, name=named, about="fee"),),
            confidence={"default": Confidence.HIGH},
        )

    def _today(self) -> dt.date:
        return self._now().astimezone(VIETNAM).date()


def _with(page: Page, record: Procedure | Contact) -> Page:
    if isinstance(record, Procedure):
        return replace(page, procedures=(*(p for p in page.procedures if p.key != record.key), record))
    return replace(page, contacts=(*(c for c in page.contacts if c.key != record.key), record))


def _key(edit: HotlineEdit) -> str:
    return edit.record or f"dd_{folder_name(edit.place)}_{folder_name(edit.name)}".replace("-", "_")[:80]


def _contact_changes(old: Contact | None, new: Contact) -> tuple[FieldChange, ...]:
    names = ("name", "purpose", "number", "hours", "place", "sources")
    pairs = ((n, getattr(old, n) if old else "", getattr(new, n)) for n in names)
    return tuple(FieldChange(n, a, b) for n, a, b in pairs if (a or b) and a != b)
