"""The two workers: one takes steps, one delivers replies. Each pass is small: keep what is done, claim what is next.

Finishing and claiming share one transaction, so that under load one write to the disk serves many messages, while a
message alone is not kept waiting. Whatever a pass leased and did not finish, because the process died, another process
claims again when the lease has run out.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from bot import logs
from bot.channels.base import Channel, DeliveryError
from bot.service import Decision, Service
from bot.store import inbox, outbox
from bot.store.inbox import Claim
from bot.store.outbox import Parcel
from knowledge.db import reading, writing

_LOG = logging.getLogger(__name__)

_IDLE = 0.5  # seconds between two looks for work that another process left or that has become due
_TROUBLED = 1.0  # seconds before the database is asked again after it refused
_LOOK = 0.02  # seconds after which free hands look for work although others are still busy

Clock = Callable[[], datetime]
Keep = Callable[[Session, Sequence[Decision], datetime], None]


class Processor:
    """Takes steps: `do_some` once, or `run` in a thread of its own."""

    def __init__(
        self,
        service: Service,
        owner: str,
        clock: Clock,
        *,
        threads: int = 4,
        claims: int = 16,
        done: Callable[[], None],
    ) -> None:
        self._service = service
        self._owner = owner
        self._clock = clock
        self._threads = threads
        self._claims = claims  # updates leased at a time, at most one a chat
        self._done = done  # called after replies were queued
        self._wake = threading.Event()
        self._stopping = False

    def wake(self) -> None:
        """Say that something was stored."""
        self._wake.set()

    def stop(self) -> None:
        """Let `run` finish what it has claimed and return."""
        self._stopping = True
        self._wake.set()

    def do_some(self, most: int = 1) -> int:
        """Process up to `most` updates, one a chat; returns how many."""
        claims = self._pass((), most)
        self._pass([self._service.decide(claim, self._clock()) for claim in claims], 0)
        return len(claims)

    def run(self) -> None:
        """Process until told to stop."""
        running: set[Future[Decision]] = set()
        with ThreadPoolExecutor(self._threads, thread_name_prefix="step") as pool:
            while running or not self._stopping:
                done = {future for future in running if future.done()}
                room = 0 if self._stopping else self._claims - len(running) + len(done)
                try:
                    claims = self._pass([future.result() for future in done], room)
                except SQLAlchemyError as error:  # locked for long, disk full: what was decided is kept later
                    _LOG.error("the database refused: %s", error)
                    self._wake.wait(_TROUBLED)
                    continue
                running = (running - done) | {pool.submit(self._service.decide, one, self._clock()) for one in claims}
                self._rest(running)

    def _rest(self, running: set[Future[Decision]]) -> None:
        if running:
            wait(running, _LOOK, FIRST_COMPLETED)
        elif not self._stopping:
            self._wake.wait(_IDLE)
            self._wake.clear()

    def _pass(self, decisions: Sequence[Decision], room: int) -> tuple[Claim, ...]:
        now, service = self._clock(), self._service
        if not decisions and not self._ready(room, now):
            return ()
        try:
            claims = self._transaction(decisions, room, now, service.keep)
        except Exception as error:  # one of them, and which one is found out by keeping each apart
            _LOG.debug("kept apart: %r", error)
            claims = self._transaction(decisions, room, now, service.keep_apart)
        if decisions:
            self._done()
        return claims

    def _transaction(self, decisions: Sequence[Decision], room: int, now: datetime, keep: Keep) -> tuple[Claim, ...]:
        with writing(self._service.engine) as session:
            keep(session, decisions, now)
            inbox.release_expired(session, now)
            return inbox.claim(session, self._owner, now, self._service.lease, room) if room else ()

    def _ready(self, room: int, now: datetime) -> bool:
        with reading(self._service.engine) as session:
            return room > 0 and inbox.waiting(session, now)


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of one parcel."""

    parcel: Parcel
    error: DeliveryError | None


