"""Prints every regular expression of the program, [pattern, flags, where], as JSON: run in a process of its own."""

from __future__ import annotations

import ast
import importlib
import json
import pkgutil
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import bot
import index
import knowledge

Known = dict[tuple[str, int], str]


def literals(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Patterns that stand in calls of re as one string."""
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        of = node.func.value
        if isinstance(of, ast.Name) and of.id == "re" and node.args:
            try:
                said = ast.literal_eval(node.args[0])
            except ValueError:
                continue  # put together when the module is imported: found there as compiled
            if isinstance(said, str):
                yield said, re.IGNORECASE if "re.I" in ast.unparse(node) else 0


def compiled_in(value: object, depth: int = 0) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        if isinstance(value.pattern, str):
            yield value
    elif depth < 3 and isinstance(value, (list, tuple, set, frozenset)):
        for one in value:
            yield from compiled_in(one, depth + 1)
    elif depth < 3 and isinstance(value, dict):
        for one in (*value, *value.values()):
            yield from compiled_in(one, depth + 1)


def patterns() -> Known:
    """Each with the first module that holds it."""
    found: Known = {}
    for package in (bot, index, knowledge):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if module.name.endswith("__main__"):
                continue
            loaded = importlib.import_module(module.name)
            for value in vars(loaded).values():
                for one in compiled_in(value):
                    found.setdefault((one.pattern, one.flags & ~re.UNICODE), module.name)
            source = Path(str(loaded.__file__)).read_text(encoding="utf-8")
            for pattern, flags in literals(ast.parse(source)):
                found.setdefault((pattern, flags), module.name)
    return found


if __name__ == "__main__":
    json.dump([(pattern, int(flags), where) for (pattern, flags), where in patterns().items()], sys.stdout)
