"""The metrics of a process on their own port, where a setting asks for it."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from http.server import ThreadingHTTPServer

from bot.desk.desk import utc_now
from bot.desk.house import House
from bot.desk.vitals import Vitals
from bot.metrics import Remembered, Tally, of_process, serve
from bot.settings import Settings
from index.shelf import Shelf

QUICK, SLOW = 5.0, 300.0
"""Seconds for which what was read from the store is told again."""
MOST = 20
BLOCKS = {"serve": 0, "web": 0, "telegram": 1, "jobs": 2}
"""Each command has so many ports of its own, counted from METRICS_PORT: all processes of a machine share one setting,
and each takes the first of its block that is free."""


def expose(house: House, settings: Settings, what: str) -> ThreadingHTTPServer | None:
    """`what`: the command that this process runs. None where METRICS_PORT is not set. Raises OSError when the port is
    taken."""
    if not settings.metrics_port:
        return None
    vitals = Vitals(house.store, house.live, Shelf(settings.generations), settings.data_dir, utc_now)
    logging.getLogger().addHandler(Tally(house.desk.meter))
    sources = (house.desk.meter.samples, Remembered(vitals.quick, QUICK), Remembered(vitals.slow, SLOW), of_process)
    return serve(settings.metrics_host, ports(settings.metrics_port, what), settings.metrics_token, sources)


def ports(base: int, what: str) -> Sequence[int]:
    first = base + BLOCKS[what] * MOST
    return range(first, min(first + MOST, 65536))
