"""What the Zalo Bot Platform puts on the wire: messages, refusals. Knows nothing of servers.

Written after https://bot.zaloplatforms.com/docs: answers are `{ok, result}` or `{ok, error_code, description}`, at
times under HTTP 200 either way; dates are in milliseconds; ids are hexadecimal texts.
"""

from __future__ import annotations

import hashlib
import time
from typing import Any

LONGEST_TEXT = 2000
SECRET = range(8, 257)  # characters of a webhook's secret

Json = dict[str, Any]


class Refused(Exception):
    """An answer with `ok: false`."""

    def __init__(self, code: int, description: str) -> None:
        super().__init__(description)
        self.code = code
        self.body: Json = {"ok": False, "error_code": code, "description": description}


def bad(description: str) -> Refused:
    return Refused(400, f"Bad request: {description}")


def identity(*parts: object) -> str:
    """An id as the platform makes them."""
    return hashlib.md5("/".join(map(str, parts)).encode(), usedforsecurity=False).hexdigest()[:20]


def units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def sender(who: str, name: str, *, is_bot: bool = False) -> Json:
    return {"id": who, "display_name": name, "is_bot": is_bot}


def message(number: str, who: Json, chat: str, kind: str, content: Json) -> Json:
    """One message as updates carry it."""
    return {
        "from": who,
        "chat": {"id": chat, "chat_type": kind},
        "message_id": number,
        "date": int(time.time() * 1000),
    } | content


def update(event: str, body: Json) -> Json:
    """The flat shape of an update."""
    return {"event_name": f"message.{event}.received", "message": body}
