"""Records joined by code from several folders, seen from a place and a day.

Official fields come from the later decision in force; folder order decides only within one decision. Asks, aliases,
notes and remarks are united. A folder for a place lays its own fields over the nation's. What differs is kept as a
Conflict, so that an admin sees it.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from knowledge.layers import Conflict, Layer, merged
from knowledge.records import (
    Calendar,
    Contact,
    Golden,
    Language,
    LifeEvent,
    Place,
    Plan,
    Procedure,
    Service,
)
from knowledge.vietnamese import fold

R = TypeVar("R", Plan, Contact, Service, Place)
# The words by which a record says in its remarks that one province alone has it; importing writes them.
ONLY_AT = "chỉ áp dụng tại"
_OWN = re.compile(rf"\b{ONLY_AT} (?:tỉnh |thành phố )?([^.;]+)")
_VIEWS = 16


@dataclass(frozen=True, slots=True)
class GoldenAt(Golden):
    """A golden question as asked from a place ("": the place that its folder speaks for)."""

    place: str = ""


@dataclass(frozen=True, slots=True)
class AsksOf:
    """More ways of asking for a hotline or a service that stands on another page; the record itself stays as it is
    there."""

    record: str
    asks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """What one YAML page holds; `field` is the default field of its procedures."""

    field: str = ""
    procedures: tuple[Procedure, ...] = ()
    plans: tuple[Plan, ...] = ()
    contacts: tuple[Contact, ...] = ()
    services: tuple[Service, ...] = ()
    places: tuple[Place, ...] = ()
    golden: tuple[GoldenAt, ...] = ()
    more_asks: tuple[AsksOf, ...] = ()


@dataclass(frozen=True, slots=True)
class Folder:
    """One folder as read. `place` is "" for the whole nation."""

    root: Path
    name: str
    place: str
    page: Page
    language: Language | None = None
    calendar: Calendar | None = None


@dataclass(frozen=True)
class Library:
    """Everything known, as it holds at `place` on `day` (see `at`)."""

    layers: Mapping[str, tuple[Layer, ...]]
    folders: tuple[Folder, ...]
    place: str
    day: dt.date
    procedures: Mapping[str, Procedure]
    plans: Mapping[str, Plan]
    contacts: Mapping[str, Contact]
    services: Mapping[str, Service]
    places: Mapping[str, Place]
    language: Language
    calendar: Calendar | None
    golden: tuple[GoldenAt, ...]
    conflicts: tuple[Conflict, ...]
    keys_by_code: Mapping[str, str]
    local: Mapping[str, str] = field(default_factory=dict)
    _provinces: Mapping[str, str] = field(repr=False, default_factory=dict)
    _views: dict[tuple[str, dt.date], Library] = field(repr=False, compare=False, default_factory=dict)

    def at(self, place: str, day: dt.date) -> Library:
        """The same records as they hold there and then. The last few views are kept: each question asks for one."""
        if (place, day) == (self.place, self.day):
            return self
        if (place, day) not in self._views:
            if len(self._views) >= _VIEWS:
                self._views.clear()
            self._views[place, day] = _seen(self.folders, self.layers, place, day)
        return self._views[place, day]

    def elsewhere(self, key: str) -> str:
        """The province whose own procedure this is, when that is not here; "" for all that holds here."""
        own = self.local.get(key, "")
        return "" if covers(own, self.place) else own

    def procedure(self, key_or_code: str) -> Procedure | None:
        return self.procedures.get(key_or_code) or self.procedures.get(self.keys_by_code.get(key_or_code, ""))

    def province(self, name: str) -> Place | None:
        """The province of today that an old or new name, nickname or unmarked spelling means."""
        return self.places.get(self._provinces.get(fold(name), ""))

    def province_names(self) -> Sequence[tuple[str, str]]:
        """Every folded name of a province with its key, the longest first."""
        return tuple(self._provinces.items())

    def life_events_of(self, key: str) -> tuple[LifeEvent, ...]:
        return tuple(e for e in self.language.life_events if key in e.procedures)

    def fields(self) -> Mapping[str, tuple[Procedure, ...]]:
        """Procedures that hold here by field, both in the order of the content."""
        by_field: dict[str, list[Procedure]] = {}
        for p in (p for p in self.procedures.values() if not self.elsewhere(p.key)):
            by_field.setdefault(p.field, []).append(p)
        return {f: tuple(ps) for f, ps in by_field.items()}


def join(folders: Sequence[Folder], place: str = "", day: dt.date | None = None) -> Library:
    """One library of all folders, earlier ones first; `day` None means today."""
    layers: dict[str, list[Layer]] = {}
    for folder in folders:
        for record in folder.page.procedures:
            layers.setdefault(record.code or record.key, []).append(Layer(folder.name, folder.place, record))
    by_key = {layer.record.key: group for group, found in layers.items() for layer in found if layer.record.code}
    for group in [g for g in layers if g in by_key]:  # an overlay may name a coded procedure by its key alone
        layers[by_key[group]] += layers.pop(group)
    frozen = {group: tuple(found) for group, found in layers.items()}
    return _seen(tuple(folders), frozen, place, day or dt.date.today())


def covers(folder_place: str, place: str) -> bool:
    """Whether what holds at `folder_place` holds at `place` too: "" everywhere, a province in all its communes."""
    return not folder_place or folder_place == place or place.startswith(folder_place + "/")


def _seen(folders: tuple[Folder, ...], layers: Mapping[str, tuple[Layer, ...]], place: str, day: dt.date) -> Library:
    conflicts: list[Conflict] = []
    procedures, keys = {}, {}
    for found in layers.values():
        here = [layer for layer in found if covers(layer.place, place)]
        if record := merged(here, day, conflicts):
            procedures[record.key] = record
            keys.update({k: record.key for layer in here for k in (layer.record.key, layer.record.code) if k})
    near = sorted((f for f in folders if covers(f.place, place)), key=lambda f: f.place.count("/") + bool(f.place))
    places = _by_key(near, "places", conflicts)
    provinces = _province_names(places.values())
    return Library(
        layers=layers,
        folders=folders,
        place=place,
        day=day,
        procedures=procedures,
        plans=_by_key(near, "plans", conflicts),
        contacts=_asked(_by_key(near, "contacts", conflicts), near),
        services=_asked(_by_key(near, "services", conflicts), near),
        places=places,
        language=_language(near),
        calendar=next((f.calendar for f in reversed(near) if f.calendar), None),
        golden=tuple(g for f in near for g in f.page.golden if covers(g.place or f.place, place)),
        conflicts=tuple(conflicts),
        keys_by_code=keys,
        local=_local(layers.values(), provinces, places),
        _provinces=provinces,
    )


def _local(
    groups: Iterable[Sequence[Layer]], provinces: Mapping[str, str], places: Mapping[str, Place]
) -> dict[str, str]:
    """Procedures that say of themselves in every national folder that one province alone has them, and that
    province's name today: what an old province announced is looked for in the one that it went into."""
    found = {}
    for layers in groups:
        own = [_own_place(layer.record) for layer in layers if not layer.place]
        if own and all(own):
            today = places.get(provinces.get(fold(own[0]), ""))
            found[layers[0].record.key] = today.name if today else own[0]
    return found


