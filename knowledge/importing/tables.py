"""Tables in text: Markdown pipes or tabs become rows of cells."""

from __future__ import annotations

import re
from collections.abc import Iterator

_RULE = re.compile(r"^\|?[\s:|-]+\|?$")
_FILE_LINK = re.compile(r"\[([^\]]*)\]\([^)]*(?:\([^)]*\)[^)]*)*\)")


def cells(row: str, columns: int = 0) -> list[str]:
    """The cells of one row; with `columns`, further bars belong to the first cell."""
    bare = row.strip().removeprefix("|").removesuffix("|")
    parts = bare.rsplit("|", columns - 1) if columns else bare.split("|")
    return [p.replace("<br>", "\n").strip() for p in parts]


def is_row(line: str) -> bool:
    return line.lstrip().startswith("|")


def is_rule(line: str) -> bool:
    """The line of dashes below the header."""
    return is_row(line) and bool(_RULE.match(line.strip())) and "-" in line


def body(text: str, columns: int) -> Iterator[list[str]]:
    """The rows below the headers of the tables in the text."""
    previous_rule = False
    for row in text.split("\n"):
        if is_rule(row):
            previous_rule = True
        elif is_row(row):
            found = cells(row, columns)
            if previous_rule and len(found) == columns:
                yield found
        else:
            previous_rule = False


def sections(text: str, columns: int) -> Iterator[tuple[str, list[list[str]], str]]:
    """Heading, rows and loose text of each table that stands below a "###" heading or none."""
    for part in re.split(r"^###\s*", "\n" + text, flags=re.MULTILINE):
        heading, _, rest = part.partition("\n")
        loose = "\n".join(x for x in rest.split("\n") if x.strip() and not is_row(x))
        yield heading.strip(), list(body(rest, columns)), loose


def linked_names(cell: str) -> list[str]:
    """The names of the files that a cell links to."""
    return [m[1].strip() for m in _FILE_LINK.finditer(cell) if m[1].strip()]
