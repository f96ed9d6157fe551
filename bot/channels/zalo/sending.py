"""Sending a reply: its parts in order; a file as a link that is made for it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial

from bot.channels.base import DeliveryError, Outgoing
from bot.channels.progress import Progress
from bot.channels.zalo.api import Api
from bot.channels.zalo.failures import ZaloError, delivery_error
from bot.channels.zalo.rendering import parts
from bot.domain.messages import OutFile

Link = Callable[[OutFile], str | None]  # makes a download link; None: nobody can reach our pages. May wait for a disk


class ZaloSender:
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
        steps = [partial(self._api.send_message, outgoing.chat, text) for text in parts(outgoing.reply, link)]
        await self._progress.go_through(outgoing, steps, now, ZaloError, self._told)

    def _told(self, error: ZaloError) -> DeliveryError:
        return delivery_error(error, self._token)
