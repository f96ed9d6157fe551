"""Contents of received files, asked for in the threads that take steps, fetched in the channels' event loop.

A step holds a lease while it is decided, so it waits only a part of that for a file. A download that takes longer goes
on by itself: the step ends with `StillFetching`, is taken again a little later, and finds what has come meanwhile.
However slow the line, a file is downloaded once and nothing is answered twice. Knows no channel by name.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import CancelledError, Future, wait
from concurrent.futures import TimeoutError as NotYet
from datetime import timedelta

from bot.channels.base import Channel, DeliveryError
from bot.dialogues.desk import FileRefused
from bot.domain.attachments import shown_name
from bot.domain.messages import Attachment
from bot.errors import StillFetching

_LOG = logging.getLogger(__name__)

_LONGEST = 600.0  # seconds that one download may take: 20 MB at 35 kB/s
_AT_A_TIME = 4  # downloads; each keeps up to 20 MB until a step takes it
_KEPT = 16  # finished ones that no step came back for
_REFUSED = "Không tải được “{}”: tệp đã bị xóa trên máy chủ của kênh, hoặc quá lớn. Anh/chị gửi lại tệp, tối đa {} MB."


class Fetcher:
    """Fetches files of the channels this process serves. Thread-safe."""

    def __init__(self, lease: timedelta) -> None:
        self._patience = lease.total_seconds() / 4  # other steps may have made this one wait within its lease already
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._channels: Mapping[str, Channel] = {}
        self._running: dict[tuple[str, str], Future[bytes]] = {}
        self._room = asyncio.Semaphore(_AT_A_TIME)

    def begin(self, loop: asyncio.AbstractEventLoop, channels: Mapping[str, Channel]) -> None:
        """Fetch through `channels`, which live in `loop`, from now on."""
        with self._lock:
            self._loop, self._channels, self._running = loop, channels, {}
            self._room = asyncio.Semaphore(_AT_A_TIME)

    def end(self) -> None:
        """Fetch no more: the loop is about to end."""
        with self._lock:
            running, self._running, self._loop = self._running, {}, None
        for future in running.values():
            future.cancel()

    def expect(self, channel: str, attachments: Sequence[Attachment], limit: int) -> None:
        """Return once each of these files is there or cannot be had: a step asks for them one by one after that.

        Waiting for each as it is asked for would outlast the lease, and what came first would be let go of. Raises
        StillFetching while one is on its way.
        """
        futures = {self._started((channel, one.ref), one, limit): one for one in attachments}
        late = wait(futures, self._patience).not_done
        if late:
            raise StillFetching(shown_name(futures[late.pop()].name))

    def __call__(self, channel: str, attachment: Attachment, limit: int) -> bytes:
        """Return the content of a file of up to `limit` bytes that somebody sent on `channel`.

        Raises FileRefused where it can never be had, StillFetching while it is on its way, DeliveryError where it
        failed and is worth another attempt.
        """
        key = (channel, attachment.ref)
        future = self._started(key, attachment, limit)
        try:
            content = future.result(self._patience)
        except NotYet:
            if not future.done():
                raise StillFetching(shown_name(attachment.name)) from None
            self._drop(key)
            raise DeliveryError(f"{channel}: not fetched within {_LONGEST:g} s") from None
        except CancelledError:  # this process is ending: the next one, or another, fetches it
            raise StillFetching(shown_name(attachment.name)) from None
        except DeliveryError as error:
            self._drop(key)
            if error.permanent:
                _LOG.info("%s: a file cannot be had: %s", channel, error)
                raise FileRefused(_REFUSED.format(shown_name(attachment.name), limit // 2**20)) from error
            raise
        except BaseException:
            self._drop(key)
            raise
        self._drop(key)
        return content

    def _started(self, key: tuple[str, str], attachment: Attachment, limit: int) -> Future[bytes]:
        with self._lock:
            if key not in self._running:
                channel = self._channels.get(key[0])
                if self._loop is None or channel is None:
                    raise DeliveryError(f"{key[0]} is not served by this process")
                self._make_room()
                work = self._fetch(channel, attachment, limit)
                self._running[key] = asyncio.run_coroutine_threadsafe(work, self._loop)
            return self._running[key]

    async def _fetch(self, channel: Channel, attachment: Attachment, limit: int) -> bytes:
        async with self._room, asyncio.timeout(_LONGEST):
            return await channel.fetch(attachment, limit)

    def _make_room(self) -> None:
        done = [key for key, future in self._running.items() if future.done()]
        for key in done[: max(0, len(done) - _KEPT + 1)]:  # its step was taken over, or put aside
            del self._running[key]

    def _drop(self, key: tuple[str, str]) -> None:
        with self._lock:
            self._running.pop(key, None)
