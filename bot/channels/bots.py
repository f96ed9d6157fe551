"""What the channels of bot platforms share: updates by polling or webhook, replies in parts, typing shown meanwhile.

A platform brings its requests (an Api), its way of sending a reply (a Sender), where it posts updates (a Hook), and
what its errors are. Knows none of them by name.
"""

from __future__ import annotations

import logging
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from bot.channels.base import Outgoing, Store, redacted
from bot.channels.pauses import Pauses
from bot.channels.waiting import Waiting
from bot.channels.webhooks import Hook

if TYPE_CHECKING:
    from starlette.routing import BaseRoute

log = logging.getLogger(__name__)

POLL_SECONDS = 25  # a request without updates is answered after so long
ANSWER_SECONDS = 10.0  # more than that is a failure


@dataclass(frozen=True, slots=True)
class Access:
    """How the bot is reached."""

    token: str = field(repr=False)
    url: str  # of the Bot API server, without a slash at the end
    webhook: str | None  # public address of our own web pages; None: polling
    secret: str = field(repr=False)  # that the webhook's requests must carry


class Api(Protocol):
    """Requests to a platform. Of one event loop."""

    async def close(self) -> None:
        """Let go of connections."""


class Sender(Protocol):
    """Sends replies."""

    async def send(self, outgoing: Outgoing, now: float) -> None:
        """Send `outgoing`; `now` is of a monotonic clock. DeliveryError where it fails."""


Requests = TypeVar("Requests", bound=Api)


class BotChannel(ABC, Generic[Requests]):
    """A Channel over one bot. Of one event loop."""

    hook: Hook  # where the platform posts updates to
    trouble: type[Exception]  # what its requests raise

    def __init__(self, access: Access, clock: Callable[[], datetime], poll_seconds: int) -> None:
        self._access = access
        self._clock = clock
        self._poll_seconds = poll_seconds
        self._opened: tuple[Requests, Sender] | None = None
        self._waiting = Waiting(self._type)

    async def receive(self, store: Store) -> None:
        """Introduce the bot, as often as it takes, then poll until cancelled; with a webhook return once it is set."""
        pauses = self._pauses()
        while True:
            try:
                await self._introduce()
                break
            except self.trouble as error:
                await pauses.after(error)
        if self._access.webhook is None:
            await self._poll(store)

    async def deliver(self, outgoing: Outgoing) -> None:
        """Send one reply, in as many messages as it needs."""
        self._waiting.ends(outgoing.chat)
        _, sender = self._open()
        await sender.send(outgoing, time.monotonic())

    def routes(self, store: Store) -> Sequence[BaseRoute]:
        """Return the webhook's route, none where the bot polls."""
        if self._access.webhook is None:
            return ()

        async def receive(raw: object) -> bool:
            try:
                await self._take([raw], store)
            except Exception as error:  # the database is gone, or nobody can tell who we are: it is posted again
                log.warning("webhook: %s", redacted(repr(error), self._access.token))
                return False
            return True

        return (self.hook.route(self._access.secret, receive),)

    async def close(self) -> None:
        """Let go of connections."""
        self._waiting.close()
        if self._opened is not None:
            await self._opened[0].close()
            self._opened = None

    @property
    def _api(self) -> Requests:
        return self._open()[0]

    def _open(self) -> tuple[Requests, Sender]:
        # Made on first use, within the event loop that its connections belong to.
        if self._opened is None:
            self._opened = self._connect()
        return self._opened

    async def _type(self, chat: str) -> None:
        try:
            await self._show_typing(chat)
        except self.trouble as error:
            log.debug("no typing: %s", redacted(repr(error), self._access.token))

    @abstractmethod
    def _connect(self) -> tuple[Requests, Sender]:
        """Make the requests and the sender."""

    @abstractmethod
    async def _introduce(self) -> None:
        """Say who we are and where updates go; `trouble` where that fails, ChannelUnusable where it always will."""

    @abstractmethod
    async def _poll(self, store: Store) -> None:
        """Poll until cancelled. Raises ChannelUnusable where the token is refused."""

    @abstractmethod
    async def _take(self, batch: Sequence[object], store: Store) -> object:
        """Read updates one by one and store them together."""

    @abstractmethod
    async def _show_typing(self, chat: str) -> None:
        """Show that an answer is being written."""

    @abstractmethod
    def _pauses(self) -> Pauses:
        """Return the pauses between attempts to reach the platform."""
