#!/usr/bin/env python3
"""Build the index beside the live one, show what changes, ask the golden questions, switch.

python scripts/reindex.py [--knowledge DIR]… [--out DIR] [--accept] [--allow "golden question=reason"]…
python scripts/reindex.py --list | --rollback
"""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bot.desk.publishing import content_folders
from bot.settings import BadSettings, Settings, read_settings
from index.encoder import EncoderUnusable, open_encoder
from index.fusion import WeightsUnreadable
from index.gate import ask_golden, fallen
from index.live import retriever_of
from index.snapshot import (
    BuilderBusy,
    Changes,
    GenerationUnusable,
    GoldenResult,
    Manifest,
    Shelf,
    build,
    compare,
    is_built_of,
    open_generation,
    record_golden,
)
from knowledge.reading import ContentFaults, knowledge_folders

console = Console(highlight=False)
SHOWN = 12


def main() -> int:
    a = arguments()
    try:
        settings = read_settings()
        shelf = Shelf(a.out or settings.generations)
        folders = knowledge_folders([*settings.knowledge_dirs, *content_folders(settings.knowledge), *a.knowledge])
        if a.list:
            return show_list(shelf)
        if a.rollback:
            return roll_back(shelf, None if a.out else settings)
        encoder_name = a.encoder or settings.encoder
        while True:
            if a.if_stale and is_fresh(shelf, folders, encoder_name):
                return 0
            try:
                with shelf.building():
                    return reindex(shelf, folders, encoder_name, a, settings)
            except BuilderBusy:
                if not a.if_stale:
                    raise
                time.sleep(1)  # of processes that start together one builds, and the others wait for it
    except (
        BadSettings,
        ContentFaults,
        BuilderBusy,
        GenerationUnusable,
        EncoderUnusable,
        WeightsUnreadable,
        OSError,
    ) as bad:
        console.print(str(bad), style="red", markup=False)
        return 1


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--knowledge", type=Path, action="append", default=[], metavar="DIR", help="thư mục nội dung thêm"
    )
    parser.add_argument("--out", type=Path, help="nơi giữ chỉ mục (mặc định theo INDEX_DIR)")
    parser.add_argument("--encoder", help="mô hình (mặc định theo ENCODER)")
    parser.add_argument("--accept", action="store_true", help="không hỏi lại khi không có câu chuẩn nào bị mất")
    parser.add_argument("--allow", action="append", default=[], metavar="CÂU=LÝ DO", help="chấp nhận mất một câu chuẩn")
    parser.add_argument("--if-stale", action="store_true", help="chỉ dựng khi nội dung hoặc mô hình đã đổi")
    parser.add_argument("--rollback", action="store_true", help="quay về thế hệ trước")
    parser.add_argument("--list", action="store_true", help="liệt kê các thế hệ")
    return parser.parse_args()


def is_fresh(shelf: Shelf, folders: tuple[Path, ...], encoder_name: str) -> bool:
    try:
        manifest = shelf.manifest(shelf.current())
    except GenerationUnusable:
        return False
    return is_built_of(manifest, folders, open_encoder(encoder_name))


def reindex(
    shelf: Shelf,
    folders: tuple[Path, ...],
    encoder_name: str,
    a: argparse.Namespace,
    settings: Settings,
) -> int:
    from bot.build import make_engine  # brings in the whole house, which --list and --if-stale do not need

    encoder, engine = open_encoder(encoder_name), make_engine(settings)
    with Progress(console=console, transient=True) as bar:
        task = bar.add_task("Dựng chỉ mục", total=None)
        manifest = build(shelf, folders, encoder, lambda what, done, of: bar.update(task, completed=done, total=of))
        bar.update(task, description="Kiểm tra và hỏi các câu chuẩn")
        opened = open_generation(shelf, manifest.name, encoder, check=True, engine=engine)
        golden = ask_golden(retriever_of(opened, encoder))
    live = live_manifest(shelf)
    show_changes(compare(live, manifest), manifest)
    allowed = dict(part.split("=", 1) for part in a.allow if "=" in part)
    # an index of another model cannot be served at all: there is nothing to hold the new one against
    lost = fallen(live.golden, golden) if live and live.model == encoder.card else {}
    show_golden(live.golden if live else None, golden, lost)
    manifest = record_golden(shelf, manifest, golden, {k: v for k, v in allowed.items() if k in lost})
    blocked = [ask for ask in lost if not allowed.get(ask, "").strip()]
    if blocked:
        console.print("Chưa chuyển: các câu trên sẽ mất bản ghi đúng. Sửa nội dung, hoặc nêu lý do cho từng câu:")
        console.print(f'  --allow "{blocked[0]}=lý do"', markup=False)
        return 1
    if not a.accept and not agreed():
        console.print("Chưa chuyển. Thế hệ mới vẫn giữ lại, xem: .venv/bin/python scripts/reindex.py --list")
        return 1
    noted = settings if live and not a.out else None  # an index elsewhere is not the one in use here
    switch(noted, shelf, manifest.name, "reindexed", compare(live, manifest) if live else None)
    engine.forget(shelf.prune())
    console.print(f"Đã chuyển sang thế hệ {manifest.name}.", style="green")
    return 0


