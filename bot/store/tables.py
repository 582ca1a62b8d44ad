"""Which value lies in which table. The tables themselves are made by bot.store.schema."""

from __future__ import annotations

from bot.ledger import (
    Attachment,
    Audit,
    Consent,
    Feedback,
    Gap,
    IndexEvent,
    Invitation,
    Job,
    Notice,
    Officer,
    Paper,
    Party,
    Proposal,
    Receipt,
    TaskState,
    Turn,
    Unit,
    Update,
)
from bot.petitions.petition import Event, Petition
from bot.store.codec import shape

TURNS = shape("turns", Turn)
FEEDBACK = shape("feedback", Feedback)
GAPS = shape("gaps", Gap)
PROPOSALS = shape("proposals", Proposal)
CONSENTS = shape("consents", Consent)
EVENTS = shape("events", Event)
PETITIONS = shape("petitions", Petition)
PAPERS = shape("papers", Paper)
PARTIES = shape("parties", Party)
RECEIPTS = shape("receipts", Receipt)
ATTACHMENTS = shape("attachments", Attachment)
UPDATES = shape("updates", Update)
NOTICES = shape("notices", Notice)
OFFICERS = shape("officers", Officer)
UNITS = shape("units", Unit)
INVITATIONS = shape("invitations", Invitation)
AUDITS = shape("audits", Audit)
TASK_STATES = shape("task_states", TaskState)
INDEX_EVENTS = shape("index_events", IndexEvent)
JOBS = shape("jobs", Job)
