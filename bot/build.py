"""The sole place where concrete parts are chosen and wired."""

from __future__ import annotations

import atexit
import datetime as dt
import functools
import shutil
import socket
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from bot.desk.attachments import Uploads
from bot.desk.backing import Backing, spelled
from bot.desk.casework import NoTerms
from bot.desk.deadlines import Deadlines
from bot.desk.delivering import Postman
from bot.desk.desk import Desk, Today, utc_now
from bot.desk.digests import Digests
from bot.desk.editing import Editing
from bot.desk.following import Wishes
from bot.desk.gaps import Gaps
from bot.desk.house import House
from bot.desk.keys import Keys
from bot.desk.mail import Mail
from bot.desk.mailings import Mailings
from bot.desk.newsroom import Newsroom
from bot.desk.office import Office
from bot.desk.people import People
from bot.desk.planning import Planning
from bot.desk.posting import Posters
from bot.desk.publishing import Publisher
from bot.desk.quiet import quiet_of
from bot.desk.quizzes import quizzes
from bot.desk.reminders import Reminders
from bot.desk.reporting import Reporting
from bot.desk.retention import Retention
from bot.desk.sessions import Sessions
from bot.desk.signing import Signing
from bot.desk.standing import Standing
from bot.desk.submissions import Submissions
from bot.desk.transaction import Store
from bot.desk.works import Works
from bot.dialogue.judging import Judge
from bot.jobs.loop import Jobs
from bot.jobs.tasks import (
    backup_task,
    deadlines_task,
    digests_task,
    mailings_task,
    questions_task,
    reminders_task,
    reports_task,
    retention_task,
)
from bot.petitions.clock import Clock, hours_of
from bot.petitions.terms import Terms, read_levels
from bot.reports.letterhead import Letterhead
from bot.settings import BadSettings, Settings
from bot.store.backup import copy_out, look_into
from bot.store.opening import open_store
from index.classifier import open_classifier
from index.encoder import BUNDLED, Encoder, open_encoder
from index.live import LiveIndex
from index.qdrant import open_server
from index.snapshot import Shelf, build
from index.vectors import FaissFiles, VectorEngine
from knowledge.library import Library
from knowledge.records import Calendar


def make_judge(encoder: Encoder) -> Judge:
    names = ("message_classes", "aspects", "urgency")
    return Judge(encoder, *(open_classifier(BUNDLED / f"{name}.npz", encoder) for name in names))


def make_house(settings: Settings, today: Today = dt.date.today, database: Path | None = None) -> House:
    """`database`: a SQLite file in place of the one that the settings name."""
    encoder = open_encoder(settings.encoder)
    # the small classifiers were learnt on the bundled encoder and stay with it, whatever finds the records
    judge = make_judge(encoder if settings.encoder == "bundled" else open_encoder())
    engine = make_engine(settings)
    live = LiveIndex(settings.generations, encoder, engine)
    store = make_store(settings, database)
    uploads = Uploads(settings.data_dir / "uploads")
    terms = make_terms(settings, live.retriever().library.calendar)
    place, authority = settings.place, settings.authority_name
    desk = Desk(live, judge, store, uploads, place, authority, terms, today)
    desk.warm()
    office = Office(store, utc_now, terms if authority else NoTerms(), uploads, desk.likeness.of_petition)
    publisher = make_publisher(settings, store, encoder, engine)
    if database is None:
        publisher.catch_up()
    mail = Mail(store, owner_of(settings))
    people, signing = People(store, utc_now), Signing(store, utc_now)
    reporting = make_reporting(settings, store, desk.library)
    gaps = Gaps(store, encoder, desk.library, publisher, utc_now, quiet_of(settings.quiet_hours))
    editing, planning = Editing(publisher, desk.library, utc_now), Planning(store, desk.library, utc_now)
    sessions, works = Sessions(store, utc_now), Works(store, utc_now)
    standing = Standing(
        store, live, Shelf(settings.generations), settings.data_dir, _store_name(settings, database), utc_now
    )
    promised = terms if authority else NoTerms()
    postman = make_postman(settings, store)
    submissions = Submissions(store, live, judge, promised, desk.library, utc_now)
    return House(
        *(store, live, uploads, terms, desk, office, people, signing, mail, publisher, reporting, gaps),
        *(editing, planning, sessions, works, standing, Keys(store, utc_now), submissions),
        postman=postman,
        mailings=Mailings(store, postman, utc_now, quiet_of(settings.quiet_hours), place),
        digests=Digests(store, desk.library, utc_now, place, authority, _digests_at(settings)),
        posters=make_posters(settings, store, desk.library),
        wishes=Wishes(store, utc_now),
        quizzes=quizzes(store, desk.library, utc_now, authority, settings.public_url, settings.authority_emblem),
    )


