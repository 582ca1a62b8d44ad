"""Every alarm asks for numbers that exist, and whoever it wakes finds what to do."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

from bot.exposing import ports
from bot.metrics import HELP, PREFIX

ROOT = Path(__file__).resolve().parents[2]
RULES = yaml.safe_load((ROOT / "deploy" / "alerts.yaml").read_text(encoding="utf-8"))["groups"][0]["rules"]
KNOWN = {name if name.startswith("process_") else PREFIX + name for name in HELP}
PARTS = ("_bucket", "_sum", "_count")


def test_alarms_ask_only_for_metrics_that_are_told() -> None:
    for rule in RULES:
        asked = set(re.findall(r"\b(?:mot_cua|process)_[a-z_]+", rule["expr"]))
        plain = {next((a.removesuffix(p) for p in PARTS if a.endswith(p)), a) if a not in KNOWN else a for a in asked}
        assert plain <= KNOWN, (rule["alert"], plain - KNOWN)
        assert plain or rule["expr"].startswith("up")


def test_every_alarm_has_its_row_in_the_runbook_and_no_row_is_of_none() -> None:
    text = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(MotCua\w+)` \| .+ \| .+ \|$", text, re.M)
    assert sorted(rows) == sorted(rule["alert"] for rule in RULES)


def test_prometheus_asks_at_the_ports_where_the_processes_tell() -> None:
    told = yaml.safe_load((ROOT / "deploy" / "prometheus.yaml").read_text(encoding="utf-8"))
    for one in told["scrape_configs"][0]["static_configs"]:
        assert [int(t.rpartition(":")[2]) for t in one["targets"]] == [ports(9464, one["labels"]["process"])[0]]
