"""Jobs that change the index: documents published, withdrawn, restored.

The catalogue is changed first, the index made from it; a job that fails or is cancelled takes its changes back. The
index in use answers until the new one is whole.
"""

from __future__ import annotations

from sqlalchemy.orm import Session

from bot import cards
from bot.domain.publishing import IntakeState, Job, JobKind
from bot.publishing.jobs import Outcome, Running
from bot.publishing.means import Means
from bot.publishing.placing import Placer
from bot.store import intakes, publications
from index.progress import Progress
from knowledge.catalog import Catalog
from knowledge.db import reading, writing

_WHOLE = 1000  # steps of a job, whatever it has to do
_PLACED = 300  # of them placing documents is held to be; the index is the rest


class IndexingJobs:
    """Works on one job after another."""

    def __init__(self, means: Means, catalog: Catalog) -> None:
        self._means = means
        self._placer = Placer(catalog, means.files, means.home, means.max_bytes)

    def work(self, job: Job, run: Running) -> Outcome:
        """Do what `job` asks for, up to a new index."""
        return self._publish(job, run) if job.kind is JobKind.PUBLISH else self._move(job, run)

    def stand_again(self, session: Session, job: Job) -> None:
        """Let the documents of a job be in force: restored, or not withdrawn after all."""
        for key in job.documents:
            publications.stands(session, key, job.title, self._means.clock())

    def undo(self, job: Job) -> None:
        """Take back what the job did to the catalogue, from which the next index is made."""
        means = self._means
        with reading(means.engine) as session:
            waiting = intakes.publishing(session, job.id)
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

    def _publish(self, job: Job, run: Running) -> Outcome:
        means = self._means
        with reading(means.engine) as session:
            waiting = intakes.publishing(session, job.id)
        names: dict[str, str] = {}  # by the document's key
        for number, one in enumerate(waiting):
            run.step(_PLACED * number // len(waiting), _WHOLE)
            with reading(means.engine) as session:
                analysed = intakes.analysis(session, one.id)
            names[self._placer.place(one, analysed, means.clock())] = one.shown
        report = means.index(_progress(run))

        def keep(session: Session) -> None:
            intakes.move(session, [one.id for one in waiting], IntakeState.QUEUED, IntakeState.PUBLISHED)
            for key, name in names.items():
                publications.stands(session, key, name, means.clock())

        return Outcome((cards.published(waiting, report.documents),), keep)

    def _move(self, job: Job, run: Running) -> Outcome:
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
        means.index(_progress(run))

        def keep(session: Session) -> None:
            if job.kind is JobKind.RESTORE:
                self.stand_again(session, job)

        return Outcome((cards.done(job),), keep)


def _progress(run: Running) -> Progress:
    run.begins(_PLACED)

    def progress(stage: str, done: int, total: int) -> None:
        reached = (_WHOLE - _PLACED) * done // total if stage == "index" and total else 0
        run.step(_PLACED + reached, _WHOLE)

    return progress
