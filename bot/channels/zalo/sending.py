"""Sending a reply: its parts in order; a file as a link that is made for it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from bot.channels.base import Outgoing
from bot.channels.progress import Progress
from bot.channels.zalo.api import Api
from bot.channels.zalo.failures import ZaloError, delivery_error
from bot.channels.zalo.rendering import parts
from bot.domain.messages import OutFile

Link = Callable[[OutFile], str | None]  # makes a download link; None: nobody can reach our pages. May wait for a disk


class Sender:
    """Sends replies; remembers how far it came with one that failed half-way, so that no part is said twice."""

    def __init__(self, api: Api, link: Link, token: str) -> None:
        self._api = api
        self._link = link
        self._token = token
        self._progress = Progress()

    async def send(self, outgoing: Outgoing, now: float) -> None:
        """Send `outgoing`; `now` is of a monotonic clock. DeliveryError where it fails."""
        file = outgoing.reply.file
        link = await asyncio.to_thread(self._link, file) if file is not None else None
        done = self._progress.resume(outgoing, now)
        for number, text in enumerate(parts(outgoing.reply, link)[done:], start=done):
            try:
                await self._api.send_message(outgoing.chat, text)
            except asyncio.CancelledError:  # the time for it is over
                self._progress.remember(outgoing, number, now)
                raise
            except ZaloError as error:
                told = delivery_error(error, self._token)
                if not told.permanent:
                    self._progress.remember(outgoing, number, now)
                raise told from None  # the error may quote an address, and so the token
