"""One job while it runs: its lease is kept, its progress stored, a wish to cancel it heard.

Knows nothing of what jobs do.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from types import TracebackType

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from bot.domain.messages import Reply
from bot.domain.pace import Reached, seconds_left
from bot.domain.publishing import Job
from bot.store import jobs
from knowledge.db import writing

_LOG = logging.getLogger(__name__)


class Interrupted(Exception):
    """A job goes no further in this process."""


class Cancelled(Interrupted):
    """Somebody asked for its end."""


class Lost(Interrupted):
    """Another process took it over: this one was taken for dead."""


class Stopped(Interrupted):
    """The process is ending; the next one goes on."""


def nothing(session: Session) -> None:
    """Keep nothing."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a job that went through."""

    replies: tuple[Reply, ...]  # to whoever asked for it
    keep: Callable[[Session], None] = nothing  # what the database learns in the transaction that ends the job


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a running job needs of its process."""

    engine: Engine
    owner: str
    lease: timedelta
    clock: Callable[[], datetime]
    stopping: Callable[[], bool]
    tell: Callable[
        [Session, Job], bool
    ]  # may say how far it is, in the transaction that keeps it; tells whether it did
    told: Callable[[], None]  # called after it did
    every: float = 0.2  # least seconds between two writes of the progress


class Running:
    """A claimed job, for the length of a `with` block. A thread keeps the lease however long a file takes."""

    def __init__(self, job: Job, around: Surroundings) -> None:
        self.job = job
        self._around = around
        self._reached = Reached(0, job.total)
        self._base = (0.0, 0)  # seconds and steps that say nothing of how long the rest takes
        self._cancelled = job.cancelling
        self._lost = False
        self._written = 0.0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._beat, name=f"job-{job.id}", daemon=True)

    def __enter__(self) -> Running:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._over.set()
        self._thread.join()

    def begins(self, done: int) -> None:
        """Say that work of another kind begins: how long it takes is told by itself."""
        self._base = (self._elapsed(), done)

    def step(self, done: int, total: int) -> None:
        """Say how far it is; raises Cancelled, Lost or Stopped where it shall go no further."""
        self._reach(Reached(done, total))

    def page(self, page: int, pages: int) -> None:
        """Say how many of the scanned pages of the file at hand are recognised; raises as `step` does."""
        self._reach(replace(self._reached, page=page, pages=pages))

    def hold(self) -> None:
        """Make sure that the job is still ours, before something of it is kept; raises as `step` does."""
        self._write()
        self.check()

    def taken_over(self) -> bool:
        """Tell whether another process has the job, asked at this moment."""
        self._write()
        return self._lost

    def check(self) -> None:
        """Raise Cancelled, Lost or Stopped where the job shall go no further."""
        if self._lost:
            raise Lost
        if self._cancelled:
            raise Cancelled
        if self._around.stopping():
            raise Stopped

    def _reach(self, now: Reached) -> None:
        before, done = self._base
        left = seconds_left(self._elapsed() - before, now.done - done, now.total - done, now.page, now.pages)
        self._reached = replace(now, seconds_left=left)
        if time.monotonic() - self._written >= self._around.every:
            self._write()
        self.check()

    def _elapsed(self) -> float:
        began = self.job.started_at
        return (self._around.clock() - began).total_seconds() if began else 0.0

    def _beat(self) -> None:
        pause = min(1.0, self._around.lease.total_seconds() / 4)
        while not self._over.wait(pause):
            self._write()

    def _write(self) -> None:
        self._written = time.monotonic()
        around, reached = self._around, self._reached
        told = False
        try:
            with writing(around.engine) as session:
                until = around.clock() + around.lease
                heard = jobs.renew(session, self.job.id, around.owner, until, reached)
                if heard is not None:
                    told = around.tell(session, replace(self.job.at(reached), cancelling=heard))
        except SQLAlchemyError as error:  # locked for long: the lease still runs, the next beat tries again
            _LOG.warning("progress of job %d could not be kept: %s", self.job.id, error)
            return
        self._lost = self._lost or heard is None
        self._cancelled = self._cancelled or bool(heard)
        if told:
            around.told()