def switch(
    settings: Settings | None, shelf: Shelf, generation: str, action: str, changes: Changes | None = None
) -> None:
    """The switch enters the books of these settings, from which reports tell it. It is done either way: what cannot be
    entered now is entered when the bot is started, or by the next switch."""
    if settings is None:
        shelf.switch(generation)
        return
    from bot.desk import generations
    from bot.ledger import IndexEvent
    from bot.petitions.petition import SYSTEM

    settle(settings, shelf)
    pairs = generations.brought(changes, official=False) if changes else ()
    called = generations.named(shelf, pairs, (generation, shelf.current()))
    generations.note(shelf, IndexEvent(generation, dt.datetime.now(dt.UTC), SYSTEM, action, pairs), called)
    shelf.switch(generation)
    settle(settings, shelf)


def settle(settings: Settings, shelf: Shelf) -> None:
    from bot.build import make_store
    from bot.desk import generations
    from bot.ledger import StoreUnavailable

    try:
        with contextlib.closing(make_store(settings)) as store:
            generations.settle(shelf, store)
    except StoreUnavailable as bad:
        console.print(f"Chưa ghi được lần đổi này vào sổ, lần chạy bot sau sẽ ghi: {bad}", style="red", markup=False)


def live_manifest(shelf: Shelf) -> Manifest | None:
    try:
        return shelf.manifest(shelf.current()) if shelf.current() else None
    except GenerationUnusable:
        return None


def agreed() -> bool:
    try:
        return input("Chuyển sang chỉ mục mới? [c/K] ").strip().lower() in ("c", "có", "co", "y", "yes")
    except EOFError:
        return False


def show_changes(changes: Changes, manifest: Manifest) -> None:
    counts = manifest.counts
    console.print(
        f"{counts['procedures']:,} thủ tục, {counts['plans']} kế hoạch, {counts['contacts']} đường dây nóng, "
        f"{counts['services']} dịch vụ; {counts['passages']:,} đoạn để tìm."
    )
    for title, records in (("Mới", changes.new), ("Đổi", changes.changed), ("Không còn", changes.gone)):
        if records:
            more = f" … và {len(records) - SHOWN} nữa" if len(records) > SHOWN else ""
            console.print(f"  {title} {len(records)}: {', '.join(records[:SHOWN])}{more}", markup=False)
    console.print(
        f"  Đoạn: {changes.passages_new:,} mới, {changes.passages_kept:,} giữ nguyên, {changes.passages_gone:,} bỏ đi."
    )


def show_golden(live: GoldenResult | None, golden: GoldenResult, lost: Mapping[str, str]) -> None:
    console.print(
        f"Câu chuẩn: {len(golden.won)}/{golden.asked} đúng; {len(golden.retired)} câu nghỉ theo thủ tục bãi bỏ."
    )
    regained = [ask for ask in golden.won if live and ask in live.lost]
    for ask in regained[:SHOWN]:
        console.print(f"  + được lại: {ask}", markup=False)
    for ask, got in lost.items():
        console.print(f"  - mất: {ask} → nay ra {got}", markup=False, style="red")


def show_list(shelf: Shelf) -> int:
    for name in shelf.names():
        m = shelf.manifest(name)
        mark = "→" if name == shelf.current() else " "
        reasons = "".join(f"\n      chấp nhận mất “{ask}”: {why}" for ask, why in m.accepted.items())
        console.print(
            f"{mark} {name}  {m.counts['procedures']:,} thủ tục, {m.counts['passages']:,} đoạn, "
            f"câu chuẩn {len(m.golden.won)}/{m.golden.asked}{reasons}",
            markup=False,
        )
    return 0


def roll_back(shelf: Shelf, settings: Settings | None) -> int:
    with shelf.building():
        previous = shelf.previous()
        if not previous:
            console.print("Không có thế hệ nào trước thế hệ đang dùng.", style="red")
            return 1
        switch(settings, shelf, previous, "rolled_back")
    console.print(f"Đã quay về thế hệ {previous}.", style="green")
    return 0


if __name__ == "__main__":
    sys.exit(main())
