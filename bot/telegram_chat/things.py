"""What is sent that is no text: pictures, documents, sound, a place, a contact, stickers. Each has a kind answer.

The photos of an album come as updates of their own; they are gathered and answered once.
"""

from __future__ import annotations

import asyncio
import json
from dataclasses import asdict, dataclass, replace
from typing import Any

import telegram
from telegram.error import TelegramError
from telegram.ext import ExtBot

from bot.desk.attachments import Unfit
from bot.desk.desk import Desk
from bot.desk.mail import Mail
from bot.dialogue.message import Message, Option
from bot.ledger import Update as Row
from bot.telegram_chat.answering import Answering
from bot.telegram_chat.hearing import Heard, now
from bot.telegram_chat.inbox import DOOR
from bot.telegram_chat.rendering import text_call
from bot.wording import filing as say_filing
from bot.wording import telegram as say

LARGEST_FETCHED = 20 * 1024 * 1024
"""More than this a bot cannot fetch from Telegram's own server."""
ALBUM_PAUSE = 1.2
"""Seconds after the last one until an album counts as whole."""
_BEGIN = Option("f:begin", say_filing.BUTTONS["f:begin"])
_FileLike = telegram.PhotoSize | telegram.Document | telegram.Video | telegram.Voice | telegram.Audio
File = _FileLike | telegram.VideoNote


@dataclass(frozen=True, slots=True)
class Album:
    """What has come of an album so far. `at`: when the last of it came; `why`: why something of it was not taken."""

    at: float
    kind: str
    digests: tuple[str, ...] = ()
    caption: str = ""
    why: str = ""


class Things:
    def __init__(self, answering: Answering, desk: Desk, mail: Mail, bot: ExtBot[Any]) -> None:
        self._answering, self._desk, self._mail, self._bot = answering, desk, mail, bot

    # --- one file ----------------------------------------------------------------------------------------------------

    async def file(self, h: Heard) -> bool:
        """Kept for the petition that is being written or that its caption begins, else kindly declined."""
        m = h.message
        file = _file_of(m) if m else None
        if m is None or file is None:
            return False
        if not (m.caption or await self._takes_files(h)):
            await self._declined(h, _kind_of(m))
            return True
        kept, why = await self._kept(h, file)
        if not kept and m.caption:
            await self._answering.answer(h, Message(m.caption), besides=why)
        elif not kept:
            await self._answering.settle(h.row, text_call(h.chat, why))
        else:
            await self._answering.answer(h, Message(m.caption or "", attachments=(kept,)))
        return True

    async def _takes_files(self, h: Heard) -> bool:
        return await asyncio.to_thread(self._desk.takes_files, h.conversation)

    async def _declined(self, h: Heard, kind: str) -> None:
        options = (_BEGIN,) if kind in ("picture", "document", "video") else ()
        await self._answering.settle(h.row, text_call(h.chat, say.THINGS[kind], options))

    async def _kept(self, h: Heard, file: File) -> tuple[str, str]:
        """(its digest, why it could not be taken)."""
        try:
            data = await self._fetched(file.file_id, file.file_size or 0)
            name = getattr(file, "file_name", "") or ""
            kept = await asyncio.to_thread(self._desk.keep_attachment, h.conversation, data, name)
        except Unfit as bad:
            return "", say_filing.UNFIT[bad.reason]
        except TelegramError:
            return "", say.FILE_AWAY
        return kept.digest, ""

    async def _fetched(self, file_id: str, size: int) -> bytes:
        if size > LARGEST_FETCHED:
            raise Unfit("too_large")
        file = await self._bot.get_file(file_id)
        return bytes(await file.download_as_bytearray())

    # --- several in one go -------------------------------------------------------------------------------------------

    async def of_album(self, h: Heard) -> bool:
        """Kept, and an update of our own is put behind it that answers for all; that one stands in a row of its own,
        so that those still to come do not have to wait for it."""
        m = h.message
        file = _file_of(m) if m else None
        if m is None or file is None or not m.media_group_id:
            return False
        name = f"{DOOR}:album:{h.chat}:{m.media_group_id}"
        known = _album(await asyncio.to_thread(self._mail.value, name))
        album = known or Album(0, _kind_of(m))
        if m.caption or album.caption or await self._takes_files(h):
            kept, why = await self._kept(h, file)
            digests = (*album.digests, kept) if kept else album.digests
            album = replace(album, digests=digests, caption=album.caption or m.caption or "", why=album.why or why)
        album = replace(album, at=now().timestamp())
        values = {name: json.dumps(asdict(album), ensure_ascii=False)}
        follow = () if known else (_answer_later(h.row, name, f"{h.chat}#{m.media_group_id}"),)
        await asyncio.to_thread(self._mail.settle, h.row, now(), (), follow, values)
        return True

    async def album(self, row: Row, h: Heard) -> None:
        """Once nothing more comes of it: one answer for all its files."""
        name = json.loads(row.body)["album"]
        while (album := _album(await asyncio.to_thread(self._mail.value, name))) is not None:
            left = album.at + ALBUM_PAUSE - now().timestamp()
            if left <= 0:
                break
            await asyncio.sleep(min(left, ALBUM_PAUSE))
        if album is None:
            await self._answering.settle(row)
        elif album.digests or album.caption:
            message = Message(album.caption, attachments=album.digests)
            await self._answering.answer(h, message, besides=album.why, forget=(name,))
        else:
            text = text_call(h.chat, album.why or say.THINGS[album.kind], () if album.why else (_BEGIN,))
            await self._answering.settle(row, text, values={name: ""})

    # --- everything else ---------------------------------------------------------------------------------------------

    async def thing(self, h: Heard) -> bool:
        m = h.message
        if m is None or m.text:
            return False
        if m.effective_attachment is None:  # a service message: somebody pinned something, a timer was set …
            await self._answering.settle(h.row)
        elif (said := await self._for_the_form(h, m)) is not None:
            await self._answering.answer(h, said)
        else:
            await self._declined(h, _kind_of(m))
        return True

    async def _for_the_form(self, h: Heard, m: telegram.Message) -> Message | None:
        """A place, or one's own contact, while a petition is being written."""
        own = m.contact is not None and m.contact.user_id == h.person
        if not (m.location or own) or not await self._takes_files(h):
            return None
        if m.location:
            return Message("", location=(m.location.latitude, m.location.longitude))
        assert m.contact is not None
        name = f"{m.contact.first_name} {m.contact.last_name or ''}".strip()
        return Message(f"{name} {m.contact.phone_number}")


def _file_of(m: telegram.Message) -> File | None:
    if m.animation:  # comes with a document of the same content
        return None
    if m.photo:
        return m.photo[-1]
    return m.document or m.video or m.voice or m.video_note or m.audio


def _kind_of(m: telegram.Message) -> str:
    kinds = (
        ("sticker", (m.sticker, m.animation, m.dice)),
        ("voice", (m.voice, m.audio)),
        ("picture", (m.photo,)),
        ("document", (m.document,)),
        ("video", (m.video, m.video_note)),
        ("location", (m.location,)),
        ("contact", (m.contact,)),
    )
    return next((kind for kind, sent in kinds if any(sent)), "other")


def _answer_later(row: Row, name: str, chat: str) -> Row:
    tree = {"update_id": 0, "album": name, "message": json.loads(row.body)["message"]}
    return Row(DOOR, f"{name}:{row.number}", chat, json.dumps(tree, ensure_ascii=False), now())


def _album(written: str) -> Album | None:
    if not written:
        return None
    tree = json.loads(written)
    return Album(tree["at"], tree["kind"], tuple(tree["digests"]), tree["caption"], tree["why"])
