"""The sole place where concrete parts are chosen and wired."""

from __future__ import annotations

import atexit
import datetime as dt
import shutil
import socket
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bot.desk.attachments import Uploads
from bot.desk.casework import NoTerms
from bot.desk.desk import Desk, Today, utc_now
from bot.desk.house import House
from bot.desk.mail import Mail
from bot.desk.office import Office
from bot.desk.people import People
from bot.desk.publishing import Publisher
from bot.desk.signing import Signing
from bot.desk.transaction import Store
from bot.dialogue.judging import Judge
from bot.petitions.clock import Clock, hours_of
from bot.petitions.terms import Terms, read_levels
from bot.settings import BadSettings, Settings
from bot.store.opening import open_store
from index.classifier import open_classifier
from index.encoder import BUNDLED, Encoder, open_encoder
from index.live import LiveIndex
from index.snapshot import Shelf, build
from knowledge.records import Calendar


def make_judge(encoder: Encoder) -> Judge:
    names = ("message_classes", "aspects", "urgency")
    return Judge(encoder, *(open_classifier(BUNDLED / f"{name}.npz", encoder) for name in names))


def make_house(settings: Settings, today: Today = dt.date.today, database: Path | None = None) -> House:
    """`database`: a SQLite file in place of the one that the settings name."""
    encoder = open_encoder(settings.encoder)
    # the small classifiers were learnt on the bundled encoder and stay with it, whatever finds the records
    judge = make_judge(encoder if settings.encoder == "bundled" else open_encoder())
    live = LiveIndex(settings.generations, encoder)
    store = make_store(settings, database)
    uploads = Uploads(settings.data_dir / "uploads")
    terms = make_terms(settings, live.retriever().library.calendar)
    place, authority = settings.place, settings.authority_name
    desk = Desk(live, judge, store, uploads, place, authority, terms, today)
    desk.warm()
    office = Office(store, utc_now, terms if authority else NoTerms(), uploads, desk.likeness.of_petition)
    publisher = make_publisher(settings, store, encoder)
    mail = Mail(store, settings.worker or f"{socket.gethostname()}:{settings.port}")
    people, signing = People(store, utc_now), Signing(store, utc_now)
    return House(store, live, uploads, terms, desk, office, people, signing, mail, publisher)


def make_publisher(settings: Settings, store: Store, encoder: Encoder) -> Publisher:
    shelf = Shelf(settings.generations)
    return Publisher(store, encoder, shelf, settings.data_dir, settings.knowledge_dirs, utc_now)


def make_desk(settings: Settings, today: Today = dt.date.today, database: Path | None = None) -> Desk:
    """The desk alone, for doors that only talk."""
    return make_house(settings, today, database).desk


def make_people(settings: Settings) -> People:
    """For the machine's own commands, which need no index."""
    return People(make_store(settings), utc_now)


def make_terms(settings: Settings, calendar: Calendar | None) -> Terms:
    return Terms(read_levels(settings.service_levels), Clock(calendar, hours_of(settings.office_hours)))


def make_store(settings: Settings, database: Path | None = None) -> Store:
    """The store that DATABASE_URL names, or a SQLite file of its own. Raises BadSettings and StoreUnavailable."""
    url = f"sqlite:///{database}" if database else settings.database
    try:
        return open_store(url)
    except ValueError:
        allowed = "cần sqlite:///đường/dẫn.db hoặc postgresql://người-dùng:mật-khẩu@máy/tên"
        raise BadSettings([f"DATABASE_URL: {allowed}"]) from None


def make_index(folders: Sequence[Path], encoder_name: str) -> Path:
    """A throw-away index of these folders, for a door that was given other content."""
    shelf = Shelf(Path(tempfile.mkdtemp(prefix="mot-cua-")))
    atexit.register(shutil.rmtree, shelf.root, ignore_errors=True)
    shelf.switch(build(shelf, folders, open_encoder(encoder_name)).name)
    return shelf.root
