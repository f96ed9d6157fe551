"""Telegram as a channel."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Coroutine, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from telegram import BotCommand, BotCommandScopeAllPrivateChats
from telegram.constants import ChatAction
from telegram.error import InvalidToken, TelegramError

from bot.channels.base import Outgoing, Store, redacted
from bot.channels.telegram.api import POLL_SECONDS, Access, Api, wrong_token
from bot.channels.telegram.failures import delivery_error
from bot.channels.telegram.incoming import ALLOWED, NAME, Read, read
from bot.channels.telegram.polling import pauses_of, poll
from bot.channels.telegram.sending import Sender
from bot.channels.telegram.webhook import PATH, route
from bot.channels.waiting import Waiting
from bot.domain.messages import Attachment, OutFile

if TYPE_CHECKING:
    from starlette.routing import BaseRoute

log = logging.getLogger(__name__)


class Telegram:
    """One bot of Telegram's; a Channel. Of one event loop."""

    name = NAME

    def __init__(
        self,
        access: Access,
        commands: Mapping[str, str],  # "giup" → its Vietnamese description, in the order shown
        content: Callable[[OutFile], bytes],  # of a kept file; OSError where it is not there
        clock: Callable[[], datetime],
        poll_seconds: int = POLL_SECONDS,
    ) -> None:
        self._access = access
        self._commands = commands
        self._clock = clock
        self._poll_seconds = poll_seconds
        self._content = content
        self._opened: tuple[Api, Sender] | None = None
        self._waiting = Waiting(self._type)
        self._aside: set[asyncio.Task[None]] = set()  # small courtesies under way

    async def receive(self, store: Store) -> None:
        """Introduce the bot, then poll until cancelled; with a webhook return once it is set."""
        await self._introduce()
        if self._access.webhook is None:
            await poll(self._api, self._take, store, self._access.token)

    async def deliver(self, outgoing: Outgoing) -> None:
        """Send one reply, in as many messages as it needs."""
        self._waiting.ends(outgoing.chat)
        _, sender = self._open()
        await sender.send(outgoing, time.monotonic())

    async def fetch(self, attachment: Attachment, limit: int) -> bytes:
        """Return the content of a file somebody sent."""
        return await self._api.download(attachment.ref, limit)

    def routes(self, store: Store) -> Sequence[BaseRoute]:
        """Return the webhook's route, none where the bot polls."""
        if self._access.webhook is None:
            return ()

        async def receive(raw: object) -> bool:
            try:
                await self._take([raw], store)
            except Exception as error:  # the database is gone, or Telegram cannot tell who we are: it posts again
                log.warning("webhook: %s", redacted(repr(error), self._access.token))
                return False
            return True

        return (route(self._access.secret, receive),)

    async def close(self) -> None:
        """Let go of connections."""
        self._waiting.close()
        for task in self._aside:
            task.cancel()
        await asyncio.gather(*self._aside, return_exceptions=True)
        if self._opened is not None:
            await self._opened[0].close()
            self._opened = None

    def _open(self) -> tuple[Api, Sender]:
        # Made on first use, within the event loop that its connections belong to.
        if self._opened is None:
            api = Api(self._access, self._poll_seconds)
            self._opened = (api, Sender(api.bot, self._content, self._access.token))
        return self._opened

    @property
    def _api(self) -> Api:
        return self._open()[0]

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

    async def _introduce(self) -> None:
        """Tell Telegram the commands and where updates go, as often as it takes."""
        pauses = pauses_of(self._access.token)
        while True:
            try:
                await self._api.me()
                await self._register()
                return
            except InvalidToken:
                raise wrong_token() from None
            except TelegramError as error:
                await pauses.after(error)

    async def _register(self) -> None:
        bot = self._api.bot
        commands = [BotCommand(name, says) for name, says in self._commands.items()]
        if commands:
            await bot.set_my_commands(commands, BotCommandScopeAllPrivateChats())
        if self._access.webhook is None:
            await bot.delete_webhook()  # Telegram refuses to be polled while there is one; its updates are kept
            return
        await bot.set_webhook(
            f"{self._access.webhook}{PATH}", allowed_updates=ALLOWED, secret_token=self._access.secret
        )

    async def _type(self, chat: str) -> None:
        try:
            await self._api.bot.send_chat_action(int(chat), ChatAction.TYPING)
        except TelegramError as error:
            log.debug("no typing: %s", delivery_error(error, self._access.token))

    def _beside(self, courtesy: Coroutine[Any, Any, object]) -> None:
        async def run() -> None:
            try:
                await courtesy
            except TelegramError as error:  # a tap of long ago, say: it is answered by a message anyway
                log.debug("not answered: %s", delivery_error(error, self._access.token))

        task = asyncio.get_running_loop().create_task(run())
        self._aside.add(task)
        task.add_done_callback(self._aside.discard)
