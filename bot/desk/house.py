"""Everything that doors and jobs speak to, over one store."""

from __future__ import annotations

from dataclasses import dataclass

from bot.desk.attachments import Uploads
from bot.desk.delivering import Postman
from bot.desk.desk import Desk
from bot.desk.digests import Digests
from bot.desk.editing import Editing
from bot.desk.following import Wishes
from bot.desk.gaps import Gaps
from bot.desk.keys import Keys
from bot.desk.mail import Mail
from bot.desk.mailings import Mailings
from bot.desk.office import Office
from bot.desk.people import People
from bot.desk.planning import Planning
from bot.desk.posting import Posters
from bot.desk.publishing import Publisher
from bot.desk.quizzes import Quizzes
from bot.desk.reporting import Reporting
from bot.desk.sessions import Sessions
from bot.desk.signing import Signing
from bot.desk.standing import Standing
from bot.desk.submissions import Submissions
from bot.desk.transaction import Store
from bot.desk.works import Works
from bot.petitions.terms import Terms
from index.live import LiveIndex


@dataclass(frozen=True, slots=True)
class House:
    store: Store
    live: LiveIndex
    uploads: Uploads
    terms: Terms
    desk: Desk
    office: Office
    people: People
    signing: Signing
    mail: Mail
    publisher: Publisher
    reporting: Reporting
    gaps: Gaps
    editing: Editing
    planning: Planning
    sessions: Sessions
    works: Works
    standing: Standing
    keys: Keys
    submissions: Submissions
    postman: Postman
    mailings: Mailings
    digests: Digests
    posters: Posters
    wishes: Wishes
    quizzes: Quizzes
