"""python -m bot chat | ask | doctor"""

from __future__ import annotations

import argparse
import datetime as dt
import logging
import os
import sys
from dataclasses import replace
from pathlib import Path

from bot.settings import BadSettings, Settings, read_settings


def main(arguments: list[str] | None = None) -> int:
    a = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    from index.classifier import ClassifierUnusable
    from index.encoder import EncoderUnusable
    from index.fusion import WeightsUnreadable
    from index.snapshot import GenerationUnusable
    from knowledge.reading import ContentFaults

    try:
        return int(a.run(a, read_settings()))
    except (
        BadSettings,
        ContentFaults,
        GenerationUnusable,
        EncoderUnusable,
        WeightsUnreadable,
        ClassifierUnusable,
    ) as bad:
        print(bad, file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot", description="Một Cửa")
    commands = parser.add_subparsers(required=True, metavar="LỆNH")
    chat = commands.add_parser("chat", help="trò chuyện trong cửa sổ lệnh")
    chat.set_defaults(run=_chat)
    ask = commands.add_parser("ask", help="mỗi dòng JSON một câu hỏi, mỗi dòng JSON một câu trả lời")
    ask.set_defaults(run=_ask)
    for one in (chat, ask):
        one.add_argument(
            "--knowledge", type=Path, action="append", default=[], metavar="DIR", help="thư mục nội dung thêm"
        )
        one.add_argument("--index", type=Path, metavar="DIR", help="chỉ mục khác")
        one.add_argument("--as-of", type=dt.date.fromisoformat, metavar="NGÀY", help="trả lời như vào ngày này")
        one.add_argument("--place", default="", help="nơi của người hỏi")
    doctor = commands.add_parser("doctor", help="xem máy và cấu hình này đã sẵn sàng chưa")
    doctor.set_defaults(run=_doctor)
    return parser


def _chat(a: argparse.Namespace, settings: Settings) -> int:
    from bot.build import make_desk
    from bot.terminal.chat import chat

    settings = _chosen(a, settings)
    chat(make_desk(settings, _today(a)))
    return 0


def _ask(a: argparse.Namespace, settings: Settings) -> int:
    import tempfile

    from bot.build import make_desk
    from bot.terminal.ask import ask

    settings = _chosen(a, settings)
    with tempfile.TemporaryDirectory(prefix="mot-cua-ask-") as scratch:
        desk = make_desk(settings, _today(a), Path(scratch) / "ask.db")
        try:
            for line in ask(sys.stdin, desk):
                sys.stdout.write(line + "\n")
                sys.stdout.flush()
        except BrokenPipeError:  # whoever read has gone; what is left in the buffer goes nowhere
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _doctor(_a: argparse.Namespace, settings: Settings) -> int:
    from bot.doctor import findings

    found = findings(settings)
    for finding in found:
        print(finding)
    return int(any(f.bad for f in found))


def _chosen(a: argparse.Namespace, settings: Settings) -> Settings:
    """The settings with what the command line says; content without an index of its own gets a throw-away one."""
    from bot.build import make_index
    from index.snapshot import Shelf
    from knowledge.reading import knowledge_folders

    if a.place:
        settings = replace(settings, place=a.place)
    if a.index:
        return replace(settings, index_dir=a.index)
    folders = knowledge_folders([*settings.knowledge_dirs, *a.knowledge])
    if a.knowledge or not Shelf(settings.generations).current():
        return replace(settings, index_dir=make_index(folders, settings.encoder))
    return settings


def _today(a: argparse.Namespace):  # type: ignore[no-untyped-def]
    return (lambda: a.as_of) if a.as_of else dt.date.today


if __name__ == "__main__":
    sys.exit(main())
