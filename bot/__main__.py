"""python -m bot serve | web | telegram | chat | ask | doctor | invite | unit | officer"""

from __future__ import annotations

import argparse
import contextlib
import ctypes
import datetime as dt
import logging
import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from bot.settings import BadSettings, Settings, read_settings

if TYPE_CHECKING:
    from bot.desk.house import House
    from bot.telegram_chat.application import Line

# "admin" is the word that the README uses; the others are the roles' own names.
ROLES = {"admin": "quan_tri", "lanh_dao": "lanh_dao", "can_bo": "can_bo"}

# The number by which mallopt(3) knows it.
MALLOC_ARENA_MAX = -8


def main(arguments: list[str] | None = None) -> int:
    a = _parser().parse_args(arguments)
    from bot.ledger import StoreUnavailable
    from bot.petitions.clock import BadHours
    from bot.petitions.terms import TermsUnusable
    from index.classifier import ClassifierUnusable
    from index.encoder import EncoderUnusable
    from index.fusion import WeightsUnreadable
    from index.snapshot import GenerationUnusable
    from knowledge.reading import ContentFaults

    try:
        settings = read_settings()
        _start_journal(settings)
        _share_one_heap()
        return int(a.run(a, settings))
    except (
        BadSettings,
        ContentFaults,
        GenerationUnusable,
        EncoderUnusable,
        WeightsUnreadable,
        ClassifierUnusable,
        StoreUnavailable,
        TermsUnusable,
        BadHours,
    ) as bad:
        print(bad, file=sys.stderr)
        return 1


def _share_one_heap() -> None:
    """glibc gives every thread a heap of its own, and each keeps holes: a tenth of our memory after ten minutes of
    load. Where there is another libc, nothing is done."""
    with contextlib.suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).mallopt(MALLOC_ARENA_MAX, 1)


def _start_journal(settings: Settings) -> None:
    from bot import journal
    from bot.petitions.privacy import mask

    secrets = (settings.telegram_token, settings.webhook_secret, settings.qdrant_api_key, settings.metrics_token)
    passwords = (journal.password_in(settings.database_url), journal.password_in(settings.telegram_proxy))
    journal.start(settings.log_format, "WARNING", (*secrets, *passwords), mask)
    logging.getLogger("bot").setLevel(settings.log_level)


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
    serve = commands.add_parser("serve", help="tất cả trong một tiến trình: trang web, Telegram, việc theo giờ")
    serve.set_defaults(run=_serve)
    telegram = commands.add_parser("telegram", help="trả lời trên Telegram")
    telegram.add_argument("--processes", type=int, default=0, metavar="SỐ", help="số tiến trình cùng trả lời")
    telegram.set_defaults(run=_telegram)
    jobs = commands.add_parser("jobs", help="những việc chạy theo giờ: nhắc hạn, báo cáo, dọn dữ liệu cũ")
    jobs.set_defaults(run=_jobs)
    web = commands.add_parser("web", help="trang web cho người dân và cán bộ")
    web.add_argument("--processes", type=int, default=0, metavar="SỐ", help="số tiến trình cùng phục vụ một cổng")
    web.set_defaults(run=_web)
    _people_parsers(commands)
    doctor = commands.add_parser("doctor", help="xem máy và cấu hình này đã sẵn sàng chưa")
    doctor.set_defaults(run=_doctor)
    return parser


