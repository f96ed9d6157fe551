"""Telegram as a channel."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine, Mapping, Sequence
from datetime import datetime
from typing import Any

from telegram import BotCommand, BotCommandScopeAllPrivateChats
from telegram.constants import ChatAction
from telegram.error import InvalidToken, TelegramError

from bot.channels.base import Store
from bot.channels.bots import POLL_SECONDS, Access, BotChannel, Sender
from bot.channels.pauses import Pauses
from bot.channels.telegram.api import Api, wrong_token
from bot.channels.telegram.failures import delivery_error
from bot.channels.telegram.incoming import ALLOWED, NAME, Read, read
from bot.channels.telegram.polling import pauses_of, poll
from bot.channels.telegram.sending import TelegramSender
from bot.channels.telegram.webhook import HOOK
from bot.domain.messages import Attachment, OutFile

log = logging.getLogger(__name__)


class Telegram(BotChannel[Api]):
    """One bot of Telegram's; a Channel. Of one event loop."""

    name = NAME
    hook = HOOK
    trouble = TelegramError

    def __init__(
        self,
        access: Access,
        commands: Mapping[str, str],  # "giup" → its Vietnamese description, in the order shown
        content: Callable[[OutFile], bytes],  # of a kept file; OSError where it is not there
        clock: Callable[[], datetime],
        poll_seconds: int = POLL_SECONDS,
    ) -> None:
        super().__init__(access, clock, poll_seconds)
        self._commands = commands
        self._content = content
        self._aside: set[asyncio.Task[None]] = set()  # small courtesies under way

    async def fetch(self, attachment: Attachment, limit: int) -> bytes:
        """Return the content of a file somebody sent."""
        return await self._api.download(attachment.ref, limit)

    async def close(self) -> None:
        """Let go of connections."""
        for task in self._aside:
            task.cancel()
        await asyncio.gather(*self._aside, return_exceptions=True)
        await super().close()

    def _connect(self) -> tuple[Api, Sender]:
        api = Api(self._access, self._poll_seconds)
        return api, TelegramSender(api.bot, self._content, self._access.token)

    async def _introduce(self) -> None:
        """Tell Telegram the commands and where updates go."""
        try:
            await self._api.me()
            await self._register()
        except InvalidToken:
            raise wrong_token() from None

    async def _register(self) -> None:
        bot = self._api.bot
        commands = [BotCommand(name, says) for name, says in self._commands.items()]
        if commands:
            await bot.set_my_commands(commands, BotCommandScopeAllPrivateChats())
        if self._access.webhook is None:
            await bot.delete_webhook()  # Telegram refuses to be polled while there is one; its updates are kept
            return
        await bot.set_webhook(
            f"{self._access.webhook}{HOOK.path}", allowed_updates=ALLOWED, secret_token=self._access.secret
        )

    async def _poll(self, store: Store) -> None:
        await poll(self._api, self._take, store, self._access.token)

    async def _take(self, batch: Sequence[object], store: Store) -> Sequence[Read]:
        """Read a batch one by one and store it whole; then the courtesies, which nothing depends on."""
        me = await self._api.me()
        now = self._clock()
        taken = [read(raw, me, now) for raw in batch]
        await store([one.update for one in taken])
        for one in taken:
            if one.query is not None:
                self._beside(self._api.bot.answer_callback_query(one.query))
            if one.update.incoming is not None:
                self._waiting.begins(one.update.incoming.chat)
        return taken

    async def _show_typing(self, chat: str) -> None:
        await self._api.bot.send_chat_action(int(chat), ChatAction.TYPING)

    def _pauses(self) -> Pauses:
        return pauses_of(self._access.token)

    def _beside(self, courtesy: Coroutine[Any, Any, object]) -> None:
        async def run() -> None:
            try:
                await courtesy
            except TelegramError as error:  # a tap of long ago, say: it is answered by a message anyway
                log.debug("not answered: %s", delivery_error(error, self._access.token))

        task = asyncio.get_running_loop().create_task(run())
        self._aside.add(task)
        task.add_done_callback(self._aside.discard)
