"""What every channel is to the rest of the program: updates in, replies out, errors told apart.

A channel keeps nothing of its own that matters. It hands each update to `store` and confirms it to its platform only
after `store` returned: what is stored survives anything, what is not stored comes again. Delivery is at least once.

    DeliveryError          one message could not be sent; its fields say what follows
    ChannelUnusable        the channel cannot work as configured (a wrong token): said to the admin, not retried quickly
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from bot.domain.messages import Attachment, Incoming, Reply

if TYPE_CHECKING:
    from starlette.routing import BaseRoute


@dataclass(frozen=True, slots=True)
class Update:
    """One update as a channel received it."""

    update_id: str  # unique within the channel; a second one of the same id is dropped by the store
    raw: bytes  # as it came, kept for the admin
    # What it means; None: kept and never processed (cannot be read, an echo, a group message not addressed to us).
    # In a group the channel passes on only what is addressed to the bot, the mention stripped from the text.
    incoming: Incoming | None


# Stores a batch in one transaction and returns how many were new. Once it returns, the batch may be confirmed.
Store = Callable[[Sequence[Update]], Awaitable[int]]


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One reply on its way to one chat."""

    chat: str
    reply: Reply
    # Number of the reply's choices in the conversation: comes back in `Incoming.turn` with a tap. None: no choices.
    turn: int | None = None


class DeliveryError(Exception):
    """A message could not be delivered. Transient unless `permanent`; str(error) is for the admin."""

    def __init__(
        self,
        message: str,
        *,
        permanent: bool = False,  # the same message can never be delivered: parked
        blocked: bool = False,  # the person stopped the bot: nothing more until they write again
        retry_after: float | None = None,  # seconds the platform asks us to wait; None: our own back-off
        moved_to: str | None = None,  # the chat has this id now (group → supergroup): sent there next
    ) -> None:
        super().__init__(message)
        self.permanent = permanent
        self.blocked = blocked
        self.retry_after = retry_after
        self.moved_to = moved_to


class ChannelUnusable(Exception):
    """The channel cannot work as it is configured; str(error) is one Vietnamese line saying what to change."""


def redacted(text: str, token: str) -> str:
    """Return `text` without a bot's token: the addresses of its requests, and so errors about them, contain it."""
    return text.replace(token, "<token>")


class Channel(Protocol):
    """One way of reaching people. `receive` and `deliver` run in one event loop, `deliver` many at a time."""

    name: str  # "telegram"; Incoming.channel of everything it receives

    async def receive(self, store: Store) -> None:
        """Take updates until cancelled, storing each batch before confirming it.

        Runs in one process at a time (the program holds a lease); survives network failures by itself. Returns at
        once where updates come by webhook. Raises ChannelUnusable where trying again cannot help.
        """

    async def deliver(self, outgoing: Outgoing) -> None:
        """Send one reply; DeliveryError where that fails. May be cancelled after a time limit."""

    async def fetch(self, attachment: Attachment, limit: int) -> bytes:
        """Return the content of a received file; DeliveryError where it is gone or larger than `limit` bytes."""

    def routes(self, store: Store) -> Sequence[BaseRoute]:
        """Return the web routes of its webhook, none where it polls."""

    async def close(self) -> None:
        """Let go of connections."""
