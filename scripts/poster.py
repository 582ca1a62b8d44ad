#!/usr/bin/env python3
"""Make a poster, a leaflet or a list as PDF; prints where it is.

python scripts/poster.py thu-tuc khai_sinh --bot ten_bot [--format a3|a4|a5-gap] [--ink mau|den-trang] [--number 7]
python scripts/poster.py linh-vuc "Hộ tịch" --bot ten_bot [--list]
python scripts/poster.py mot-cua --bot ten_bot
python scripts/poster.py tat-ca --bot ten_bot [--level xã|tỉnh]

The code leads to the bot (--bot) and to the page of the same record on the web (PUBLIC_URL or --web). --number gives
the poster its own number: scans of it are then counted apart. --emblem takes the authority's own picture; there is none
by default. Name and place of the authority: AUTHORITY_NAME and PLACE.
"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

if TYPE_CHECKING:
    from bot.outreach.paper.sheet import Frame, Sheet
    from knowledge.library import Library


def main() -> int:
    from bot.outreach.paper.drafting import NothingToPrint
    from bot.outreach.paper.fitting import TooMuch
    from bot.outreach.paper.printing import NoSuchFormat
    from bot.wording import outreach as say

    a = arguments()
    try:
        print(made(a))
    except TooMuch as bad:
        print(say.NO_ROOM.format(what=bad), file=sys.stderr)
        return 2
    except (NothingToPrint, NoSuchFormat) as bad:
        print(bad, file=sys.stderr)
        return 2
    return 0


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kind", choices=("thu-tuc", "linh-vuc", "mot-cua", "tat-ca"))
    parser.add_argument("name", nargs="?", default="", help="khóa hoặc mã thủ tục, hoặc tên lĩnh vực")
    parser.add_argument("--format", default="a4", choices=("a3", "a4", "a5-gap"))
    parser.add_argument("--ink", default="mau", choices=("mau", "den-trang"))
    parser.add_argument("--bot", default="", metavar="TÊN", help="tên người dùng của bot; mặc định: TELEGRAM_BOT")
    parser.add_argument("--web", default="", metavar="URL", help="mặc định: PUBLIC_URL")
    parser.add_argument(
        "--emblem", type=Path, metavar="TỆP", help="biểu trưng của cơ quan PNG, JPG; mặc định: AUTHORITY_EMBLEM"
    )
    parser.add_argument("--hotline", default="", metavar="KHÓA", help="đường dây nóng trong danh bạ")
    parser.add_argument("--number", type=int, default=0, metavar="SỐ", help="số của tờ này, để đếm lượt quét")
    parser.add_argument("--level", default="xã", choices=("xã", "tỉnh", "trung ương"))
    parser.add_argument("--list", action="store_true", help="in lĩnh vực thành danh mục có lệ phí, thời hạn")
    parser.add_argument("--out", type=Path, metavar="TỆP", help="mặc định: posters trong DATA_DIR")
    return parser.parse_args()


def made(a: argparse.Namespace) -> Path:
    from bot.outreach.paper.colours import Ink
    from bot.outreach.paper.printing import Format, printed
    from bot.settings import read_settings

    settings = read_settings()
    a.bot, a.emblem = a.bot or settings.telegram_bot, a.emblem or settings.authority_emblem
    library = opened(settings.knowledge_dirs, settings.knowledge, settings.place)
    found = framed(a, library, settings.authority_name, settings.public_url)
    result = printed(drafted(a, library, found), Format(a.format), Ink(a.ink), as_list=a.list)
    name = "-".join(filter(None, (a.kind, a.name.replace(" ", "_").replace("/", "_"), a.format, a.ink)))
    file: Path = a.out or settings.data_dir / "posters" / f"{name}.pdf"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(result.pdf)
    return file


def opened(folders: tuple[Path, ...], edited: Path, place: str) -> Library:
    from bot.desk.publishing import content_folders
    from bot.petitions.clock import VIETNAM
    from knowledge.reading import CONTENT, read_library

    return read_library((CONTENT, *folders, *content_folders(edited))).at(place, dt.datetime.now(VIETNAM).date())


def framed(a: argparse.Namespace, library: Library, authority: str, public_url: str) -> Frame:
    from PIL import Image, UnidentifiedImageError

    from bot.outreach.paper.drafting import NothingToPrint, hotline_of
    from bot.outreach.paper.sheet import Frame
    from bot.wording import outreach as say

    hotline = hotline_of(library, a.hotline)
    if a.hotline and hotline is None:
        raise NothingToPrint(say.NO_HOTLINE.format(key=a.hotline))
    if a.emblem:
        try:
            Image.open(a.emblem).verify()
        except (OSError, UnidentifiedImageError) as bad:
            raise NothingToPrint(say.NO_EMBLEM.format(file=a.emblem)) from bad
    return Frame(authority, a.emblem, hotline, a.bot, a.web or public_url)


def drafted(a: argparse.Namespace, library: Library, frame: Frame) -> Sheet:
    from bot.outreach.paper import drafting
    from bot.wording import outreach as say
    from knowledge.records import Level

    if a.kind == "mot-cua":
        return drafting.of_one_stop(library, frame, a.number)
    if a.kind == "tat-ca":
        return drafting.of_all(library, frame, a.number, Level(a.level))
    if a.kind == "linh-vuc":
        return drafting.of_field(library, a.name, frame, a.number)
    p = library.procedure(a.name)
    if p is None:
        raise drafting.NothingToPrint(say.NO_SUCH_PROCEDURE.format(name=a.name))
    return drafting.of_procedure(library, p, frame, a.number)


if __name__ == "__main__":
    raise SystemExit(main())
