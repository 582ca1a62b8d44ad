#!/usr/bin/env python3
"""Measure finding, or whole replies.

Finding: python scripts/evaluate.py FILE… [--index DIR] [--against GENERATION] [--curve curve.png]
Replies: python scripts/evaluate.py --dialogue FILE… [--knowledge DIR]… [--index DIR] [--as-of DAY] [--save RUN]
         [--against RUN]

Replies are asked through the front door (`python -m bot ask`), one conversation a row; the files are sets of questions,
plans, contacts, triage and dialogues, told by what their rows hold. With --verbose each miss is named.
"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from pathlib import Path

from rich.console import Console

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))


def main() -> int:
    a = arguments()
    return measure_replies(a) if a.dialogue else measure_finding(a)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", type=Path, nargs="+", metavar="FILE")
    parser.add_argument("--dialogue", action="store_true", help="đo cả câu trả lời, qua cửa `python -m bot ask`")
    parser.add_argument("--index", type=Path)
    parser.add_argument("--against", help="một thế hệ khác, hoặc với --dialogue một lần đo đã lưu: câu nào đổi kết quả")
    parser.add_argument("--verbose", action="store_true", help="in từng câu sai")
    replies = parser.add_argument_group("với --dialogue")
    replies.add_argument("--knowledge", type=Path, action="append", default=[], metavar="DIR", help="nội dung thêm")
    replies.add_argument("--as-of", type=dt.date.fromisoformat, metavar="NGÀY", help="trả lời như vào ngày này")
    replies.add_argument("--save", type=Path, metavar="RUN", help="lưu lần đo này (JSON), để sau so bằng --against")
    finding = parser.add_argument_group("không có --dialogue")
    finding.add_argument("--encoder")
    finding.add_argument("--generation", help="thế hệ được đo (mặc định: đang dùng)")
    finding.add_argument("--curve", type=Path, help="vẽ đường cong tin cậy ra tệp PNG này")
    return parser.parse_args()


def measure_replies(a: argparse.Namespace) -> int:
    from scripts.evaluation import replies
    from scripts.evaluation.cases import UnknownSet, read_cases
    from scripts.evaluation.front_door import DoorClosed, speak

    console = Console(highlight=False, width=None if sys.stdout.isatty() else 160)
    flags = [part for folder in a.knowledge for part in ("--knowledge", str(folder.resolve()))]
    flags += ["--index", str(a.index.resolve())] if a.index else []
    flags += ["--as-of", a.as_of.isoformat()] if a.as_of else []
    try:
        cases = [case for file in a.files for case in read_cases(file)]
        found = list(replies.verdicts(cases, speak(cases, flags)))
        before = replies.load(Path(a.against)) if a.against else []
    except (OSError, UnknownSet, DoorClosed) as bad:
        print(bad, file=sys.stderr)
        return 1
    replies.report(found, console)
    if a.verbose:
        replies.show_misses(found, console)
    if a.against:
        replies.show_changes(before, found, console)
    if a.save:
        replies.save(found, a.save)
    return 0


def measure_finding(a: argparse.Namespace) -> int:
    from bot.settings import read_settings
    from index.encoder import open_encoder
    from index.live import retriever_of
    from index.snapshot import Shelf, open_generation
    from scripts.evaluation import finding

    shelf = Shelf(a.index or read_settings().generations)
    encoder = open_encoder(a.encoder or read_settings().encoder)
    questions = [q for file in a.files for q in finding.read_questions(file)]
    retriever = retriever_of(open_generation(shelf, a.generation or shelf.current(), encoder), encoder)
    found = [finding.ask(retriever, q) for q in questions]
    finding.report(found, retriever)
    if a.verbose:
        finding.show_misses(found)
    if a.curve:
        finding.draw(found, a.curve)
    if a.against:
        other = retriever_of(open_generation(shelf, a.against, encoder), encoder)
        finding.show_difference(found, [finding.ask(other, q) for q in questions])
    return 0


if __name__ == "__main__":
    sys.exit(main())
