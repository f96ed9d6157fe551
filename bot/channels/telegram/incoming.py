"""An update of Telegram's as what a person did.

Foreign JSON ends here: what cannot be read is kept as it came and means nothing. In groups only what is addressed to
the bot means something: a command, a mention, a reply to one of its messages, a tap on one of its buttons.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from telegram import CallbackQuery, Message, MessageEntity, User
from telegram import Update as TelegramUpdate
from telegram.constants import ChatType

from bot.channels.base import Update
from bot.channels.foreign import digest_of, raw_bytes
from bot.channels.foreign import text as _text
from bot.channels.telegram.rendering import read_callback
from bot.domain.messages import Attachment, Incoming, IncomingKind

NAME = "telegram"
ALLOWED = ("message", "edited_message", "callback_query")  # kinds of updates asked for
_LONGEST_NAME = 200  # characters of what a sender calls a file or themselves

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Bot:
    """Who the bot is: what addresses it in a group."""

    id: int
    username: str


@dataclass(frozen=True, slots=True)
class Read:
    """An update with what its platform still wants done about it."""

    update: Update
    query: str | None  # id of a tap: the phone shows it as busy until it is answered


def read(raw: object, bot: Bot, now: datetime) -> Read:
    """Return `raw` (one update, decoded from JSON, received `now`) as it is stored; never raises."""
    kept, number = raw_bytes(raw), update_number(raw)
    if number is None:
        return Read(Update(digest_of(kept), kept, None), None)
    try:
        update = TelegramUpdate.de_json(raw, None)  # type: ignore[arg-type]  # a dict: it has an update_id
        incoming = _incoming(update, bot, now)
        query = _text(update.callback_query.id) if update.callback_query else None
    except Exception as error:  # whatever the library makes of malformed JSON: kept, skipped, never asked for again
        log.warning("update %d cannot be read: %s", number, type(error).__name__)
        return Read(Update(str(number), kept, None), None)
    return Read(Update(str(number), kept, incoming), query or None)


def update_number(raw: object) -> int | None:
    """Return the number that confirms an update, None where it has none."""
    number = raw.get("update_id") if isinstance(raw, dict) else None
    return number if isinstance(number, int) and not isinstance(number, bool) else None


def _incoming(update: TelegramUpdate, bot: Bot, now: datetime) -> Incoming | None:
    if update.callback_query is not None:
        return _tap(update.callback_query, now)
    if update.message is not None:
        return _message(update.message, bot)
    if update.edited_message is not None:
        return _message(update.edited_message, bot, edited=True)
    return None


def _tap(query: CallbackQuery, now: datetime) -> Incoming | None:
    message = query.message
    if message is None or not query.data:  # from an inline message of no chat, or a game
        return None
    key, turn = read_callback(_text(query.data))
    return Incoming(
        channel=NAME,
        chat=str(int(message.chat.id)),
        sender=str(int(query.from_user.id)),
        kind=IncomingKind.TAP,
        text="",
        sent_at=now,  # Telegram does not say when a button was tapped
        choice=key,
        turn=turn,
        private=message.chat.type == ChatType.PRIVATE,
        display_name=_name(query.from_user),
    )


def _message(message: Message, bot: Bot, *, edited: bool = False) -> Incoming | None:
    sender = message.from_user
    if sender is None or sender.is_bot:  # a channel's post, another bot, ourselves
        return None
    private = message.chat.type == ChatType.PRIVATE
    text = message.text if message.text is not None else message.caption or ""
    marks = message.entities if message.text is not None else message.caption_entities
    addressed, text = _addressed(_text(text), marks, bot)
    answers_us = message.reply_to_message is not None and _is_us(message.reply_to_message.from_user, bot)
    if not private and not addressed and not answers_us:
        return None
    attachments = _attachments(message)
    kind = _kind(message, attachments, edited=edited)
    if kind is None:
        return None
    return Incoming(
        channel=NAME,
        chat=str(int(message.chat.id)),
        sender=str(int(sender.id)),
        kind=kind,
        text=text,
        sent_at=_time(message.date),
        attachments=() if edited else attachments,
        private=private,
        display_name=_name(sender),
        album="" if edited else _text(message.media_group_id or "")[:_LONGEST_NAME],
    )


def _kind(message: Message, attachments: Sequence[Attachment], *, edited: bool) -> IncomingKind | None:
    if edited:
        return IncomingKind.EDITED
    if attachments:
        return IncomingKind.FILE
    if message.text is not None:
        return IncomingKind.TEXT
    # Stickers, voices, places are said something kind about; "Lan joined the group" and its like are not.
    return IncomingKind.UNSUPPORTED if message.effective_attachment is not None else None


def _attachments(message: Message) -> tuple[Attachment, ...]:
    if message.animation is not None:  # comes with a document of the same content: a moving picture, not a report
        return ()
    if message.document is not None:
        document = message.document
        name = _text(document.file_name or "tep")[:_LONGEST_NAME]
        mime = _text(document.mime_type or "application/octet-stream")[:_LONGEST_NAME]
        return (Attachment(_text(document.file_id), name, mime, int(document.file_size or 0)),)
    if message.photo:
        photo = max(message.photo, key=lambda size: size.width * size.height)
        return (Attachment(_text(photo.file_id), "anh.jpg", "image/jpeg", int(photo.file_size or 0)),)
    if message.media_group_id is not None:  # beside files that are taken: refused by its name, and not passed over
        return _not_taken(message)
    return ()


def _not_taken(message: Message) -> tuple[Attachment, ...]:
    """Return a film or a recording of an album as a file."""
    played = message.video or message.audio
    if played is None:
        return ()
    name = _text(played.file_name or ("phim.mp4" if message.video else "ghi-am.mp3"))[:_LONGEST_NAME]
    mime = _text(played.mime_type or "application/octet-stream")[:_LONGEST_NAME]
    return (Attachment(_text(played.file_id), name, mime, int(played.file_size or 0)),)


def _addressed(text: str, marks: Sequence[MessageEntity], bot: Bot) -> tuple[bool, str]:
    """Tell whether `text` is addressed to the bot, and return it without the mention."""
    units = text.encode("utf-16-le")  # offsets count UTF-16 units
    ours = f"@{bot.username}".casefold()
    addressed = False
    for mark in sorted(marks, key=lambda one: one.offset, reverse=True):  # from the end: cutting moves no offset
        start, end = 2 * mark.offset, 2 * (mark.offset + mark.length)
        said = units[start:end].decode("utf-16-le", "replace")
        if mark.type == MessageEntity.BOT_COMMAND:
            command, at, name = said.partition("@")
            if at and f"@{name}".casefold() != ours:
                continue  # to another bot of the group
            units = units[:start] + command.encode("utf-16-le") + units[end:]
            addressed = addressed or mark.offset == 0
        elif (mark.type == MessageEntity.MENTION and said.casefold() == ours) or (
            mark.type == MessageEntity.TEXT_MENTION and _is_us(mark.user, bot)
        ):
            units = units[:start] + units[end:]
            addressed = True
    return addressed, units.decode("utf-16-le", "replace").strip() if addressed else text


def _is_us(user: User | None, bot: Bot) -> bool:
    return user is not None and user.id == bot.id


def _name(user: User) -> str:
    return " ".join(_text(part) for part in (user.first_name, user.last_name) if part)[:_LONGEST_NAME]


def _time(value: Any) -> datetime:
    if not isinstance(value, datetime):
        raise TypeError(f"not a time: {type(value).__name__}")
    return value
