"""Coverage-guided fuzzing of some targets: python -m tests.fuzz.drive --runs 2000 --seed 7 [--seconds 60] [TARGET …]

One process for each target, forked when all is loaded and instrumented. What fell is printed with the bytes that did
it, and kept under --found; then the exit status is 1. The environment names the index: FUZZ_INDEX=var/index.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["bot", "knowledge", "index"], enable_loader_override=False):
    import bot.desk.attachments
    import bot.desk.searching
    import bot.petitions.visible
    import bot.telegram_chat.inbox
    import bot.telegram_chat.inline
    import bot.web.api  # noqa: F401
    import knowledge.importing.decisions
    import knowledge.importing.files
    import knowledge.importing.lists
    import knowledge.importing.plans
    import knowledge.importing.portal  # noqa: F401
    from tests.fuzz import targets

MOST_MEMORY = 3000
SLOWEST = 120
"""Seconds after which an input counts as one that hangs."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("targets", nargs="*", default=list(targets.TARGETS))
    parser.add_argument("--runs", type=int, default=1000)
    parser.add_argument("--seconds", type=int, default=0, help="at most so long for each target")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--found", type=Path, default=Path("fuzz-found"))
    a = parser.parse_args()
    targets.core()
    bad = [name for name in a.targets if not _stands(name, a)]
    print(f"{len(a.targets) - len(bad)} of {len(a.targets)} targets stand; fell: {', '.join(bad) or 'none'}")
    return int(bool(bad))


def _stands(name: str, a: argparse.Namespace) -> bool:
    child = os.fork()
    if child == 0:
        _fuzz(name, a)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status) == 0


def _fuzz(name: str, a: argparse.Namespace) -> None:
    """Ends the process."""
    target, begin = targets.TARGETS[name]
    corpus = Path(tempfile.mkdtemp(prefix=f"fuzz-{name}-"))
    for number, data in enumerate(begin()):
        (corpus / str(number)).write_bytes(data)
    a.found.mkdir(parents=True, exist_ok=True)
    limits = [
        f"-max_len={1 << 16}",
        f"-timeout={SLOWEST}",
        f"-rss_limit_mb={MOST_MEMORY}",
        "-verbosity=0",
        "-print_final_stats=0",
    ]
    runs = [f"-runs={a.runs}", f"-seed={a.seed}", *([f"-max_total_time={a.seconds}"] if a.seconds else [])]
    atheris.Setup([name, *runs, *limits, f"-artifact_prefix={a.found}/{name}-", str(corpus)], target)
    sys.stdout.flush()
    try:
        atheris.Fuzz()  # ends the process itself
    finally:
        shutil.rmtree(corpus, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