def _own_place(record: Procedure) -> str:
    return next((m[1].strip() for remark in record.remarks if (m := _OWN.search(remark))), "")


def _by_key(folders: Iterable[Folder], kind: str, conflicts: list[Conflict]) -> dict[str, Any]:
    """Records of one kind; a folder for a nearer place replaces, within one place the first folder keeps."""
    kept: dict[str, tuple[Any, Folder]] = {}
    for folder in folders:
        for record in getattr(folder.page, kind):
            before = kept.get(record.key)
            if before is None or folder.place != before[1].place:
                kept[record.key] = (record, folder)
            elif before[0] != record:
                conflicts.append(Conflict(record.key, kind, before[0].name, before[1].name, record.name, folder.name))
    return {key: record for key, (record, _) in kept.items()}


def _asked(records: Mapping[str, Any], folders: Iterable[Folder]) -> dict[str, Any]:
    """The records with the ways of asking that other pages add to them."""
    asked = dict(records)
    for more in (m for f in folders for m in f.page.more_asks if m.record in records):
        record = asked[more.record]
        asked[more.record] = dataclasses.replace(record, asks=tuple(dict.fromkeys((*record.asks, *more.asks))))
    return asked


def _language(folders: Iterable[Folder]) -> Language:
    united: dict[str, tuple[Any, ...]] = {}
    for language in (f.language for f in folders if f.language):
        for f in dataclasses.fields(Language):
            united[f.name] = united.get(f.name, ()) + getattr(language, f.name)
    return Language(**united)


def _province_names(places: Iterable[Place]) -> dict[str, str]:
    names: dict[str, str] = {}
    for place in places:
        for name in (place.name, *place.formed_from, *place.aliases):
            names.setdefault(fold(name), place.key)
    return dict(sorted(names.items(), key=lambda item: -len(item[0])))
