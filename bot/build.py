"""The sole place where concrete parts are chosen and wired."""

from __future__ import annotations

import atexit
import datetime as dt
import shutil
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from bot.desk.desk import Desk
from bot.dialogue.judging import Judge
from bot.settings import BadSettings, Settings
from bot.store.sqlite import SqliteStore
from index.classifier import open_classifier
from index.encoder import BUNDLED, Encoder, open_encoder
from index.live import LiveIndex
from index.snapshot import Shelf, build


def make_judge(encoder: Encoder) -> Judge:
    names = ("message_classes", "aspects", "urgency")
    return Judge(encoder, *(open_classifier(BUNDLED / f"{name}.npz", encoder) for name in names))


def make_desk(settings: Settings, today: Callable[[], dt.date] = dt.date.today, database: Path | None = None) -> Desk:
    """The desk that every door speaks to."""
    encoder = open_encoder(settings.encoder)
    # the small classifiers were learnt on the bundled encoder and stay with it, whatever finds the records
    judge = make_judge(encoder if settings.encoder == "bundled" else open_encoder())
    if not database and not settings.database.startswith("sqlite:///"):
        raise BadSettings([f"DATABASE_URL = “{settings.database}”: bản này mới dùng được sqlite:///đường/dẫn.db"])
    file = database or Path(settings.database.removeprefix("sqlite:///"))
    live = LiveIndex(settings.generations, encoder)
    desk = Desk(live, judge, SqliteStore(file), settings.place, settings.authority_name, today)
    desk.warm()
    return desk


def make_index(folders: Sequence[Path], encoder_name: str) -> Path:
    """A throw-away index of these folders, for a door that was given other content."""
    shelf = Shelf(Path(tempfile.mkdtemp(prefix="mot-cua-")))
    atexit.register(shutil.rmtree, shelf.root, ignore_errors=True)
    shelf.switch(build(shelf, folders, open_encoder(encoder_name)).name)
    return shelf.root
