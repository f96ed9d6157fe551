"""How far replies came that failed half-way, so that no part of them is said twice."""

from __future__ import annotations

from collections import OrderedDict

from bot.channels.base import Outgoing

_REMEMBERED, _REMEMBERED_SECONDS = 1000, 600.0


class Progress:
    """The parts sent of replies that are tried again. Of one event loop; `now` is of a monotonic clock, in seconds."""

    def __init__(self) -> None:
        self._sent: OrderedDict[Outgoing, tuple[int, float]] = OrderedDict()  # parts sent, when

    def resume(self, outgoing: Outgoing, now: float) -> int:
        """Return how many parts of this very reply went out before it failed, and forget it."""
        done, at = self._sent.pop(outgoing, (0, now))
        return done if now - at < _REMEMBERED_SECONDS else 0

    def remember(self, outgoing: Outgoing, done: int, now: float) -> None:
        """Keep that `done` parts went out."""
        self._sent[outgoing] = (done, now)
        while len(self._sent) > _REMEMBERED:
            self._sent.popitem(last=False)