def _people_parsers(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """What only whoever sits at the machine may do: the first admin, the units."""
    invite = commands.add_parser("invite", help="thư mời dùng một lần cho một cán bộ")
    invite.add_argument("--role", required=True, choices=sorted(ROLES), help="vai trò")
    invite.add_argument("--unit", default="", metavar="MÃ", help="đơn vị")
    invite.add_argument("--name", default="", metavar="TÊN", help="họ tên")
    invite.set_defaults(run=_invite)
    unit = commands.add_parser("unit", help="các đơn vị xử lý phản ánh").add_subparsers(required=True, metavar="VIỆC")
    add = unit.add_parser("add", help="thêm hoặc sửa một đơn vị")
    add.add_argument("key", metavar="MÃ")
    add.add_argument("name", metavar="TÊN")
    add.add_argument("--parent", default="", metavar="MÃ", help="đơn vị cấp trên")
    add.add_argument(
        "--field", action="append", default=[], metavar="LĨNH_VỰC", help="lĩnh vực được giao (ghi nhiều lần)"
    )
    add.add_argument("--place", action="append", default=[], metavar="NƠI", help="địa bàn được giao (ghi nhiều lần)")
    add.set_defaults(run=_unit_add)
    unit.add_parser("list", help="xem các đơn vị").set_defaults(run=_unit_list)
    officer = commands.add_parser("officer", help="cán bộ").add_subparsers(required=True, metavar="VIỆC")
    officer.add_parser("list", help="xem các cán bộ").set_defaults(run=_officer_list)
    reset = officer.add_parser("reset", help="liên kết đặt lại mật khẩu, dùng một lần trong 24 giờ")
    reset.add_argument("officer", metavar="CÁN_BỘ", help="mã cán bộ (xem officer list) hoặc tên đăng nhập")
    reset.set_defaults(run=_officer_reset)
    key = commands.add_parser("key", help="khóa để hệ thống khác dùng API").add_subparsers(
        required=True, metavar="VIỆC"
    )
    new = key.add_parser("add", help="tạo một khóa; khóa chỉ hiện một lần")
    new.add_argument("name", metavar="TÊN")
    new.add_argument("--per-second", type=float, default=20.0, metavar="SỐ", help="số lần gọi mỗi giây")
    new.set_defaults(run=_key_add)
    gone = key.add_parser("remove", help="bỏ một khóa")
    gone.add_argument("name", metavar="TÊN")
    gone.set_defaults(run=_key_remove)
    key.add_parser("list", help="xem các khóa").set_defaults(run=_key_list)


def _invite(a: argparse.Namespace, settings: Settings) -> int:
    from bot.build import make_people
    from bot.terminal import people

    site = settings.public_url or f"http://{settings.host}:{settings.port}"
    return people.invite(make_people(settings), ROLES[a.role], a.unit, a.name, site)


def _unit_add(a: argparse.Namespace, settings: Settings) -> int:
    from bot.build import make_people
    from bot.ledger import Unit
    from bot.terminal import people

    return people.add_unit(make_people(settings), Unit(a.key, a.name, a.parent, tuple(a.field), tuple(a.place)))


def _unit_list(_a: argparse.Namespace, settings: Settings) -> int:
    from bot.build import make_people
    from bot.terminal import people

    return people.list_units(make_people(settings))


def _officer_list(_a: argparse.Namespace, settings: Settings) -> int:
    from bot.build import make_people
    from bot.terminal import people

    return people.list_officers(make_people(settings))


def _officer_reset(a: argparse.Namespace, settings: Settings) -> int:
    from bot.build import make_signing
    from bot.terminal import people

    site = settings.public_url or f"http://{settings.host}:{settings.port}"
    return people.reset(make_signing(settings), a.officer, site)


def _key_add(a: argparse.Namespace, settings: Settings) -> int:
    from bot.build import make_keys
    from bot.terminal import keys

    return keys.add(make_keys(settings), a.name, a.per_second)


def _key_remove(a: argparse.Namespace, settings: Settings) -> int:
    from bot.build import make_keys
    from bot.terminal import keys

    return keys.remove(make_keys(settings), a.name)


def _key_list(_a: argparse.Namespace, settings: Settings) -> int:
    from bot.build import make_keys
    from bot.terminal import keys

    return keys.show(make_keys(settings))


def _chat(a: argparse.Namespace, settings: Settings) -> int:
    from bot.build import make_house
    from bot.desk.mail import Mail
    from bot.terminal.chat import chat

    settings = _chosen(a, settings)
    house = make_house(settings, _today(a))
    chat(house.desk, Mail(house.store, f"terminal-{os.getpid()}"))
    return 0


def _jobs(_a: argparse.Namespace, settings: Settings) -> int:
    from bot.build import make_house, make_jobs
    from bot.jobs.loop import run

    house = _exposed(make_house(settings), settings, "jobs")
    return run(make_jobs(settings, house))


def _telegram(a: argparse.Namespace, settings: Settings) -> int:
    from bot.build import make_house, owner_of
    from bot.processes import UNFIT, keep_running
    from bot.telegram_chat.application import serve
    from bot.telegram_chat.crew import crews

    if not settings.telegram_token:
        raise BadSettings(["TELEGRAM_TOKEN: chưa có mã của bot; lấy từ @BotFather rồi ghi vào .env"])
    processes = a.processes or settings.processes
    if processes == 1:
        serve(_exposed(make_house(settings), settings, "telegram"), _line(settings))
        return 0
    made = crews(owner_of(settings), processes)

    def work(number: int) -> None:
        own = replace(settings, worker=made[number].owners[number])
        try:
            serve(_exposed(make_house(own), own, "telegram"), replace(_line(own), crew=made[number]))
        except BadSettings as bad:
            print(bad, file=sys.stderr)
            sys.exit(UNFIT)

    return keep_running(processes, work)


def _line(settings: Settings) -> Line:
    from bot.telegram_chat.application import Line

    return Line(
        settings.telegram_token,
        settings.telegram_api_url,
        settings.telegram_proxy,
        settings.webhook_url,
        settings.webhook_secret,
        settings.host,
        settings.telegram_port,
        settings.telegram_per_second,
        settings.telegram_chat_pause,
        settings.public_url,
        busy_after=settings.telegram_busy_after,
    )


def _serve(_a: argparse.Namespace, settings: Settings) -> int:
    from bot.build import make_house, make_jobs
    from bot.serving import serve

    house = _exposed(make_house(settings), settings, "serve")
    print(f"Trang web: http://{settings.host}:{settings.port}", file=sys.stderr)
    return serve(house, settings, make_jobs(settings, house), _line(settings) if settings.telegram_token else None)


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


def _web(a: argparse.Namespace, settings: Settings) -> int:
    from bot.build import make_house
    from bot.web.application import serve
    from bot.web.processes import share

    def house() -> House:
        return _exposed(make_house(settings), settings, "web")

    processes = a.processes or settings.processes
    if processes == 1:
        serve(house(), settings)
        return 0
    return share(settings.host, settings.port, processes, lambda at: serve(house(), settings, at))


def _exposed(house: House, settings: Settings, what: str) -> House:
    """The house with its metrics on their port, where METRICS_PORT asks for it."""
    from bot.exposing import expose

    try:
        expose(house, settings, what)
    except OSError as bad:
        raise BadSettings([f"METRICS_PORT = “{settings.metrics_port}”: không mở được cổng ({bad.strerror})"]) from None
    return house


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
        return replace(settings, index_dir=make_index(folders, settings.encoder), vector_index="faiss")
    return settings


def _today(a: argparse.Namespace):  # type: ignore[no-untyped-def]
    return (lambda: a.as_of) if a.as_of else dt.date.today


if __name__ == "__main__":
    sys.exit(main())
