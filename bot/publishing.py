"""Work on documents in the background: reading what was received, publishing, withdrawing, restoring.

`Publisher.do_one` takes one job; of a lane one runs at a time over all processes, and one whose process died is taken
over. The index in use keeps answering until the new one is whole. What fails or is cancelled is undone.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from bot import cards
from bot.asking import Source
from bot.domain.messages import Reply
from bot.domain.people import Action, Role, may
from bot.domain.publishing import IntakeState, Job, JobKind, JobState, says_how_long
from bot.errors import BotError
from bot.examining import examine
from bot.jobs import Cancelled, Interrupted, Lost, Running
from bot.placing import Placer
from bot.receiving import NotTaken, Reader
from bot.store import audit, intakes, jobs, outbox, people, publications, uploads
from bot.store.files import Files
from bot.store.intakes import Analysed
from bot.unpacking import ArchiveRefused, is_archive, unpack
from index.build import BuildReport
from index.errors import IndexBusy, IndexingError
from index.progress import Progress
from knowledge import codec
from knowledge.analyse import ANALYSER_VERSION
from knowledge.catalog import Catalog
from knowledge.db import reading, writing
from knowledge.errors import KnowledgeError

_LOG = logging.getLogger(__name__)

LANES = ("reading", "indexing")
_IDLE = 1.0  # seconds between two looks for work that another process queued
_TRIES = 3  # processes that may die of one job
_BUSY = timedelta(seconds=10)  # before the index is tried again that `tdkt index` is building
_PAGES_TOLD = 3  # scanned pages from which on people are told how long it takes


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to one document of the library."""

    document: str  # DocumentCard.key
    kind: JobKind  # PUBLISH (new, or another version), WITHDRAW, RESTORE


Hook = Callable[[Session, Sequence[Change], datetime], None]
HOOKS: list[Hook] = []  # called in the transaction that closes the job


def after_change(session: Session, changes: Sequence[Change], now: datetime) -> None:
    """Tell those who keep something about documents that some have changed. The index has them already."""
    for hook in HOOKS:
        hook(session, changes, now)


@dataclass(frozen=True, slots=True)
class Means:
    """What the publisher works with."""

    engine: Engine
    files: Files
    home: Path
    source: Source  # of every document, whoever may see it
    index: Callable[[Progress], BuildReport]  # brings the index in line with the catalogue
    clock: Callable[[], datetime]
    owner: str
    lease: timedelta
    max_bytes: int


