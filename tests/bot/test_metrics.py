"""What the program tells of itself to Prometheus: true numbers, over HTTP, of nobody in particular."""

from __future__ import annotations

import datetime as dt
import logging
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from http.server import ThreadingHTTPServer
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.build import make_house
from bot.desk.house import House
from bot.dialogue.message import Message
from bot.exposing import MOST, expose, ports
from bot.ledger import Job, Notice, StoreUnavailable, Update
from bot.metrics import HELP, Meter, Remembered, Sample, Tally, exposition, serve
from bot.settings import BadSettings, Settings, read_settings
from index.encoder import open_encoder
from index.snapshot import Shelf, build
from knowledge.reading import CONTENT
from tests.faults.conftest import ROOT, surroundings

TOKEN = "ma-xem-so-do-0123456789"
LINE = re.compile(r'([a-z_]+)(?:\{((?:[a-z]+="(?:[^"\\\n]|\\.)*",?)*)\})? (-?[0-9.e+-]+)')
NOW = dt.datetime(2026, 11, 21, 8, tzinfo=dt.UTC)


def asked(port: int, path: str = "/metrics", token: str = "", host: str = "127.0.0.1") -> str:
    request = Request(f"http://{host}:{port}{path}", headers={"Authorization": f"Bearer {token}"} if token else {})
    with urlopen(request, timeout=5) as answer:
        assert answer.headers["Content-Type"].startswith("text/plain; version=0.0.4")
        return str(answer.read().decode())


def numbers(text: str) -> Mapping[str, float]:
    """Every sample by its name with labels; fails on any line that is not in Prometheus' form."""
    found: dict[str, float] = {}
    for line in text.splitlines():
        if line.startswith("#"):
            assert re.fullmatch(r"# (HELP [a-z_]+ .+|TYPE [a-z_]+ (counter|gauge|histogram))", line), line
            continue
        match = LINE.fullmatch(line)
        assert match, line
        key = line.rpartition(" ")[0]
        assert key not in found, f"{key} twice"
        found[key] = float(match[3])
    return found


@pytest.fixture
def port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


@pytest.fixture(scope="module")
def generations(tmp_path_factory: pytest.TempPathFactory) -> Path:
    shelf = Shelf(tmp_path_factory.mktemp("metrics") / "index")
    shelf.switch(build(shelf, [CONTENT], open_encoder()).name)
    return shelf.root


@pytest.fixture
def settings(generations: Path, tmp_path: Path, port: int) -> Settings:
    return Settings(index_dir=generations, data_dir=tmp_path, metrics_port=port, authority_name="UBND xã Bình An")


@pytest.fixture
def house(settings: Settings) -> Iterator[House]:
    made = make_house(settings)
    yield made
    made.store.close()


@pytest.fixture
def exposed(house: House, settings: Settings) -> Iterator[ThreadingHTTPServer]:
    before = logging.getLogger().handlers[:]
    server = expose(house, settings, "web")
    assert server is not None
    yield server
    server.shutdown()
    server.server_close()
    logging.getLogger().handlers[:] = before


def test_without_the_setting_nothing_listens(house: House, settings: Settings) -> None:
    assert expose(house, Settings(data_dir=settings.data_dir), "web") is None
    with pytest.raises(URLError):
        asked(settings.metrics_port)


def test_turns_are_counted_by_door_and_behaviour_with_their_times(house: House, exposed: ThreadingHTTPServer) -> None:
    for n in range(3):
        house.desk.answer(f"web:{n}", Message("làm giấy khai sinh cần gì"), "web")
    house.desk.answer("telegram:1", Message("cháy nhà rồi"), "telegram")
    found = numbers(asked(exposed.server_port))
    assert found['mot_cua_turns_total{door="web",behavior="answer"}'] == 3
    assert sum(v for k, v in found.items() if k.startswith("mot_cua_turns_total")) == 4
    assert found['mot_cua_turn_seconds_count{door="web"}'] == 3
    assert found['mot_cua_turn_seconds_bucket{door="web",le="+Inf"}'] == 3
    buckets = [v for k, v in found.items() if k.startswith('mot_cua_turn_seconds_bucket{door="web"')]
    assert buckets == sorted(buckets) and found['mot_cua_turn_seconds_sum{door="web"}'] > 0


