"""The weekly digest, drafted by rule for officers to edit; and its files for the paper and the loudspeaker."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.desk import issues, notices
from bot.desk.notices import Said
from bot.desk.tidings import loaded
from bot.desk.transaction import Store, Transaction
from bot.ledger import Role
from bot.outreach.digest import Issue, Published, Section, Week, drafted, issue_of, title
from bot.outreach.mailing import Kind, Mailing, State
from bot.petitions.clock import VIETNAM
from bot.petitions.petition import Happening
from bot.petitions.petition import Kind as Petitioned
from bot.wording import broadcasting as say
from bot.wording import outreach as say_outreach
from knowledge.library import Library

COUNTED = (Petitioned.CONDUCT, Petitioned.RULES, Petitioned.SUGGESTION)
BEFORE = 26
"""So many earlier digests are looked at for procedures that were explained."""
MACHINE = "may"


@dataclass(frozen=True, slots=True)
class Digests:
    """`library`: what is known today at the house's place, which is `place`; `address`: where officers edit it."""

    store: Store
    library: Callable[[], Library]
    now: Callable[[], dt.datetime]
    place: str = ""
    authority: str = ""
    address: str = ""

    def draft(self, last: dt.date, by: str = MACHINE) -> int:
        """The seven days that end with `last`; the number of the draft there is already, where there is one."""
        first = last - dt.timedelta(days=6)
        name = f"{first:%Y-%m-%d}"
        with self.store.writing() as tx:
            for one in tx.mailings(Kind.DIGEST):
                # the machine does not make again what officers did not want
                if one.generation == name and (by == MACHINE or one.state is not State.DROPPED):
                    return one.id
            issue = issue_of(drafted(self._week(tx, first, last), self.library()))
            text = issues.dumped(_with_changes(tx, issue, self.place))
            # a digest's generation is its week's first day
            number = tx.add_mailing(Mailing(Kind.DIGEST, title(issue), text, by, self.now(), generation=name))
            if by == MACHINE:
                self._tell(tx, number, title(issue))
        return number

    def _tell(self, tx: Transaction, number: int, name: str) -> None:
        """Leads and admins, that there is something to look through."""
        at = f"{self.address}/{number}" if self.address else ""
        said = Said(say.DIGEST_DRAFTED.format(name=name, at=at).strip())
        for officer in tx.officers():
            if officer.active and officer.role is not Role.OFFICER:
                for account in officer.accounts:
                    tx.add_notice(notices.plain(account, said, f"digest:{number}:{account}", self.now()))

    def _week(self, tx: Transaction, first: dt.date, last: dt.date) -> Week:
        start, until = (dt.datetime.combine(d, dt.time(), VIETNAM) for d in (first, last + dt.timedelta(days=1)))
        filed = (tx.petition(e.code) for e in tx.log(start, until, (Happening.FILED,)))
        return Week(
            first,
            last,
            turns=tx.turns(start, until),
            verdicts=tx.verdicts(start, until),
            petitions=[p for p in filed if p and p.kind in COUNTED],
            published=tuple(_published(tx, start, until)),
            explained=frozenset(issues.issue_in(m.text).explained for m in tx.mailings(Kind.DIGEST, most=BEFORE)),
        )

    def write_files(self, mailing: Mailing, folder: Path) -> tuple[Path, Path, Path]:
        """The .docx for the paper, the .docx and the .txt to be read aloud."""
        from bot.outreach import digest_paper
        from bot.outreach.digest_aloud import read_out

        issue = issues.issue_in(mailing.text)
        folder.mkdir(parents=True, exist_ok=True)
        stem = f"ban-tin-{issue.last:%Y-%m-%d}"
        paper, aloud, text = (folder / f"{stem}{end}" for end in (".docx", "-doc-tren-loa.docx", "-doc-tren-loa.txt"))
        digest_paper.write(issue, self.authority, paper)
        digest_paper.write_aloud(issue, self.authority, aloud)
        text.write_text(read_out(issue, self.authority) + "\n", encoding="utf-8")
        return paper, aloud, text


def _published(tx: Transaction, start: dt.datetime, until: dt.datetime) -> Iterator[Published]:
    """Petitions that were made public in these days, in the words an officer approved."""
    for event in tx.log(start, until, (Happening.PUBLISHED,)):
        petition = tx.petition(event.code)
        words = {paper.role: paper.text for paper in tx.papers(event.code)}
        if petition and petition.published and words.get("public_question"):
            yield Published(words["public_question"], words.get("public_answer", ""), petition.field)


def _with_changes(tx: Transaction, issue: Issue, place: str) -> Issue:
    """What was told of changes in these days, first of all."""
    start, until = (
        dt.datetime.combine(d, dt.time(), VIETNAM) for d in (issue.first, issue.last + dt.timedelta(days=1))
    )
    told = [m for m in reversed(tx.mailings(Kind.NEWS)) if start <= m.made_at < until]
    found = {t.key: (t.title, t.before, t.now) for m in told for t in loaded(m.text).get(place, ())}
    if not found:
        return issue
    changes = Section(say_outreach.DIGEST_CHANGES, "", tuple(found.values()))
    return Issue(issue.first, issue.last, (changes, *issue.sections), issue.explained)
