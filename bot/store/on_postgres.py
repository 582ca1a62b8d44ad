"""PostgreSQL through psycopg: a pool of connections that mends itself after the server was away."""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import re
import threading
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

import psycopg
from psycopg.pq import TransactionStatus
from psycopg_pool import ConnectionPool

from bot.desk.transaction import Transaction
from bot.ledger import StoreUnavailable
from bot.store.books import Books
from bot.store.connection import POSTGRES, Dialect, Values, keepable
from bot.store.schema import STEPS, take_step

PATIENCE = 5.0
"""Seconds that one waits for a connection, or for another's lock."""
CONNECTIONS = 12
AT_A_TIME = 5000
# A process that holds a lock and loses its network is given up after about a minute; so is a server that went silent.
_ALIVE: dict[str, Any] = {
    "keepalives": 1,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 60_000,
}
_ALIVE_THERE = ("tcp_keepalives_idle = 30", "tcp_keepalives_interval = 10", "tcp_keepalives_count = 3")
_NAMED = re.compile(r"(?<![:\w]):([a-z_]\w*)")
Plain = psycopg.Connection[tuple[Any, ...]]


@lru_cache(maxsize=1024)
def _spelled(sql: str) -> bytes:
    """Named values as psycopg writes them."""
    return _NAMED.sub(r"%(\1)s", sql.replace("%", "%%")).encode()


def _key(name: str) -> int:
    """Locks have numbers; the same name has the same one in every process."""
    return int.from_bytes(hashlib.sha256(f"mot-cua:{name}".encode()).digest()[:8], "big", signed=True)


class PgConnection:
    """A connection of psycopg, as the books use it."""

    dialect: Dialect = POSTGRES

    def __init__(self, plain: Plain) -> None:
        self._plain = plain
        self._names = itertools.count()

    def run(self, sql: str, values: Values | None = None) -> int:
        return self._plain.execute(_spelled(sql), keepable(values or {})).rowcount

    def run_many(self, sql: str, rows: Sequence[Values]) -> None:
        with self._plain.cursor() as cursor:
            cursor.executemany(_spelled(sql), [keepable(row) for row in rows])

    def rows(self, sql: str, values: Values | None = None) -> list[tuple[Any, ...]]:
        return self._plain.execute(_spelled(sql), keepable(values or {})).fetchall()

    def stream(self, sql: str, values: Values | None = None) -> Iterator[tuple[Any, ...]]:
        with self._plain.cursor(name=f"stream{next(self._names)}") as cursor:
            cursor.itersize = AT_A_TIME
            cursor.execute(_spelled(sql), keepable(values or {}))
            yield from cursor


class PostgresStore:
    """Implements desk.transaction.Store."""

    def __init__(self, url: str, patience: float = PATIENCE) -> None:
        try:
            psycopg.conninfo.conninfo_to_dict(url)
        except psycopg.ProgrammingError:
            raise ValueError("not a URL of PostgreSQL") from None  # psycopg's own words may hold the password
        self._url, self._patience = url, patience
        self._here = threading.local()
        with _guarded():
            with self._connected() as plain:
                for step in STEPS:
                    with _between(plain, "begin"):
                        plain.execute("select pg_advisory_xact_lock(%s)", [_key("migrations")])
                        take_step(PgConnection(plain), step)
            self._pool = ConnectionPool(
                url,
                # of several servers, one that is silent is passed over
                kwargs={"autocommit": True, "client_encoding": "utf8", "connect_timeout": self._soon, **_ALIVE},
                min_size=1,
                max_size=CONNECTIONS,
                timeout=patience,
                # a lost server is asked for again by whoever next wants it, not after ever longer waits
                reconnect_timeout=1,
                configure=self._configure,
                check=ConnectionPool.check_connection,
                open=True,
            )

    def _configure(self, plain: Plain) -> None:
        plain.execute(f"set lock_timeout = {int(self._patience * 1000)}")

    def _connected(self) -> Plain:
        settings = {"autocommit": True, "client_encoding": "utf8", "connect_timeout": self._soon, **_ALIVE}
        return psycopg.connect(self._url, **settings)

    @property
    def _soon(self) -> int:
        """Seconds in which one server must answer: less than two means for ever to libpq."""
        return max(2, int(self._patience))

    @contextlib.contextmanager
    def reading(self) -> Iterator[Transaction]:
        begin = "begin isolation level repeatable read read only"
        with _guarded(), self._pool.connection() as plain, _between(plain, begin):
            yield Books(PgConnection(plain))

    @contextlib.contextmanager
    def writing(self, together: bool = False) -> Iterator[Transaction]:  # the server gathers commits by itself
        if getattr(self._here, "writing", False):
            raise RuntimeError("a writing transaction inside a writing transaction")
        self._here.writing = True
        try:
            with _guarded(), self._pool.connection() as plain, _between(plain, "begin"):
                yield Books(PgConnection(plain))
        finally:
            self._here.writing = False

    @contextlib.contextmanager
    def locked(self, name: str) -> Iterator[bool]:
        """A lock of the server on a connection of its own: it ends with the process, however that ends."""
        with contextlib.ExitStack() as stack:
            with _guarded():
                plain = stack.enter_context(contextlib.closing(self._connected()))
                for setting in _ALIVE_THERE:
                    plain.execute(f"set {setting}")
                row = plain.execute("select pg_try_advisory_lock(%s)", [_key(name)]).fetchone()
            try:
                yield bool(row and row[0])
            finally:
                # closing would free it as well, but only a moment later
                with contextlib.suppress(psycopg.Error):
                    plain.execute("select pg_advisory_unlock_all()")

    def close(self) -> None:
        self._pool.close()


@contextlib.contextmanager
def _between(plain: Plain, begin: str) -> Iterator[None]:
    plain.execute(begin.encode())
    try:
        yield
        if plain.info.transaction_status == TransactionStatus.INERROR:
            raise RuntimeError("a failed statement was passed over: nothing is written")
        plain.execute("commit")
    except BaseException:
        with contextlib.suppress(psycopg.Error):
            plain.execute("rollback")
        raise


@contextlib.contextmanager
def _guarded() -> Iterator[None]:
    """What the server or the way to it is to blame for; any other error is a mistake of ours."""
    try:
        yield
    except (psycopg.OperationalError, psycopg.InterfaceError, psycopg.errors.ReadOnlySqlTransaction) as bad:
        raise StoreUnavailable(f"PostgreSQL: {bad}") from bad