def test_the_house_is_told_in_numbers(house: House, settings: Settings, exposed: ThreadingHTTPServer) -> None:
    now = dt.datetime.now(dt.UTC)
    hour = dt.timedelta(hours=1)
    with house.store.writing() as tx:
        tx.receive([Update("telegram", str(n), "1", "{}", now - hour) for n in range(2)])
        tx.add_notice(Notice("telegram", "1", "reply", "{}", "k1", now - 2 * hour))
        tx.add_notice(Notice("telegram", "1", "reply", "{}", "k2", now + hour))
        tx.put_job(Job("clock:retention", "clock", "failed", NOW, 100, "hỏng"))
        tx.put_job(Job("work:abcdef", "work", "done", NOW, 100, "", by="o1"))
        (dead,) = [n.id for n in tx.notices_to("telegram", "1", now)]
    found = numbers(asked(exposed.server_port))
    assert found['mot_cua_inbox_waiting{door="telegram"}'] == 2
    assert 3590 < found['mot_cua_inbox_oldest_seconds{door="telegram"}'] < 3700
    assert found['mot_cua_outbox_waiting{door="telegram"}'] == 1
    assert 7190 < found['mot_cua_outbox_oldest_seconds{door="telegram"}'] < 7300
    assert found['mot_cua_job_failed{task="retention"}'] == 1
    assert found['mot_cua_job_last_run_timestamp_seconds{task="retention"}'] == pytest.approx(NOW.timestamp(), abs=100)
    assert not [k for k in found if "abcdef" in k], "a piece of work is no job by the clock"
    assert found["mot_cua_store_up"] == 1 and found["mot_cua_generation_behind"] == 0
    assert found[f'mot_cua_generation_info{{generation="{house.live.generation}"}}'] == 1
    assert abs(found["mot_cua_generation_built_timestamp_seconds"] - time.time()) < 3600
    assert found["process_resident_memory_bytes"] > 1e7 and found["process_open_fds"] > 3
    assert 0 <= time.time() - found["process_start_time_seconds"] < 86_400
    assert found["mot_cua_disk_free_bytes"] > 0
    assert "mot_cua_backup_last_success_timestamp_seconds" not in found
    with house.store.writing() as tx:
        tx.notice_failed(dead, None, "blocked")
    with house.store.reading() as tx:
        assert tx.notice_counts("telegram")["dead"] == 1


def test_petitions_are_counted_open_and_late(house: House, exposed: ThreadingHTTPServer) -> None:
    for text in ("tôi muốn phản ánh", "Cống trước chợ Bình An bị nghẹt, nước tràn ra đường cả tuần nay", "chợ Bình An"):
        reply = house.desk.answer("web:1", Message(text), "web")
    for _ in range(8):
        chosen = next((o for o in reply.options if o.id in ("pa:gui", "pa:bo_qua", "pa:an_danh")), None)
        reply = house.desk.answer("web:1", Message("", chosen.id) if chosen else Message("gửi"), "web")
        with house.store.reading() as tx:
            if tx.codes_of("web:1"):
                break
    with house.store.reading() as tx:
        filed = len(tx.codes_of("web:1"))
    found = numbers(asked(exposed.server_port))
    counted = sum(v for k, v in found.items() if k.startswith("mot_cua_petitions_open"))
    assert counted == filed
    assert sum(v for k, v in found.items() if k.startswith("mot_cua_petitions_overdue")) == 0


