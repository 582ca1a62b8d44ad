"""Templates, Vietnamese dates, and the text of a reply as safe HTML: escaped first, then given its shape and links."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from bot.desk.notices import day_of, time_of
from bot.wording import citizens, following, web

HERE = Path(__file__).parent
TEMPLATES, STATIC = HERE / "templates", HERE / "static"
STATIC_AT = "/tinh"

_URL = re.compile(r"https?://[^\s<>\"“”]+|(?<![\w@/.-])(?:[a-z0-9-]+\.)+gov\.vn(?:/[^\s<>\"“”]*)?", re.I)
_TRAILING = ".,;:!?)]}…"
_LABEL = re.compile(r"(⚠ )?([^\W\d_][^:•<>\n]{1,40}):(?=\s|$)")
_COMMANDS = "gopy|theodoi|linhvuc|duongday|dichvu|kehoach|help|dulieucuatoi|xoadulieu|quyenriengtu"
_COMMAND = re.compile(rf"(?<![\w/.\"=])/({_COMMANDS})\b")
_NUMBERED = re.compile(r"(\d{1,2})\. (.+)")


class Pages:
    """The templates of the web. Everything that is put in is escaped unless it is Markup."""

    def __init__(self) -> None:
        env = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        env.filters.update(day=day, moment=moment, said=said, lines=lines, linked=linked, tel=tel)
        env.globals.update(static=self.static, say=web, citizens=citizens, say_follow=following)
        self._env = env
        self._digests: dict[str, str] = {}

    def render(self, template: str, **values: Any) -> str:
        return self._env.get_template(template).render(values)

    def static(self, name: str) -> str:
        """The address of a static file; it changes with the file, so that browsers may keep it for ever."""
        if name not in self._digests:
            self._digests[name] = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:10]
        return f"{STATIC_AT}/{name}?v={self._digests[name]}"


def day(value: dt.date | dt.datetime | str | None) -> str:
    """21/11/2026, as it is written in Vietnam, in Vietnam's time; "" for nothing."""
    if not value:
        return ""
    if isinstance(value, dt.datetime | str):
        return day_of(value)
    return f"{value:%d/%m/%Y}"


def moment(value: dt.datetime | str | None) -> str:
    """08:30 ngày 21/11/2026."""
    return time_of(value) if value else ""


def tel(number: str) -> str:
    """The number as a telephone dials it."""
    return "tel:" + re.sub(r"[^\d+]", "", number)


def lines(text: str) -> Markup:
    """A plain text with its line ends and links."""
    return Markup("<br>").join(linked(line) for line in text.split("\n"))


def said(text: str, numbers: Sequence[str] = (), title: str = "") -> Markup:
    """What the assistant says. `numbers`: verified telephone numbers, made to be touched; `title`: where the first line
    leads, if it is a card's title."""
    blocks = [b for b in re.split(r"\n\s*\n", text.strip()) if b.strip()]
    made = []
    for at, block in enumerate(blocks):
        if at == 0 and len(blocks) > 1 and "\n" not in block and len(block) <= 200:
            name = Markup('<a href="{}">{}</a>').format(title, block) if title else escape(block)
            made.append(Markup('<p class="tieu-de">{}</p>').format(name))
        else:
            made += _block(block.split("\n"), numbers)
    return Markup("\n").join(made)


def with_commands(html: Markup, form: str) -> Markup:
    """The commands that a text names become buttons of this form. What is put in is constant; none is found in an
    address, where a letter stands before the stroke."""
    button = rf'<button class="lenh" form="{form}" name="lenh" value="/\1">/\1</button>'
    return Markup(_COMMAND.sub(button, str(html)))


def _block(block: Sequence[str], numbers: Sequence[str]) -> Iterator[Markup]:
    """Runs of bulleted and numbered lines become lists; other lines paragraphs."""
    for kind, run in _runs(block):
        if kind == "•":
            items = (Markup("<li>{}</li>").format(_line(x[1:].strip(), numbers)) for x in run)
            yield Markup("<ul>{}</ul>").format(Markup("").join(items))
        elif kind == "1":
            found = [m for x in run if (m := _NUMBERED.match(x))]
            items = (Markup('<li value="{}">{}</li>').format(m[1], _line(m[2], numbers)) for m in found)
            yield Markup("<ol>{}</ol>").format(Markup("").join(items))
        elif kind in _CLASSES:
            yield Markup('<p class="{}">{}</p>').format(
                _CLASSES[kind], Markup("<br>").join(_line(x, numbers) for x in run)
            )
        else:
            yield Markup("<p>{}</p>").format(Markup("<br>").join(_line(x, numbers) for x in run))


_CLASSES = {"⚠": "luu-y", "N": "nguon"}


def _runs(block: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
    runs: list[tuple[str, list[str]]] = []
    for line in filter(str.strip, block):
        kind = _kind(line)
        if runs and runs[-1][0] == kind:
            runs[-1][1].append(line)
        else:
            runs.append((kind, [line]))
    return iter(runs)


def _kind(line: str) -> str:
    if line.startswith("• "):
        return "•"
    if _NUMBERED.match(line):
        return "1"
    if line.startswith("⚠"):
        return "⚠"
    return "N" if line.startswith("Nguồn:") else ""


def _line(line: str, numbers: Sequence[str]) -> Markup:
    label = _LABEL.match(line)
    if label and "http" not in label[2]:
        head = Markup("{}<strong>{}</strong>:").format(label[1] or "", label[2])
        return head + linked(line[label.end() :], numbers)
    return linked(line, numbers)


def linked(text: str, numbers: Sequence[str] = ()) -> Markup:
    """Escaped, its web addresses as links; of bare names only those of the state's own domain."""
    made, at = Markup(""), 0
    for found in _URL.finditer(text):
        shown = found[0].rstrip(_TRAILING)
        href = shown if shown.lower().startswith("http") else f"https://{shown}"
        made += _dialled(text[at : found.start()], numbers)
        made += Markup('<a href="{}" rel="noopener noreferrer" target="_blank">{}</a>').format(href, shown)
        at = found.start() + len(shown)
    return made + _dialled(text[at:], numbers)


def _dialled(text: str, numbers: Sequence[str]) -> Markup:
    """The verified numbers in a text, each ready to be called. A figure inside a word or a code is none."""
    if not numbers:
        return escape(text)
    spelled = "|".join(re.escape(n) for n in sorted(set(numbers), key=len, reverse=True))
    made, at = Markup(""), 0
    for found in re.finditer(rf"(?<![\w/.,-])(?:{spelled})(?![\w/]|[.,-]\d)", text):
        made += escape(text[at : found.start()])
        made += Markup('<a class="so" href="{}">{}</a>').format(tel(found[0]), found[0])
        at = found.end()
    return made + escape(text[at:])