class Publisher:
    """Takes jobs on documents: `do_one` once, or `run` in a thread for each lane."""

    def __init__(self, means: Means, done: Callable[[], None] = lambda: None, *, every: float = 0.2) -> None:
        self._means = means
        self.done = done  # called after something was queued for people
        self._every = every
        self._wake = threading.Event()
        self._stopping = False
        self._catalog = Catalog(means.engine)
        self._placer = Placer(self._catalog, means.files, means.home, means.max_bytes)

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
            self._sweep()
        return False

    def _sweep(self) -> None:
        """Erase the contents of files that were decided on, whoever decided and whichever process died since."""
        with reading(self._means.engine) as session:
            done = intakes.to_erase(session)
        if not done:
            return
        for _, sha256 in done:
            self._erase(sha256)
        with writing(self._means.engine) as session:
            intakes.erased(session, [number for number, _ in done])

    def _claim(self, lane: str) -> Job | None:
        means, now = self._means, self._means.clock()
        with reading(means.engine) as session:
            if not jobs.ready(session, lane, now):
                return None
        with writing(means.engine, lock=f"jobs:{lane}") as session:
            return jobs.claim(session, lane, means.owner, now, means.lease)

    def _take(self, job: Job) -> None:
        means = self._means
        with Running(
            means.engine, job, means.owner, means.lease, means.clock, lambda: self._stopping, every=self._every
        ) as run:
            try:
                if job.attempts > _TRIES:
                    raise BotError("Chương trình bị dừng giữa chừng nhiều lần.")
                run.check()
                self._work(job, run)
            except Cancelled:
                self._undo(job)
                self._end(job, JobState.CANCELLED, (cards.cancelled(job),))
            except Lost:
                _LOG.warning("job %d was taken over by another process", job.id)
            except (Interrupted, IndexBusy):
                self._put_back(job)
            except Exception as error:  # whatever one document does must not stop the others
                self._undo(job)
                reason = _reason(error)
                if reason is None:
                    _LOG.exception("job %d failed", job.id)
                    reason = f"Chương trình gặp lỗi ({type(error).__name__})."
                self._end(job, JobState.FAILED, (cards.failed(job, reason),), reason)

    def _work(self, job: Job, run: Running) -> None:
        if job.kind is JobKind.READ:
            self._read(job, run)
        elif job.kind is JobKind.PUBLISH:
            self._publish(job, run)
        else:
            self._move(job, run)

    # --- reading -----------------------------------------------------------------------------------------------------

    def _read(self, job: Job, run: Running) -> None:
        means = self._means
        self._unpack(job)
        reader = Reader(means.home, means.files, means.max_bytes)
        with reading(means.engine) as session:
            received = intakes.of_job(session, job.id)
        with reader.open():
            for number, one in enumerate(received):
                run.step(number, len(received))
                if one.state is IntakeState.READING:
                    self._read_one(job, run, reader, one.id, one.sha256, one.name)
        with reading(means.engine) as session:
            replies = cards.read(job, intakes.of_job(session, job.id))
        self._end(job, JobState.DONE, replies)

    def _read_one(self, job: Job, run: Running, reader: Reader, intake_id: int, sha256: str, name: str) -> None:
        def recognises(pages: int) -> None:
            run.recognises(pages)
            if pages >= _PAGES_TOLD:
                says = f"“{name}” có {pages} trang scan, nhận dạng chữ hết {says_how_long(pages)}."
                with writing(self._means.engine) as session:
                    self._tell(session, job, (Reply(says),), f"pages:{intake_id}")
                self.done()

        try:
            document = reader.read(sha256, name, recognises)
        except NotTaken as error:
            self._refuse(intake_id, sha256, str(error), secret=error.secret)
            return
        twin = self._catalog.twin(document)
        examined = examine(document, self._means.source.current(), None if twin is None else str(twin))
        with writing(self._means.engine) as session:
            intakes.read(session, intake_id, examined, Analysed(codec.dumps(document), ANALYSER_VERSION))
            if examined.known:
                intakes.move(session, [intake_id], IntakeState.READY, IntakeState.DROPPED)

    def _unpack(self, job: Job) -> None:
        """Let the members of archives stand for them."""
        means = self._means
        with reading(means.engine) as session:
            received = intakes.of_job(session, job.id)
        for one in received:
            if one.state is not IntakeState.READING or not is_archive(one.name):
                continue
            try:
                members = unpack(means.files.read(one.sha256), one.name, most_bytes=means.max_bytes)
            except (ArchiveRefused, FileNotFoundError) as error:
                gone = "Tệp không còn được giữ. Anh/chị gửi lại."
                self._refuse(one.id, one.sha256, str(error) if isinstance(error, ArchiveRefused) else gone)
                continue
            kept = [(member, "" if member.refusal else means.files.put(member.content)) for member in members]
            now = means.clock()
            with writing(means.engine) as session:
                intakes.remove(session, one.id)
                for member, sha256 in kept:
                    fresh = intakes.add(session, job.id, sha256, member.name, now)
                    if member.refusal:
                        intakes.refuse(session, fresh, member.refusal)
            self._erase(one.sha256, at_all_costs=True)  # it may hold a secret document

    def _refuse(self, intake_id: int, sha256: str, reason: str, *, secret: bool = False) -> None:
        if secret:
            self._erase(sha256, at_all_costs=True)
        with writing(self._means.engine) as session:
            intakes.refuse(session, intake_id, reason)

    def _erase(self, sha256: str, *, at_all_costs: bool = False) -> None:
        """Keep a content no longer, unless a report or another received file has the same."""
        with reading(self._means.engine) as session:
            shared = uploads.name(session, sha256) is not None or intakes.needed(session, sha256)
        if sha256 and (at_all_costs or not shared):
            self._means.files.erase(sha256)

    # --- the index ---------------------------------------------------------------------------------------------------

    def _publish(self, job: Job, run: Running) -> None:
        means = self._means
        with reading(means.engine) as session:
            waiting = intakes.publishing(session, job.id)
        keys: dict[str, str] = {}  # of the documents, with their names
        for number, one in enumerate(waiting):
            run.step(number, 2 * len(waiting))
            with reading(means.engine) as session:
                analysed = intakes.analysis(session, one.id)
            key = self._placer.place(one, analysed, means.clock())
            keys[key] = one.examined.name if one.examined else one.name
        report = means.index(self._progress(run, len(waiting)))
        now = means.clock()
        with writing(means.engine) as session:
            if not self._ended(session, job, JobState.DONE, (cards.published(waiting, report.documents),)):
                return
            ids = [one.id for one in waiting]
            intakes.move(session, ids, IntakeState.QUEUED, IntakeState.PUBLISHED)
            for key, name in keys.items():
                publications.stands(session, key, name, now)
            after_change(session, [Change(key, JobKind.PUBLISH) for key in keys], now)

    def _move(self, job: Job, run: Running) -> None:
        """Take documents out of the index, or back into it."""
        means = self._means
        for key in job.documents:
            with reading(means.engine) as session:
                kept = publications.sources(session, key)
            if job.kind is JobKind.WITHDRAW:
                held = self._placer.held(key) or kept  # taken out already by a process that died
                with writing(means.engine) as session:
                    publications.keep_sources(session, key, held)
                self._placer.take_out(held)
            else:
                self._placer.put_in(key, kept, means.clock())
        means.index(self._progress(run, 0))
        now = means.clock()
        with writing(means.engine) as session:
            if self._ended(session, job, JobState.DONE, (cards.done(job),)):
                if job.kind is JobKind.RESTORE:
                    for key in job.documents:
                        publications.stands(session, key, job.title, now)
                after_change(session, [Change(key, job.kind) for key in job.documents], now)

    def _progress(self, run: Running, placed: int) -> Progress:
        def progress(stage: str, done: int, total: int) -> None:
            run.step(placed + done, placed + max(total, 1))

        return progress

    def _undo(self, job: Job) -> None:
        """Take back what the job did to the catalogue, from which the next index is made."""
        means = self._means
        try:
            with reading(means.engine) as session:
                waiting = intakes.publishing(session, job.id)
                received = intakes.of_job(session, job.id)
                kept = {key: publications.sources(session, key) for key in job.documents}
            for one in waiting:
                self._placer.unplace(one)
            for key, held in kept.items():
                if job.kind is JobKind.RESTORE:
                    self._placer.take_out(held)
                elif job.kind is JobKind.WITHDRAW and job.cancelling:
                    self._placer.put_in(key, held, means.clock())
            with writing(means.engine) as session:
                intakes.move(session, [one.id for one in waiting], IntakeState.QUEUED, IntakeState.READY)
            for one in received:
                if one.state is IntakeState.READING:
                    self._refuse(one.id, one.sha256, "Việc đọc tệp đã dừng.")
        except (KnowledgeError, OSError, SQLAlchemyError):
            _LOG.exception("job %d could not be undone", job.id)

    # --- ending ------------------------------------------------------------------------------------------------------

    def _end(self, job: Job, state: JobState, replies: Sequence[Reply], error: str = "") -> None:
        with writing(self._means.engine) as session:
            self._ended(session, job, state, replies, error)

    def _ended(self, session: Session, job: Job, state: JobState, replies: Sequence[Reply], error: str = "") -> bool:
        now = self._means.clock()
        if not jobs.end(session, job.id, self._means.owner, state, now, error):
            _LOG.warning("job %d was taken over by another process", job.id)
            return False
        if state is JobState.CANCELLED and job.kind is JobKind.WITHDRAW:
            for key in job.documents:
                publications.stands(session, key, job.title, now)
        audit.write(session, audit.Entry(now, job.requested_by, "việc nền", f"job-{job.kind}", job.title, state))
        self._tell(session, job, replies, "end")
        return True

    def _put_back(self, job: Job) -> None:
        with writing(self._means.engine) as session:
            jobs.put_back(session, job.id, self._means.owner, self._means.clock() + _BUSY)

    def _tell(self, session: Session, job: Job, replies: Sequence[Reply], about: str) -> None:
        """Write to whoever asked, in that chat; to every admin where nobody did, or they may no more."""
        person = people.person(session, job.requested_by) if job.requested_by is not None else None
        if job.chat and may(person, Action.MANAGE_DOCUMENTS):
            chats = [(job.channel, job.chat)]
        else:
            admins = people.people(session, role=Role.ADMIN)
            chats = [(one.channel, one.chat) for admin in admins for one in people.accounts(session, admin.id)]
        for number, reply in enumerate(replies):
            for channel, chat in chats:
                key = f"job:{job.id}:{job.attempts}:{about}:{number}:{channel}:{chat}"[:128]
                outbox.put(session, channel, chat, reply, self._means.clock(), key=key)


def _reason(error: Exception) -> str | None:
    """Return what people are told of an error; None for a fault of ours."""
    if isinstance(error, (BotError, IndexingError, KnowledgeError)):
        return f"{str(error).rstrip('.')}."
    if isinstance(error, OSError):
        return f"Không ghi được tệp ({error.strerror or error}); anh/chị kiểm tra dung lượng đĩa."
    return None
