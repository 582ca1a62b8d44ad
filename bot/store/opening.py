"""Which store DATABASE_URL means."""

from __future__ import annotations

from pathlib import Path

from bot.desk.transaction import Store


def open_store(url: str) -> Store:
    """sqlite:///path/to/file.db or postgresql://…; raises StoreUnavailable, and ValueError for any other URL."""
    if url.startswith("sqlite:///"):
        from bot.store.on_sqlite import SqliteStore

        return SqliteStore(Path(url.removeprefix("sqlite:///")))
    if url.startswith(("postgresql://", "postgres://")):
        from bot.store.on_postgres import PostgresStore

        return PostgresStore(url)
    raise ValueError(f"no store for {url.partition(':')[0]}: …")
