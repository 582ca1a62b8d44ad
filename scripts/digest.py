#!/usr/bin/env python3
"""Draft the weekly digest from the store: .docx for the paper, .docx and .txt to be read aloud; prints where they are.

python scripts/digest.py [--until 2026-11-22] [--days 7] [--before GENERATION] [--skip KEY …] [--out DIR] [--store URL]

--until: the last day of the week, by default yesterday. --before: an index generation of before the week, by default
the last one built before it; what changed since then is told, old and new. --skip: procedures that earlier digests
explained.
"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.desk.transaction import Transaction
    from bot.outreach.changes import News
    from bot.outreach.digest import Digest, Published
    from bot.settings import Settings
    from knowledge.library import Library


def main() -> int:
    from bot.outreach.digest import Week, drafted
    from bot.petitions.clock import VIETNAM
    from bot.petitions.petition import Happening, Kind
    from bot.settings import read_settings
    from bot.store.opening import open_store

    a, settings = arguments(), read_settings()
    today = dt.datetime.now(VIETNAM).date()
    last = a.until or today - dt.timedelta(days=1)
    first = last - dt.timedelta(days=a.days - 1)
    start, until = (dt.datetime.combine(d, dt.time(), VIETNAM) for d in (first, last + dt.timedelta(days=1)))
    library = opened(settings, today)
    with open_store(a.store or settings.database).reading() as tx:
        filed = [tx.petition(e.code) for e in tx.log(start, until, (Happening.FILED,))]
        week = Week(
            first,
            last,
            turns=list(tx.turns(start, until)),
            verdicts=tx.verdicts(start, until),
            petitions=[p for p in filed if p and p.kind in (Kind.CONDUCT, Kind.RULES, Kind.SUGGESTION)],
            published=tuple(published(tx, start, until)),
            changes=changes(settings, a.before, start, library),
            explained=frozenset(a.skip),
        )
    for file in written(drafted(week, library), settings, a.out):
        print(file)
    return 0


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--until", type=dt.date.fromisoformat, metavar="NGÀY")
    parser.add_argument("--days", type=int, default=7, metavar="SỐ")
    parser.add_argument("--before", default="", metavar="THẾ HỆ")
    parser.add_argument("--skip", nargs="*", default=[], metavar="KHÓA")
    parser.add_argument("--out", type=Path, metavar="DIR", help="mặc định: digests trong DATA_DIR")
    parser.add_argument("--store", default="", metavar="URL", help="mặc định: DATABASE_URL")
    return parser.parse_args()


def opened(settings: Settings, day: dt.date) -> Library:
    from bot.desk.publishing import content_folders
    from knowledge.reading import CONTENT, read_library

    folders = (CONTENT, *settings.knowledge_dirs, *content_folders(settings.knowledge))
    return read_library(folders).at(settings.place, day)


def published(tx: Transaction, start: dt.datetime, until: dt.datetime) -> Iterator[Published]:
    """Petitions that were made public in these days, in the words an officer approved."""
    from bot.outreach.digest import Published
    from bot.petitions.petition import Happening

    for event in tx.log(start, until, (Happening.PUBLISHED,)):
        petition = tx.petition(event.code)
        words = {paper.role: paper.text for paper in tx.papers(event.code)}
        if petition and petition.published and words.get("public_question"):
            yield Published(words["public_question"], words.get("public_answer", ""), petition.field)


def changes(settings: Settings, generation: str, start: dt.datetime, after: Library) -> tuple[News, ...]:
    """From the records of that generation (else the last one that was built before the week) to those of today."""
    from bot.outreach.changes import news
    from index.shelf import Shelf
    from knowledge.reading import read_library

    shelf = Shelf(settings.generations)
    built_before = f"{start.astimezone(dt.UTC):%Y%m%dT%H%M%S}"
    older = [name for name in shelf.names() if name < built_before]
    name = generation or (older[-1] if older else "")
    if not name:
        return ()
    before = read_library(sorted((shelf.generations / name / "knowledge").iterdir()))
    return news(before.at(settings.place, after.day), after)


def written(digest: Digest, settings: Settings, out: Path | None) -> Iterator[Path]:
    from bot.outreach import digest_paper
    from bot.outreach.digest_aloud import read_out

    folder = out or settings.data_dir / "digests"
    folder.mkdir(parents=True, exist_ok=True)
    stem, authority = f"ban-tin-{digest.last:%Y-%m-%d}", settings.authority_name
    paper, aloud, text = (folder / f"{stem}{end}" for end in (".docx", "-doc-tren-loa.docx", "-doc-tren-loa.txt"))
    digest_paper.write(digest, authority, paper)
    digest_paper.write_aloud(digest, authority, aloud)
    text.write_text(read_out(digest, authority) + "\n", encoding="utf-8")
    yield from (paper, aloud, text)


if __name__ == "__main__":
    raise SystemExit(main())
