"""As many messages as fit into the time that is given, and how many that were: for runs that are longer than a test.

python -m tests.fuzz.front_door --index var/index --minutes 20 --seed 7 [--count 1000000] [--out FILE.json]

A turn here is a turn of the dialogue (understanding, searching, deciding, composing, the session to its written form
and back), without a store. The exit status is 1 when anything fell.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from dataclasses import asdict
from pathlib import Path

from tests.fuzz.messages import Tally, converse, make_core, spoken_words


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--index", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=20.0)
    parser.add_argument("--count", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--out", type=Path)
    a = parser.parse_args()
    core = make_core(a.index)
    began, used = time.monotonic(), time.process_time()
    end = began + a.minutes * 60
    tally = converse(core, spoken_words(core.library), Tally(a.seed), lambda n: n < a.count and time.monotonic() < end)
    told = {
        **asdict(tally),
        "seconds": round(time.monotonic() - began),
        "processor_seconds": round(time.process_time() - used),
    }
    text = json.dumps(told, ensure_ascii=False, indent=1)
    print(text)
    if a.out:
        a.out.write_text(text + "\n", encoding="utf-8")
    return int(bool(tally.fallen))


if __name__ == "__main__":
    sys.exit(main())
