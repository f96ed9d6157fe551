"""A process killed with SIGKILL while it reads, publishes or withdraws: another goes on, or fails and says so.

Whatever the moment, the index answers, nothing sent is lost, and whoever sent it is told once.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

import bot.publishing.reading
from bot.domain.people import Account, Role
from bot.domain.publishing import IntakeState, Job, JobKind, JobState, Publication, Standing
from bot.libraries import Libraries
from bot.publishing.placing import Placer
from bot.publishing.publisher import Means, Publisher
from bot.store import intakes, jobs, people, publications
from bot.store.files import Files
from bot.store.tables import OutboxRow
from index.build import BuildReport, update
from index.progress import Progress
from index.snapshot import SnapshotStore
from knowledge.catalog import Catalog
from knowledge.db import open_engine, reading, writing
from tests.bot.publishing import PLAN
from tests.index.doubles import HashingEncoder
from tests.index.samples import write_plan

ON_BOTH_DATABASES = True
NOW = datetime(2025, 11, 20, 2, 0, tzinfo=UTC)
ENCODER = HashingEncoder()
FORK = multiprocessing.get_context("fork")  # the child dies where it is told to, milliseconds later
pytestmark = pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")


def dies(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


class Desk:
    """A home with two documents, an admin, and processes that come and go."""

    def __init__(self, home: Path, database: str) -> None:
        self.home = home
        self.database = database
        self.now = NOW
        self.files = Files(home)
        self.engine = open_engine(database)
        for number in range(2):
            write_plan(home / "van-ban", number)
        update(home, [home / "van-ban"], encoder=ENCODER, now=NOW, database=database)
        with writing(self.engine) as session:
            minh = people.add_person(session, "Minh", Role.ADMIN, None, NOW)
            people.link(session, minh.id, Account("fake", "minh", "chat-minh", "Minh", NOW))
        self.person = minh.id

    def publisher(self, owner: str, index: Callable[[Progress], BuildReport] | None = None) -> Publisher:
        """Return the worker of one process."""
        means = Means(
            engine=self.engine,
            files=self.files,
            home=self.home,
            source=Libraries(SnapshotStore(self.home, lambda: ENCODER)),
            index=index or self.index,
            clock=lambda: self.now,
            owner=owner,
            lease=timedelta(seconds=60),
            max_bytes=2**20,
        )
        return Publisher(means, every=0.0)

    def index(self, progress: Progress) -> BuildReport:
        return update(self.home, [], progress=progress, encoder=ENCODER, now=NOW, database=self.database)

    def asks(self, kind: JobKind, title: str, **about: object) -> int:
        with writing(self.engine) as session:
            return jobs.add(session, kind, title, jobs.Asked(self.person, "fake", "chat-minh"), NOW, **about)  # type: ignore[arg-type]

    def sends(self) -> int:
        """Minh sends the plan; returns the job that is to read it."""
        number = self.asks(JobKind.READ, "“ke-hoach-88.txt”", total=1)
        with writing(self.engine) as session:
            intakes.add(session, number, self.files.put(PLAN.encode()), "ke-hoach-88.txt", NOW)
        return number

    def publishes(self) -> int:
        """Minh publishes the plan, which was read; returns the job."""
        number = self.asks(JobKind.PUBLISH, "Kế hoạch 88/KH-SVT", total=2)
        with writing(self.engine) as session:
            assert intakes.move(session, [1], IntakeState.READY, IntakeState.QUEUED, publishing=number) == 1
        return number

    def killed(self, at: str) -> None:
        """Let a process take the next job, and die there."""
        self.engine.dispose()  # nothing open is inherited
        process = FORK.Process(target=self._work_until, args=(at,))
        process.start()
        process.join(60)
        assert process.exitcode == -signal.SIGKILL
        self.later()

    def _work_until(self, at: str) -> None:
        def index(progress: Progress) -> BuildReport:
            if at == "placed":
                dies()
            report = self.index(dies if at == "indexing" else progress)
            dies()  # "switched": the new index is in use, the job is not over
            return report

        if at == "read":
            bot.publishing.reading.examine = dies  # type: ignore[assignment]
        if at == "placing":
            Placer._write = dies  # type: ignore[assignment,method-assign]
        self.publisher("dies", index).do_one()

    def later(self) -> None:
        """Let the lease of whoever died run out."""
        self.now += timedelta(seconds=61)

    def works(self) -> None:
        """Let another process do what is left."""
        other = self.publisher("lives")
        while other.do_one():
            pass

    def job(self, number: int) -> Job:
        with reading(self.engine) as session:
            found = jobs.job(session, number)
        assert found is not None
        return found

    def state(self) -> IntakeState:
        with reading(self.engine) as session:
            one = intakes.intake(session, 1)
        assert one is not None
        return one.state

    def symbols(self) -> list[str]:
        """Return what the index in use has, newly opened as a process that begins would."""
        snapshot = SnapshotStore(self.home, lambda: ENCODER).current()
        assert snapshot is not None and len(snapshot) > 0
        return [card.header.symbol or "" for card in snapshot.documents]

    def told(self) -> list[str]:
        with reading(self.engine) as session:
            return [row for row in session.scalars(select(OutboxRow.reply).order_by(OutboxRow.id))]


@pytest.fixture
def desk(tmp_path: Path, database: str) -> Iterator[Desk]:
    made = Desk(tmp_path, database)
    yield made
    made.engine.dispose()


def test_killed_while_a_file_is_read_the_next_process_reads_it(desk: Desk) -> None:
    number = desk.sends()
    desk.killed("read")
    assert desk.job(number).state is JobState.RUNNING and desk.state() is IntakeState.READING
    desk.works()
    assert desk.job(number).state is JobState.DONE and desk.state() is IntakeState.READY
    (card,) = desk.told()
    assert "Kế hoạch 88/KH-SVT" in card


@pytest.mark.parametrize("at", ["placing", "placed", "indexing", "switched"])
def test_killed_while_a_document_is_published_the_next_process_publishes_it(desk: Desk, at: str) -> None:
    desk.sends()
    desk.works()
    before = desk.symbols()
    number = desk.publishes()
    desk.killed(at)
    assert desk.symbols() == before + (["88/KH-SVT"] if at == "switched" else [])
    assert desk.job(number).state is JobState.RUNNING
    desk.works()
    assert desk.job(number).state is JobState.DONE and desk.state() is IntakeState.PUBLISHED
    assert desk.symbols() == [*before, "88/KH-SVT"]
    assert [path.read_text() for path in (desk.home / "documents").rglob("*.txt")] == [PLAN]
    assert sum("Đã công bố" in text for text in desk.told()) == 1


def test_killed_again_and_again_a_job_fails_and_the_index_is_as_before(desk: Desk) -> None:
    desk.sends()
    desk.works()
    before = desk.symbols()
    number = desk.publishes()
    for _ in range(3):
        desk.killed("indexing")
    desk.works()
    failed = desk.job(number)
    assert failed.state is JobState.FAILED and "nhiều lần" in failed.error
    assert "Chưa công bố được" in desk.told()[-1] and desk.state() is IntakeState.READY  # to be tried again
    desk.index(lambda stage, done, total: None)
    assert desk.symbols() == before


@pytest.mark.parametrize("at", ["indexing", "switched"])
def test_killed_while_a_document_is_withdrawn_the_next_process_withdraws_it(desk: Desk, at: str) -> None:
    key = str(Catalog(desk.engine).current()[0].document)
    gone = desk.symbols()[0]
    with writing(desk.engine) as session:
        publications.put(session, Publication(key, gone, Standing.WITHDRAWN), None, NOW)
    number = desk.asks(JobKind.WITHDRAW, gone, documents=[key])
    desk.killed(at)
    desk.works()
    assert desk.job(number).state is JobState.DONE and gone not in desk.symbols()
    number = desk.asks(JobKind.RESTORE, gone, documents=[key])
    desk.killed(at)
    desk.works()
    assert desk.job(number).state is JobState.DONE and gone in desk.symbols()
