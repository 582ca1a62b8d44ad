#!/usr/bin/env python3
"""Write a simulated year into one or more stores, make its reports, and say whether they agree.

python scripts/simulate.py [--store URL]… [--seed N] [--year Y] [--questions N] [--petitions N] [--officers N]
                           [--out DIR]

Without --store a throw-away SQLite file is used. Give a SQLite and an empty PostgreSQL database to hold them against
one another: the same seed must give the same figures in every table. Never run it on a store that is in use. The
citizens, the units and what they write are made up.
"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

PERIODS = ("6-thang-dau-{year}", "6-thang-cuoi-{year}-chot-so-lieu", "quy-3-{year}", "nam-{year}")


def main() -> int:
    a = arguments()
    with tempfile.TemporaryDirectory(prefix="mot-cua-simulation-") as scratch:
        stores = a.store or [f"sqlite:///{scratch}/simulated.db"]
        seen = [simulated(url, a, Path(scratch)) for url in stores]
    same = all(figures == seen[0] for figures in seen)
    if len(seen) > 1:
        print("Các báo cáo giống hệt nhau." if same else "CÁC BÁO CÁO KHÁC NHAU.")
    return 0 if same else 1


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--store", action="append", metavar="URL", help="sqlite:///… hoặc postgresql://…, phải trống")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--year", type=int, default=2026)
    parser.add_argument("--questions", type=int, default=20_000)
    parser.add_argument("--petitions", type=int, default=2_000)
    parser.add_argument("--officers", type=int, default=12)
    parser.add_argument("--out", type=Path, metavar="DIR", help="giữ lại các tệp báo cáo ở đây")
    return parser.parse_args()


def simulated(url: str, a: argparse.Namespace, scratch: Path) -> dict[str, object]:
    """All figures of the year's reports, as they come out of this store."""
    from bot.desk.attachments import Uploads
    from bot.desk.reporting import Reporting
    from bot.petitions.clock import VIETNAM, Clock
    from bot.petitions.terms import Terms, read_levels
    from bot.reports.letterhead import Letterhead
    from bot.reports.periods import parse
    from bot.store.opening import open_store
    from knowledge.reading import read_library
    from scripts.simulation.year import Scale, Year

    library = read_library().at("", dt.date(a.year, 12, 31))
    clock = Clock(library.calendar)
    store = open_store(url)
    began = time.perf_counter()
    year = Year(store, library, Terms(read_levels(), clock), Uploads(scratch / "uploads"), a.year, a.seed)
    year.write(Scale(a.questions, a.petitions, a.officers), lambda what: print(f"  {what} …", flush=True))
    print(f"{url.partition(':')[0]}: một năm ghi trong {time.perf_counter() - began:.0f} giây", flush=True)
    later = dt.datetime(a.year + 1, 2, 1, tzinfo=VIETNAM)
    reporting = Reporting(store, lambda: library, clock, Letterhead("UBND xã Mẫu"), lambda: later)
    folder = (a.out or scratch / "reports") / url.partition(":")[0]
    found: dict[str, object] = {}
    for name in (p.format(year=a.year) for p in PERIODS):
        began = time.perf_counter()
        made = reporting.make(parse(name), folder, reporting.plan("cao_bang_2014") if "dau" in name else None)
        print(f"  {name}: {time.perf_counter() - began:.1f} giây" + (f", {made.folder}" if a.out else ""), flush=True)
        found[name] = (made.report, made.plan)
    store.close()
    return found


if __name__ == "__main__":
    raise SystemExit(main())
