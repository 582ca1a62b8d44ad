"""Folders become a Library, or the complete list of faults: file, line, field, value and what to do.

A folder holds YAML pages (any number, at any depth), `language.yaml`, `calendar.yaml`, imported `procedures.jsonl`, and
`folder.yaml`, which says what the folder is called and, for an overlay, for which place it speaks.
"""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path as File
from typing import Any, TypeVar

import yaml

from knowledge.checking import faults_between_records
from knowledge.library import Folder, Library, Page, join
from knowledge.parsing import Path, Problem, build
from knowledge.records import Calendar, Language, Procedure

CONTENT = File(__file__).parent / "content"
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to mend in one file."""

    file: File
    line: int
    field: str
    value: str
    what: str
    remedy: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else str(self.file)
        value = f" (đang là “{self.value}”)" if self.value else ""
        return f"{where}: {self.field}: {self.what}{value} → {self.remedy}"


class ContentFaults(Exception):
    """The folders cannot become a library; `faults` lists everything that has to be mended."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(map(str, self.faults)))


@dataclass(frozen=True, slots=True)
class FolderCard:
    """`folder.yaml`: what a folder is called; `place` ("" = the whole nation, "Cao Bằng", "Cao Bằng/Xã Thạch An")."""

    name: str = ""
    place: str = ""
    note: str = ""


def read_library(folders: Iterable[File] = (CONTENT,)) -> Library:
    """The library that these folders make together, earlier folders first. Raises ContentFaults with every fault."""
    faults: list[Fault] = []
    read = [_Reader(File(f), faults).folder() for f in folders]
    if not faults:
        faults += [_fault_between(problem, read) for problem in faults_between_records(read)]
    if faults:
        raise ContentFaults(faults)
    return join(read)


def read_folder(root: File) -> Folder:
    """One folder alone, not held against others (an overlay may hold only the fields it changes)."""
    faults: list[Fault] = []
    folder = _Reader(File(root), faults).folder()
    if faults:
        raise ContentFaults(faults)
    return folder


def _fault_between(problem: Problem, folders: list[Folder]) -> Fault:
    index, *path = problem.path
    assert isinstance(index, int)
    file, line = _where(folders[index].root, str(path[0]) if len(path) > 1 else problem.value)
    return Fault(file, line, ".".join(map(str, path)), problem.value, problem.what, problem.remedy)


def _where(root: File, mark: str) -> tuple[File, int]:
    """The file and line where the record with this key or code begins."""
    begins = re.compile(rf"""["']?\b(key|code)["']?: *["']?{re.escape(mark)}["']?(?=\W|$)""")
    for file in sorted(f for f in root.rglob("*") if f.suffix in (".yaml", ".jsonl")):
        with file.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                if begins.search(line):
                    return file, number
    return root, 0


class _Reader:
    """Reads one folder, appending what is wrong to `faults`."""

    def __init__(self, root: File, faults: list[Fault]) -> None:
        self.root, self.faults = root, faults

    def folder(self) -> Folder:
        if not self.root.is_dir():
            self.faults.append(Fault(self.root, 0, "thư mục", "", "không có thư mục này", "xem lại KNOWLEDGE_DIRS"))
            return Folder(self.root, "", "", Page())
        card, language, calendar, pages = FolderCard(), None, None, []
        for file in sorted(self.root.rglob("*.yaml")):
            if file.name == "folder.yaml":
                card = self._yaml(file, FolderCard) or card
            elif file.name == "language.yaml":
                language = self._yaml(file, Language)
            elif file.name == "calendar.yaml":
                calendar = self._yaml(file, Calendar)
            else:
                pages.append(self._yaml(file, Page) or Page())
        pages += [Page(procedures=self._json_lines(f)) for f in sorted(self.root.rglob("procedures.jsonl"))]
        return Folder(self.root, card.name or self.root.name, card.place, _united(pages), language, calendar)

    def _yaml(self, file: File, cls: type[T]) -> T | None:
        try:
            node = yaml.compose(file.read_text(encoding="utf-8"), Loader=_LOADER)
        except (yaml.YAMLError, UnicodeDecodeError) as bad:
            self.faults.append(_unreadable(file, bad))
            return None
        problems: list[Problem] = []
        tree = _tree(node, problems, ()) if node is not None else {}
        record = build(cls, tree, problems)
        for p in problems:
            self.faults.append(Fault(file, _line(node, p.path), _spell(p.path), p.value, p.what, p.remedy))
        return record

    def _json_lines(self, file: File) -> tuple[Procedure, ...]:
        records = []
        with file.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                problems: list[Problem] = []
                try:
                    record = build(Procedure, json.loads(line), problems)
                except ValueError:
                    self.faults.append(Fault(file, number, "dòng", line[:60], "không phải JSON", "nhập lại tệp gốc"))
                    continue
                for p in problems:
                    self.faults.append(Fault(file, number, _spell(p.path), p.value, p.what, p.remedy))
                records += [record] if record else []
        return tuple(records)


_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _tree(node: yaml.Node, problems: list[Problem], path: Path) -> object:
    """Plain dicts, lists and strings; nothing is guessed to be a number or a date. A key given twice is a problem."""
    if isinstance(node, yaml.ScalarNode):
        return None if node.style is None and node.value in ("", "~", "null") else node.value
    if isinstance(node, yaml.SequenceNode):
        return [_tree(n, problems, (*path, i)) for i, n in enumerate(node.value)]
    tree: dict[str, object] = {}
    for key, value in node.value:
        if key.value in tree:
            problems.append(Problem((*path, key.value), "", "mục này đã có ở trên", "gộp hai mục làm một"))
        tree[key.value] = _tree(value, problems, (*path, key.value))
    return tree


def _line(node: yaml.Node | None, path: Path) -> int:
    line = 1
    for step in path:
        if node is None:
            break
        line = node.start_mark.line + 1
        if isinstance(node, yaml.MappingNode):
            found = [(k, v) for k, v in node.value if k.value == step]
            if not found:
                return line
            line, node = found[-1][0].start_mark.line + 1, found[-1][1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int):
            node = node.value[step]
            line = node.start_mark.line + 1 if node else line
    return line


def _spell(path: Path) -> str:
    return "".join(f"[{s + 1}]" if isinstance(s, int) else f".{s}" for s in path).lstrip(".") or "cả tệp"


def _unreadable(file: File, bad: Exception) -> Fault:
    mark = getattr(bad, "problem_mark", None)
    what = getattr(bad, "problem", None) or "không phải UTF-8"
    return Fault(
        file, mark.line + 1 if mark else 0, "cả tệp", "", f"không đọc được YAML: {what}", "sửa cách viết ở dòng này"
    )


def _united(pages: Iterable[Page]) -> Page:
    lists: dict[str, list[Any]] = {}
    for page in pages:
        for name in ("procedures", "plans", "contacts", "services", "places", "golden", "more_asks"):
            lists.setdefault(name, []).extend(_with_field(page) if name == "procedures" else getattr(page, name))
    return Page(**{name: tuple(items) for name, items in lists.items()})  # type: ignore[arg-type]


def _with_field(page: Page) -> Iterable[Procedure]:
    return (p if p.field else dataclasses.replace(p, field=page.field) for p in page.procedures)


def knowledge_folders(extra: Iterable[str | File], shipped: bool = True) -> tuple[File, ...]:
    """The shipped content first, then the others in their order, each once."""
    wanted = ([CONTENT] if shipped else []) + [File(e) for e in extra]
    unique: Mapping[File, None] = dict.fromkeys(f.resolve() for f in wanted)
    return tuple(unique)
