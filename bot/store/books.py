"""All books of one open transaction: desk.transaction.Transaction, in SQL that both engines understand."""

from __future__ import annotations

from bot.store.conversations import Conversations
from bot.store.forgetting import Forgetting
from bot.store.house import House
from bot.store.mail import MailBook
from bot.store.people import People
from bot.store.petitions import PetitionBook
from bot.store.queue import Queue


class Books(Conversations, PetitionBook, Queue, MailBook, People, House, Forgetting):
    """Implements desk.transaction.Transaction over a Connection."""
