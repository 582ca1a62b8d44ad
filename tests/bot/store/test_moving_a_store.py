"""One store copied into another, of either kind, equal to the last row."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from quiz_samples import play
from store_samples import NEVER, NOW, TURN, filed
from test_book_of_followers import fill as follow

from bot.desk.transaction import Store
from bot.ledger import (
    Attachment,
    Audit,
    Consent,
    Feedback,
    Gap,
    IndexEvent,
    Invitation,
    Job,
    Officer,
    Proposal,
    QueueFilter,
    Receipt,
    Role,
    TaskState,
    Unit,
    Update,
)
from bot.petitions.codes import code_of
from bot.petitions.petition import State, moved
from bot.store import moving
from bot.store.moving import TABLES, CannotMove, move, proof
from bot.store.opening import open_store
from tests.postgres import Cluster

SCRIPT = Path(__file__).resolve().parents[3] / "scripts" / "move_store.py"
Making = Callable[[], str]


@pytest.fixture
def new(tmp_path: Path, postgres: Cluster) -> dict[str, Making]:
    return {
        "sqlite": lambda: f"sqlite:///{tmp_path / f'{random.random()}.db'}",
        "postgresql": postgres.database,
    }


def fill(store: Store) -> None:
    """Something in every table."""
    with store.writing() as tx:
        number = tx.add_turn(replace(TURN, question="“Ộ” \\ ' \n 🙂", score=1 / 3))
        tx.put_session("c1", "{}", NOW)
        tx.add_feedback(Feedback(number, 0, True, "", "", NOW))
        tx.add_gap(Gap(number, "câu", NOW, "web"))
        tx.add_proposal(Proposal(("câu",), "r", "", "", "o1", NOW))
        tx.set_consent(Consent("c1", "petition", True, NOW))
        petitions = [filed(tx, f"Đèn đường {n}") for n in range(5)]
        tx.add_event(moved(petitions[0], State.ACCEPTED, "o1", NOW))
        tx.add_receipt(Receipt("k", "thân", "muối", petitions[0].code, NOW))
        tx.add_attachment(Attachment("d", "a.jpg", "image/jpeg", 2**33, "c1", petitions[0].code, NOW))
        tx.receive([Update("telegram", "1", "1", "{}", NOW)])
        tx.put_officer(Officer("o1", "Lan", Role.ADMIN, accounts=("telegram:1",)))
        tx.put_unit(Unit("vp", "Văn phòng"))
        tx.add_invitation(Invitation("d", Role.LEAD, "vp", "o1", NOW, NEVER))
        tx.audit(Audit(NOW, "o1", "identity", petitions[0].code))
        tx.add_task_state(TaskState("kh", "1", "done", "", "", "", "o1", NOW))
        tx.add_index_event(IndexEvent("g1", NOW, "o1", "live"))
        tx.put_job(Job("j", "report", "done", NOW))
        tx.put_value("x", "y")
        play(tx)
        follow(tx)


@pytest.mark.parametrize("kinds", [("sqlite", "postgresql"), ("postgresql", "sqlite"), ("sqlite", "sqlite")])
def test_a_moved_store_holds_the_same_and_goes_on_from_there(new: dict[str, Making], kinds: tuple[str, str]) -> None:
    source, target = (open_store(new[kind]()) for kind in kinds)
    fill(source)
    moved_tables = move(source, target)
    assert moved_tables == proof(source) == proof(target)
    assert all(t.rows for t in moved_tables)
    with target.writing() as tx:
        assert tx.find(QueueFilter(words="đèn đường 3")).total == 1
        assert tx.rebuild() == 0
        assert filed(tx).code == code_of(2026, 6)
        tx.add_turn(TURN)
        tx.audit(Audit(NOW, "o1", "x", ""))
    assert proof(source) != proof(target)
    source.close()
    target.close()


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_target_that_holds_anything_is_refused(new: dict[str, Making], kind: str) -> None:
    source, target = open_store(new["sqlite"]()), open_store(new[kind]())
    fill(source)
    with target.writing() as tx:
        tx.put_value("x", "y")
    with pytest.raises(CannotMove, match="house_values"):
        move(source, target)
    assert sum(t.rows for t in proof(target)) == 1
    source.close()
    target.close()


def test_every_table_is_moved(store: Store) -> None:
    with store.reading() as tx:
        db = tx.connection  # type: ignore[attr-defined]
        query = (
            "select name from sqlite_master where type = 'table' and name not like 'sqlite_%'"
            if db.dialect.name == "sqlite"
            else "select tablename from pg_tables where schemaname = current_schema()"
        )
        tables = {row[0] for row in db.rows(query)}
    assert {t for t in tables if "_fts" not in t} - {"migrations"} == set(TABLES)


def test_a_copy_that_differs_is_not_kept(new: dict[str, Making], monkeypatch: pytest.MonkeyPatch) -> None:
    source, target = open_store(new["sqlite"]()), open_store(new["postgresql"]())
    fill(source)
    # as if the target lost a row in each batch
    monkeypatch.setattr(moving, "islice", lambda rows, n: list(moving_islice(rows, n))[1:])
    with pytest.raises(CannotMove, match="differs"):
        move(source, target)
    monkeypatch.undo()
    assert sum(t.rows for t in proof(target)) == 0
    source.close()
    target.close()


moving_islice = moving.islice


def test_the_script_moves_and_says_what_it_moved(new: dict[str, Making], tmp_path: Path) -> None:
    here, there = new["sqlite"](), new["postgresql"]()
    source = open_store(here)
    fill(source)
    source.close()

    def run(*urls: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([sys.executable, str(SCRIPT), *urls], capture_output=True, text=True, check=False)

    done = run(here, there)
    assert done.returncode == 0 and "giống hệt nhau" in done.stdout
    assert run(here, there).returncode == 1
    absent = run(f"sqlite:///{tmp_path / 'không-có.db'}", there)
    assert absent.returncode == 2 and "Không có cơ sở dữ liệu" in absent.stderr
    assert not (tmp_path / "không-có.db").exists()
