"""A channel in a thread of its own, with a store in memory: for tests that act from outside.

Knows no platform: any fake server will do that can be waited for.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine, Sequence
from typing import Any, Generic, Protocol, TypeVar

from bot.channels.base import Channel, Outgoing, Store, Update
from bot.domain.messages import Choice, Incoming, OutFile, Reply

Result = TypeVar("Result")
Way = TypeVar("Way", bound=Channel)


def outgoing(
    chat: object, text: str, *choices: Choice, file: OutFile | None = None, turn: int | None = None
) -> Outgoing:
    """Return a reply on its way."""
    return Outgoing(str(chat), Reply(text, choices, file), turn)


class Server(Protocol):
    """What is asked of a fake server."""

    changed: threading.Condition

    def wait(self, condition: Callable[[], Any], timeout: float = 10.0, what: str = "") -> Any:
        """Wait until `condition` is true."""


class Kept:
    """A store in memory: keeps each update once, in order; fails while told to."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self.updates: list[Update] = []
        self.failing = False
        self.refused = 0

    async def __call__(self, updates: Sequence[Update]) -> int:
        if self.failing:
            self.refused += 1
            raise OSError("disk full")
        with self._server.changed:
            known = {one.update_id for one in self.updates}
            new = [one for one in updates if one.update_id not in known]
            self.updates += new
            self._server.changed.notify_all()
            return len(new)

    @property
    def incoming(self) -> list[Incoming]:
        return [one.incoming for one in self.updates if one.incoming is not None]

    def wait(self, count: int) -> list[Incoming]:
        """Wait until so many updates that mean something are kept."""
        self._server.wait(lambda: len(self.incoming) >= count, what=f"{count} stored updates")
        return self.incoming


class Running(Generic[Way]):
    """The channel at work: `receive` under way, other calls from the test's thread."""

    def __init__(self, channel: Way, store: Store) -> None:
        self.channel = channel
        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self._thread.start()
        self._receiving = self.call(self._start(store))

    def __enter__(self) -> Running[Way]:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        self.call(self.channel.close())
        self.call(_all_ended())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join(5)
        self.loop.close()

    async def _start(self, store: Store) -> asyncio.Task[None]:
        return asyncio.create_task(self.channel.receive(store))

    def stop(self) -> None:
        """Stop receiving, at whatever point it is."""
        self.loop.call_soon_threadsafe(self._receiving.cancel)
        self.call(_ended({self._receiving}))

    def received(self) -> None:
        """Wait until receiving ends by itself, and raise what ended it."""
        self.call(asyncio.wait_for(asyncio.shield(self._receiving), 10))

    def call(self, coroutine: Coroutine[Any, Any, Result]) -> Result:
        return asyncio.run_coroutine_threadsafe(coroutine, self.loop).result(15)

    def deliver(self, message: Outgoing) -> None:
        self.call(self.channel.deliver(message))


async def _ended(tasks: set[asyncio.Task[Any]]) -> None:
    """Let tasks end, and the connections they held close."""
    if tasks:
        await asyncio.wait(tasks, timeout=5)
    await asyncio.sleep(0.01)


async def _all_ended() -> None:
    await _ended({task for task in asyncio.all_tasks() if task is not asyncio.current_task()})
