"""Messages that are changed instead of sent anew: how far a job is, with the button that cancels it.

Which message it is, is remembered in memory only: after a restart the next one is sent, and changed from then on.
"""

from __future__ import annotations

from collections import OrderedDict

from telegram import Bot, InlineKeyboardMarkup
from telegram.constants import ParseMode
from telegram.error import BadRequest, TelegramError

from bot.channels.base import DeliveryError, Outgoing
from bot.channels.telegram.failures import delivery_error
from bot.channels.telegram.rendering import parts

_REMEMBERED = 500  # messages
_UNCHANGED = "not modified"  # what Telegram says of a change to what is there already


class Live:
    """The messages of one bot that are changed. Of one event loop."""

    def __init__(self, bot: Bot, token: str) -> None:
        self._bot = bot
        self._token = token
        self._messages: OrderedDict[tuple[int, str], int] = OrderedDict()  # (chat, Reply.live) → message

    async def show(self, outgoing: Outgoing, chat: int, buttons: InlineKeyboardMarkup | None) -> None:
        """Change the last message of this name, or send the first; DeliveryError where that fails."""
        text = next(iter(parts(outgoing.reply)), "")
        name = (chat, outgoing.reply.live)
        try:
            if name not in self._messages or not await self._changed(chat, self._messages[name], text, buttons):
                sent = await self._bot.send_message(chat, text, parse_mode=ParseMode.HTML, reply_markup=buttons)
                self._remember(name, sent.message_id)
        except TelegramError as error:
            raise self._told(error) from None  # the library's error may quote an address, and so the token

    async def _changed(self, chat: int, message: int, text: str, buttons: InlineKeyboardMarkup | None) -> bool:
        try:
            await self._bot.edit_message_text(text, chat, message, parse_mode=ParseMode.HTML, reply_markup=buttons)
        except BadRequest as error:  # somebody removed it, or it says so already
            return _UNCHANGED in str(error).lower()
        return True

    def _remember(self, name: tuple[int, str], message: int) -> None:
        self._messages[name] = message
        while len(self._messages) > _REMEMBERED:
            self._messages.popitem(last=False)

    def _told(self, error: TelegramError) -> DeliveryError:
        return delivery_error(error, self._token)
