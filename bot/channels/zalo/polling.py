"""Polling, for development: getUpdates again and again, each update stored before the next request.

There is no offset: an update is gone from the platform once it was delivered. What was received is therefore offered
to the store until it takes it, and only then is the next one asked for; but a process that is killed, or a connection
that breaks, between Zalo's answer and our transaction loses one update for good. Where that matters, use the webhook:
it is answered 200 only after the update is stored.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from bot.channels.base import Store
from bot.channels.pauses import Pauses
from bot.channels.zalo.api import Api, wrong_token
from bot.channels.zalo.failures import UNAUTHORISED, ZaloError, seconds_asked

Receive = Callable[[Sequence[object], Store], Awaitable[None]]  # reads and stores


async def poll(api: Api, receive: Receive, store: Store, token: str) -> None:
    """Poll until cancelled. Raises ChannelUnusable where the token is refused."""
    pauses = pauses_of(token)
    while True:
        try:
            raw = await api.update()
        except ZaloError as error:
            if error.code == UNAUTHORISED:
                raise wrong_token() from None
            await pauses.after(error)
            continue
        pauses.reset()
        if raw is not None:
            await _stored(raw, receive, store, pauses)


async def _stored(raw: object, receive: Receive, store: Store, pauses: Pauses) -> None:
    while True:
        try:
            await receive([raw], store)
        except Exception as error:  # the disk is full, the database is gone: it never comes again, so it is held on to
            await pauses.after(error)
        else:
            pauses.reset()
            return


def pauses_of(token: str) -> Pauses:
    """Return the pauses between attempts to reach Zalo."""
    return Pauses("Zalo", token, seconds_asked)
