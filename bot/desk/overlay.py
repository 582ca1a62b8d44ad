"""The page of the overlay that officers' remedies are written to, and read back from before they count."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import yaml

from knowledge.importing.folder import to_tree
from knowledge.library import AsksOf, GoldenAt, Page
from knowledge.parsing import Problem, build
from knowledge.reading import ContentFaults, Fault, read_folder
from knowledge.records import Procedure, Service
from knowledge.vietnamese import fold

ASKED = "hoi_dap"
PAGE = "hoi-dap.yaml"
_HEAD = "# Câu dân hỏi mà trước đây chưa có trả lời, đã được quản trị duyệt. Sửa tay được; giữ đúng cách viết.\n"


def add_asks(folder: Path, procedure: str, asks: Sequence[str]) -> None:
    """These ways of asking mean this procedure. What is there already is not added twice."""
    page = read_page(folder)
    before = next((p for p in page.procedures if p.key == procedure), Procedure(procedure))
    after = replace(before, asks=_joined(before.asks, asks))
    procedures = (*(p for p in page.procedures if p.key != procedure), after)
    write_page(folder, _golden(replace(page, procedures=procedures), asks, procedure))


def add_asks_of(folder: Path, record: str, asks: Sequence[str]) -> None:
    """These ways of asking mean this hotline or service; what is told of it stays where it stands."""
    page = read_page(folder)
    before = next((m for m in page.more_asks if m.record == record), AsksOf(record))
    after = replace(before, asks=_joined(before.asks, asks))
    more = (*(m for m in page.more_asks if m.record != record), after)
    write_page(folder, _golden(replace(page, more_asks=more), asks, record))


def add_answer(folder: Path, service: Service) -> None:
    """A record of its own; one of the same key is replaced."""
    page = read_page(folder)
    services = (*(s for s in page.services if s.key != service.key), service)
    write_page(folder, _golden(replace(page, services=services), service.asks, service.key))


def read_page(folder: Path, name: str = PAGE) -> Page:
    """What the page holds; nothing where it is not there yet. Raises ContentFaults."""
    file = folder / name
    if not file.is_file():
        return Page()
    problems: list[Problem] = []
    try:
        tree = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # strings: nothing is guessed
    except (yaml.YAMLError, UnicodeDecodeError) as bad:
        raise ContentFaults([Fault(file, 0, "cả tệp", "", "không đọc được YAML", "sửa lại tệp này")]) from bad
    page = build(Page, tree or {}, problems)
    if page is None:
        raise ContentFaults(Fault(file, 0, ".".join(map(str, p.path)), p.value, p.what, p.remedy) for p in problems)
    return page


def write_page(folder: Path, page: Page, name: str = PAGE, head: str = _HEAD) -> None:
    """The page as it shall be, read back at once. Raises ContentFaults where it cannot be."""
    folder.mkdir(parents=True, exist_ok=True)
    text = head + yaml.safe_dump(to_tree(page), allow_unicode=True, sort_keys=False, width=110)
    beside = folder / f".{name}.tmp"
    with beside.open("w", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(folder / name)
    read_folder(folder)


def _golden(page: Page, asks: Sequence[str], key: str) -> Page:
    """The first way of asking must find its record from now on, or the gate stays shut."""
    if not asks or any(fold(g.ask) == fold(asks[0]) for g in page.golden):
        return page
    return replace(page, golden=(*page.golden, GoldenAt(asks[0], (key,))))


def _joined(before: Sequence[str], more: Sequence[str]) -> tuple[str, ...]:
    known = {fold(ask) for ask in before}
    return (*before, *(ask for ask in dict.fromkeys(more) if fold(ask) not in known))