def make_postman(settings: Settings, store: Store) -> Postman:
    """A third of what Telegram takes is for mailings, so that answers have room."""
    quiet, at = quiet_of(settings.quiet_hours), settings.public_url
    per_second = max(0.1, settings.telegram_per_second / 3)
    return Postman(store, utc_now, quiet, settings.place, settings.authority_name, at, per_second)


def make_newsroom(settings: Settings, store: Store) -> Newsroom:
    delay, folder = dt.timedelta(minutes=settings.news_delay_minutes), settings.data_dir / "news"
    quiet = quiet_of(settings.quiet_hours)
    return Newsroom(store, Shelf(settings.generations), folder, settings.place, utc_now, quiet, delay)


def make_posters(settings: Settings, store: Store, library: Callable[[], Library]) -> Posters:
    authority, bot, at = settings.authority_name, settings.telegram_bot, settings.public_url
    return Posters(store, library, utc_now, authority, bot, at, settings.authority_emblem)


def _digests_at(settings: Settings) -> str:
    return f"{settings.public_url}/quan-tri/tuyen-truyen/ban-tin" if settings.public_url else ""


def _store_name(settings: Settings, database: Path | None) -> str:
    """Which store it is, without who may enter it."""
    return "SQLite" if database or settings.database.startswith("sqlite") else "PostgreSQL"


def make_jobs(settings: Settings, house: House) -> Jobs:
    """What runs by the clock, over the whole house."""
    day, clock = dt.timedelta(days=1), house.terms.clock
    waiting = (settings.data_dir / "uploads" / "content",)
    questions, uploads = settings.keep_questions_days * day, settings.keep_uploads_days * day
    tasks = [
        deadlines_task(Deadlines(house.store, utc_now, house.terms)),
        reminders_task(Reminders(house.store, house.desk.library, utc_now, clock, settings.place)),
        retention_task(Retention(house.store, utc_now, house.uploads, questions, uploads, waiting)),
        mailings_task(make_newsroom(settings, house.store), house.postman),
        digests_task(house.digests, utc_now),
        questions_task(house.quizzes.questions),
        reports_task(house.store, house.reporting.make, settings.data_dir / "reports", utc_now),
    ]
    if settings.backup_dir:
        backing = make_backing(settings, house.store)
        keep, to = settings.backup_keep, settings.backup_recipient
        tasks.append(backup_task(backing, settings.backup_dir, keep, to, settings.backup_at))
    return Jobs(house.store, tasks, utc_now, settings.worker)


def make_backing(settings: Settings, store: Store) -> Backing:
    copy = functools.partial(copy_out, settings.database)
    return Backing(store, copy, look_into, settings.data_dir, settings.generations, spelled(settings), utc_now)


def make_reporting(settings: Settings, store: Store, library: Callable[[], Library]) -> Reporting:
    head = Letterhead(
        authority=settings.authority_name,
        superior=settings.authority_superior,
        symbol=settings.report_symbol,
        town=settings.report_town,
        capacity=settings.report_capacity,
        title=settings.report_title,
        signer=settings.report_signer,
        recipients=settings.report_recipients,
        archive=settings.report_archive,
    )
    clock = Clock(library().calendar, hours_of(settings.office_hours))
    return Reporting(store, library, clock, head, utc_now, settings.report_templates)


def make_publisher(settings: Settings, store: Store, encoder: Encoder, engine: VectorEngine) -> Publisher:
    shelf = Shelf(settings.generations)
    return Publisher(store, encoder, shelf, settings.data_dir, settings.knowledge_dirs, utc_now, engine)


def make_engine(settings: Settings) -> VectorEngine:
    """What VECTOR_INDEX names. Raises BadSettings where it is not installed."""
    if settings.vector_index == "faiss":
        return FaissFiles()
    try:
        return open_server(settings.qdrant_url, settings.qdrant_api_key)
    except ImportError:
        raise BadSettings(['VECTOR_INDEX=qdrant: chưa cài; chạy pip install -e ".[qdrant]"']) from None


def make_desk(settings: Settings, today: Today = dt.date.today, database: Path | None = None) -> Desk:
    """The desk alone, for doors that only talk."""
    return make_house(settings, today, database).desk


def make_signing(settings: Settings) -> Signing:
    return Signing(make_store(settings), utc_now)


def make_people(settings: Settings) -> People:
    """For the machine's own commands, which need no index."""
    return People(make_store(settings), utc_now)


def make_keys(settings: Settings) -> Keys:
    return Keys(make_store(settings), utc_now)


def make_terms(settings: Settings, calendar: Calendar | None) -> Terms:
    return Terms(read_levels(settings.service_levels), Clock(calendar, hours_of(settings.office_hours)))


def owner_of(settings: Settings) -> str:
    """By what name this process takes work from the books."""
    return settings.worker or f"{socket.gethostname()}:{settings.telegram_port}"


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
