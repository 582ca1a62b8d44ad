"""An admin gets a poster to print: `/todan khai_sinh a4 Nhà văn hóa thôn 2`; the file comes as a document."""

from __future__ import annotations

import datetime as dt

from bot.desk.posting import FORMATS, INKS, KINDS, NAMED, Posters, Unprintable
from bot.ledger import Officer
from bot.outreach.mailing import Poster
from bot.telegram_chat.rendering import Call, text_call
from bot.wording import broadcasting as say
from knowledge.library import Library
from knowledge.vietnamese import fold

PRINTED = "to:"
"""Begins the name under which the outbox finds a poster's file: it is drawn when it is sent."""


def poster_calls(posters: Posters, chat: int, who: Officer, words: str) -> tuple[Call, ...]:
    if not words.strip():
        return (text_call(chat, say.POSTER_HOW),)
    try:
        poster, _ = posters.make(who, wish_of(words, posters.library()))
    except Unprintable as bad:
        return (text_call(chat, say.POSTER_REFUSED.format(why=bad)),)
    place = say.POSTER_PLACE.format(place=poster.place) if poster.place else ""
    title = posters.title(poster) if poster.kind in NAMED else say.POSTER_KINDS[poster.kind]
    caption = say.POSTER_MADE.format(number=poster.id, title=title, format=say.FORMATS[poster.format], place=place)
    file = {"file_name": say.POSTER_FILE.format(number=poster.id), "upload": f"{PRINTED}{poster.id}"}
    return (Call("sendDocument", {"chat_id": chat, "document": file, "caption": caption[:1000]}),)


def wish_of(words: str, library: Library) -> Poster:
    """What was typed: the kind or a procedure first, format and ink anywhere, the rest is where it hangs."""
    left = words.split()
    format = next((w.lower() for w in left if w.lower() in FORMATS), FORMATS[1])
    ink = next((w.lower() for w in left if w.lower() in INKS), INKS[0])
    left = [w for w in left if w.lower() not in (*FORMATS, *INKS)]
    first, rest = (left[0], left[1:]) if left else ("mot-cua", [])
    kind, name = (first.lower(), "") if first.lower() in KINDS else ("thu-tuc", first)
    if kind in ("linh-vuc", "danh-muc"):
        name, rest = _field(rest, library)
    elif kind == "thu-tuc" and not name and rest:
        name, rest = rest[0], rest[1:]
    return Poster(kind, name, format, ink, "", dt.datetime.now(dt.UTC), place=" ".join(rest))


def _field(words: list[str], library: Library) -> tuple[str, list[str]]:
    """The longest beginning of the words that is a field's name, and what follows it."""
    names = {fold(field).replace("-", " "): field for field in library.fields()}
    for length in range(len(words), 0, -1):
        said = fold(" ".join(words[:length])).replace("-", " ")
        if said in names:
            return names[said], words[length:]
    return " ".join(words), []
