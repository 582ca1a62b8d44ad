"""Copies one store into another, empty one: scripts/move_store.py sqlite:///var/mot-cua.db postgresql://…

Works both ways. Nothing is written unless every table of the copy is proved equal, by count and by digest. Stop the
bot before, and set DATABASE_URL to the new store after.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bot.ledger import StoreUnavailable
from bot.store.moving import CannotMove, move
from bot.store.opening import open_store


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", metavar="FROM")
    parser.add_argument("target", metavar="TO")
    wanted = parser.parse_args(arguments)
    if wanted.source.startswith("sqlite:///") and not Path(wanted.source.removeprefix("sqlite:///")).is_file():
        print(f"Không có cơ sở dữ liệu nào ở {wanted.source}.", file=sys.stderr)
        return 2
    try:
        source, target = open_store(wanted.source), open_store(wanted.target)
        moved = move(source, target)
    except (CannotMove, StoreUnavailable, ValueError) as bad:
        print(f"Chưa chuyển gì cả: {bad}", file=sys.stderr)
        return 1
    for table in moved:
        print(f"{table.table:16} {table.rows:9,}  {table.digest[:16]}")
    print(f"Đã chuyển {sum(t.rows for t in moved):,} dòng trong {len(moved)} bảng; hai bên giống hệt nhau.")
    source.close()
    target.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
