"""A strict double of Telegram's Bot API over real HTTP: it keeps chats, checks every request as Telegram would, limits
rates, and fails on demand. Runs in a thread of the test; the bot is a child process that speaks to `url`.
"""

from __future__ import annotations

import asyncio
import json
import logging
import re
import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import tornado.httpclient
import tornado.httpserver
import tornado.netutil
import tornado.web

from tests.telegram.checks import (
    LONGEST_CAPTION,
    Refused,
    commands_of,
    inline_results_of,
    markup_of,
    need,
    poll_of,
    structure,
    text_of,
)

TOKEN = "123456789:AAE-double_of_the_bot_api_for_tests_00"
BOT = {
    "id": 123456789,
    "is_bot": True,
    "first_name": "Một Cửa",
    "username": "mot_cua_bot",
    "can_join_groups": True,
    "can_read_all_group_messages": False,
    "supports_inline_queries": True,
    "has_main_web_app": False,
}
Fields = dict[str, Any]
logging.getLogger("tornado.access").setLevel(logging.CRITICAL)


@dataclass(slots=True)
class Chat:
    """What a client of this chat sees. `blocked`: the person has stopped the bot."""

    id: int
    name: str
    kind: str = "private"
    blocked: bool = False
    moved_to: int = 0
    messages: dict[int, Fields] = field(default_factory=dict)
    actions: list[str] = field(default_factory=list)

    @property
    def from_bot(self) -> list[Fields]:
        return [m for m in list(self.messages.values()) if m["from"]["is_bot"]]


@dataclass(slots=True)
class Fault:
    """What the next requests of these methods meet: `how` is 429, 500, 502, "drop", "nonsense", "hang" or "lost" (done,
    but the answer never arrives)."""

    how: int | str
    times: int
    methods: tuple[str, ...] = ()