def test_a_store_that_is_away_leaves_the_rest_to_be_told(
    house: House, exposed: ThreadingHTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away() -> None:
        raise StoreUnavailable("the disk is gone")

    monkeypatch.setattr(house.store, "reading", away)
    logging.getLogger("bot.web.failures").exception("x", exc_info=StoreUnavailable("y"))
    found = numbers(asked(exposed.server_port))
    assert found["mot_cua_store_up"] == 0 and "process_cpu_seconds_total" in found
    labels = 'level="ERROR",module="bot.web.failures",error="StoreUnavailable"'
    assert found[f"mot_cua_log_records_total{{{labels}}}"] == 1


def test_no_person_and_no_words_stand_in_the_metrics(house: House, exposed: ThreadingHTTPServer) -> None:
    house.desk.answer("telegram:99887766", Message("Tôi là Nguyễn Văn Kín, gọi 0912345678, làm căn cước"), "telegram")
    text = asked(exposed.server_port)
    assert not [s for s in ("99887766", "Kín", "0912345678", "căn cước") if s in text]
    names = set(re.findall(r'([a-z]+)="', text))
    assert names <= {"door", "behavior", "le", "level", "module", "error", "state", "task", "generation"}


def test_with_a_token_only_who_brings_it_is_told(port: int) -> None:
    server = serve("127.0.0.1", [port], TOKEN, [lambda: [Sample("store_up", 1)]])
    for wrong in ("", "x", TOKEN[:-1], "ạ"):
        with pytest.raises((HTTPError, UnicodeEncodeError)) as raised:
            asked(port, token=wrong)
        if isinstance(raised.value, HTTPError):
            assert raised.value.code == 401 and "mot_cua" not in raised.value.read().decode()
    assert numbers(asked(port, token=TOKEN)) == {"mot_cua_store_up": 1}
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("path", ["/", "/metrics/x", "/../etc/passwd", "/health"])
def test_any_other_address_is_not_there(port: int, path: str) -> None:
    server = serve("127.0.0.1", [port], "", [])
    with pytest.raises(HTTPError, match="404"):
        asked(port, path)
    server.shutdown()
    server.server_close()


def test_open_to_other_machines_it_needs_a_token() -> None:
    with pytest.raises(BadSettings, match="METRICS_TOKEN"):
        read_settings({"METRICS_PORT": "9464", "METRICS_HOST": "0.0.0.0"}, None)
    assert read_settings({"METRICS_HOST": "0.0.0.0", "METRICS_TOKEN": TOKEN}, None).metrics_token == TOKEN


def test_processes_of_one_machine_share_a_setting_and_not_a_port(port: int) -> None:
    blocks = [set(ports(port, what)) for what in ("web", "telegram", "jobs")]
    assert not blocks[0] & blocks[1] and not blocks[1] & blocks[2] and all(len(b) == MOST for b in blocks)
    assert max(ports(65530, "web")) == 65535
    first, second = (serve("127.0.0.1", ports(port, "web"), "", []) for _ in range(2))
    assert second.server_port > first.server_port
    for server in (first, second):
        server.shutdown()
        server.server_close()


def test_every_metric_is_known_and_every_label_escaped() -> None:
    meter = Meter()
    meter.add("turns_total", door='a"b\\c\nd', behavior="x")
    text = exposition([meter.samples])
    assert 'door="a\\"b\\\\c\\nd"' in text and len(text.splitlines()) == 3
    assert all(kind in ("counter", "gauge", "histogram") and told.endswith(".") for kind, told in HELP.values())


@given(st.lists(st.floats(0, 60), min_size=1, max_size=50))
def test_a_histogram_counts_everything_once(seconds: list[float]) -> None:
    meter = Meter()
    for one in seconds:
        meter.observe("turn_seconds", one, door="web")
    found = {(s.suffix, dict(s.labels).get("le")): s.value for s in meter.samples()}
    assert found["_count", None] == found["_bucket", "+Inf"] == len(seconds)
    assert found["_bucket", "1"] == sum(s <= 1 for s in seconds)


def test_threads_count_without_losing() -> None:
    meter = Meter()
    threads = [threading.Thread(target=lambda: [meter.turn("web", "answer", 5) for _ in range(500)]) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert meter.samples()[0].value == 4000


def test_foreign_modules_are_one_label() -> None:
    meter = Meter()
    log = logging.Logger("x")
    log.addHandler(Tally(meter))
    for name in ("urllib3.connectionpool", "telegram.ext", "bot.jobs.loop"):
        log.name = name
        log.warning("chuyện gì đó")
    log.info("không tính")
    assert {dict(s.labels)["module"]: s.value for s in meter.samples()} == {"other": 2, "bot.jobs.loop": 1}


def test_what_was_read_from_the_store_is_remembered_for_a_while() -> None:
    read: list[int] = []

    def source() -> list[Sample]:
        read.append(1)
        return [Sample("store_up", 1)]

    kept, fresh = Remembered(source, 3600), Remembered(source, 0)
    assert [list(kept()), list(kept())] == [[Sample("store_up", 1)]] * 2 and len(read) == 1
    fresh()
    fresh()
    assert len(read) == 3


@pytest.mark.slow
@pytest.mark.parametrize("command", ["web", "jobs", "serve"])
def test_the_processes_tell_their_metrics(generations: Path, tmp_path: Path, port: int, command: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        site = str(free.getsockname()[1])
    base = port if port < 65000 else 40000
    given = {"INDEX_DIR": str(generations), "DATA_DIR": str(tmp_path), "METRICS_PORT": str(base), "PORT": site}
    at = ports(base, command)[0]
    process = subprocess.Popen([sys.executable, "-m", "bot", command], cwd=ROOT, env=surroundings(**given))
    try:
        for _ in range(300):
            try:
                found = numbers(asked(at))
                break
            except URLError:
                assert process.poll() is None
                time.sleep(0.2)
        else:
            pytest.fail("it never answered")
        assert found["mot_cua_store_up"] == 1 and found["process_resident_memory_bytes"] > 1e7
    finally:
        process.terminate()
        assert process.wait(60) in (0, -signal.SIGTERM)
