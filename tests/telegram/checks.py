"""The rules by which the double refuses a request, as Telegram's own server does."""

from __future__ import annotations

import json
import re
from typing import Any

from tests.telegram.markup import Unparsable, plain

Fields = dict[str, Any]
LONGEST_TEXT, LONGEST_CAPTION, LONGEST_DATA = 4096, 1024, 64
_URL = re.compile(r"(?:https?|tg)://\S+$")


class Refused(Exception):
    """400 and the like: `code` and Telegram's own words."""

    def __init__(self, description: str, code: int = 400, **parameters: int) -> None:
        self.code, self.description, self.parameters = code, description, parameters
        super().__init__(description)


def need(fields: Fields, *names: str) -> None:
    for name in names:
        if fields.get(name) in (None, ""):
            raise Refused(f"Bad Request: {name} is empty")


def structure(fields: Fields, name: str) -> Any:
    """A field that is JSON on the wire."""
    value = fields.get(name)
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        raise Refused(f"Bad Request: can't parse {name} JSON object") from None


def text_of(fields: Fields, name: str = "text", longest: int = LONGEST_TEXT, needed: bool = True) -> str:
    raw = str(fields.get(name) or "")
    try:
        shown = plain(raw, fields.get("parse_mode"))
    except Unparsable as bad:
        raise Refused(f"Bad Request: can't parse entities: {bad}") from None
    if needed and not shown.strip():
        raise Refused("Bad Request: message text is empty")
    if len(shown.encode("utf-16-le")) // 2 > longest:
        raise Refused("Bad Request: message is too long" if name == "text" else "Bad Request: caption is too long")
    return shown


def markup_of(fields: Fields) -> Fields | None:
    markup = structure(fields, "reply_markup")
    if markup is None:
        return None
    if not isinstance(markup, dict):
        raise Refused("Bad Request: object expected as reply markup")
    for row in markup.get("inline_keyboard", ()):
        for button in row:
            _inline_button(button)
    if sum(len(row) for row in markup.get("inline_keyboard", ())) > 100:
        raise Refused("Bad Request: reply markup is too long")
    for row in markup.get("keyboard", ()):
        for button in row:
            if not (button if isinstance(button, str) else button.get("text")):
                raise Refused("Bad Request: keyboard button text is empty")
    return markup


def _inline_button(button: Any) -> None:
    if not isinstance(button, dict) or not str(button.get("text", "")).strip():
        raise Refused("Bad Request: inline keyboard button text is empty")
    kinds = ("callback_data", "url", "switch_inline_query", "switch_inline_query_current_chat", "web_app", "pay")
    given = [k for k in kinds if k in button]
    if len(given) != 1:
        raise Refused("Bad Request: can't parse inline keyboard button: Text buttons are unallowed in it")
    if given == ["callback_data"] and not 1 <= len(button["callback_data"].encode()) <= LONGEST_DATA:
        raise Refused("Bad Request: BUTTON_DATA_INVALID")
    if given == ["url"] and not _URL.match(button["url"]):
        raise Refused("Bad Request: BUTTON_URL_INVALID")


def commands_of(fields: Fields) -> list[Fields]:
    commands = structure(fields, "commands") or []
    if len(commands) > 100:
        raise Refused("Bad Request: BOT_COMMANDS_TOO_MUCH")
    for one in commands:
        if not re.fullmatch(r"[a-z0-9_]{1,32}", one.get("command", "")):
            raise Refused("Bad Request: BOT_COMMAND_INVALID")
        if not 1 <= len(one.get("description", "")) <= 256:
            raise Refused("Bad Request: BOT_COMMAND_DESCRIPTION_INVALID")
    return list(commands)


def inline_results_of(fields: Fields) -> list[Fields]:
    results = structure(fields, "results")
    if not isinstance(results, list) or len(results) > 50:
        raise Refused("Bad Request: RESULTS_TOO_MUCH" if isinstance(results, list) else "Bad Request: results expected")
    seen = [r.get("id", "") for r in results]
    if len(set(seen)) != len(seen) or not all(1 <= len(i.encode()) <= 64 for i in seen):
        raise Refused("Bad Request: RESULT_ID_INVALID")
    for one in results:
        content = one.get("input_message_content") or {}
        if one.get("type") == "article":
            need(one, "title")
            text_of({"text": content.get("message_text"), "parse_mode": content.get("parse_mode")})
        markup_of(one)
    return results


def poll_of(fields: Fields) -> list[str]:
    need(fields, "question")
    if len(fields["question"]) > 300:
        raise Refused("Bad Request: poll question length must not exceed 300")
    raw = structure(fields, "options") or []
    options = [o if isinstance(o, str) else o.get("text", "") for o in raw]
    if not 2 <= len(options) <= 12 or not all(1 <= len(o) <= 100 for o in options):
        raise Refused("Bad Request: poll options are invalid")
    if fields.get("type") == "quiz":
        right = str(fields.get("correct_option_id", ""))
        if not right.isdigit() or int(right) >= len(options):
            raise Refused("Bad Request: wrong correct option ID specified")
    explanation = str(fields.get("explanation") or "")
    if len(explanation) > 200 or explanation.count("\n") > 2:
        raise Refused("Bad Request: MESSAGE_TOO_LONG" if len(explanation) > 200 else "Bad Request: too many lines")
    return options
