"""No message makes a pattern think for ever: every regular expression of the program over texts made against it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.faults.all_patterns import LOOKING
from tests.faults.conftest import LONG, ROOT, surroundings

LENGTHS = (250, 500, 1000, 2000, 4000) if LONG else (250, 500, 1000, 2000)
"""A message has at most 4,096 letters at every door."""
MOST_GROWTH = 6.0
"""Twice the letters may take four times as long (a search that begins anew at every letter), not eight times."""
NOTICED, MOST = 0.02, 2.4 if LONG else 0.6
"""Seconds of the processor for the longest text: below the first nobody waits, above the second it is refused."""
LIMIT = 600
# what may be doubled without end, in the words that patterns look for, and an end that spoils the match
PUMPS = (
    "a",
    "1",
    " ",
    "\n",
    ".",
    "-",
    "a ",
    "1 ",
    "1.",
    "a.",
    "a-",
    "A",
    "ạ",
    "đ ",
    "9 9",
    "(",
    "/",
    "_",
    '"',
    "a@",
    "0x",
    ", ",
)
ENDS = ("", "!", "\x00", "@", "9")

MEASURE = """
import json, re, signal, sys, time
class Late(Exception): pass
def late(*_): raise Late
signal.signal(signal.SIGVTALRM, late)
lengths, most, jobs = json.loads(sys.stdin.read())
for number, (pattern, flags, looks, pump, end) in enumerate(jobs):
    compiled, times = re.compile(pattern, flags), []
    for length in lengths:
        text = (pump * length)[:length] + end
        began = time.process_time()
        signal.setitimer(signal.ITIMER_VIRTUAL, most * 3)
        try:
            if looks:
                for _ in compiled.finditer(text):
                    pass
            else:
                compiled.fullmatch(text)
                compiled.match(text)
        except Late:
            pass
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        times.append(time.process_time() - began)
        if times[-1] > most:
            break
    print(json.dumps([number, times]), flush=True)
"""


@dataclass(frozen=True, slots=True)
class Pattern:
    """`looks`: it is looked for anywhere in a text, not only at one place."""

    pattern: str
    flags: int
    where: str
    looks: bool


Job = tuple[str, int, bool, str, str]


@pytest.fixture(scope="module")
def known(shipped: Path) -> list[Pattern]:
    """Those that modules hold, and those that are put together while they work, where something in them repeats (lists
    of plain words cannot take long)."""
    held = listed()
    repeats = (p for p in listed(FUZZ_INDEX=str(shipped)) if re.search(r"(?<!\\)[*+{]", p.pattern))
    heard = {(p.pattern, p.flags): p for p in repeats}
    return [*held, *(p for key, p in heard.items() if key not in {(h.pattern, h.flags) for h in held})]


def listed(**environment: str) -> list[Pattern]:
    command = [sys.executable, str(ROOT / "tests" / "faults" / "all_patterns.py")]
    around = surroundings(**environment)
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=around, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    rows = json.loads(done.stdout)
    return [Pattern(pattern, flags, where, bool(LOOKING & set(ways))) for pattern, flags, where, ways in rows]


def pumps_of(pattern: str) -> list[str]:
    """Besides what breaks many patterns: the words of this one, which lead deep into it."""
    words = re.findall(r"[^\W_]{2,12}", re.sub(r"\\.|\(\?[:!=<]+", " ", pattern))
    chosen = list(dict.fromkeys(words))[:: max(1, len(words) // 3)][:4]
    return [*PUMPS, *chosen, *(w + " " for w in chosen), *(w + "1" for w in chosen)]


def measured(jobs: Sequence[Job]) -> tuple[list[list[float]], bool]:
    """The times of each; False where the process did not come to its end."""
    given = json.dumps([LENGTHS, MOST, jobs])
    command = [sys.executable, "-c", MEASURE]
    with tempfile.TemporaryFile("w+") as out:
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=out, text=True, cwd=ROOT)
        try:
            process.communicate(given, timeout=LIMIT)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        out.seek(0)
        return [json.loads(line)[1] for line in out if line.endswith("\n")], process.returncode == 0


def too_slow(times: Sequence[float]) -> bool:
    grown = len(times) > 1 and times[-1] > NOTICED and times[-1] > times[-2] * MOST_GROWTH
    return times[-1] > MOST or (grown and times[-1] > MOST / 4)


def test_the_patterns_are_found(known: list[Pattern]) -> None:
    assert len(known) > 100 and len({p.where for p in known}) > 20


def test_no_pattern_thinks_for_long_about_any_message(known: list[Pattern]) -> None:
    asked = [(p, pump, end) for p in known for pump in pumps_of(p.pattern) for end in (ENDS if LONG else ENDS[1:2])]
    times, ended = measured([(p.pattern, p.flags, p.looks, pump, end) for p, pump, end in asked])
    slow = {
        (p.where, p.pattern[:100]): (pump, end, [round(t, 3) for t in found])
        for (p, pump, end), found in zip(asked, times, strict=False)
        if too_slow(found)
    }
    assert ended, f"this one did not end: {asked[len(times)]}"
    assert not slow, "\n".join(f"{where}: {pattern!r} {told}" for (where, pattern), told in slow.items())


@pytest.mark.parametrize(("pattern", "bad"), [(r"(a+)+$", True), (r"(?:a|aa)+$", True), (r"a+b", False)])
def test_the_measure_tells_a_bad_pattern_from_a_good_one(pattern: str, bad: bool) -> None:
    given = json.dumps([[16, 18, 20, 22, 24], MOST, [(pattern, 0, True, "a", "!")]])
    out = subprocess.run(
        [sys.executable, "-c", MEASURE], input=given, capture_output=True, text=True, check=True
    ).stdout
    found = json.loads(out)[1]
    assert (found[-1] > found[0] * 8 and found[-1] > NOTICED / 10) == bad
