"""`python -m bot doctor`: what on this machine, in this configuration, has to be mended."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from dataclasses import dataclass

from bot.settings import Settings
from index.encoder import open_encoder
from index.snapshot import GenerationUnusable, Shelf, open_generation, source_digest
from knowledge.library import Library
from knowledge.reading import knowledge_folders, read_library

LEAST_DISK = 1 << 30


@dataclass(frozen=True, slots=True)
class Finding:
    bad: bool
    text: str

    def __str__(self) -> str:
        return f"{'CẦN SỬA' if self.bad else 'ổn'}: {self.text}"


def findings(settings: Settings, today: dt.date | None = None) -> list[Finding]:
    folders = knowledge_folders(settings.knowledge_dirs)
    library = read_library(folders)
    return [
        Finding(False, f"nội dung: {len(library.procedures):,} thủ tục, {len(library.plans)} kế hoạch"),
        *_index(settings, source_digest(folders)),
        *_calendar(library, today or dt.date.today()),
        *_disk(settings),
        *(Finding(False, f"khác nhau giữa các thư mục: {c.record} ({c.field})") for c in library.conflicts[:5]),
    ]


def _index(settings: Settings, source: str) -> Iterator[Finding]:
    shelf = Shelf(settings.generations)
    try:
        generation = open_generation(shelf, shelf.current(), open_encoder(settings.encoder), check=True)
    except GenerationUnusable as bad:
        yield Finding(True, str(bad))
        return
    fresh = generation.manifest.source == source
    tail = "khớp nội dung" if fresh else "cũ hơn nội dung; chạy python scripts/reindex.py"
    yield Finding(not fresh, f"chỉ mục {generation.manifest.name}: {tail}")


def _calendar(library: Library, today: dt.date) -> Iterator[Finding]:
    calendar = library.calendar
    if calendar is None:
        yield Finding(True, "chưa có lịch nghỉ (calendar.yaml)")
        return
    near = calendar.decided_until - today < dt.timedelta(days=60)
    yield Finding(near, f"lịch nghỉ đã chốt đến {calendar.decided_until:%d/%m/%Y}")
    for waiting in calendar.undecided:
        yield Finding(False, f"lịch nghỉ chờ quyết định: {waiting}")


def _disk(settings: Settings) -> Iterator[Finding]:
    folder = next(f for f in (settings.data_dir, *settings.data_dir.resolve().parents) if f.exists())
    free = shutil.disk_usage(folder).free
    yield Finding(free < LEAST_DISK, f"đĩa còn trống {free / (1 << 30):.1f} GiB")
