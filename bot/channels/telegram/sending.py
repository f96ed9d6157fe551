"""Sending a reply: its parts in order, the buttons under the last, its file with a caption where the text is short."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputFile, LinkPreviewOptions
from telegram.constants import ParseMode
from telegram.error import BadRequest, TelegramError

from bot.channels.base import DeliveryError, Outgoing
from bot.channels.progress import Progress
from bot.channels.telegram.failures import delivery_error
from bot.channels.telegram.live import Live
from bot.channels.telegram.rendering import LONGEST_CAPTION, parts, rows
from bot.domain.messages import OutFile

log = logging.getLogger(__name__)

LARGEST_FILE = 50 * 2**20  # bytes that Telegram takes from a bot
_LARGEST_PHOTO = 10 * 2**20
_PHOTOS = frozenset({"image/jpeg", "image/png"})

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)

Message = Callable[[InlineKeyboardMarkup | None], Awaitable[Any]]  # sends one message, with or without buttons


class TelegramSender:
    """Sends replies; remembers how far it came with one that failed half-way, so that no part is said twice."""

    def __init__(self, bot: Bot, content: Callable[[OutFile], bytes], token: str) -> None:
        self._bot = bot
        self._content = content
        self._token = token
        self._progress = Progress()
        self._live = Live(bot, token)

    async def send(self, outgoing: Outgoing, now: float) -> None:
        """Send `outgoing`; `now` is of a monotonic clock. DeliveryError where it fails."""
        try:
            chat = int(outgoing.chat)
        except ValueError:
            raise DeliveryError(f"not a chat of Telegram's: {outgoing.chat}", permanent=True) from None
        if outgoing.reply.live:
            await self._live.show(outgoing, chat, _keyboard(outgoing))
            return
        messages = self._messages(chat, outgoing)
        buttons = _keyboard(outgoing)
        steps = [partial(message, buttons if message is messages[-1] else None) for message in messages]
        await self._progress.go_through(outgoing, steps, now, TelegramError, self._told)

    def _told(self, error: TelegramError) -> DeliveryError:
        return delivery_error(error, self._token)

    def _messages(self, chat: int, outgoing: Outgoing) -> list[Message]:
        reply = outgoing.reply
        if reply.file is None:
            return [self._text(chat, part) for part in parts(reply)]
        content = self._read(reply.file)
        texts = parts(reply)
        if len(texts) == 1 and len(parts(reply, LONGEST_CAPTION)) == 1:
            return [self._file(chat, reply.file, content, texts[0])]
        return [*(self._text(chat, part) for part in texts), self._file(chat, reply.file, content, None)]

    def _text(self, chat: int, text: str) -> Message:
        return lambda buttons: self._bot.send_message(
            chat, text, parse_mode=ParseMode.HTML, reply_markup=buttons, link_preview_options=_NO_PREVIEW
        )

    def _file(self, chat: int, file: OutFile, content: bytes, caption: str | None) -> Message:
        async def send(buttons: InlineKeyboardMarkup | None) -> None:
            given = InputFile(content, file.name)
            if file.mime in _PHOTOS and len(content) <= _LARGEST_PHOTO:
                try:
                    await self._bot.send_photo(chat, given, caption, parse_mode=ParseMode.HTML, reply_markup=buttons)
                    return
                except BadRequest:  # too long and narrow, or no picture at all: any content may be a document
                    log.debug("not taken as a photo, sent as a document: %s", file.sha256)
            await self._bot.send_document(chat, given, caption, parse_mode=ParseMode.HTML, reply_markup=buttons)

        return send

    def _read(self, file: OutFile) -> bytes:
        try:
            content = self._content(file)
        except OSError as error:
            raise DeliveryError(f"the kept file {file.sha256} cannot be read: {error}", permanent=True) from error
        if not 0 < len(content) <= LARGEST_FILE:
            raise DeliveryError(
                f"{file.name}: {len(content)} bytes, Telegram takes up to {LARGEST_FILE}", permanent=True
            )
        return content


def _keyboard(outgoing: Outgoing) -> InlineKeyboardMarkup | None:
    found = rows(outgoing.reply.choices, outgoing.turn)
    if not found:
        return None
    return InlineKeyboardMarkup([[InlineKeyboardButton(label, callback_data=data) for label, data in r] for r in found])
