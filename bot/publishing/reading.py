"""Jobs that read: archives are opened, each file is read and analysed, and waits for a decision or is refused."""

from __future__ import annotations

from bot import cards
from bot.domain.publishing import Intake, IntakeState, Job
from bot.publishing.examining import examine
from bot.publishing.jobs import Outcome, Running
from bot.publishing.means import Means
from bot.publishing.unpacking import ArchiveRefused, is_archive, unpack
from bot.receiving import NotTaken, Reader
from bot.store import intakes, uploads
from bot.store.intakes import Analysed
from knowledge import codec
from knowledge.analyse import ANALYSER_VERSION
from knowledge.catalog import Catalog
from knowledge.db import reading, writing

_GONE = "Tệp không còn được giữ. Anh/chị gửi lại."
_TWICE = "Trùng từng chữ với văn bản số {} đang chờ công bố, nên chỉ giữ một."
_STOPPED = "Việc đọc tệp đã dừng."


class ReadingJobs:
    """Reads the received files of one job after another."""

    def __init__(self, means: Means, catalog: Catalog) -> None:
        self._means = means
        self._catalog = catalog

    def work(self, job: Job, run: Running) -> Outcome:
        """Read the files of `job`."""
        means = self._means
        for one in self._of(job):
            if one.state is IntakeState.READING and is_archive(one.name):
                self._unpack(job, run, one)
        received = self._of(job)
        reader = Reader(means.home, means.files, means.max_bytes)
        with reader.open():
            for number, one in enumerate(received):
                run.step(number, len(received))
                if one.state is IntakeState.READING:
                    self._read(run, reader, one)
        return Outcome(cards.read(job, self._of(job)))

    def undo(self, job: Job) -> None:
        """Refuse what was not read yet."""
        for one in self._of(job):
            if one.state is IntakeState.READING:
                self._refuse(one, _STOPPED)

    def sweep(self) -> None:
        """Erase the contents of files that were decided on, whoever decided and whichever process died since."""
        with reading(self._means.engine) as session:
            done = intakes.to_erase(session)
        if not done:
            return
        for _, sha256 in done:
            self._erase(sha256)
        with writing(self._means.engine) as session:
            intakes.erased(session, [number for number, _ in done])

    def _of(self, job: Job) -> tuple[Intake, ...]:
        with reading(self._means.engine) as session:
            return intakes.of_job(session, job.id)

    def _read(self, run: Running, reader: Reader, one: Intake) -> None:
        with reading(self._means.engine) as session:
            twin = intakes.waiting_with(session, one.sha256, but=one.id)
        if twin is not None:
            self._refuse(one, _TWICE.format(twin))
            return
        try:
            document = reader.read(one.sha256, one.name, run.page)
        except NotTaken as error:
            run.hold()  # whoever has it now may have emptied the folder under our hands
            self._refuse(one, str(error), secret=error.secret)
            return
        run.hold()
        earlier = self._catalog.twin(document)
        with reading(self._means.engine) as session:
            waiting = intakes.undecided(session) if document.header.symbol else ()
        key = None if earlier is None else str(earlier)
        examined = examine(document, self._means.source.current(), key, waiting)
        with writing(self._means.engine) as session:
            intakes.read(session, one.id, examined, Analysed(codec.dumps(document), ANALYSER_VERSION))
            if examined.known:
                intakes.move(session, [one.id], IntakeState.READY, IntakeState.DROPPED)

    def _unpack(self, job: Job, run: Running, archive: Intake) -> None:
        """Let the members of an archive stand for it; they are kept one by one, so that one at a time is in memory."""
        means = self._means
        kept: list[tuple[str, str, str]] = []  # name, sha256, why it is refused
        try:
            for member in unpack(means.files.path(archive.sha256), archive.name, most_bytes=means.max_bytes):
                sha256 = "" if member.refusal else means.files.put(member.content)
                kept.append((member.name, sha256, member.refusal or ""))
                run.check()
        except (ArchiveRefused, FileNotFoundError) as error:
            self._forget(kept)
            self._refuse(archive, str(error) if isinstance(error, ArchiveRefused) else _GONE)
            return
        except BaseException:  # cancelled, or the disk is full: nothing refers to what was unpacked
            self._forget(kept)
            raise
        run.hold()
        now = means.clock()
        with writing(means.engine) as session:
            intakes.remove(session, archive.id)
            for name, sha256, refusal in kept:
                fresh = intakes.add(session, job.id, sha256, name, now)
                if refusal:
                    intakes.refuse(session, fresh, refusal)
        self._erase(archive.sha256, at_all_costs=True)  # it may hold a secret document

    def _forget(self, kept: list[tuple[str, str, str]]) -> None:
        for _, sha256, _ in kept:
            self._erase(sha256)

    def _refuse(self, one: Intake, reason: str, *, secret: bool = False) -> None:
        if secret:
            self._erase(one.sha256, at_all_costs=True)
        with writing(self._means.engine) as session:
            intakes.refuse(session, one.id, reason)

    def _erase(self, sha256: str, *, at_all_costs: bool = False) -> None:
        """Keep a content no longer, unless a report or another received file has the same."""
        with reading(self._means.engine) as session:
            shared = uploads.name(session, sha256) is not None or intakes.needed(session, sha256)
        if sha256 and (at_all_costs or not shared):
            self._means.files.erase(sha256)
