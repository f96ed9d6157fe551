"""What every test may use: the customer's documents, where the checkout has them beside it, and databases."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from tqdm import tqdm

from index.build import update
from index.snapshot import Snapshot, SnapshotStore
from knowledge.db import sqlite_url
from tests.databases import Postgres, make_tables

# A busy machine takes many times as long over one example; what is slow is measured by tests/bench, not here.
settings.register_profile("any machine", deadline=None)
settings.load_profile("any machine")

# tqdm's own lock, which bm25s takes, is shared with forked processes: one that is killed would never let it go.
tqdm.set_lock(threading.RLock())

SAMPLES = Path(__file__).resolve().parents[1] / "knowledge" / "samples"
SHARED = Path(__file__).resolve().parents[2] / "shared"


def _shared(name: str) -> Path:
    folder = SHARED / name
    if not folder.is_dir():
        pytest.skip(f"../shared/{name} is not beside this checkout")
    return folder


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The folder of the five real documents; skips, saying so, where it is absent."""
    return _shared("seeds")


@pytest.fixture(scope="session")
def dev_questions() -> Path:
    """The staff questions over the seeds; skips, saying so, where they are absent."""
    return _shared("questions") / "dev.jsonl"


@pytest.fixture(scope="session")
def corpora() -> Path:
    """The folder of official corpora; skips, saying so, where it is absent."""
    return _shared("corpora")


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """The shipped sample documents, really read, analysed and indexed with the shipped model."""
    home = tmp_path_factory.mktemp("samples-home")
    update(home, [SAMPLES])
    snapshot = SnapshotStore(home).current()
    assert snapshot is not None
    return snapshot


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that uses a database on SQLite, and on PostgreSQL too where its module says so."""
    for name in ("database", "empty_database"):
        marked = [mark for mark in metafunc.definition.iter_markers("parametrize") if name in mark.args[0]]
        if name in metafunc.fixturenames and not marked:
            both = getattr(metafunc.module, "ON_BOTH_DATABASES", False)
            metafunc.parametrize(name, ["sqlite", "postgresql"] if both else ["sqlite"], indirect=True)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A real PostgreSQL server; skips, saying why, where none can be started."""
    try:
        server = Postgres()
    except Exception as error:  # no binary for this machine, no room, no rights: whatever it is, it is said
        pytest.skip(f"PostgreSQL cannot be started here: {error!r}")
    yield server
    server.stop()


@pytest.fixture(scope="session")
def sqlite_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with every table, to be copied: quicker than making them for every test."""
    home = tmp_path_factory.mktemp("made")
    make_tables(sqlite_url(home))
    return home


@pytest.fixture
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database with every table and no rows."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_made") / "tdkt.sqlite3", tmp_path)
        yield sqlite_url(tmp_path)
    else:
        with request.getfixturevalue("postgres").database() as url:
            yield url


@pytest.fixture
def empty_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database without tables."""
    if request.param == "sqlite":
        yield sqlite_url(tmp_path / "nhà 100% & mới")
    else:
        with request.getfixturevalue("postgres").database(tables=False) as url:
            yield url
