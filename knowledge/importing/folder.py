"""The import folder on disk: read what it holds, and write so that a kill leaves the old file or the new one.

`procedures.jsonl` holds one procedure a line, sorted by code; `plans/<key>.yaml` one draft plan each; `folder.yaml`
the name of the folder and the place it is for. Procedures on YAML pages in the same folder are hand-written: never
touched.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from enum import Enum
from pathlib import Path
from typing import Any

from knowledge.importing.diff import Held
from knowledge.importing.imported import Unreadable
from knowledge.records import Plan, Procedure, ReadingDay

RECORDS = "procedures.jsonl"
CARD = "folder.yaml"
PLANS = "plans"
_DRAFT = "# Bản nháp đọc từ tệp gốc. Người phụ trách xem lại, sửa thẳng vào đây; lần nhập sau không ghi đè tệp này.\n"


@dataclasses.dataclass(frozen=True, slots=True)
class Contents:
    """What lies in the folder, and a mark that tells whether it was changed meanwhile."""

    held: Held
    place: str
    mark: str


class Meanwhile(Exception):
    """The folder was changed while the import was being looked at."""


def read_contents(root: Path) -> Contents:
    """What the folder holds; an absent folder holds nothing. Raises Unreadable where it cannot be read back."""
    if not root.exists():
        return Contents(Held({}, {}, {}), "", _mark(root))
    if not root.is_dir():
        raise Unreadable(str(root), "không phải một thư mục", "chọn thư mục khác cho --into")
    from knowledge.reading import ContentFaults, read_folder

    mark = _mark(root)
    try:
        folder = read_folder(root)
    except ContentFaults as faults:
        more = f" (và {len(faults.faults) - 1} lỗi nữa)" if len(faults.faults) > 1 else ""
        raise Unreadable(
            str(root), f"thư mục đang có lỗi: {faults.faults[0]}{more}", "sửa lỗi rồi nhập lại"
        ) from faults
    imported = _imported_keys(root / RECORDS)
    records = {p.code: p for p in folder.page.procedures if p.key in imported and p.code}
    by_hand = {m: p.key for p in folder.page.procedures if p.key not in imported for m in (p.code,) if m}
    return Contents(Held(records, {p.key: p for p in folder.page.plans}, by_hand), folder.place, mark)


def _imported_keys(file: Path) -> frozenset[str]:
    if not file.exists():
        return frozenset()
    with file.open(encoding="utf-8") as lines:
        return frozenset(json.loads(x)["key"] for x in lines if x.strip())


def _mark(root: Path) -> str:
    file = root / RECORDS
    return hashlib.sha256(file.read_bytes()).hexdigest() if file.exists() else ""


def write(root: Path, procedures: Mapping[str, Procedure], plans: Iterable[Plan], place: str, before: Contents) -> None:
    """The folder as it shall be from now on. Raises Meanwhile if somebody else wrote since `before` was read."""
    if _mark(root) != before.mark:
        raise Meanwhile
    root.mkdir(parents=True, exist_ok=True)
    for plan in plans:
        _put(root / PLANS / f"{plan.key}.yaml", _DRAFT + _yaml({"plans": [to_tree(plan)]}))
    if not (root / CARD).exists():
        _put(root / CARD, _yaml({"name": root.name, "place": place}))
    if procedures:
        ordered = (procedures[code] for code in sorted(procedures))
        _put(root / RECORDS, "".join(json.dumps(to_tree(p), ensure_ascii=False) + "\n" for p in ordered))


def _put(path: Path, text: str) -> None:
    """Write beside, flush to the disk, then rename: nobody ever sees half a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.tmp")
    with beside.open("w", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    _flush_folder(path.parent)


def _flush_folder(folder: Path) -> None:
    """The rename itself reaches the disk; not every system lets a folder be opened for this."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def to_tree(value: Any) -> Any:
    """Plain dicts, lists and strings in the order of the fields, without what is empty."""
    if dataclasses.is_dataclass(value) and not isinstance(value, ReadingDay | type):
        tree = {f.name: to_tree(v) for f in dataclasses.fields(value) if _said(v := getattr(value, f.name), f)}
        short = getattr(type(value), "SHORTHAND", "")
        return tree[short] if set(tree) == {short} else tree
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, ReadingDay):
        return value.text
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {k: to_tree(v) for k, v in value.items()}
    return [to_tree(v) for v in value] if isinstance(value, tuple) else value


def _said(value: Any, field: dataclasses.Field[Any]) -> bool:
    """Required fields always; of the others what differs from their default."""
    if field.default is not dataclasses.MISSING:
        return bool(value != field.default)
    if field.default_factory is not dataclasses.MISSING:
        return bool(value != field.default_factory())
    return True


def _yaml(tree: object) -> str:
    import yaml

    return yaml.safe_dump(tree, allow_unicode=True, sort_keys=False, width=110)
