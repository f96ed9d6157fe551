"""Work on documents in the background: reading what was received, publishing, withdrawing, restoring.

`Publisher.do_one` takes one job; of a lane one runs at a time over all processes, and one whose process died is taken
over. The index in use keeps answering until the new one is whole. What fails or is cancelled is undone.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from bot import cards
from bot.domain.messages import Reply
from bot.domain.publishing import Job, JobKind, JobState
from bot.errors import BotError
from bot.publishing.indexing import IndexingJobs
from bot.publishing.jobs import Cancelled, Interrupted, Lost, Running, Surroundings, nothing
from bot.publishing.means import Means
from bot.publishing.reading import ReadingJobs
from bot.publishing.telling import Teller
from bot.store import audit, jobs
from index.errors import IndexBusy, IndexingError
from knowledge.catalog import Catalog
from knowledge.db import reading, writing
from knowledge.errors import KnowledgeError

__all__ = ["LANES", "Means", "Publisher"]

_LOG = logging.getLogger(__name__)

LANES = ("reading", "indexing")
_IDLE = 1.0  # seconds between two looks for work that another process queued
_TRIES = 3  # processes that may die of one job
_BUSY = timedelta(seconds=10)  # before the index is tried again that `tdkt index` is building

Keep = Callable[[Session], None]


class Publisher:
    """Takes jobs on documents: `do_one` once, or `run` in a thread for each lane."""

    def __init__(self, means: Means, done: Callable[[], None] = lambda: None, *, every: float = 0.2) -> None:
        self._means = means
        self.done = done  # called after something was queued for people
        self._every = every
        self._wake = threading.Event()
        self._stopping = False
        catalog = Catalog(means.engine)
        self._reading = ReadingJobs(means, catalog)
        self._indexing = IndexingJobs(means, catalog)

    def stop(self) -> None:
        """Let `run` return soon; what it is at goes back to the queue."""
        self._stopping = True
        self._wake.set()

    def run(self, lane: str) -> None:
        """Take the jobs of one lane until told to stop."""
        while not self._stopping:
            try:
                worked = self.do_one(lane)
            except SQLAlchemyError as error:
                _LOG.error("the database refused: %s", error)
                worked = False
            if not worked and not self._stopping:
                self._wake.wait(_IDLE)

    def do_one(self, *lanes: str) -> bool:
        """Take one job of these lanes (of any, where none is given); tells whether there was one."""
        for lane in lanes or LANES:
            job = self._claim(lane)
            if job is not None:
                self._take(job)
                self.done()
                return True
        if not lanes or LANES[0] in lanes:
            self._reading.sweep()
        return False

    def _claim(self, lane: str) -> Job | None:
        means, now = self._means, self._means.clock()
        with reading(means.engine) as session:
            if not jobs.ready(session, lane, now):
                return None
        with writing(means.engine, lock=f"jobs:{lane}") as session:
            return jobs.claim(session, lane, means.owner, now, means.lease)

    def _take(self, job: Job) -> None:
        teller = Teller(self._means, job)
        with Running(job, self._around(teller)) as run:
            try:
                if job.attempts > _TRIES:
                    raise BotError("Chương trình bị dừng giữa chừng nhiều lần.")
                run.check()
                outcome = (self._reading if job.kind is JobKind.READ else self._indexing).work(job, run)
                self._end(job, teller, JobState.DONE, outcome.replies, outcome.keep)
            except Cancelled:
                self._undo(job)
                self._end(job, teller, JobState.CANCELLED, (cards.cancelled(job),), self._not_withdrawn(job))
            except Lost:
                _LOG.warning("job %d was taken over by another process", job.id)
            except (Interrupted, IndexBusy):
                self._put_back(job)
            except Exception as error:  # whatever one document does must not stop the others
                if not run.taken_over():  # what another process does by now is not ours to undo
                    self._fail(job, teller, error)

    def _around(self, teller: Teller) -> Surroundings:
        means = self._means
        return Surroundings(
            engine=means.engine,
            owner=means.owner,
            lease=means.lease,
            clock=means.clock,
            stopping=lambda: self._stopping,
            tell=teller.progress,
            told=lambda: self.done(),
            every=self._every,
        )

    def _fail(self, job: Job, teller: Teller, error: Exception) -> None:
        self._undo(job)
        reason = _reason(error)
        if reason is None:
            _LOG.error("job %d failed", job.id, exc_info=error)
            reason = f"Chương trình gặp lỗi ({type(error).__name__})."
        self._end(job, teller, JobState.FAILED, (cards.failed(job, reason),), error=reason)

    def _undo(self, job: Job) -> None:
        try:
            (self._reading if job.kind is JobKind.READ else self._indexing).undo(job)
        except (KnowledgeError, OSError, SQLAlchemyError):
            _LOG.exception("job %d could not be undone", job.id)

    def _not_withdrawn(self, job: Job) -> Keep:
        return partial(self._indexing.stand_again, job=job) if job.kind is JobKind.WITHDRAW else nothing

    def _end(
        self,
        job: Job,
        teller: Teller,
        state: JobState,
        replies: Sequence[Reply],
        keep: Keep = nothing,
        error: str = "",
    ) -> None:
        """Close a job with all that follows from it, in one transaction; nothing where it is ours no longer."""
        now = self._means.clock()
        with writing(self._means.engine) as session:
            if not jobs.end(session, job.id, self._means.owner, state, now, error):
                _LOG.warning("job %d was taken over by another process", job.id)
                return
            keep(session)
            audit.write(session, audit.Entry(now, job.requested_by, "việc nền", f"job-{job.kind}", job.title, state))
            teller.ended(session, jobs.job(session, job.id), replies)

    def _put_back(self, job: Job) -> None:
        with writing(self._means.engine) as session:
            jobs.put_back(session, job.id, self._means.owner, self._means.clock() + _BUSY)


def _reason(error: Exception) -> str | None:
    """Return what people are told of an error; None for a fault of ours."""
    if isinstance(error, (BotError, IndexingError, KnowledgeError)):
        return f"{str(error).rstrip('.')}."
    if isinstance(error, OSError):
        return f"Không ghi được tệp ({error.strerror or error}); anh/chị kiểm tra dung lượng đĩa."
    return None
