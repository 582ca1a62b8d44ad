"""Dựng lại toàn bộ từ một bản sao lưu: scripts/restore.py TỆP --into THƯ_MỤC_TRỐNG [--identity TỆP_KHÓA]

Mọi tệp và bảng được so lại trước khi thư mục mới hiện ra. Xong thì đặt DATA_DIR là thư mục ấy rồi chạy bot.
  --to-database        chép cơ sở dữ liệu vào nơi DATABASE_URL chỉ (phải trống), ví dụ một máy PostgreSQL
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bot.desk.backing import DATABASE, SETTINGS, Damaged, NotEmpty, restore
from bot.ledger import StoreUnavailable
from bot.settings import BadSettings, read_settings
from bot.store.backup import CannotMove, look_into, put_back


def main(arguments: list[str] | None = None) -> int:
    wanted = _wanted(arguments)
    try:
        key = wanted.identity.read_text(encoding="utf-8") if wanted.identity else ""
        contents = restore(wanted.archive, wanted.into, look_into, key)
        print(f"Đã dựng lại ở {wanted.into}: làm lúc {contents.made}, {len(contents.files):,} tệp, tất cả đều đúng.")
        if contents.absent:
            print(f"Chú ý: {len(contents.absent)} tệp đính kèm đã không còn từ trước lúc sao lưu.")
        if wanted.to_database:
            rows = put_back(wanted.into / DATABASE, read_settings().database)
            print(f"Đã chép {rows:,} dòng vào cơ sở dữ liệu của DATABASE_URL.")
        print(f"Tiếp theo: đặt DATA_DIR={wanted.into}, điền lại các bí mật (xem {wanted.into / SETTINGS}),")
        print("rồi chạy: .venv/bin/python scripts/reindex.py --if-stale --accept; .venv/bin/python -m bot doctor")
    except NotEmpty as there:
        print(f"Thư mục {there} đang có tệp. Chọn một nơi trống: không ghi đè lên thứ gì.", file=sys.stderr)
        return 2
    except (BadSettings, Damaged, CannotMove, StoreUnavailable, OSError, ValueError) as bad:
        print(f"Chưa dựng lại được: {bad}", file=sys.stderr)
        return 1
    return 0


def _wanted(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("archive", type=Path, metavar="TỆP")
    parser.add_argument("--into", type=Path, required=True, metavar="THƯ_MỤC")
    parser.add_argument("--identity", type=Path, metavar="TỆP_KHÓA")
    parser.add_argument("--to-database", action="store_true")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
