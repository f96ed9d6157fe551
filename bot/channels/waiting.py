"""“Typing…” while an answer is long in coming.

Most answers are there before anyone could see it: it is asked for only where none has gone out after half a second.
Platforms count it as they count messages (Telegram: about thirty a second in all): when many people wait at once,
answers go first.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

_FIRST = 0.5  # seconds of silence before it is shown
_AGAIN = 4.5  # it fades after five
_MOST = 6  # times; an answer that takes longer is not being typed any more
_AT_ONCE = 10  # chats; further ones wait without it


class Waiting:
    """The chats whose last message has had no answer yet. Of one event loop."""

    def __init__(self, show: Callable[[str], Awaitable[None]]) -> None:
        self._show = show
        self._tasks: dict[str, asyncio.Task[None]] = {}

    def begins(self, chat: str) -> None:
        """Somebody wrote in `chat`."""
        if chat in self._tasks or len(self._tasks) >= _AT_ONCE:
            return
        task = asyncio.get_running_loop().create_task(self._wait(chat))
        self._tasks[chat] = task
        task.add_done_callback(lambda done: self._forget(chat, done))

    def ends(self, chat: str) -> None:
        """An answer goes out to `chat`."""
        if task := self._tasks.pop(chat, None):
            task.cancel()

    def close(self) -> None:
        """Stop showing anything."""
        for chat in list(self._tasks):
            self.ends(chat)

    async def _wait(self, chat: str) -> None:
        await asyncio.sleep(_FIRST)
        for _ in range(_MOST):
            await self._show(chat)
            await asyncio.sleep(_AGAIN)

    def _forget(self, chat: str, task: asyncio.Task[None]) -> None:
        if self._tasks.get(chat) is task:
            del self._tasks[chat]
