"""Charts as PNG: grey with hatching, so that a black-and-white copy still tells the bars apart. The font is the one
that comes with matplotlib, which has all Vietnamese letters, so that every machine draws the same picture.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bot.petitions.clock import VIETNAM
from bot.reports.figures import Outcome, Report
from bot.reports.periods import Cutoff, Period, Span, of_day
from bot.reports.plan_tables import progress_name
from bot.reports.progress import PlanReport
from bot.reports.spelling import number
from bot.wording import reports as say

if TYPE_CHECKING:
    from matplotlib.axes import Axes

FONT = "DejaVu Sans"
INCHES, DOTS = (6.4, 2.3), 200
MOST_BARS, MOST_LABELLED, LONGEST_LABEL = 10, 14, 34
_LOOKS = (("0.35", ""), ("0.85", "////"))


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars by label; one or two series. `lying`: long labels, so the bars lie."""

    key: str
    labels: tuple[str, ...]
    series: Mapping[str, tuple[int, ...]]
    lying: bool = False

    @property
    def title(self) -> str:
        return say.CHARTS[self.key]


def charts_of(report: Report) -> tuple[Chart, ...]:
    """Only those that show something."""
    p, q = report.petitions, report.questions
    last = (report.until - dt.timedelta(microseconds=1)).astimezone(VIETNAM).date()
    parts = tuple(part for part in parts_of(report.period) if part[1] <= last)  # what is still to come is no nought
    labels = tuple(label for label, _, _ in parts)
    found = [
        Chart(
            "theo_thoi_gian",
            labels,
            {
                say.CHART_RECEIVED: _sums(p.received_by_day, parts),
                say.CHART_FINISHED: _sums(p.finished_by_day, parts),
            },
        ),
        _fields(report),
        _bars("ket_qua", {say.OUTCOMES[o.value]: p.total.of(o) for o in Outcome if p.total.of(o)}),
        Chart("cau_hoi", labels, {say.CHART_ASKED: _sums(q.asked_by_day, parts)}),
    ]
    return tuple(c for c in found if any(any(values) for values in c.series.values()))


def plan_charts(plan: PlanReport) -> tuple[Chart, ...]:
    return (_bars("nhiem_vu", {progress_name(s): n for s, n in plan.by_state().items()}, say.CHART_TASKS),)


def draw(chart: Chart, file: Path) -> Path:
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    height = max(1.6, 0.27 * len(chart.labels) + 0.6) if chart.lying else INCHES[1]
    figure = Figure(figsize=(INCHES[0], height), dpi=DOTS, layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    (_lying if chart.lying else _standing)(axes, chart)
    _dress(axes, chart)
    figure.savefig(file, format="png", metadata={"Software": None})
    return file


def parts_of(period: Period) -> Iterator[tuple[str, dt.date, dt.date]]:
    """The period in days, weeks or months, whatever gives a handful of bars."""
    if period.days <= 31:
        for n in range(period.days):
            one = period.first + dt.timedelta(days=n)
            yield f"{one:%d/%m}", one, one
        return
    first = period.first
    while first <= period.last:
        if period.days <= 100:
            last, label = first + dt.timedelta(days=6), f"{first:%d/%m}"
        else:
            cutoff = period.cutoff if period.span is not Span.OWN else Cutoff.CALENDAR
            month = of_day(Span.MONTH, first, cutoff)
            last, label = month.last, f"{month.number:02d}/{month.year % 100:02d}"
        yield label, first, min(last, period.last)
        first = last + dt.timedelta(days=1)


def _sums(by_day: Mapping[dt.date, int], parts: tuple[tuple[str, dt.date, dt.date], ...]) -> tuple[int, ...]:
    return tuple(sum(n for d, n in by_day.items() if first <= d <= last) for _, first, last in parts)


def _fields(report: Report) -> Chart:
    figures = {f or say.NO_FIELD: t.handled for f, t in report.petitions.by_field.items()}
    if len(figures) > MOST_BARS:
        top = dict(list(figures.items())[: MOST_BARS - 1])
        figures = {**top, say.CHART_OTHERS: sum(figures.values()) - sum(top.values())}
    return _bars("theo_linh_vuc", figures)


def _bars(key: str, figures: Mapping[str, int], name: str = say.CHART_PETITIONS) -> Chart:
    return Chart(key, tuple(figures), {name: tuple(figures.values())}, lying=True)


def _standing(axes: Axes, chart: Chart) -> None:
    width = 0.8 / len(chart.series)
    for n, ((name, values), (shade, hatch)) in enumerate(zip(chart.series.items(), _LOOKS, strict=False)):
        at = [i + (n - (len(chart.series) - 1) / 2) * width for i in range(len(values))]
        bars = axes.bar(at, values, width, label=name, color=shade, hatch=hatch, edgecolor="black", linewidth=0.5)
        if len(values) <= MOST_LABELLED:
            axes.bar_label(bars, [number(v) for v in values], padding=2, fontsize=7, fontname=FONT)
    every = max(1, len(chart.labels) // 16 + 1)
    axes.set_xticks(range(0, len(chart.labels), every), chart.labels[::every])
    axes.set_ylim(0, max(1, *(max(v) for v in chart.series.values())) * 1.18)


def _lying(axes: Axes, chart: Chart) -> None:
    ((name, values),) = chart.series.items()
    shade, _ = _LOOKS[0]
    places = list(range(len(values)))[::-1]
    bars = axes.barh(places, values, 0.66, label=name, color="0.6", edgecolor="black", linewidth=0.5)
    axes.bar_label(bars, [number(v) for v in values], padding=3, fontsize=8, fontname=FONT)
    axes.set_yticks(places, [_shortened(label) for label in chart.labels])
    axes.set_xlim(0, max(1, *values) * 1.12)
    axes.spines["left"].set_color(shade)


def _shortened(label: str) -> str:
    return label if len(label) <= LONGEST_LABEL else label[: LONGEST_LABEL - 1].rstrip() + "…"


def _dress(axes: Axes, chart: Chart) -> None:
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    along = axes.xaxis if chart.lying else axes.yaxis
    along.set_major_locator(MaxNLocator(5, integer=True))
    along.set_major_formatter(FuncFormatter(lambda value, _: number(value)))
    axes.tick_params(labelsize=8, length=2)
    for label in (*axes.get_xticklabels(), *axes.get_yticklabels()):
        label.set_fontname(FONT)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    axes.grid(axis="x" if chart.lying else "y", linewidth=0.4, color="0.8")
    axes.set_axisbelow(True)
    if len(chart.series) > 1:
        axes.legend(prop={"family": FONT, "size": 8}, frameon=False, loc="lower right", bbox_to_anchor=(1, 1), ncols=2)
