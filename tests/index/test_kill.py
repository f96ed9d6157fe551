"""A build killed with SIGKILL, wherever it is, leaves a home that answers and a next build that puts all right."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import index.manifest
import index.versions
from index.build import BuildReport, update
from index.records import RecordsWriter
from index.snapshot import SnapshotStore
from knowledge.catalog import Catalog
from tests.index.doubles import HashingEncoder
from tests.index.samples import write_plan

NOW = datetime(2025, 3, 1, 8, tzinfo=UTC)
ENCODER = HashingEncoder()
# Forked, not started anew: a child is building within milliseconds, so kills fall into the build and not before it.
FORK = multiprocessing.get_context("fork")
# Newer Pythons warn of forking beside threads; nothing of this process's threads is used by the child.
pytestmark = pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")


class Office:
    """A folder that keeps changing, and the home it is indexed into."""

    def __init__(self, root: Path) -> None:
        self.folder = root / "van-ban"
        self.home = root / "home"
        self.next = 0
        self.indexed: set[str] = set()  # what the last finished build indexed
        for _ in range(3):
            self._write()
        self.build()

    @property
    def wanted(self) -> set[str]:
        return {path.name for path in self.folder.iterdir()}

    def _write(self) -> None:
        write_plan(self.folder, self.next)
        self.next += 1

    def change(self) -> None:
        """One new document, one changed, one gone."""
        oldest, second = sorted(self.folder.iterdir(), key=lambda path: path.stat().st_mtime_ns)[:2]
        oldest.unlink()
        text = second.read_text(encoding="utf-8").replace("Mỗi xã", f"Lần {self.next}, mỗi xã")
        second.write_text(text, encoding="utf-8")
        self._write()

    def build(self) -> BuildReport:
        report = update(self.home, [self.folder], encoder=ENCODER, now=NOW)
        self.indexed = self.wanted
        return report

    def build_and_die(self, prepare: Callable[[], None], wait: float | None = None) -> int | None:
        """Build in another process, killed after `wait` seconds or by what `prepare` set up; return its exit code."""

        def child() -> None:
            prepare()
            update(self.home, [self.folder], encoder=ENCODER, now=NOW)

        process = FORK.Process(target=child)
        process.start()
        if wait is not None:
            time.sleep(wait)
            assert process.pid is not None
            os.kill(process.pid, signal.SIGKILL)
        process.join(60)
        return process.exitcode

    def check(self) -> BuildReport:
        """It answers, from what was indexed before or from what was being indexed; then a build puts all right."""
        snapshot = SnapshotStore(self.home, lambda: ENCODER).current()
        assert snapshot is not None
        files = {card.file for card in snapshot.documents}
        assert files in (self.indexed, self.wanted)
        top, _ = snapshot.accented.top(["hội", "văn", "phòng"], k=5)
        assert all(snapshot.passage(int(row)).text for row in top)
        assert all(snapshot.document(position).text for position in range(len(files)))
        report = self.build()
        assert (report.documents, report.refused) == (len(self.wanted), ())
        assert report.added + report.changed + report.unchanged == report.documents
        after = SnapshotStore(self.home, lambda: ENCODER).current()
        assert after is not None
        assert {card.file for card in after.documents} == self.wanted
        assert not list((self.home / "index").glob(".new-*"))
        assert len(index.manifest.versions(self.home / "index")) <= 3
        return report


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def test_fifty_builds_killed_at_random_moments(office: Office) -> None:
    chance = random.Random(20250305)
    killed = attempts = 0
    whole = 1.0  # seconds of the last build that was let through
    while killed < 50:
        office.change()
        killed += office.build_and_die(lambda: None, wait=chance.random() * whole) == -signal.SIGKILL
        whole = office.check().seconds
        attempts += 1
        assert attempts < 200  # some are done before the signal comes


# Everything that leaves a trace on the disk, in the order of a build.
STEPS: list[tuple[object, str]] = [
    (Catalog, "add"),
    (Catalog, "remove"),
    (RecordsWriter, "close"),
    (np, "save"),
    (index.versions, "write_between"),
    (index.versions, "describe"),
    (index.versions, "write_manifest"),
    (index.versions, "sync_folder"),
    (Path, "rename"),
    (Path, "replace"),
    (index.versions, "switch"),
    (index.versions.shutil, "rmtree"),
]


@pytest.mark.parametrize(("owner", "name"), STEPS, ids=[name for _, name in STEPS])
def test_a_build_killed_before_any_of_its_steps(office: Office, owner: object, name: str) -> None:
    for call in (1, 2, 9):
        office.change()
        code = office.build_and_die(lambda call=call: die_at(owner, name, call))  # type: ignore[misc]
        office.check()
        if code == 0:  # there are fewer such calls in a build
            break
        assert code == -signal.SIGKILL


def die_at(owner: object, name: str, call: int) -> None:
    """Let the process die when it calls a function for the `call`-th time."""
    original: Callable[..., Any] = getattr(owner, name)
    calls = 0

    def fatal(*arguments: Any, **options: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == call:
            os.kill(os.getpid(), signal.SIGKILL)
        return original(*arguments, **options)

    setattr(owner, name, fatal)
