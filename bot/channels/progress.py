"""How far replies came that failed half-way, so that no part of them is said twice."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

from bot.channels.base import DeliveryError, Outgoing

Problem = TypeVar("Problem", bound=Exception)

_REMEMBERED, _REMEMBERED_SECONDS = 1000, 600.0


class Progress:
    """The parts sent of replies that are tried again. Of one event loop; `now` is of a monotonic clock, in seconds."""

    def __init__(self) -> None:
        self._sent: OrderedDict[Outgoing, tuple[int, float]] = OrderedDict()  # parts sent, when

    async def go_through(
        self,
        outgoing: Outgoing,
        steps: Sequence[Callable[[], Awaitable[object]]],  # each sends one part
        now: float,
        trouble: type[Problem],  # what a step raises
        meaning: Callable[[Problem], DeliveryError],
    ) -> None:
        """Send the parts of `outgoing` that did not go out yet. DeliveryError where one fails."""
        done = self.resume(outgoing, now)
        for number, step in enumerate(steps[done:], start=done):
            try:
                await step()
            except asyncio.CancelledError:  # the time for it is over
                self.remember(outgoing, number, now)
                raise
            except trouble as error:
                told = meaning(error)
                if not told.permanent:
                    self.remember(outgoing, number, now)
                raise told from None  # the error may quote an address, and so the token

    def resume(self, outgoing: Outgoing, now: float) -> int:
        """Return how many parts of this very reply went out before it failed, and forget it."""
        done, at = self._sent.pop(outgoing, (0, now))
        return done if now - at < _REMEMBERED_SECONDS else 0

    def remember(self, outgoing: Outgoing, done: int, now: float) -> None:
        """Keep that `done` parts went out."""
        self._sent[outgoing] = (done, now)
        while len(self._sent) > _REMEMBERED:
            self._sent.popitem(last=False)
