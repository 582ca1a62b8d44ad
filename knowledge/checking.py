"""What must hold between records, beyond the shape of each: unique keys and codes, relations that exist."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from knowledge.library import Folder
from knowledge.parsing import Path, Problem
from knowledge.records import Procedure
from knowledge.vietnamese import fold


def faults_between_records(folders: Sequence[Folder]) -> Iterator[Problem]:
    """Every broken promise between the records of these folders; a path begins with the folder's index."""
    known = {p.key for f in folders for p in f.page.procedures}
    for index, folder in enumerate(folders):
        yield from _repeated(index, folder)
        for p in folder.page.procedures:
            yield from _inside(index, p, known)
        for service in folder.page.services:
            yield from _unknown((index, service.key, "procedures"), service.procedures, known)
        for event in folder.language.life_events if folder.language else ():
            yield from _unknown((index, event.key, "procedures"), event.procedures, known)
    yield from _nameless(folders)
    yield from _shared_asks(folders)


def _repeated(index: int, folder: Folder) -> Iterator[Problem]:
    for kind in ("procedures", "plans", "contacts", "services", "places"):
        seen: set[str] = set()
        for record in getattr(folder.page, kind):
            for mark in filter(None, (record.key, getattr(record, "code", ""))):
                if mark in seen:
                    yield Problem((index, kind), mark, "khóa hoặc mã này có hai bản ghi", "bỏ hoặc đổi một bản ghi")
                seen.add(mark)
    for plan in folder.page.plans:
        ids = [t.id for t in plan.tasks]
        for twice in {i for i in ids if ids.count(i) > 1}:
            yield Problem((index, plan.key, "tasks"), twice, "hai nhiệm vụ cùng một id", "đặt id khác cho một nhiệm vụ")


def _inside(index: int, p: Procedure, known: set[str]) -> Iterator[Problem]:
    yield from _unknown((index, p.key, "related"), p.related + p.linked, known)
    for name in (*p.confidence, *p.doubts):
        if name != "default" and name not in Procedure.__dataclass_fields__:
            yield Problem((index, p.key), name, "không có mục nào tên này", "dùng tên mục của bản ghi thủ tục")
    if not 0 <= p.popularity <= 3:
        yield Problem(
            (index, p.key, "popularity"), str(p.popularity), "phải từ 0 đến 3", "3 là gần như nhà nào cũng cần"
        )
    v = p.validity
    if v.since and v.until and v.since > v.until:
        yield Problem(
            (index, p.key, "validity"), f"{v.since} – {v.until}", "ngày đầu sau ngày cuối", "xem lại hai ngày"
        )


def _unknown(path: Path, keys: Iterable[str], known: set[str]) -> Iterator[Problem]:
    for key in keys:
        if key not in known:
            yield Problem(path, key, "không có thủ tục này", "dùng khóa của một thủ tục có trong các thư mục")


def _nameless(folders: Sequence[Folder]) -> Iterator[Problem]:
    named = {mark for f in folders for p in f.page.procedures if p.name for mark in (p.key, p.code) if mark}
    for index, folder in enumerate(folders):
        for p in folder.page.procedures:
            if not p.name and not {p.key, p.code} & named:
                yield Problem((index, p.key, "name"), "", "thủ tục không có tên ở thư mục nào", "thêm “name: …”")


def _shared_asks(folders: Sequence[Folder]) -> Iterator[Problem]:
    owner: dict[str, str] = {}
    for index, folder in enumerate(folders):
        for p in folder.page.procedures:
            for ask in p.asks:
                mark = p.code or p.key
                if owner.setdefault(fold(ask), mark) != mark:
                    yield Problem((index, p.key, "asks"), ask, "câu hỏi này đã thuộc thủ tục khác", "bỏ ở một thủ tục")
