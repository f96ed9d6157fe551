"""How long a channel waits after a failure: longer each time, or as long as its platform asks."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

from bot.channels.base import redacted

FIRST, LONGEST = 1.0, 30.0  # seconds

log = logging.getLogger(__name__)


class Pauses:
    """The pauses between attempts of one channel."""

    def __init__(
        self,
        name: str,  # of the platform, for the log
        token: str,  # kept out of the log
        asked: Callable[[Exception], float | None],  # seconds the platform asks for with an error
    ) -> None:
        self._name = name
        self._token = token
        self._asked = asked
        self._next = FIRST

    def reset(self) -> None:
        """It worked."""
        self._next = FIRST

    async def after(self, error: Exception) -> None:
        """Wait, and say so in the log."""
        asked = self._asked(error)
        pause = self._next if asked is None else asked
        said = redacted(f"{type(error).__name__}: {error}", self._token)
        log.warning("%s: %s; again in %g s", self._name, said, pause)
        self._next = min(2 * self._next, LONGEST)
        await asyncio.sleep(pause)
