"""Addresses that a printed code leads to: the bot's deep link and the page on the web, with the poster it hangs on.

The start payload is `<target>` or `<target>_p<number>`; Telegram allows 64 of A-Z a-z 0-9 _ -:
`tt_1-001193` a procedure by code, `tt_khai_sinh` by key, `lv_ho-tich` a field, `hoi` the beginning, `linhvuc` all
fields.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.library import Library
from knowledge.records import Procedure
from knowledge.vietnamese import fold

LONGEST = 64
BEGIN = "hoi"
ALL_FIELDS = "linhvuc"
QUERY = "ap"
_FIT = re.compile(r"[A-Za-z0-9_-]{1,64}")
_POSTER = re.compile(r"(?P<target>.+?)_p(?P<number>[1-9][0-9]{0,5})")
_OFFICIAL = re.compile(r"\d\.\d{6}")


class BadLink(ValueError):
    """Telegram would not take this payload; it is named."""


@dataclass(frozen=True, slots=True)
class Start:
    """What stood behind ?start=. `poster`: the number of the poster that was scanned, 0 for none."""

    target: str
    poster: int = 0

    @property
    def payload(self) -> str:
        text = f"{self.target}_p{self.poster}" if self.poster else self.target
        if not _FIT.fullmatch(text):
            raise BadLink(text)
        return text


def read(payload: str) -> Start:
    """The poster's number taken off; what is left means what it meant before there were posters."""
    found = _POSTER.fullmatch(payload)
    return Start(found["target"], int(found["number"])) if found else Start(payload)


def slug(name: str) -> str:
    """A field's name in an address, as the web has it."""
    return re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")


def of_procedure(library: Library, p: Procedure) -> str:
    """By its code where it has an official one that is no other record's, else by its key."""
    return f"tt_{p.code.replace('.', '-', 1)}" if _coded(library, p) else f"tt_{p.key}"


def of_field(name: str) -> str:
    return f"lv_{slug(name)}"


def field_of(library: Library, target: str) -> str:
    """The field that `lv_…` means here; "" for none."""
    kind, _, rest = target.partition("_")
    return next((f for f in library.fields() if kind == "lv" and slug(f) == rest), "")


def telegram(bot: str, start: Start) -> str:
    return f"https://t.me/{bot.removeprefix('@')}?start={start.payload}"


def page(public_url: str, path: str, poster: int = 0) -> str:
    """An address on the web; the poster travels as ?ap=7."""
    return f"{public_url.rstrip('/')}{path}" + (f"?{QUERY}={poster}" if poster else "")


def path_of_procedure(library: Library, p: Procedure) -> str:
    same = library.procedure(p.code) if p.code else None
    return f"/thu-tuc/{p.code if same and same.key == p.key else p.key}"


def path_of_field(name: str) -> str:
    return f"/linh-vuc/{slug(name)}"


def _coded(library: Library, p: Procedure) -> bool:
    same = library.procedure(p.code) if _OFFICIAL.fullmatch(p.code) else None
    return same is not None and same.key == p.key
