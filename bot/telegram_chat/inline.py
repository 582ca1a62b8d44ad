"""`@bot khai sinh` in any chat: short cards of the records found, to be sent there."""

from __future__ import annotations

import html
from typing import Any

from bot.desk.desk import Desk
from bot.telegram_chat.rendering import PARSED

SHOWN = 8
LONGEST_CARD = 3500


def inline_results(desk: Desk, query: str) -> list[dict[str, Any]]:
    """At most SHOWN articles; none for an empty query or one that nothing answers."""
    if len(query.strip()) < 2:
        return []
    return [
        {
            "type": "article",
            "id": found.id[:64],
            "title": found.title[:120],
            "description": found.line[:200],
            "input_message_content": {
                "message_text": f"<b>{html.escape(found.title)}</b>\n{html.escape(found.text[:LONGEST_CARD])}",
                **PARSED,
            },
        }
        for found in desk.search(query, SHOWN)
    ]