class Double:
    """`limits`: messages a second in all and in one chat; (0, 0) sets none."""

    def __init__(self, limits: tuple[float, float] = (0, 0)) -> None:
        self.limits = limits
        self.chats: dict[int, Chat] = {}
        self.requests: list[tuple[float, str, Fields]] = []
        self.refusals: list[tuple[str, str]] = []
        self.faults: list[Fault] = []
        self.commands: dict[str, list[Fields]] = {}
        self.profile: dict[str, str] = {}
        self.webhook: Fields = {}
        self.answers: dict[str, Fields] = {}
        self.files: dict[str, bytes] = {}
        self.polls: dict[str, Fields] = {}
        self.changed = threading.Condition()
        self.pushed: set[int] = set()
        self._updates: deque[Fields] = deque()
        self._next_update, self._next_message = 1000, 1
        self._sent: dict[int, deque[float]] = defaultdict(deque)
        self._all_sent: deque[float] = deque()
        self._port = 0
        self._delivering = False
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._arrived: asyncio.Event
        self._thread = threading.Thread(target=self._run, daemon=True)

    # --- life ------------------------------------------------------------------------------------------------------

    def __enter__(self) -> Double:
        self._thread.start()
        self._ready.wait(10)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._serve())
        self._ready.set()
        self._loop.run_forever()

    async def _serve(self) -> None:
        self._arrived = asyncio.Event()
        routes = [
            (r"/bot([^/]+)/(\w+)", _Method, {"double": self}),
            (r"/file/bot([^/]+)/(.+)", _File, {"double": self}),
        ]
        sockets = tornado.netutil.bind_sockets(0, "127.0.0.1")
        tornado.httpserver.HTTPServer(tornado.web.Application(routes), max_buffer_size=60_000_000).add_sockets(sockets)
        self._port = sockets[0].getsockname()[1]

    # --- what people do --------------------------------------------------------------------------------------------

    def chat(self, number: int, name: str = "Chị Lan", kind: str = "private") -> Chat:
        with self.changed:
            return self.chats.setdefault(number, Chat(number, name, kind))

    def say(self, chat: int, text: str, sender: int = 0, reply_to: int = 0, **more: Any) -> int:
        """A message as typed; a leading /command becomes an entity as clients do it. Returns the update's id."""
        entities = []
        if text.startswith("/"):
            entities = [{"type": "bot_command", "offset": 0, "length": len(text.split()[0])}]
        for start in _mentions(text):
            entities.append({"type": "mention", "offset": start, "length": len(BOT["username"]) + 1})
        body: Fields = {"text": text, **({"entities": entities} if entities else {}), **more}
        return self.send(chat, body, sender, reply_to)

    def send(self, chat: int, body: Fields, sender: int = 0, reply_to: int = 0) -> int:
        """Any message (photo, location, contact, voice, sticker …): `body` holds what is special of it."""
        message = self._message(self.chat(chat), body, self._person(sender or chat))
        if reply_to:
            message["reply_to_message"] = self.chats[chat].messages[reply_to]
        return self.push({"message": message})

    def edit(self, chat: int, message: int, text: str) -> int:
        edited = self.chats[chat].messages[message]
        edited |= {"text": text, "edit_date": int(time.time())}
        return self.push({"edited_message": edited})

    def photo(self, chat: int, data: bytes, caption: str = "") -> int:
        file = self.file(data)
        sizes = [{"file_id": file, "file_unique_id": file, "width": 90, "height": 90, "file_size": len(data)}]
        return self.send(chat, {"photo": sizes, **({"caption": caption} if caption else {})})

    def album(self, chat: int, pictures: Sequence[bytes], caption: str = "") -> None:
        """Several photos sent as one: an update for each, the caption with the first."""
        group = f"g{self._next_update}"
        for number, data in enumerate(pictures):
            file = self.file(data)
            sizes = [{"file_id": file, "file_unique_id": file, "width": 90, "height": 90, "file_size": len(data)}]
            said = {"caption": caption} if caption and not number else {}
            self.send(chat, {"photo": sizes, "media_group_id": group, **said})

    def document(self, chat: int, data: bytes, name: str, sender: int = 0, caption: str = "") -> int:
        file = self.file(data)
        body = {"file_id": file, "file_unique_id": file, "file_name": name, "file_size": len(data)}
        return self.send(chat, {"document": body, **({"caption": caption} if caption else {})}, sender)

    def voice(self, chat: int, data: bytes) -> int:
        file = self.file(data)
        body = {"file_id": file, "file_unique_id": file, "duration": 3, "file_size": len(data)}
        return self.send(chat, {"voice": body})

    def file(self, data: bytes) -> str:
        number = f"file{len(self.files) + 1}"
        self.files[number] = data
        return number

    def press(self, chat: int, label: str, sender: int = 0) -> int:
        """Presses the newest button whose text is or begins with this label."""
        for message in reversed(self.chats[chat].from_bot):
            for row in (message.get("reply_markup") or {}).get("inline_keyboard", ()):
                for button in row:
                    if button["text"].startswith(label) and "callback_data" in button:
                        return self.press_data(chat, message["message_id"], button["callback_data"], sender)
        raise LookupError(f"no button “{label}” in chat {chat}: {self.buttons(chat)}")

    def press_data(self, chat: int, message: int, data: str, sender: int = 0) -> int:
        query = {
            "id": f"q{self._next_update}",
            "from": self._person(sender or chat),
            "chat_instance": str(chat),
            "message": self.chats[chat].messages[message],
            "data": data,
        }
        return self.push({"callback_query": query})

    def vote(self, poll: str, sender: int, option: int) -> int:
        """Answers a poll; Telegram tells the bot of it only where the poll is not anonymous, and takes no second answer
        to a quiz nor any after its end. The update's number, 0 where the bot is told nothing."""
        asked = self.polls[poll]["message"]["poll"]
        voters = self.polls[poll].setdefault("voters", {})
        if asked["is_closed"] or sender in voters:
            return 0
        voters[sender] = option
        asked["options"][option]["voter_count"] += 1
        asked["total_voter_count"] += 1
        if asked["is_anonymous"]:
            return 0
        answer = {"poll_id": poll, "user": self._person(sender), "option_ids": [option]}
        return self.push({"poll_answer": answer | {"option_persistent_ids": [f"{poll}-{option}"]}})

    def inline(self, sender: int, query: str) -> str:
        number = f"i{self._next_update}"
        self.push({"inline_query": {"id": number, "from": self._person(sender), "query": query, "offset": ""}})
        return number

    def block(self, chat: int) -> None:
        self._blocking(chat, True)

    def unblock(self, chat: int) -> None:
        """As when somebody presses Start again: they are back, and say so."""
        self._blocking(chat, False)
        self.say(chat, "/start")

    def _blocking(self, chat: int, blocked: bool) -> None:
        self.chats[chat].blocked = blocked
        kicked, member = {"user": BOT, "status": "kicked", "until_date": 0}, {"user": BOT, "status": "member"}
        change = {
            "chat": _chat_json(self.chats[chat]),
            "from": self._person(chat),
            "date": int(time.time()),
            "old_chat_member": member if blocked else kicked,
            "new_chat_member": kicked if blocked else member,
        }
        self.push({"my_chat_member": change})

    def migrate(self, old: int, new: int) -> None:
        """A group becomes a supergroup: another number, and the old one answers no more."""
        self.chats[new] = Chat(new, self.chats[old].name, "supergroup")
        self.chats[old].moved_to = new
        self.send(old, {"migrate_to_chat_id": new})

    def push(self, update: Fields, number: int = 0) -> int:
        """Any update, also one of a number that was given before (a duplicate) or out of order."""
        with self.changed:
            if not number:
                number, self._next_update = self._next_update, self._next_update + 1
            self._updates.append({"update_id": number, **update})
            self.pushed.add(number)
        self._loop.call_soon_threadsafe(self._arrived.set)
        if self.webhook.get("url"):
            asyncio.run_coroutine_threadsafe(self._deliver(), self._loop)
        return number

    # --- what one sees ---------------------------------------------------------------------------------------------

    def buttons(self, chat: int) -> list[str]:
        """The labels under the newest message of the bot that has any."""
        for message in reversed(self.chats[chat].from_bot):
            rows = (message.get("reply_markup") or {}).get("inline_keyboard")
            if rows:
                return [b["text"] for row in rows for b in row]
        return []

    def texts(self, chat: int) -> list[str]:
        return [m.get("text") or m.get("caption") or "" for m in self.chats[chat].from_bot]

    def wait(self, true: Callable[[], Any], seconds: float = 20) -> Any:
        """Waits until this holds and returns it; raises with what was refused if it never does."""
        end = time.monotonic() + seconds
        with self.changed:
            while not (found := true()):
                left = end - time.monotonic()
                if left <= 0:
                    raise TimeoutError(f"nothing came; refused so far: {self.refusals[-5:]}")
                self.changed.wait(min(left, 0.2))
        return found

    def reply(self, chat: int, text: str, seconds: float = 20, has: str = "") -> str:
        """Says something and returns the texts that came back, joined, once the bot has answered (with these words:
        something else may arrive in between)."""
        before = len(self.chat(chat).from_bot)
        self.say(chat, text)
        self.wait(lambda: any(has in t for t in self.texts(chat)[before:]), seconds)
        return "\n".join(self.texts(chat)[before:])

    def pressed(self, chat: int, label: str, seconds: float = 20, has: str = "") -> str:
        """Presses a button and returns what the bot then wrote (a new message or an edited one, with these words)."""
        before = [(m["message_id"], m.get("edits")) for m in self.chats[chat].from_bot]
        self.press(chat, label)

        def changed() -> list[Fields]:
            now = self.chats[chat].from_bot
            new = [m for m in now if (m["message_id"], m.get("edits")) not in before]
            return new if any(has in (m.get("text") or m.get("caption") or "") for m in new) else []

        return "\n".join(m.get("text") or m.get("caption") or "" for m in self.wait(changed, seconds))

    # --- inside ----------------------------------------------------------------------------------------------------

    def _person(self, number: int) -> Fields:
        name = self.chats[number].name if number in self.chats else f"Người {number}"
        return {"id": number, "is_bot": False, "first_name": name, "language_code": "vi"}

    def _message(self, chat: Chat, body: Fields, sender: Fields) -> Fields:
        with self.changed:
            number, self._next_message = self._next_message, self._next_message + 1
            message = {
                "message_id": number,
                "date": int(time.time()),
                "chat": _chat_json(chat),
                "from": sender,
                "taken": time.time(),
                **body,
            }
            chat.messages[number] = message
            self.changed.notify_all()
        return message

    async def updates(self, offset: int, limit: int, timeout: float) -> list[Fields]:
        """Long polling: what has a number below `offset` is confirmed and gone."""
        end = time.monotonic() + min(timeout, 50)
        while True:
            with self.changed:
                if offset:
                    self._updates = deque(u for u in self._updates if u["update_id"] >= offset)
                found = list(self._updates)[:limit]
            if found or time.monotonic() >= end:
                return found
            self._arrived.clear()
            try:
                await asyncio.wait_for(self._arrived.wait(), max(0.0, end - time.monotonic()))
            except TimeoutError:
                return []

    async def _deliver(self) -> None:
        """To the webhook, one after the other, each again and again until it answers 200: so a chat keeps its order."""
        if self._delivering:
            return
        self._delivering = True
        try:
            await self._delivered()
        finally:
            self._delivering = False

    async def _delivered(self) -> None:
        client = tornado.httpclient.AsyncHTTPClient()
        while self._updates and self.webhook.get("url"):
            with self.changed:
                update = self._updates.popleft() if self._updates else None
            if update is None:
                return
            headers = {"Content-Type": "application/json"}
            if self.webhook.get("secret_token"):
                headers["X-Telegram-Bot-Api-Secret-Token"] = self.webhook["secret_token"]
            try:
                await client.fetch(self.webhook["url"], method="POST", body=json.dumps(update), headers=headers)
            except Exception:  # the bot is away or said no: the same update comes again
                with self.changed:
                    self._updates.appendleft(update)
                await asyncio.sleep(0.2)

    def fault_of(self, method: str) -> int | str:
        for fault in self.faults:
            if fault.times > 0 and (not fault.methods or method in fault.methods):
                fault.times -= 1
                return fault.how
        return 0

    def limit(self, chat: int) -> None:
        """Raises 429 where Telegram would."""
        now, (overall, single) = time.monotonic(), self.limits
        for recent, most in ((self._all_sent, overall), (self._sent[chat], single)):
            while recent and now - recent[0] > 1:
                recent.popleft()
            if most and len(recent) >= max(1, most):
                raise Refused("Too Many Requests: retry after 1", 429, retry_after=1)
        self._all_sent.append(now)
        self._sent[chat].append(now)

    def reachable(self, fields: Fields) -> Chat:
        need(fields, "chat_id")
        chat = self.chats.get(int(fields["chat_id"]))
        if not chat:
            raise Refused("Bad Request: chat not found")
        if chat.moved_to:
            moved = "Bad Request: group chat was upgraded to a supergroup chat"
            raise Refused(moved, 400, migrate_to_chat_id=chat.moved_to)
        if chat.blocked:
            raise Refused("Forbidden: bot was blocked by the user", 403)
        return chat

    # --- the methods -----------------------------------------------------------------------------------------------

    def do(self, method: str, fields: Fields, files: dict[str, bytes]) -> Any:
        done = getattr(self, "_do_" + re.sub("[A-Z]", lambda m: f"_{m[0].lower()}", method), None)
        if done is None:
            raise Refused("Not Found: method not found", 404)
        return done(fields, files)

    def _do_get_me(self, _f: Fields, _files: dict[str, bytes]) -> Any:
        return BOT

    def _do_set_webhook(self, f: Fields, _files: dict[str, bytes]) -> Any:
        self.webhook = {"url": f.get("url", ""), "secret_token": f.get("secret_token", "")}
        return True

    def _do_delete_webhook(self, _f: Fields, _files: dict[str, bytes]) -> Any:
        self.webhook = {}
        return True

    def _do_get_webhook_info(self, _f: Fields, _files: dict[str, bytes]) -> Any:
        return {
            "url": self.webhook.get("url", ""),
            "has_custom_certificate": False,
            "pending_update_count": len(self._updates),
        }

    def _do_send_message(self, f: Fields, _files: dict[str, bytes]) -> Any:
        chat = self.reachable(f)
        body: Fields = {"text": text_of(f), "raw": f.get("text")}
        if markup := markup_of(f):
            body["reply_markup"] = markup
        self.limit(chat.id)
        return _public(self._message(chat, body, BOT))

    def _file_message(self, f: Fields, files: dict[str, bytes], name: str) -> Any:
        chat = self.reachable(f)
        caption = text_of(f, "caption", LONGEST_CAPTION, needed=False)
        data = next(iter(files.values()), b"")
        if not data:
            if str(f.get(name)) not in self.files:
                raise Refused("Bad Request: file must be non-empty")
            data = self.files[str(f[name])]
        if len(data) > (10 if name == "photo" else 50) * 1024 * 1024:
            raise Refused("Request Entity Too Large", 413)
        self.limit(chat.id)
        number = self.file(data)
        described = {"file_id": number, "file_unique_id": number, "file_size": len(data)}
        body: Fields = {name: [described | {"width": 90, "height": 90}] if name == "photo" else described}
        if caption:
            body["caption"] = caption
        if markup := markup_of(f):
            body["reply_markup"] = markup
        return _public(self._message(chat, body, BOT))

    def _do_send_document(self, f: Fields, files: dict[str, bytes]) -> Any:
        return self._file_message(f, files, "document")

    def _do_send_photo(self, f: Fields, files: dict[str, bytes]) -> Any:
        return self._file_message(f, files, "photo")

    def _do_send_chat_action(self, f: Fields, _files: dict[str, bytes]) -> Any:
        self.reachable(f).actions.append(f["action"])
        return True

    def _do_send_poll(self, f: Fields, _files: dict[str, bytes]) -> Any:
        chat = self.reachable(f)
        options = poll_of(f)
        number = f"poll{len(self.polls) + 1}"
        self.polls[number] = dict(f)
        self.limit(chat.id)
        poll = {
            "id": number,
            "question": f["question"],
            "options": [{"text": o, "voter_count": 0} for o in options],
            "total_voter_count": 0,
            "is_closed": False,
            "is_anonymous": str(f.get("is_anonymous", "true")).lower() == "true",
            "type": f.get("type", "regular"),
            "allows_multiple_answers": False,
        }
        message = self._message(chat, {"poll": poll}, BOT)
        self.polls[number]["message"] = message
        return _public(message)

    def _do_stop_poll(self, f: Fields, _files: dict[str, bytes]) -> Any:
        message = self._edited(f)
        if "poll" not in message:
            raise Refused("Bad Request: message with poll to stop not found")
        if message["poll"]["is_closed"]:
            raise Refused("Bad Request: poll has already been closed")
        with self.changed:
            message["poll"]["is_closed"] = True
            self.changed.notify_all()
        return message["poll"]

    def _edited(self, f: Fields) -> Fields:
        chat = self.reachable(f)
        need(f, "message_id")
        message = chat.messages.get(int(f["message_id"]))
        if not message or not message["from"]["is_bot"]:
            raise Refused("Bad Request: message to edit not found")
        return message

    def _do_edit_message_text(self, f: Fields, _files: dict[str, bytes]) -> Any:
        message = self._edited(f)
        new = {"text": text_of(f), "raw": f.get("text"), "reply_markup": markup_of(f)}
        if all(message.get(k) == v for k, v in new.items()):
            raise Refused("Bad Request: message is not modified")
        self.limit(message["chat"]["id"])
        return self._change(message, new)

    def _do_edit_message_reply_markup(self, f: Fields, _files: dict[str, bytes]) -> Any:
        message = self._edited(f)
        new = {"reply_markup": markup_of(f)}
        if message.get("reply_markup") == new["reply_markup"]:
            raise Refused("Bad Request: message is not modified")
        return self._change(message, new)

    def _change(self, message: Fields, new: Fields) -> Any:
        with self.changed:
            message |= {**new, "edit_date": int(time.time()), "edits": message.get("edits", 0) + 1}
            self.changed.notify_all()
        return _public(message)

    def _do_delete_message(self, f: Fields, _files: dict[str, bytes]) -> Any:
        chat = self.reachable(f)
        if chat.messages.pop(int(f["message_id"]), None) is None:
            raise Refused("Bad Request: message to delete not found")
        return True

    def _do_answer_callback_query(self, f: Fields, _files: dict[str, bytes]) -> Any:
        need(f, "callback_query_id")
        if len(str(f.get("text") or "")) > 200:
            raise Refused("Bad Request: MESSAGE_TOO_LONG")
        if f["callback_query_id"] in self.answers:
            raise Refused("Bad Request: query is too old and response timeout expired or query ID is invalid")
        self.answers[f["callback_query_id"]] = dict(f)
        return True

    def _do_answer_inline_query(self, f: Fields, _files: dict[str, bytes]) -> Any:
        need(f, "inline_query_id")
        with self.changed:
            self.answers[f["inline_query_id"]] = {"results": inline_results_of(f)}
            self.changed.notify_all()
        return True

    def _do_set_my_commands(self, f: Fields, _files: dict[str, bytes]) -> Any:
        self.commands[json.dumps(structure(f, "scope") or {"type": "default"}, sort_keys=True)] = commands_of(f)
        return True

    def _do_delete_my_commands(self, f: Fields, _files: dict[str, bytes]) -> Any:
        self.commands.pop(json.dumps(structure(f, "scope") or {"type": "default"}, sort_keys=True), None)
        return True

    def _do_set_my_description(self, f: Fields, _files: dict[str, bytes]) -> Any:
        if len(f.get("description", "")) > 512:
            raise Refused("Bad Request: description is too long")
        self.profile["description"] = f.get("description", "")
        return True

    def _do_set_my_short_description(self, f: Fields, _files: dict[str, bytes]) -> Any:
        if len(f.get("short_description", "")) > 120:
            raise Refused("Bad Request: short description is too long")
        self.profile["short_description"] = f.get("short_description", "")
        return True

    def _do_get_file(self, f: Fields, _files: dict[str, bytes]) -> Any:
        number = str(f.get("file_id"))
        if number not in self.files:
            raise Refused("Bad Request: wrong file_id or the file is temporarily unavailable")
        if len(self.files[number]) > 20 * 1024 * 1024:
            raise Refused("Bad Request: file is too big")
        size = len(self.files[number])
        return {"file_id": number, "file_unique_id": number, "file_size": size, "file_path": f"files/{number}"}

    def _do_get_chat(self, f: Fields, _files: dict[str, bytes]) -> Any:
        chat = self.reachable(f)
        return _chat_json(chat) | {"accent_color_id": 0, "max_reaction_count": 11}

    def _do_get_chat_member(self, f: Fields, _files: dict[str, bytes]) -> Any:
        self.reachable(f)
        return {"user": self._person(int(f["user_id"])), "status": "member"}


