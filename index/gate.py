"""The gate before a switch: golden questions that the live index answers must not fall, unless an admin says why."""

from __future__ import annotations

from collections.abc import Mapping

from index.retriever import Retriever
from index.snapshot import GoldenResult
from knowledge.records import Status


def ask_golden(retriever: Retriever) -> GoldenResult:
    """Every golden question against this index; those of abolished records retire with them."""
    library = retriever.library
    known = {*library.procedures, *library.plans, *library.contacts, *library.services}
    won, lost, retired = [], {}, []
    for golden in library.golden:
        alive = {r for r in golden.records if r in known and not _abolished(retriever, r)}
        if not alive and any(_abolished(retriever, r) for r in golden.records):
            retired.append(golden.ask)
            continue
        first = next(iter(retriever.search(golden.ask, 1).hits), None)
        if first and first.record.key in alive:
            won.append(golden.ask)
        else:
            lost[golden.ask] = first.record.key if first else "không có"
    return GoldenResult(len(won) + len(lost), tuple(won), lost, tuple(retired))


def fallen(live: GoldenResult | None, new: GoldenResult) -> Mapping[str, str]:
    """Questions that are lost now and were won (or not asked) before: these block the switch."""
    lost_before = set(live.lost) if live else set()
    return {ask: got for ask, got in new.lost.items() if ask not in lost_before}


def _abolished(retriever: Retriever, key: str) -> bool:
    record = retriever.library.procedures.get(key)
    return record is not None and record.validity.status is Status.ABOLISHED
