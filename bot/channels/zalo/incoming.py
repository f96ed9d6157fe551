"""An update of Zalo's as what a person did.

Foreign JSON ends here: what cannot be read is kept as it came and means nothing. In groups only what is addressed to
the bot means something: a command, or its name behind an "@".
"""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from bot.channels.base import Update
from bot.channels.foreign import digest_of, raw_bytes
from bot.channels.foreign import text as _text
from bot.domain.messages import Attachment, Incoming, IncomingKind

NAME = "zalo"
_LONGEST_NAME = 200  # characters of what senders call themselves
_LONGEST_ID = 128  # characters of an id that the store takes
_TEXT, _IMAGE = "message.text.received", "message.image.received"
_IMAGES = {"jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png", "webp": "image/webp"}
_PHOTOS = "photos"  # Zalo does not say which were sent together: those that follow each other at once
_SECONDS = 10**11  # a date below it is in seconds: as milliseconds it would be in 1973

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Bot:
    """Who the bot is: what its echoes come from, and what addresses it in a group."""

    id: str
    names: tuple[str, ...]


def read(raw: object, bot: Bot, now: datetime) -> Update:
    """Return `raw` (one update, decoded from JSON, received `now`) as it is stored; never raises.

    Both shapes are read: `{event_name, message}`, and the same as the `result` of `{ok, result}`.
    """
    kept = raw_bytes(raw)
    found = raw.get("result", raw) if isinstance(raw, dict) else None
    if not isinstance(found, dict):
        return Update(digest_of(kept), kept, None)
    try:
        event, message = _text(found["event_name"]), _object(found["message"])
        identity = f"{event}:{_id(message['message_id'])}"
        update_id = identity if len(identity) <= _LONGEST_ID else f"id:{hashlib.sha256(identity.encode()).hexdigest()}"
        return Update(update_id, kept, _incoming(event, message, bot, now))
    except (KeyError, TypeError, ValueError) as error:  # kept, skipped, never asked for again
        log.warning("an update that cannot be read: %s", type(error).__name__)
        return Update(digest_of(kept), kept, None)


def _incoming(event: str, message: Mapping[str, Any], bot: Bot, now: datetime) -> Incoming | None:
    sender, chat = _object(message["from"]), _object(message["chat"])
    if sender.get("is_bot") is True or _id(sender["id"]) == bot.id:  # ourselves, or another bot: never a conversation
        return None
    if not event.startswith("message."):
        return None
    private = chat.get("chat_type") != "GROUP"
    attachments = _attachments(message) if event == _IMAGE else ()
    text = _text(message["text"] if event == _TEXT else message.get("caption") or message.get("text") or "")
    addressed, text = _addressed(text, bot)
    if not private and not addressed:
        return None
    return Incoming(
        channel=NAME,
        chat=_id(chat["id"]),
        sender=_id(sender["id"]),
        kind=_kind(event, attachments),
        text=text,
        sent_at=_time(message.get("date"), now),
        attachments=attachments,
        private=private,
        display_name=_text(sender.get("display_name") or sender.get("name") or "")[:_LONGEST_NAME],
        album=_PHOTOS if attachments else "",
    )


def _kind(event: str, attachments: tuple[Attachment, ...]) -> IncomingKind:
    if event == _TEXT:
        return IncomingKind.TEXT
    return IncomingKind.FILE if attachments else IncomingKind.UNSUPPORTED  # stickers, voices, what is new


def _attachments(message: Mapping[str, Any]) -> tuple[Attachment, ...]:
    """Return the photo of a message; none where it has no address that can be fetched."""
    url = _text(message.get("photo_url") or message.get("photo") or "")
    address = urlsplit(url)
    if address.scheme not in ("https", "http") or not address.hostname:
        return ()
    ending = address.path.rpartition(".")[2].lower()
    ending = ending if ending in _IMAGES else "jpg"
    return (Attachment(url, f"anh.{ending}", _IMAGES[ending], 0),)


def _addressed(text: str, bot: Bot) -> tuple[bool, str]:
    """Tell whether `text` is addressed to the bot, and return it without the mention."""
    names = "|".join(re.escape(name) for name in sorted(bot.names, key=len, reverse=True))
    if not names:
        return text.startswith("/"), text
    found, count = re.subn(rf"@(?:{names})(?!\w)", "", text, flags=re.IGNORECASE)
    if count:
        return True, found.strip()
    return text.startswith("/"), text


def _object(value: Any) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise TypeError(f"not an object: {type(value).__name__}")
    return value


def _id(value: Any) -> str:
    """Return an id as a text; TypeError or ValueError for what is none."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    text = _text(value)
    if not 0 < len(text) <= _LONGEST_ID:
        raise ValueError("an id that is empty or too long")
    return text


def _time(value: Any, now: datetime) -> datetime:
    """Return a date in milliseconds as a time; `now` for what is none: a message is worth more than its date."""
    if not isinstance(value, int | float) or isinstance(value, bool):
        return now
    try:
        return datetime.fromtimestamp(value if value < _SECONDS else value / 1000, UTC)
    except (OverflowError, ValueError, OSError):
        return now
