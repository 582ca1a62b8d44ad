"""`python -m bot doctor`: what on this machine, in this configuration, has to be mended. Nothing is changed."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from bot.desk.attachments import Uploads
from bot.desk.backing import Backup, last_backup
from bot.desk.publishing import content_folders
from bot.desk.standing import OLDEST_BACKUP
from bot.ledger import StoreUnavailable
from bot.petitions.clock import VIETNAM
from bot.settings import Settings
from bot.store.health import NEWEST, Health, health_of
from bot.store.opening import open_store
from index.encoder import EncoderUnusable, open_encoder
from index.manifest import read_manifest
from index.qdrant import VectorsAway, open_server
from index.snapshot import GenerationUnusable, Shelf, open_generation, source_digest
from knowledge.library import Library
from knowledge.reading import ContentFaults, knowledge_folders, read_library

LEAST_DISK = 1 << 30
NEWEST_FILES = 200
SKEW = dt.timedelta(minutes=1)
BACK_UP = "chạy .venv/bin/python scripts/backup.py"


@dataclass(frozen=True, slots=True)
class Finding:
    """`note`: worth knowing; nothing has to be mended."""

    bad: bool
    text: str
    note: bool = False

    def __str__(self) -> str:
        return f"{'CẦN SỬA' if self.bad else 'lưu ý' if self.note else 'ổn'}: {self.text}"


def findings(settings: Settings, today: dt.date | None = None, dotenv: Path = Path(".env")) -> list[Finding]:
    now = dt.datetime.now(dt.UTC)
    return [
        *_content(settings, today or now.astimezone(VIETNAM).date()),
        *_store(settings, now),
        *_clock(settings, now),
        *_doors(settings),
        *_server_of_vectors(settings),
        *_disk(settings),
        *_closed_to_others(settings, dotenv),
    ]


def _content(settings: Settings, today: dt.date) -> Iterator[Finding]:
    folders = knowledge_folders([*settings.knowledge_dirs, *content_folders(settings.knowledge)])
    try:
        library = read_library(folders)
    except ContentFaults as bad:
        yield Finding(True, f"nội dung có lỗi: {bad}")
        return
    yield Finding(False, f"nội dung: {len(library.procedures):,} thủ tục, {len(library.plans)} kế hoạch")
    yield from _index(settings, source_digest(folders))
    yield from _calendar(library, today)
    for conflict in library.conflicts[:5]:
        yield Finding(False, f"khác nhau giữa các thư mục: {conflict.record} ({conflict.field})", note=True)


def _index(settings: Settings, source: str) -> Iterator[Finding]:
    shelf = Shelf(settings.generations)
    try:
        generation = open_generation(shelf, shelf.current(), open_encoder(settings.encoder), check=True)
    except (GenerationUnusable, EncoderUnusable) as bad:
        yield Finding(True, str(bad))
        return
    fresh = generation.manifest.source == source
    tail = "khớp nội dung và mô hình" if fresh else "cũ hơn nội dung; chạy .venv/bin/python scripts/reindex.py --accept"
    yield Finding(not fresh, f"chỉ mục {generation.manifest.name}: {tail}")


def _calendar(library: Library, today: dt.date) -> Iterator[Finding]:
    calendar = library.calendar
    if calendar is None:
        yield Finding(True, "chưa có lịch nghỉ; thêm knowledge/content/calendar.yaml")
        return
    near = calendar.decided_until - today < dt.timedelta(days=60)
    tail = "; bổ sung lịch năm tới vào calendar.yaml để hạn trả lời không bị tính sai" if near else ""
    yield Finding(near, f"lịch nghỉ đã chốt đến {calendar.decided_until:%d/%m/%Y}{tail}")
    for waiting in calendar.undecided:
        yield Finding(False, f"lịch nghỉ chờ quyết định: {waiting}", note=True)


def _store(settings: Settings, now: dt.datetime) -> Iterator[Finding]:
    try:
        health = health_of(settings.database)
    except StoreUnavailable as bad:
        yield Finding(True, f"không dùng được cơ sở dữ liệu ({bad}); xem DATABASE_URL, quyền ghi và chỗ trống trên đĩa")
        return
    except ValueError:
        yield Finding(True, "DATABASE_URL: cần sqlite:///đường/dẫn.db hoặc postgresql://…")
        return
    if health.clock and abs(health.clock - now) > SKEW:
        yield Finding(True, "đồng hồ máy này lệch với máy cơ sở dữ liệu; bật đồng bộ giờ: timedatectl set-ntp true")
    if health.version != NEWEST:
        yield _version(health.version)
        return
    yield Finding(False, f"cơ sở dữ liệu: bản {health.version}, {health.petitions:,} phiếu")
    with closing(open_store(settings.database)) as store, store.reading() as tx:
        last, files = last_backup(tx), tx.newest_attachments(NEWEST_FILES)
    yield _backup(last, health, now)
    yield from _files(settings, files)


def _version(version: int) -> Finding:
    if version > NEWEST:
        return Finding(
            True, f"cơ sở dữ liệu ở bản {version}, mới hơn chương trình ({NEWEST}); cài lại chương trình mới"
        )
    return Finding(False, "cơ sở dữ liệu chưa có hoặc là bản cũ: tự tạo, tự nâng cấp ở lần chạy tới", note=True)


def _backup(last: Backup | None, health: Health, now: dt.datetime) -> Finding:
    if last is None:
        return Finding(health.petitions > 0, f"chưa có bản sao lưu nào; {BACK_UP}", note=True)
    when = f"{last.at.astimezone(VIETNAM):%H:%M %d/%m/%Y}"
    if now - last.at > OLDEST_BACKUP:
        return Finding(True, f"bản sao lưu mới nhất đã cũ ({when}); {BACK_UP} và xem vì sao việc hằng ngày không chạy")
    if last.absent:
        return Finding(True, f"{last.absent} tệp đính kèm có tên nhưng không còn trên đĩa (thấy lúc sao lưu {when})")
    return Finding(False, f"sao lưu gần nhất: {when}, đã mở lại để kiểm tra")


def _files(settings: Settings, digests: Sequence[str]) -> Iterator[Finding]:
    """What another machine took in is to be seen here too: whether it is, tells more than what kind of folder it is."""
    folder = settings.data_dir / "uploads"
    absent = sum(not Uploads(folder).holds(digest) for digest in digests)
    if absent:
        several = "nhiều máy dùng chung cơ sở dữ liệu thì phải dùng chung thư mục này (docs/scale.md); " * (
            not settings.database.startswith("sqlite")
        )
        yield Finding(
            True,
            f"{absent} trong {len(digests)} tệp dân gửi gần nhất không có ở {folder} của máy này; {several}"
            "nếu đã bị xóa thì tìm trong bản sao lưu",
        )


def _clock(settings: Settings, now: dt.datetime) -> Iterator[Finding]:
    shelf = Shelf(settings.generations)
    try:
        built = dt.datetime.fromisoformat(read_manifest(shelf.generations / shelf.current()).built)
    except (GenerationUnusable, ValueError):
        built = now
    if built - now > SKEW:
        yield Finding(
            True, f"đồng hồ máy ({now:%d/%m/%Y %H:%M} UTC) chạy chậm; bật đồng bộ giờ: timedatectl set-ntp true"
        )
    if now.astimezone().utcoffset() != now.astimezone(VIETNAM).utcoffset():
        zone = now.astimezone().tzname()
        text = f"múi giờ của máy là {zone}, không phải giờ Việt Nam; đặt: timedatectl set-timezone Asia/Ho_Chi_Minh"
        yield Finding(False, text, note=True)
    else:
        yield Finding(False, "đồng hồ và múi giờ")


def _doors(settings: Settings) -> Iterator[Finding]:
    """Their form was checked when the settings were read."""
    if settings.telegram_token:
        way = "webhook" if settings.webhook_url else "long polling"
        yield Finding(False, f"TELEGRAM_TOKEN có dạng đúng; nhận tin bằng {way}")
    else:
        yield Finding(False, "chưa có TELEGRAM_TOKEN: chỉ chạy trang web và cửa sổ lệnh", note=True)
    if not settings.authority_name:
        yield Finding(False, "chưa có AUTHORITY_NAME: bot không nhận phản ánh thay cơ quan nào", note=True)
    open_wide = settings.host not in ("127.0.0.1", "::1", "localhost")
    if open_wide and not settings.public_url.startswith("https://"):
        text = f"HOST={settings.host} mở ra ngoài mà PUBLIC_URL không phải https; đặt sau máy chủ có https"
        yield Finding(True, f"{text} (docs/operations.md)")


def _server_of_vectors(settings: Settings) -> Iterator[Finding]:
    """Nothing is filled here: whoever serves does that when it opens a generation."""
    if settings.vector_index != "qdrant":
        return
    mend = "xem QDRANT_URL, QDRANT_API_KEY; trong lúc ấy bot tìm bằng tệp trên máy"
    try:
        there = open_server(settings.qdrant_url, settings.qdrant_api_key).holds(Shelf(settings.generations).current())
    except ImportError:
        yield Finding(True, 'VECTOR_INDEX=qdrant mà chưa cài; chạy pip install -e ".[qdrant]"')
    except VectorsAway as bad:
        yield Finding(True, f"không tới được Qdrant ({bad}); {mend}")
    else:
        yield Finding(False, "Qdrant đã có chỉ mục đang dùng" if there else "Qdrant chờ nạp chỉ mục ở lần chạy tới")


def _disk(settings: Settings) -> Iterator[Finding]:
    folder = next(f for f in (settings.data_dir, *settings.data_dir.resolve().parents) if f.exists())
    free = shutil.disk_usage(folder).free
    tail = f"; cần ít nhất {LEAST_DISK >> 30} GiB ở {folder}: xóa bản sao lưu cũ hoặc thêm đĩa"
    yield Finding(free < LEAST_DISK, f"đĩa còn trống {free / (1 << 30):.1f} GiB{tail if free < LEAST_DISK else ''}")


def _closed_to_others(settings: Settings, dotenv: Path) -> Iterator[Finding]:
    """Other people of this machine read neither secrets nor what citizens wrote."""
    for path, mode in ((dotenv, "600"), (settings.data_dir, "700")):
        if not path.exists():
            continue
        if path.stat().st_mode & 0o077:
            yield Finding(True, f"người khác trên máy này đọc được {path}; chạy: chmod {mode} {path}")
        else:
            yield Finding(False, f"chỉ người chạy bot đọc được {path}")
