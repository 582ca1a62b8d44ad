"""The paper for who earned it, drawn anew each time: nothing of it is kept."""

from __future__ import annotations

from pathlib import Path

from bot.desk.playing import Playing
from bot.desk.plays import Earned
from bot.outreach.paper.certificate import Certificate, certificate_pdf
from bot.outreach.quiz.contest import Kind
from bot.wording import contests as say


class Certificates:
    """`address`: of the citizens' web, "" where there is none."""

    def __init__(self, playing: Playing, authority: str, address: str = "", emblem: Path | None = None) -> None:
        self._playing, self._authority, self._address, self._emblem = playing, authority, address, emblem

    def pdf(self, contest: str, account: str, name: str = "") -> bytes:
        """Raises NotFound where none is earned."""
        return certificate_pdf(self.filled(self._playing.earned(contest, account, name)))

    def filled(self, e: Earned) -> Certificate:
        survey = e.contest.kind is Kind.SURVEY
        return Certificate(
            self._authority,
            e.name or say.UNNAMED,
            say.CERTIFICATE_FOR_SURVEY if survey else say.CERTIFICATE_FOR,
            e.contest.title,
            say.CERTIFICATE_SCORE.format(right=e.right, total=e.total),
            say.CERTIFICATE_PLACE.format(place=e.place) if e.place else "",
            say.CERTIFICATE_DAY.format(day=f"{e.day:%d}", month=f"{e.day:%m}", year=e.day.year),
            say.CERTIFICATE_NUMBER.format(number=e.number),
            f"{self._address}/cuoc-thi/{e.contest.id}" if self._address and not survey else "",
            self._emblem,
        )
