#!/usr/bin/env python3
"""Official files into an import folder: shows what would change, asks, then writes.

Exit codes: 0 done or nothing to do, 1 refused or aborted, 2 wrong usage.
"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bot.wording import importing as say

if TYPE_CHECKING:
    from knowledge.importing.diff import Diff
    from knowledge.importing.folder import Contents
    from knowledge.importing.imported import Import, Notice, Refusal
    from knowledge.records import ReadingDay

SHOWN = 10


class Arguments(argparse.Namespace):
    files: list[Path]
    into: Path
    dry_run: bool
    yes: bool
    as_of: ReadingDay | None
    place: str
    all: bool


def main(argv: Sequence[str] | None = None) -> int:
    args = _parser().parse_args(argv, namespace=Arguments())
    if sys.stdout.encoding and sys.stdout.encoding.lower().replace("-", "") != "utf8":
        sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    try:
        return _import(args)
    except KeyboardInterrupt:
        print("\nĐã dừng, chưa ghi gì.")
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="import_content.py",
        description="Nhập tệp chính thức (danh sách .xlsx, bản ghi .json/.jsonl(.xz), quyết định .docx, kế hoạch) "
        "vào một thư mục nội dung.",
    )
    parser.add_argument("files", nargs="+", type=Path, metavar="TỆP")
    parser.add_argument("--into", required=True, type=Path, metavar="THƯ_MỤC", help="ví dụ var/knowledge/quoc-gia")
    parser.add_argument("--dry-run", action="store_true", help="chỉ xem sẽ thay đổi gì, không ghi")
    parser.add_argument("--yes", action="store_true", help="ghi luôn, không hỏi lại")
    parser.add_argument("--as-of", type=_day, metavar="NGÀY", help="ngày tải tệp: 2026-07-21 hoặc 2026-07")
    parser.add_argument("--place", default="", metavar="NƠI", help="nơi áp dụng; bỏ trống là cả nước")
    parser.add_argument("--all", action="store_true", help="in đủ, không rút gọn danh sách dài")
    return parser


def _day(text: str) -> ReadingDay:
    from knowledge.records import ReadingDay

    try:
        day = ReadingDay(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” không phải ngày; viết 2026-07-21 hoặc 2026-07") from None
    if text[:10] > dt.date.today().isoformat()[: len(text)]:
        raise argparse.ArgumentTypeError(f"“{text}” ở tương lai")
    return day


def _import(args: Arguments) -> int:
    from knowledge.importing.diff import compare
    from knowledge.importing.imported import Unreadable

    today = dt.date.today()
    imports, refused = _read(args, today)
    try:
        before = _target(args)
    except Unreadable as bad:
        print(say.refusal(bad.refusal))
        return 1
    diff = compare(imports, before.held, today)
    _show(args, imports, diff, refused)
    failed = 1 if refused else 0
    if diff.empty:
        print("Không có gì thay đổi.")
        return failed if _anything_taken(diff) else 1
    if args.dry_run:
        print("Chạy thử: chưa ghi gì. Bỏ --dry-run để nhập thật.")
        return failed
    if not args.yes and not _agreed(args.into):
        print("Đã hủy, chưa ghi gì.")
        return 1
    return _write(args, diff, before) or failed


def _anything_taken(diff: Diff) -> bool:
    return bool(diff.unchanged or diff.unchanged_plans or not diff.empty)


def _read(args: Arguments, today: dt.date) -> tuple[list[Import], list[Refusal]]:
    """All files that can be read; the others with their reason."""
    from knowledge.importing.files import read_file
    from knowledge.importing.imported import Unreadable

    imports, refused = [], []
    for path in dict.fromkeys(args.files):
        try:
            with _Bar(path.name) as bar:
                imports.append(read_file(path, today, args.as_of, args.place, bar.step))
        except Unreadable as bad:
            refused.append(bad.refusal)
        except OSError as bad:
            refused.append(_os_refusal(path, bad))
    return imports, refused


def _os_refusal(path: Path, bad: OSError) -> Refusal:
    from knowledge.importing.imported import Refusal

    return Refusal(path.name, "", str(path), f"không đọc được tệp ({bad.strerror})", "kiểm tra quyền đọc tệp")


def _target(args: Arguments) -> Contents:
    """What lies in the folder to import into, if this is a folder to import into."""
    from knowledge.importing.folder import CARD, read_contents
    from knowledge.importing.imported import Unreadable
    from knowledge.reading import CONTENT

    target = args.into.resolve()
    if target == CONTENT.resolve() or CONTENT.resolve() in target.parents:
        raise Unreadable(str(args.into), "đây là nội dung đi kèm bot, không nhập vào đây", "dùng var/knowledge/…")
    before = read_contents(args.into)
    if args.place and (args.into / CARD).exists() and args.place != before.place:
        what = f"thư mục này dành cho {before.place or 'cả nước'}, không phải {args.place}"
        raise Unreadable(str(args.into), what, "chọn thư mục khác")
    return before


def _write(args: Arguments, diff: Diff, before: Contents) -> int:
    from knowledge.importing.folder import Meanwhile, write

    try:
        write(args.into, diff.procedures, diff.new_plans, args.place, before)
    except Meanwhile:
        print("Thư mục vừa được người khác thay đổi. Chưa ghi gì; hãy chạy lại lệnh.")
        return 1
    except OSError as bad:
        print(f"Không ghi được vào {args.into}: {bad.strerror}. Dữ liệu cũ còn nguyên.")
        return 1
    print(f"Đã ghi vào {args.into}.")
    return 0


def _agreed(target: Path) -> bool:
    if not sys.stdin.isatty():
        print("Không có người trả lời ở đây; thêm --yes để đồng ý ghi.")
        return False
    return input(f"Ghi những thay đổi này vào {target}? [c/K] ").strip().lower() in ("c", "co", "có", "y", "yes")


class _Bar:
    """A progress bar on a terminal, once the work turns out to be long; silent elsewhere."""

    def __init__(self, name: str) -> None:
        self.name, self.task = name, 0
        self.bar: Any = None

    def __enter__(self) -> _Bar:
        return self

    def step(self, done: int, total: int) -> None:
        if total < 500 or not sys.stderr.isatty():
            return
        if self.bar is None:
            from rich.console import Console
            from rich.progress import Progress

            self.bar = Progress(console=Console(stderr=True), transient=True)
            self.bar.start()
            self.task = self.bar.add_task(self.name, total=total)
        self.bar.update(self.task, completed=done)

    def __exit__(self, *_: object) -> None:
        if self.bar is not None:
            self.bar.stop()


def _show(args: Arguments, imports: Iterable[Import], diff: Diff, refused: list[Refusal]) -> None:
    limit = None if args.all else SHOWN
    for batch in imports:
        _introduce(batch)
    print(
        f"\nMới {len(diff.new) + len(diff.new_plans)} · thay đổi {len(diff.changed)} · bãi bỏ {len(diff.abolished)} · "
        f"giữ nguyên {diff.unchanged + diff.unchanged_plans} · không nhận {len(diff.refused) + len(refused)}"
    )
    plans = [f"kế hoạch {p.key}: {p.name} ({len(p.tasks)} nhiệm vụ)" for p in diff.new_plans]
    _list("MỚI", [*map(say.named, diff.new), *plans], limit)
    _list("THAY ĐỔI", [say.changed(c, limit is not None) for c in diff.changed], limit)
    _list("BÃI BỎ", [say.abolished(p) for p in diff.abolished], limit)
    _list("KHÔNG NHẬN", [say.refusal(r) for r in (*refused, *diff.refused)], limit)
    local = sum(any("chỉ áp dụng tại" in r for r in p.remarks) for p in diff.new)
    if local and not args.place:
        print(
            f"\nLưu ý: {local} thủ tục mới do một tỉnh công bố, chỉ áp dụng ở tỉnh đó (xem mục lưu ý của từng bản ghi)."
        )
    print()


def _introduce(batch: Import) -> None:
    taken = len(batch.procedures) + len(batch.plans)
    known = "" if batch.day_known else " (lấy hôm nay; đổi bằng --as-of)"
    print(
        f"• {batch.file}: {batch.origin.value}, {taken} bản ghi đọc được, ngày đọc nguồn {say.date(batch.day)}{known}"
    )
    for text in _notices(batch.notices):
        print(f"    {text}")


def _list(title: str, lines: list[str], limit: int | None) -> None:
    if not lines:
        return
    print(f"\n{title}")
    for text in lines[:limit]:
        print(f"  {text}")
    if limit is not None and len(lines) > limit:
        print(f"  … và {len(lines) - limit} nữa (thêm --all để xem hết)")


def _notices(notices: Iterable[Notice]) -> list[str]:
    """Equal notices of many rows on one line."""
    where: dict[str, list[str]] = {}
    for notice in notices:
        where.setdefault(notice.what, []).append(notice.where)
    lines = []
    for what, places in where.items():
        named = [p for p in places if p]
        more = f" và {len(named) - 3} chỗ nữa" if len(named) > 3 else ""
        lines.append(f"lưu ý: {what}" + (f" ({', '.join(named[:3])}{more})" if named else ""))
    return lines


if __name__ == "__main__":
    sys.exit(main())
