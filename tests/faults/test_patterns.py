"""No message makes a pattern think for ever: every regular expression of the program over texts made against it."""

from __future__ import annotations

import json
import re
import subprocess
import sys

import pytest

from tests.faults.conftest import LONG, ROOT, surroundings

LENGTHS = (500, 1000, 2000, 4000)
"""A message has at most 4,096 letters at every door."""
MOST_GROWTH = 6.0
"""Twice the letters may take four times as long (a search that begins anew at every letter), not eight times."""
NOTICED = 0.02
"""Seconds below which nobody waits and no clock measures well."""
LIMIT = 60 if LONG else 30
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

Known = dict[tuple[str, int], str]
MEASURE = """
import json, re, sys, time
lengths, jobs = json.loads(sys.stdin.read())
for number, (pattern, flags, pump, end) in enumerate(jobs):
    compiled, times = re.compile(pattern, flags), []
    for length in lengths:
        text = (pump * length)[:length] + end
        began = time.process_time()
        for how in (compiled.search, compiled.fullmatch):
            how(text)
        for _ in compiled.finditer(text):
            pass
        times.append(time.process_time() - began)
        if times[-1] > 2:
            break
    print(json.dumps([number, times]), flush=True)
"""


@pytest.fixture(scope="module")
def known() -> Known:
    command = [sys.executable, str(ROOT / "tests" / "faults" / "all_patterns.py")]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=surroundings(), check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return {(pattern, flags): where for pattern, flags, where in json.loads(done.stdout)}


def pumps_of(pattern: str) -> list[str]:
    """Besides what breaks many patterns: the words of this one, which lead deep into it."""
    words = re.findall(r"[^\W_]{2,12}", re.sub(r"\\.|\(\?[:!=<]+", " ", pattern))
    chosen = list(dict.fromkeys(words))[:: max(1, len(words) // 3)][:4]
    return [*PUMPS, *chosen, *(w + " " for w in chosen), *(w + "1" for w in chosen)]


def test_the_patterns_are_found(known: Known) -> None:
    assert len(known) > 100 and len(set(known.values())) > 20


def measured(jobs: list[tuple[str, int, str, str]]) -> tuple[dict[int, list[float]], bool]:
    """The times of each; False where the process did not come to its end."""
    command = [sys.executable, "-c", MEASURE]
    try:
        done = subprocess.run(
            command,
            input=json.dumps([LENGTHS, jobs]),
            capture_output=True,
            text=True,
            cwd=ROOT,
            env=surroundings(),
            timeout=LIMIT * 10,
            check=True,
        )
        out, ended = done.stdout, True
    except subprocess.TimeoutExpired as late:
        out, ended = (late.stdout or b"").decode() if isinstance(late.stdout, bytes) else str(late.stdout or ""), False
    return dict(map(json.loads, out.splitlines())), ended


def test_no_pattern_grows_faster_than_the_square_of_a_message(known: Known) -> None:
    jobs = [
        (pattern, flags, pump, end)
        for pattern, flags in known
        for pump in pumps_of(pattern)
        for end in (ENDS if LONG else ENDS[:2])
    ]
    times, ended = measured(jobs)
    slow = []
    for number, found in times.items():
        grown = len(found) >= 2 and found[-1] > NOTICED and found[-1] > found[-2] * MOST_GROWTH
        if found[-1] > 0.5 or (grown and found[-1] > 0.1):
            pattern, flags, pump, end = jobs[number]
            slow.append(
                (round(found[-1], 2), known[pattern, flags], pattern[:90], pump, end, [round(t, 3) for t in found])
            )
    if not ended:
        slow.append((99.0, "did not end", *jobs[len(times)][:1], "", "", []))
    assert not slow, "\n".join(map(str, sorted(slow, reverse=True)[:20]))


@pytest.mark.parametrize(("pattern", "bad"), [(r"(a+)+$", True), (r"(?:a|aa)+$", True), (r"a+b", False)])
def test_the_measure_tells_a_bad_pattern_from_a_good_one(pattern: str, bad: bool) -> None:
    command = [sys.executable, "-c", MEASURE]
    given = json.dumps([[22, 25], [(pattern, 0, "a", "!")]])
    try:
        out = subprocess.run(command, input=given, capture_output=True, text=True, timeout=LIMIT, check=True).stdout
        found = json.loads(out)[1]
    except subprocess.TimeoutExpired:
        found = [99.0]
    assert (found[-1] > NOTICED) == bad
