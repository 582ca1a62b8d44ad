"""Prints every regular expression of the program and how it is used, [pattern, flags, where, methods], as JSON.

Run in a process of its own, since it imports all. With FUZZ_INDEX naming an index also those that are put together when
they are needed, of the words of the content: a listener behind `re` hears them while some messages are answered."""

from __future__ import annotations

import ast
import importlib
import json
import os
import pkgutil
import random
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import bot
import index
import knowledge

# ways that begin anew at every letter, and ways that begin once
LOOKING, STANDING = {"search", "sub", "subn", "finditer", "findall", "split"}, {"match", "fullmatch"}


def calls(tree: ast.AST) -> Iterator[tuple[ast.expr, str, ast.Call]]:
    """What a method of patterns is called on, which one, and the call."""
    for node in ast.walk(tree):
        called = node.func if isinstance(node, ast.Call) else None
        if isinstance(node, ast.Call) and isinstance(called, ast.Attribute) and called.attr in LOOKING | STANDING:
            yield called.value, called.attr, node


def literals(tree: ast.AST) -> Iterator[tuple[str, int, str]]:
    """Patterns that stand in calls of re as one string."""
    for of, method, node in calls(tree):
        if isinstance(of, ast.Name) and of.id == "re" and node.args:
            try:
                said = ast.literal_eval(node.args[0])
            except ValueError:
                continue  # put together when it is needed: of the words of content, not of a message
            if isinstance(said, str):
                yield said, int(re.IGNORECASE) if "re.I" in ast.unparse(node) else 0, method


def methods_of(name: str, tree: ast.AST) -> set[str]:
    """How a module uses the pattern of this name; in every way, where that cannot be seen (it stands in a table)."""
    used = {method for of, method, _ in calls(tree) if isinstance(of, ast.Name) and of.id == name}
    return used or LOOKING | STANDING


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


def modules() -> Iterator[ModuleType]:
    for package in (bot, index, knowledge):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.endswith("__main__"):
                yield importlib.import_module(module.name)


def patterns() -> list[tuple[str, int, str, list[str]]]:
    """Each with the first module that holds it and all ways in which it is used."""
    where: dict[tuple[str, int], str] = {}
    ways: defaultdict[tuple[str, int], set[str]] = defaultdict(set)
    for module in modules():
        tree = ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))
        for name, value in vars(module).items():
            for one in compiled_in(value):
                key = (one.pattern, one.flags & ~re.UNICODE)
                where.setdefault(key, module.__name__)
                ways[key] |= methods_of(name, tree)
        for pattern, flags, method in literals(tree):
            where.setdefault((pattern, flags), module.__name__)
            ways[pattern, flags].add(method)
    return [(*key, module_name, sorted(ways[key])) for key, module_name in where.items()]


def heard_patterns() -> list[tuple[str, int, str, list[str]]]:
    """Those that were compiled by our modules while they were loaded and while messages were answered."""
    heard: dict[tuple[str, int], str] = {}
    compile_ = vars(re)["_compile"]

    def listening(pattern: object, flags: int) -> object:
        made = compile_(pattern, flags)
        frame = sys._getframe(1)
        while frame.f_back is not None and frame.f_globals.get("__name__") == "re":
            frame = frame.f_back
        at = str(frame.f_globals.get("__name__", ""))
        if at.partition(".")[0] in ("bot", "index", "knowledge") and isinstance(made.pattern, str):
            heard.setdefault((made.pattern, made.flags & ~re.UNICODE), at)
        return made

    setattr(re, "_compile", listening)  # noqa: B010
    from tests.fuzz.messages import Tally, converse, make_core, spoken_words

    core = make_core(Path(os.environ["FUZZ_INDEX"]))
    converse(core, random.Random(7).sample(spoken_words(core.library), 400), Tally(7), lambda asked: asked < 150)
    return [(*key, at, ["search"]) for key, at in heard.items()]


if __name__ == "__main__":
    if "FUZZ_INDEX" in os.environ:
        json.dump(heard_patterns(), sys.stdout)
        sys.exit()
    json.dump(patterns(), sys.stdout)
