#!/usr/bin/env python3
"""Make a report: the letter (.docx), the data (.xlsx, .csv) and the charts (.png); prints where they are.

python scripts/report.py --period 6-thang-dau-2026 [--state-cutoff] [--plan KEY] [--out DIR] [--store URL]
python scripts/report.py --quarter 1/2026
python scripts/report.py --from 2026-01-01 --to 2026-03-31
python scripts/report.py --plan cao_bang_2014
python scripts/report.py --due [--ahead DAYS]

--period: 6-thang-dau-2026, 6-thang-cuoi-2026, quy-1-2026, thang-3-2026, tuan-12-2026, nam-2026. --state-cutoff takes
the state's cut-offs (15/12 to 14/6, …) instead of the calendar's. --plan makes the report on a plan; without a period,
on the plan's own (up to its last reporting day). --due lists which reports and tasks of the known plans fall due soon.
"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

if TYPE_CHECKING:
    from bot.desk.reporting import Reporting
    from bot.reports.periods import Period


def main() -> int:
    from bot.reports.periods import BadPeriod
    from bot.wording import reports as say

    a = arguments()
    try:
        period = None if a.due else asked_period(a)
    except BadPeriod as bad:
        print(say.BAD_PERIOD.format(given=bad), file=sys.stderr)
        return 2
    reporting = wired(a)
    return due(reporting, a.ahead) if a.due else made(reporting, period, a)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--period", default="", metavar="KỲ")
    parser.add_argument("--quarter", default="", metavar="QUÝ/NĂM")
    parser.add_argument("--from", dest="first", type=dt.date.fromisoformat, metavar="NGÀY")
    parser.add_argument("--to", dest="last", type=dt.date.fromisoformat, metavar="NGÀY")
    parser.add_argument("--state-cutoff", action="store_true", help="theo mốc chốt số liệu của chế độ báo cáo định kỳ")
    parser.add_argument("--plan", default="", metavar="KEY", help="báo cáo kết quả thực hiện kế hoạch này")
    parser.add_argument("--out", type=Path, metavar="DIR", help="mặc định: reports trong DATA_DIR")
    parser.add_argument("--store", default="", metavar="URL", help="mặc định: DATABASE_URL")
    parser.add_argument("--due", action="store_true", help="báo cáo, nhiệm vụ nào sắp tới hạn")
    parser.add_argument("--ahead", type=int, default=30, metavar="NGÀY")
    return parser.parse_args()


def asked_period(a: argparse.Namespace) -> Period | None:
    """None: the plan's own."""
    from bot.reports.periods import BadPeriod, Cutoff, between, parse

    cutoff = Cutoff.STATE if a.state_cutoff else Cutoff.CALENDAR
    if a.first and a.last:
        return between(a.first, a.last)
    given = a.period or (f"quy-{a.quarter}" if a.quarter else "")
    if not given and not a.plan:
        raise BadPeriod("")
    return parse(given, cutoff) if given else None


def wired(a: argparse.Namespace) -> Reporting:
    from bot.build import make_reporting
    from bot.desk.publishing import content_folders
    from bot.petitions.clock import VIETNAM
    from bot.settings import read_settings
    from bot.store.opening import open_store
    from knowledge.reading import CONTENT, read_library

    settings = read_settings()
    a.out = a.out or settings.data_dir / "reports"
    folders = (CONTENT, *settings.knowledge_dirs, *content_folders(settings.knowledge))
    library = read_library(folders).at(settings.place, dt.datetime.now(VIETNAM).date())
    return make_reporting(settings, open_store(a.store or settings.database), lambda: library)


def made(reporting: Reporting, period: Period | None, a: argparse.Namespace) -> int:
    plan = reporting.plan(a.plan) if a.plan else None
    if a.plan and plan is None:
        print(
            f"Không có kế hoạch “{a.plan}”. Các kế hoạch đang có: {', '.join(reporting.plan_keys())}", file=sys.stderr
        )
        return 2
    period = period or (reporting.own_period(plan) if plan else None)
    if period is None:
        print(f"Kế hoạch “{a.plan}” không nêu kỳ báo cáo. Hãy thêm --period.", file=sys.stderr)
        return 2
    done = reporting.make(period, a.out, plan)
    print(done.letter, done.workbook, *(sorted({f.parent for f in (*done.texts, *done.charts)})), sep="\n")
    return 0


def due(reporting: Reporting, ahead: int) -> int:
    for line in reporting.reminders(ahead):
        print(line)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
