"""`tdkt serve` killed with SIGKILL while it reads and while it publishes: started again, it goes on where it was."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine

from bot.cli import main
from bot.domain.publishing import IntakeState, Job, JobKind, JobState
from bot.store import intakes, jobs
from index.encoder import load_encoder
from index.snapshot import SnapshotStore
from knowledge.db import open_engine, reading, sqlite_url, writing
from tests.bot.process import command, environment
from tests.bot.publishing import PLAN
from tests.databases import make_tables

DOCUMENTS = 40  # enough that reading and publishing take a while
PATIENCE = 90.0  # seconds, on a busy machine


@contextmanager
def serving(home: Path, inbox: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A serving process, killed at the end."""
    process = subprocess.Popen(
        command("serve", "--port", "0", "--no-samples", "--home", str(home)),
        cwd=home.parent,
        env=environment(TDKT_INBOX_FOLDER=str(inbox), TDKT_LEASE_SECONDS="2"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def wait(true: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end
        time.sleep(0.01)


def job(engine: Engine, number: int) -> Job | None:
    with reading(engine) as session:
        return jobs.job(session, number)


def under_way(engine: Engine, number: int) -> bool:
    found = job(engine, number)
    # On a fast machine it may be over before anybody looks: then the kill comes right after.
    return found is not None and (not found.state.open or (found.state is JobState.RUNNING and found.done > 0))


def over(engine: Engine, number: int) -> bool:
    found = job(engine, number)
    return found is not None and not found.state.open


def test_killed_while_it_reads_and_while_it_publishes(tmp_path: Path) -> None:
    home, inbox, papers = tmp_path / "var", tmp_path / "hop-thu", tmp_path / "papers"
    for folder in (inbox, papers):
        folder.mkdir()
    (papers / "a.txt").write_text(PLAN, encoding="utf-8")
    assert main(["index", str(papers), "--home", str(home), "--json"]) == 0
    for number in range(DOCUMENTS):
        text = PLAN.replace("88/KH", f"{100 + number}/KH").replace("Kho sạch", f"Kho số {number} sạch")
        (inbox / f"ke-hoach-{number}.txt").write_text(text, encoding="utf-8")
    make_tables(sqlite_url(home))
    engine = open_engine(sqlite_url(home))
    with serving(home, inbox):
        wait(lambda: under_way(engine, 1))
    with serving(home, inbox):
        wait(lambda: over(engine, 1))
        with writing(engine) as session:
            received = intakes.of_job(session, 1)
            assert [one.state for one in received] == [IntakeState.READY] * DOCUMENTS
            jobs.add(session, JobKind.PUBLISH, "tất cả", jobs.Asked(), datetime.now(UTC), total=2)
            ids = [one.id for one in received]
            intakes.move(session, ids, IntakeState.READY, IntakeState.QUEUED, publishing=2)
        wait(lambda: under_way(engine, 2))
    whole = {"88/KH-SVT", *(f"{100 + number}/KH-SVT" for number in range(DOCUMENTS))}
    assert symbols(home) in ({"88/KH-SVT"}, whole)  # the index of before answers, or already the next, nothing between
    with serving(home, inbox):
        wait(lambda: over(engine, 2))
    found = job(engine, 2)
    assert found is not None and found.state is JobState.DONE
    assert symbols(home) == whole
    engine.dispose()


def symbols(home: Path) -> set[str]:
    """Return what the index in use has; each document once."""
    snapshot = SnapshotStore(home, load_encoder).current()
    assert snapshot is not None
    found = [card.header.symbol or "" for card in snapshot.documents]
    assert len(found) == len(set(found))
    return set(found)
