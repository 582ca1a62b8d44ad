#!/usr/bin/env python3
"""Make the templates of the reports anew from bot/reports/template.py and bot/wording/reports.py.

python scripts/make_report_templates.py [--out DIR]

An authority copies the two files, edits them in its word processor, and names their folder in REPORT_TEMPLATES.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))


def main() -> int:
    from bot.reports.template import FOLDER, make_templates

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=FOLDER, metavar="DIR")
    for file in make_templates(parser.parse_args().out):
        print(file)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
