"""Everything that runs while the program serves: receivers of channels, the two workers, housekeeping.

All channels live in one event loop, that of the web server; steps are taken in threads. Of several processes on one
database each processes and delivers, and one at a time holds the lease of a channel that polls.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import datetime, timedelta

from sqlalchemy.exc import SQLAlchemyError

from bot.channels.base import Channel, ChannelUnusable, Store, Update
from bot.dialogues.office import CHANNEL_NAMES as NAMES
from bot.domain.messages import Reply
from bot.fetching import Fetcher
from bot.occasions import Occasions
from bot.office_effects import warn_admins
from bot.planner import Planner
from bot.publishing.publisher import LANES, Publisher
from bot.publishing.watching import WATCH_SECONDS, Watcher
from bot.service import Service
from bot.store import leases, retention
from bot.sweeping import Sweeper
from bot.worker import Clock, Deliverer, Processor
from knowledge.db import writing

_LOG = logging.getLogger(__name__)

LOOKS = 1 / 4  # of a lease: how often it is renewed, and looked at by those who wait for it
_UNUSABLE = 60.0  # seconds until a channel that cannot work is tried again: its settings may be the server's, not ours
_PLAN = "plan"  # the lease of planning reminders, and what follows from duties
_HOUR = 3600.0
_PATIENCE = 3.0  # seconds that a job on documents is waited for at the end


class Serving:
    """The moving parts of one process."""

    def __init__(
        self,
        service: Service,
        channels: Mapping[str, Channel],
        owner: str,
        clock: Clock,
        days: tuple[int, int],
        fetcher: Fetcher | None = None,
        *,
        planner: Planner | None = None,  # None: nobody is reminded
        occasions: Occasions | None = None,  # None: nothing follows from duties by itself
        publisher: Publisher | None = None,  # None: no documents are published here
        watcher: Watcher | None = None,  # None: no folder is watched
        sweeper: Sweeper | None = None,  # None: no files are removed
        pace: float = 60.0,  # seconds between two looks at what is to be reminded of
    ) -> None:
        self._service = service
        self._channels = channels
        self._owner = owner
        self._clock = clock
        self._fetcher = fetcher or Fetcher(service.lease)  # of received files, for whoever takes steps
        self._days = days  # messages, audit: how long they are kept
        self._planner = planner
        self._occasions = occasions
        self._publisher = publisher
        self._watcher = watcher
        self._sweeper = sweeper
        self._pace = pace
        self._tasks: list[asyncio.Task[None]] = []
        self._loop: asyncio.AbstractEventLoop | None = None
        self._processor = Processor(service, owner, clock, done=self._queued)
        self._deliverer: Deliverer | None = None
        self._leasing = threading.Lock()
        self._ending = False

    def store(self, channel: str) -> Store:
        """Return how `channel` stores what it received."""

        async def store(updates: Sequence[Update]) -> int:
            fresh = await asyncio.to_thread(self._service.store, channel, updates, self._clock())
            self.wake()
            return fresh

        return store

    def wake(self) -> None:
        """Say that something was put into the inbox; from any thread."""
        self._processor.wake()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Run everything for the length of the block, in the event loop that enters it."""
        self._loop = asyncio.get_running_loop()
        self._fetcher.begin(self._loop, self._channels)
        self._deliverer = Deliverer(self._service, self._channels, self._owner, self._clock)
        thread = threading.Thread(target=self._processor.run, name="processor")
        thread.start()
        publishing = self._publish()
        works = [
            self._deliverer.run(),
            self._tidy(),
            self._remind(),
            self._watch(),
            *(self._receive(one) for one in self._channels.values()),
        ]
        self._tasks = [asyncio.create_task(work) for work in works]
        try:
            yield
        finally:
            self._processor.stop()
            if self._publisher is not None:
                self._publisher.stop()
            self._fetcher.end()
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)
            await asyncio.to_thread(thread.join)
            for one in publishing:  # one that recognises a scan may take minutes: its job is taken over
                await asyncio.to_thread(one.join, _PATIENCE)
            await asyncio.to_thread(self._release)
            for channel in self._channels.values():
                await channel.close()

    def _publish(self) -> list[threading.Thread]:
        """Take jobs on documents, a thread for each lane."""
        if self._publisher is None:
            return []
        self._publisher.done = self._queued
        run = self._publisher.run
        threads = [threading.Thread(target=run, args=(lane,), name=lane, daemon=True) for lane in LANES]
        for one in threads:
            one.start()
        return threads

    async def _watch(self) -> None:
        while self._watcher is not None:
            await asyncio.to_thread(self._watch_once, self._watcher)
            await asyncio.sleep(WATCH_SECONDS)

    def _watch_once(self, watcher: Watcher) -> None:
        try:
            with writing(self._service.engine) as session:
                lasting = timedelta(seconds=WATCH_SECONDS * 5)
                mine = leases.hold(session, "watch", self._owner, self._clock(), lasting)
            if mine:
                watcher.look()
        except (SQLAlchemyError, OSError) as error:  # the share is away, the disk is full: looked at again
            _LOG.error("the watched folder could not be looked at: %s", error)
        except Exception:  # a slip over one file must not end the watching
            _LOG.exception("the watched folder could not be looked at")

    def _queued(self) -> None:
        if self._loop is not None and self._deliverer is not None:
            with suppress(RuntimeError):  # the loop has just ended: the next process delivers
                self._loop.call_soon_threadsafe(self._deliverer.wake)

    async def _receive(self, channel: Channel) -> None:
        """Let one channel receive whenever this process holds its lease."""
        pause = self._service.lease.total_seconds() * LOOKS
        receiving: asyncio.Task[None] | None = None
        try:
            while True:
                held = await asyncio.to_thread(self._hold, channel.name)
                if held and receiving is None:
                    receiving = asyncio.create_task(self._receive_while_possible(channel))
                elif not held and receiving is not None:
                    _LOG.warning("%s: another process receives now", channel.name)
                    receiving.cancel()
                    receiving = None
                await asyncio.sleep(pause)
        finally:
            if receiving is not None:
                receiving.cancel()
                await asyncio.gather(receiving, return_exceptions=True)

    async def _receive_while_possible(self, channel: Channel) -> None:
        while True:
            try:
                return await channel.receive(self.store(channel.name))
            except ChannelUnusable as error:
                _LOG.error("%s: %s", channel.name, error)
                await asyncio.to_thread(self._warn, channel.name)
            except Exception:  # a slip in a channel must not silence it for good
                _LOG.exception("%s stopped receiving", channel.name)
            await asyncio.sleep(_UNUSABLE)

    def _warn(self, channel: str) -> None:
        """Tell the admins, on the channels that work, of one that does not."""
        name = NAMES.get(channel, channel)
        says = f"Kênh {name} không nhận được tin nhắn. Trên máy chủ, anh/chị chạy “tdkt doctor” để biết lý do."
        with suppress(SQLAlchemyError), writing(self._service.engine) as session:  # told at the next attempt
            warn_admins(session, f"channel:{channel}", Reply(says), self._clock())

    def _hold(self, channel: str) -> bool:
        try:
            return self._lease(f"receive:{channel}", self._service.lease)
        except SQLAlchemyError as error:  # not known to be held: another may be receiving
            _LOG.error("the database refused: %s", error)
            return False

    def _lease(self, name: str, lasting: timedelta) -> bool:
        """Take or renew a lease; not any more at the end, where nobody would give it back."""
        with self._leasing:
            if self._ending:
                return False
            with writing(self._service.engine) as session:
                return leases.hold(session, name, self._owner, self._clock(), lasting)

    def _release(self) -> None:
        with self._leasing, writing(self._service.engine) as session:
            self._ending = True
            for name in (_PLAN, *(f"receive:{channel}" for channel in self._channels)):
                leases.release(session, name, self._owner)

    async def _remind(self) -> None:
        """Let follow what follows from duties, then remind, again and again, in one process at a time."""
        while True:
            await asyncio.to_thread(self._remind_once)
            await asyncio.sleep(self._pace)

    def _remind_once(self) -> None:
        now, mine = self._clock(), False
        with suppress(SQLAlchemyError), writing(self._service.engine) as session:  # a little later will do
            mine = leases.hold(session, _PLAN, self._owner, now, timedelta(seconds=self._pace * 1.5))
        # Looked first: nobody is reminded of what a document has just ceased to ask.
        for act in (self._look, self._plan) if mine else ():
            try:
                if act(now):
                    self._queued()
            except SQLAlchemyError as error:  # what is due then is worked out anew
                _LOG.error("reminders: the database refused: %s", error)
            except Exception:  # one duty or document that cannot be read must not end it for good
                _LOG.exception("reminders: %s failed", act.__name__)

    def _plan(self, now: datetime) -> bool:
        return self._planner is not None and bool(self._planner.plan(now).queued)

    def _look(self, now: datetime) -> bool:
        passed = self._occasions.look(now) if self._occasions is not None else None
        return passed is not None and bool(passed.opened or passed.told)

    async def _tidy(self) -> None:
        while True:
            await asyncio.to_thread(self._tidy_once)
            await asyncio.sleep(_HOUR)

    def _tidy_once(self) -> None:
        now, mine = self._clock(), False
        with suppress(SQLAlchemyError), writing(self._service.engine) as session:  # an hour later will do
            mine = leases.hold(session, "tidy", self._owner, now, timedelta(seconds=_HOUR / 2))
            if mine:
                retention.tidy(session, now, *self._days)
        if mine and self._sweeper is not None:
            try:
                self._sweeper.sweep(now)
            except (SQLAlchemyError, OSError) as error:
                _LOG.error("files could not be swept: %s", error)
