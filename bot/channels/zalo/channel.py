"""Zalo as a channel."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot.channels.base import ChannelUnusable, Outgoing, Store, redacted
from bot.channels.downloads import download
from bot.channels.waiting import Waiting
from bot.channels.zalo.api import POLL_SECONDS, Access, Api
from bot.channels.zalo.failures import BAD_REQUEST, ZaloError, delivery_error
from bot.channels.zalo.incoming import NAME, read
from bot.channels.zalo.polling import pauses_of, poll
from bot.channels.zalo.sending import Link, Sender
from bot.channels.zalo.webhook import PATH, route
from bot.domain.messages import Attachment

if TYPE_CHECKING:
    from starlette.routing import BaseRoute

log = logging.getLogger(__name__)


class Zalo:
    """One bot of Zalo's; a Channel. Of one event loop."""

    name = NAME

    def __init__(
        self, access: Access, link: Link, clock: Callable[[], datetime], poll_seconds: int = POLL_SECONDS
    ) -> None:
        self._access = access
        self._link = link
        self._clock = clock
        self._poll_seconds = poll_seconds
        self._opened: tuple[Api, Sender] | None = None
        self._waiting = Waiting(self._type)

    async def receive(self, store: Store) -> None:
        """Say where updates go, then poll until cancelled; with a webhook return once it is set."""
        await self._introduce()
        if self._access.webhook is None:
            await poll(self._api, self._take, store, self._access.token)

    async def deliver(self, outgoing: Outgoing) -> None:
        """Send one reply, in as many messages as it needs."""
        self._waiting.ends(outgoing.chat)
        _, sender = self._open()
        await sender.send(outgoing, time.monotonic())

    async def fetch(self, attachment: Attachment, limit: int) -> bytes:
        """Return the content of a photo somebody sent: at once, its address expires."""
        return await download(attachment.ref, limit, trusted=urlsplit(self._access.url).hostname or "")

    def routes(self, store: Store) -> Sequence[BaseRoute]:
        """Return the webhook's route, none where the bot polls."""
        if self._access.webhook is None:
            return ()

        async def receive(raw: object) -> bool:
            try:
                await self._take(raw, store)
            except Exception as error:  # the database is gone, or Zalo cannot tell who we are: it posts again
                log.warning("webhook: %s", redacted(repr(error), self._access.token))
                return False
            return True

        return (route(self._access.secret, receive),)

    async def close(self) -> None:
        """Let go of connections."""
        self._waiting.close()
        if self._opened is not None:
            await self._opened[0].close()
            self._opened = None

    def _open(self) -> tuple[Api, Sender]:
        # Made on first use, within the event loop that its connections belong to.
        if self._opened is None:
            api = Api(self._access, self._poll_seconds)
            self._opened = (api, Sender(api, self._link, self._access.token))
        return self._opened

    @property
    def _api(self) -> Api:
        return self._open()[0]

    async def _take(self, raw: object, store: Store) -> None:
        """Read one update and store it; then show that it was read, which nothing depends on."""
        update = read(raw, await self._api.me(), self._clock())
        await store([update])
        if update.incoming is not None:
            self._waiting.begins(update.incoming.chat)

    async def _introduce(self) -> None:
        """Tell Zalo where updates go, as often as it takes."""
        pauses = pauses_of(self._access.token)
        while True:
            try:
                await self._api.me()
                await self._register()
                return
            except ZaloError as error:
                await pauses.after(error)

    async def _register(self) -> None:
        if self._access.webhook is None:
            await self._api.delete_webhook()
            return
        try:
            await self._api.set_webhook(f"{self._access.webhook}{PATH}", self._access.secret)
        except ZaloError as error:
            if error.code == BAD_REQUEST:
                raise _wrong_webhook(self._access.webhook) from None
            raise

    async def _type(self, chat: str) -> None:
        try:
            await self._api.send_typing(chat)
        except ZaloError as error:
            log.debug("no typing: %s", delivery_error(error, self._access.token))


def _wrong_webhook(webhook: str) -> ChannelUnusable:
    return ChannelUnusable(
        f"Zalo không nhận địa chỉ webhook {webhook}. "
        "Anh/chị đặt TDKT_ZALO_WEBHOOK là địa chỉ https công khai của trang web."
    )