def _chat_json(chat: Chat) -> Fields:
    name = {"first_name": chat.name} if chat.kind == "private" else {"title": chat.name}
    return {"id": chat.id, "type": chat.kind, **name}


def _public(message: Fields) -> Fields:
    return {k: v for k, v in message.items() if k not in ("raw", "edits", "taken") and v is not None}


def _mentions(text: str) -> list[int]:
    start = text.find(f"@{BOT['username']}")
    return [start] if start >= 0 else []


class _Method(tornado.web.RequestHandler):
    def initialize(self, double: Double) -> None:
        self.double = double

    async def post(self, token: str, method: str) -> None:
        fields, files = self._fields()
        self.double.requests.append((time.time(), method, fields))
        how = self.double.fault_of(method)
        if how in ("drop", "hang", "nonsense") or (isinstance(how, int) and how):
            await self._fail(how)
            return
        try:
            if token != TOKEN:
                raise Refused("Unauthorized", 401)
            if method == "getUpdates":
                result: Any = await self._updates(fields)
            else:
                result = self.double.do(method, fields, files)
        except Refused as bad:
            self.double.refusals.append((method, bad.description))
            self._answer(
                bad.code, ok=False, error_code=bad.code, description=bad.description, parameters=bad.parameters
            )
            return
        if how == "lost":
            self._drop()
            return
        self._answer(200, ok=True, result=result)

    get = post

    async def _updates(self, fields: Fields) -> list[Fields]:
        if self.double.webhook.get("url"):
            raise Refused("Conflict: can't use getUpdates method while webhook is active", 409)
        return await self.double.updates(
            int(fields.get("offset") or 0), int(fields.get("limit") or 100), float(fields.get("timeout") or 0)
        )

    async def _fail(self, how: int | str) -> None:
        if how == "hang":
            await asyncio.sleep(60)
        if how == "nonsense":
            self.set_status(200)
            self.finish("<html>bad gateway</html>")
        elif isinstance(how, int):
            extra = {"parameters": {"retry_after": 1}} if how == 429 else {}
            self._answer(how, ok=False, error_code=how, description="Internal Server Error", **extra)
        else:
            self._drop()

    def _drop(self) -> None:
        stream = self.detach()
        stream.close()

    def _answer(self, status: int, **tree: Any) -> None:
        self.set_status(status)
        self.set_header("Content-Type", "application/json")
        self.finish(json.dumps({k: v for k, v in tree.items() if v != {}}))

    def _fields(self) -> tuple[Fields, dict[str, bytes]]:
        if self.request.headers.get("Content-Type", "").startswith("application/json"):
            return json.loads(self.request.body or b"{}"), {}
        fields = {k: v[-1].decode() for k, v in self.request.arguments.items()}
        return fields, {k: v[0]["body"] for k, v in self.request.files.items()}


class _File(tornado.web.RequestHandler):
    def initialize(self, double: Double) -> None:
        self.double = double

    def get(self, token: str, path: str) -> None:
        data = self.double.files.get(path.rsplit("/", 1)[-1])
        if token != TOKEN or data is None:
            self.set_status(404)
            self.finish()
            return
        self.finish(data)
