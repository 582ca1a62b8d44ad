"""Brings the live generation of another machine here: python scripts/follow_index.py --from DIR [--every 5]

DIR is the INDEX_DIR of the machine that builds, as a shared folder or as a copy that something (rsync, a timer) keeps
up to date. Every file is held against the manifest's digests before the switch, so a copy that is half done, or spoiled
on the way, changes nothing and is tried again. Running bots follow the pointer without a restart.
"""

from __future__ import annotations

import argparse
import secrets
import shutil
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bot.settings import BadSettings, read_settings
from index.encoder import Encoder, EncoderUnusable, open_encoder
from index.snapshot import BuilderBusy, GenerationUnusable, Shelf, open_generation


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--from", dest="source", type=Path, required=True, metavar="DIR", help="chỉ mục của máy dựng")
    parser.add_argument("--every", type=float, default=0, metavar="GIÂY", help="xem lại mãi, cách nhau chừng này")
    a = parser.parse_args(arguments)
    try:
        settings = read_settings()
        encoder = open_encoder(settings.encoder)
    except (BadSettings, EncoderUnusable) as bad:
        print(bad, file=sys.stderr)
        return 1
    here, source = Shelf(settings.generations), Shelf(a.source)
    while True:
        code = _once(source, here, encoder)
        if not a.every:
            return code
        time.sleep(a.every)


def _once(source: Shelf, here: Shelf, encoder: Encoder) -> int:
    try:
        if name := follow(source, here, encoder):
            print(f"Đã chuyển sang thế hệ {name}.", flush=True)
        return 0
    except (GenerationUnusable, BuilderBusy, OSError) as bad:
        print(f"Chưa chuyển: {bad}", file=sys.stderr, flush=True)
        return 1


def follow(source: Shelf, here: Shelf, encoder: Encoder) -> str:
    """The name of the generation that became the live one here; "" where it is already."""
    wanted = source.current()
    if not wanted or wanted == here.current():
        return ""
    with here.building():
        if wanted not in here.names():
            _fetch(source, here, wanted)
        try:
            open_generation(here, wanted, encoder, check=True)
        except GenerationUnusable:
            shutil.rmtree(here.generations / wanted, ignore_errors=True)
            raise
        here.switch(wanted)
        here.prune()
    return wanted


def _fetch(source: Shelf, here: Shelf, name: str) -> None:
    """Beside its place first: whoever is killed leaves nothing that looks like a generation."""
    here.generations.mkdir(parents=True, exist_ok=True)
    beside = here.generations / f".building-{secrets.token_hex(4)}"
    try:
        shutil.copytree(source.generations / name, beside)
        beside.rename(here.generations / name)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise


if __name__ == "__main__":
    sys.exit(main())
