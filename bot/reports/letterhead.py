"""Who sends a report: what stands around its text. From the settings; an empty field is left for the officer."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Letterhead:
    """`superior`: the body above, over the authority's name. `symbol`: what follows the number ("BC-UBND"). `town`:
    the place before the date. `capacity`: the lines over the signer's title ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH").
    `archive`: what follows "Lưu:" in the list of recipients."""

    authority: str = ""
    superior: str = ""
    symbol: str = "BC"
    number: str = ""
    town: str = ""
    capacity: tuple[str, ...] = ()
    title: str = ""
    signer: str = ""
    recipients: tuple[str, ...] = ()
    archive: str = "VT"


def lines_of(text: str) -> tuple[str, ...]:
    """A setting of several lines, kept apart by semicolons: "TM. ỦY BAN NHÂN DÂN; KT. CHỦ TỊCH"."""
    return tuple(part.strip() for part in text.split(";") if part.strip())