class Deliverer:
    """Delivers replies: `do_some` once, or `run` as a task of the channels' event loop."""

    _GIVE_UP = 300  # attempts; with pauses of up to five minutes, about a day of a platform that cannot be reached
    _LONGEST_PAUSE = timedelta(minutes=5)
    _BUGS = 5  # attempts that fail in a way no channel foresaw

    def __init__(
        self, service: Service, channels: Mapping[str, Channel], owner: str, clock: Clock, *, parcels: int = 32
    ) -> None:
        self._service = service
        self._channels = channels
        self._owner = owner
        self._clock = clock
        self._parcels = parcels  # replies leased at a time, at most one a chat
        self._wake = asyncio.Event()
        # A reply still under way when its lease ends would be sent by another process too.
        self._limit = service.lease.total_seconds() * 0.75

    def wake(self) -> None:
        """Say that something was queued; only from the event loop."""
        self._wake.set()

    async def do_some(self, most: int = 1) -> int:
        """Deliver up to `most` replies, one a chat; returns how many were tried."""
        parcels = await asyncio.to_thread(self._pass, (), most)
        await asyncio.to_thread(self._pass, [await self._send(parcel) for parcel in parcels], 0)
        return len(parcels)

    async def run(self) -> None:
        """Deliver until cancelled."""
        running: set[asyncio.Task[Sent]] = set()
        try:
            while True:
                done = {task for task in running if task.done()}
                try:
                    room = self._parcels - len(running) + len(done)
                    parcels = await asyncio.to_thread(self._pass, [task.result() for task in done], room)
                except SQLAlchemyError as error:
                    _LOG.error("the database refused: %s", error)
                    await asyncio.sleep(_TROUBLED)
                    continue
                running = (running - done) | {asyncio.create_task(self._send(parcel)) for parcel in parcels}
                await self._rest(running)
        finally:
            await self._finish(running)

    async def _rest(self, running: set[asyncio.Task[Sent]]) -> None:
        if any(task.done() for task in running):
            return
        woken = asyncio.create_task(self._wake.wait())
        await asyncio.wait({woken, *running}, timeout=_IDLE, return_when=asyncio.FIRST_COMPLETED)
        woken.cancel()
        self._wake.clear()

    async def _finish(self, running: set[asyncio.Task[Sent]]) -> None:
        """Keep what was sent before the end: it would be sent again otherwise."""
        if running:
            done, late = await asyncio.wait(running, timeout=1.0)
            for task in late:
                task.cancel()
            await asyncio.to_thread(self._pass, [task.result() for task in done], 0)

    async def _send(self, parcel: Parcel) -> Sent:
        with logs.about(parcel.inbox_id):
            sent = await self._attempt(parcel)
            numbers = {"reply": parcel.id, "channel": parcel.channel, "attempt": parcel.attempts + 1}
            _LOG.info("not sent: %s" if sent.error else "sent", *filter(None, [sent.error]), extra={"numbers": numbers})
        return sent

    async def _attempt(self, parcel: Parcel) -> Sent:
        try:
            async with asyncio.timeout(self._limit):
                await self._channels[parcel.channel].deliver(parcel.outgoing)
        except DeliveryError as error:
            return Sent(parcel, error)
        except TimeoutError:
            return Sent(parcel, DeliveryError(f"no answer within {self._limit:g} s"))
        except Exception as error:  # a slip in a channel must not stop the other replies
            _LOG.exception("reply %d could not be sent", parcel.id)
            return Sent(parcel, DeliveryError(repr(error), permanent=parcel.attempts + 1 >= self._BUGS))
        return Sent(parcel, None)

    def _pass(self, results: Sequence[Sent], room: int) -> tuple[Parcel, ...]:
        now, service = self._clock(), self._service
        if not results and not self._ready(room, now):
            return ()
        with writing(service.engine) as session:
            outbox.sent(session, [one.parcel for one in results if one.error is None], now)
            for one in results:
                if one.error is not None:
                    self._keep(session, one.parcel, one.error, now)
            outbox.release_expired(session, now)
            names = list(self._channels)
            return outbox.claim(session, self._owner, names, now, service.lease, room) if room else ()

    def _ready(self, room: int, now: datetime) -> bool:
        with reading(self._service.engine) as session:
            return room > 0 and outbox.waiting(session, list(self._channels), now)

    def _keep(self, session: Session, parcel: Parcel, error: DeliveryError, now: datetime) -> None:
        if error.moved_to is not None:
            outbox.move(session, parcel, error.moved_to, now)
        elif error.blocked:
            outbox.block(session, parcel, str(error), now)
        elif error.permanent or parcel.attempts + 1 >= self._GIVE_UP:
            outbox.park(session, parcel, str(error))
        elif error.retry_after is not None:  # asked to wait: nothing is wrong with the message
            outbox.retry(session, parcel, str(error), now + timedelta(seconds=error.retry_after), counted=False)
        else:
            pause = min(timedelta(seconds=2.0 ** min(parcel.attempts, 10)), self._LONGEST_PAUSE)
            outbox.retry(session, parcel, str(error), now + pause)
