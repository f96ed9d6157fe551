"""Polling: getUpdates again and again, each batch stored before the next request confirms it.

A process killed between storing and confirming gets the batch once more, and the store knows it already. (The
library's own polling confirms first: what it had not yet handled when it was killed is lost.)
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from itertools import chain

from telegram.error import InvalidToken, TelegramError

from bot.channels.base import Store
from bot.channels.pauses import Pauses
from bot.channels.telegram.api import Api, wrong_token
from bot.channels.telegram.failures import seconds_asked
from bot.channels.telegram.incoming import Read, update_number

Receive = Callable[[Sequence[object], Store], Awaitable[Sequence[Read]]]  # reads and stores


async def poll(api: Api, receive: Receive, store: Store, token: str) -> None:
    """Poll until cancelled. Raises ChannelUnusable where the token is refused."""
    offset = 0  # the oldest update not yet confirmed
    pauses = pauses_of(token)
    while True:
        try:
            batch = await api.updates(offset)
        except InvalidToken:
            raise wrong_token() from None
        except TelegramError as error:
            await pauses.after(error)
            continue
        if not batch:
            pauses.reset()
            continue
        try:
            await receive(batch, store)
        except Exception as error:  # the disk is full, the database is gone: unconfirmed, the batch comes again
            await pauses.after(error)
            continue
        numbers = [number for raw in batch if (number := update_number(raw)) is not None]
        if numbers:
            pauses.reset()
        else:  # cannot be confirmed, so it comes again: not at full speed
            await pauses.after(TelegramError("updates without numbers"))
        offset = max(chain([offset - 1], numbers)) + 1


def pauses_of(token: str) -> Pauses:
    """Return the pauses between attempts to reach Telegram."""
    return Pauses("Telegram", token, seconds_asked)
