"""One job while it runs: its lease is kept, its progress stored, a wish to cancel it heard.

Knows nothing of what jobs do.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from types import TracebackType

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from bot.domain.publishing import SECONDS_A_PAGE, Job
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


class Running:
    """A claimed job, for the length of a `with` block. A thread of its own keeps the lease however long a file takes.

    `every`: least seconds between two writes of the progress.
    """

    def __init__(
        self,
        engine: Engine,
        job: Job,
        owner: str,
        lease: timedelta,
        clock: Callable[[], datetime],
        stopping: Callable[[], bool],
        *,
        every: float = 0.2,
    ) -> None:
        self.job = job
        self._engine, self._owner, self._lease, self._clock = engine, owner, lease, clock
        self._stopping = stopping
        self._every = every
        self._done, self._total = 0, job.total
        self._cancelled = job.cancelling
        self._lost = False
        self._written = 0.0
        self._pages: tuple[float, int, int] | None = None  # begun, pages, done before
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._beat, name=f"job-{job.id}", daemon=True)

    def __enter__(self) -> Running:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._over.set()
        self._thread.join()

    def step(self, done: int, total: int) -> None:
        """Say how far it is; raises Cancelled, Lost or Stopped where it shall go no further."""
        self._pages = None
        self._done, self._total = done, total
        if time.monotonic() - self._written >= self._every:
            self._write()
        self.check()

    def recognises(self, pages: int) -> None:
        """Let the progress go on by an estimate while that many scanned pages are recognised."""
        self._pages = (time.monotonic(), pages, self._done)

    def check(self) -> None:
        """Raise Cancelled, Lost or Stopped where the job shall go no further."""
        if self._lost:
            raise Lost
        if self._cancelled:
            raise Cancelled
        if self._stopping():
            raise Stopped

    def _beat(self) -> None:
        pause = min(1.0, self._lease.total_seconds() / 4)
        while not self._over.wait(pause):
            self._write()

    def _write(self) -> None:
        self._written = time.monotonic()
        if self._pages is not None:
            begun, pages, before = self._pages
            self._done = before + min(pages - 1, int((time.monotonic() - begun) / SECONDS_A_PAGE))
        try:
            with writing(self._engine) as session:
                until = self._clock() + self._lease
                heard = jobs.renew(session, self.job.id, self._owner, until, self._done, self._total)
        except SQLAlchemyError as error:  # locked for long: the lease still runs, the next beat tries again
            _LOG.warning("progress of job %d could not be kept: %s", self.job.id, error)
            return
        self._lost = self._lost or heard is None
        self._cancelled = self._cancelled or bool(heard)
