"""The gate before a switch: golden questions that the live index answers must not fall, unless an admin says why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from index.manifest import GoldenResult
from index.retriever import Retriever
from knowledge.library import GoldenAt, Library
from knowledge.records import Status


def ask_golden(retriever: Retriever) -> GoldenResult:
    """Every golden question against this index, each from its place; those of abolished records retire with them."""
    won, lost, retired = [], {}, []
    for place, golden in _asked(retriever.library):
        library = retriever.library.at(place, retriever.library.day)
        known = {*library.procedures, *library.plans, *library.contacts, *library.services}
        ask = f"{golden.ask} ({place})" if place else golden.ask
        alive = {r for r in golden.records if r in known and not _abolished(library, r)}
        if not alive and any(_abolished(library, r) for r in golden.records):
            retired.append(ask)
            continue
        first = next(iter(retriever.at(place).search(golden.ask, 1).hits), None)
        if first and first.record.key in alive:
            won.append(ask)
        else:
            lost[ask] = first.record.key if first else "không có"
    return GoldenResult(len(won) + len(lost), tuple(won), lost, tuple(retired))


def _asked(library: Library) -> Iterator[tuple[str, GoldenAt]]:
    """The golden questions of all folders, those of overlays too, with the place from which each is asked."""
    return ((g.place or f.place, g) for f in library.folders for g in f.page.golden)


def fallen(live: GoldenResult | None, new: GoldenResult) -> Mapping[str, str]:
    """Questions that are lost now and were won (or not asked) before: these block the switch."""
    lost_before = set(live.lost) if live else set()
    return {ask: got for ask, got in new.lost.items() if ask not in lost_before}


def _abolished(library: Library, key: str) -> bool:
    record = library.procedures.get(key)
    return record is not None and record.validity.status is Status.ABOLISHED
