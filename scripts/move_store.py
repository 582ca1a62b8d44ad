"""Copies one store into another, empty one: scripts/move_store.py FROM TO

FROM and TO are each
  -              the store that DATABASE_URL (or .env) names
  @FILE          the URL that stands in this file, which only you can read (chmod 600)
  sqlite:///…    a URL; one with a password is refused, since everybody on this machine can read command lines

Works both ways. Nothing is written unless every table of the copy is proved equal, by count and by digest. Stop the
bot before, and set DATABASE_URL to the new store after.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bot.journal import cleaner, password_in
from bot.ledger import StoreUnavailable
from bot.settings import BadSettings, read_settings
from bot.store.moving import CannotMove, move
from bot.store.opening import open_store


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", metavar="FROM")
    parser.add_argument("target", metavar="TO")
    given = parser.parse_args(arguments)
    try:
        wanted_from, wanted_to = url_of(given.source), url_of(given.target)
    except (Unusable, BadSettings) as bad:
        print(bad, file=sys.stderr)
        return 2
    if wanted_from.startswith("sqlite:///") and not Path(wanted_from.removeprefix("sqlite:///")).is_file():
        print(f"Không có cơ sở dữ liệu nào ở {wanted_from}.", file=sys.stderr)
        return 2
    clean = cleaner([password_in(wanted_from), password_in(wanted_to)])
    try:
        source, target = open_store(wanted_from), open_store(wanted_to)
        moved = move(source, target)
    except (CannotMove, StoreUnavailable, ValueError) as bad:
        print(f"Chưa chuyển gì cả: {clean(str(bad))}", file=sys.stderr)
        return 1
    for table in moved:
        print(f"{table.table:16} {table.rows:9,}  {table.digest[:16]}")
    print(f"Đã chuyển {sum(t.rows for t in moved):,} dòng trong {len(moved)} bảng; hai bên giống hệt nhau.")
    source.close()
    target.close()
    return 0


class Unusable(Exception):
    """An argument from which no store can be had."""


def url_of(argument: str) -> str:
    """Raises Unusable, and BadSettings for "-" where the settings are not in order."""
    if argument == "-":
        return read_settings().database
    if argument.startswith("@"):
        file = Path(argument[1:])
        try:
            return file.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            raise Unusable(f"Không đọc được tệp {file}: cần một dòng là địa chỉ của cơ sở dữ liệu.") from None
    if password_in(argument):
        raise Unusable(
            "Đừng ghi mật khẩu trên dòng lệnh: ai trên máy này cũng đọc được. Ghi địa chỉ vào một tệp (chmod 600) rồi "
            "dùng @TỆP, hoặc đặt DATABASE_URL rồi dùng dấu gạch (-)."
        )
    return argument


if __name__ == "__main__":
    sys.exit(main())
