"""Zalo as a channel."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from urllib.parse import urlsplit

from bot.channels.base import ChannelUnusable, Store
from bot.channels.bots import POLL_SECONDS, Access, BotChannel, Sender
from bot.channels.downloads import download
from bot.channels.pauses import Pauses
from bot.channels.zalo.api import Api
from bot.channels.zalo.failures import BAD_REQUEST, ZaloError
from bot.channels.zalo.incoming import NAME, read
from bot.channels.zalo.polling import pauses_of, poll
from bot.channels.zalo.sending import Link, ZaloSender
from bot.channels.zalo.webhook import HOOK
from bot.domain.messages import Attachment


class Zalo(BotChannel[Api]):
    """One bot of Zalo's; a Channel. Of one event loop."""

    name = NAME
    hook = HOOK
    trouble = ZaloError

    def __init__(
        self, access: Access, link: Link, clock: Callable[[], datetime], poll_seconds: int = POLL_SECONDS
    ) -> None:
        super().__init__(access, clock, poll_seconds)
        self._link = link

    async def fetch(self, attachment: Attachment, limit: int) -> bytes:
        """Return the content of a photo somebody sent: at once, its address expires."""
        return await download(attachment.ref, limit, trusted=urlsplit(self._access.url).hostname or "")

    def _connect(self) -> tuple[Api, Sender]:
        api = Api(self._access, self._poll_seconds)
        return api, ZaloSender(api, self._link, self._access.token)

    async def _introduce(self) -> None:
        """Tell Zalo where updates go."""
        await self._api.me()
        if self._access.webhook is None:
            await self._api.delete_webhook()
            return
        try:
            await self._api.set_webhook(f"{self._access.webhook}{HOOK.path}", self._access.secret)
        except ZaloError as error:
            if error.code == BAD_REQUEST:
                raise _wrong_webhook(self._access.webhook) from None
            raise

    async def _poll(self, store: Store) -> None:
        await poll(self._api, self._take, store, self._access.token)

    async def _take(self, batch: Sequence[object], store: Store) -> None:
        """Read updates and store them; then show that they were read, which nothing depends on."""
        me, now = await self._api.me(), self._clock()
        updates = [read(raw, me, now) for raw in batch]
        await store(updates)
        for one in updates:
            if one.incoming is not None:
                self._waiting.begins(one.incoming.chat)

    async def _show_typing(self, chat: str) -> None:
        await self._api.send_typing(chat)

    def _pauses(self) -> Pauses:
        return pauses_of(self._access.token)


def _wrong_webhook(webhook: str) -> ChannelUnusable:
    return ChannelUnusable(
        f"Zalo không nhận địa chỉ webhook {webhook}. "
        "Anh/chị đặt TDKT_ZALO_WEBHOOK là địa chỉ https công khai của trang web."
    )
