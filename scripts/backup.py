"""Sao lưu toàn bộ khi bot đang chạy: scripts/backup.py [--to THƯ_MỤC] [--keep 14] [--recipient age1…]

Chép cơ sở dữ liệu, tệp của người dân, chỉ mục đang dùng, nội dung đã sửa và cài đặt (trừ các bí mật) vào một tệp; mở
lại tệp ấy ở một nơi tạm, so từng bảng, từng tệp, rồi mới tính là xong.
  --new-key TỆP        tạo khóa để mã hóa: tệp này cất ở nơi khác; chuỗi age1… in ra thì ghi vào cài đặt
  --verify TỆP         chỉ kiểm tra một bản sao lưu đã có (thêm --identity TỆP_KHÓA nếu nó được mã hóa)
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bot.build import make_backing
from bot.desk.archive import new_key
from bot.desk.backing import Backup, CannotBackUp, Damaged, backups, restore
from bot.ledger import StoreUnavailable
from bot.settings import BadSettings, Settings, read_settings
from bot.store.backup import look_into
from bot.store.health import health_of
from bot.store.opening import open_store


def main(arguments: list[str] | None = None) -> int:
    wanted = _wanted(arguments)
    try:
        if wanted.new_key:
            return _new_key(wanted.new_key)
        if wanted.verify:
            return _verify(wanted.verify, wanted.identity)
        return _back_up(read_settings(), wanted)
    except (BadSettings, CannotBackUp, Damaged, StoreUnavailable, OSError, ValueError) as bad:
        print(f"Chưa sao lưu được: {bad}", file=sys.stderr)
        return 1


def _wanted(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--to", type=Path, metavar="THƯ_MỤC", help="mặc định: BACKUP_DIR, hoặc backups trong DATA_DIR")
    parser.add_argument("--keep", type=int, metavar="N", help="giữ N bản mới nhất (mặc định BACKUP_KEEP)")
    parser.add_argument("--recipient", default="", metavar="age1…", help="mã hóa cho khóa công khai này")
    parser.add_argument("--new-key", type=Path, metavar="TỆP")
    parser.add_argument("--verify", type=Path, metavar="TỆP")
    parser.add_argument("--identity", type=Path, metavar="TỆP_KHÓA")
    return parser.parse_args(arguments)


def _back_up(settings: Settings, wanted: argparse.Namespace) -> int:
    if not health_of(settings.database).version:
        where = "DATABASE_URL" if settings.database_url else settings.data_dir
        raise CannotBackUp(f"chưa có cơ sở dữ liệu nào ở {where}; lệnh này đọc .env ở thư mục đang đứng")
    store = open_store(settings.database)
    to = wanted.to or settings.backup_dir or settings.data_dir / "backups"
    keep, recipient = wanted.keep or settings.backup_keep, wanted.recipient or settings.backup_recipient
    made = make_backing(settings, store).make(to, keep, recipient)
    store.close()
    print(_told(made))
    print(f"Đang giữ {len(backups(to))} bản trong {to}.")
    return 0


def _told(made: Backup) -> str:
    lines = [f"Đã sao lưu và kiểm tra: {made.file}"]
    lines.append(f"{made.size / 1e6:,.1f} MB, {made.rows:,} dòng, {made.files:,} tệp.")
    if made.absent:
        lines.append(f"Chú ý: {made.absent} tệp đính kèm có tên trong cơ sở dữ liệu nhưng không còn trên đĩa.")
    if not made.sealed:
        lines.append("Bản này không mã hóa: chỉ cất ở nơi riêng. Muốn mã hóa: --new-key, rồi --recipient.")
    return "\n".join(lines)


def _new_key(file: Path) -> int:
    identity, public = new_key()
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as out:
        out.write(f"# public key: {public}\n{identity}\n")
    print(f"Khóa riêng: {file}. Cất ở nơi khác, đừng để trên máy này: mất khóa là không mở được bản sao lưu nào.")
    print(f"Khóa công khai: {public}")
    return 0


def _verify(archive: Path, identity: Path | None) -> int:
    with tempfile.TemporaryDirectory(prefix="mot-cua-verify-", dir=archive.parent) as folder:
        key = identity.read_text(encoding="utf-8") if identity else ""
        contents = restore(archive, Path(folder) / "house", look_into, key)
    rows = sum(rows for rows, _ in contents.tables.values())
    print(f"Bản sao lưu còn nguyên: làm lúc {contents.made}, {rows:,} dòng, {len(contents.files):,} tệp.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
