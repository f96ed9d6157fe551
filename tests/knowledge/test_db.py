"""Transactions and migrations, alone and with other processes at work."""

from __future__ import annotations

import multiprocessing
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, MetaData, inspect, text
from sqlalchemy.exc import IntegrityError, StatementError

from knowledge.catalog import Catalog
from knowledge.db import Base, History, _write_ahead, migrate, open_engine, reading, sqlite_url, writing
from knowledge.errors import DatabaseTooNew
from knowledge.tables import DocumentRow, SourceRow, VersionRow
from tests.knowledge.conftest import EMPTY_HEADER, WHOLE_HEADER, make_document

NOW = datetime(2025, 6, 2, 1, 30, tzinfo=UTC)
ON_BOTH_DATABASES = True
SPAWN = multiprocessing.get_context("spawn")
OURS = {row.__tablename__ for row in (DocumentRow, VersionRow, SourceRow)}


@pytest.fixture
def engine(empty_database: str) -> Iterator[Engine]:
    engine = open_engine(empty_database)
    migrate(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def sqlite(tmp_path: Path) -> Engine:
    """For what only SQLite knows, and for what the database has no part in."""
    engine = open_engine(sqlite_url(tmp_path / "nhà 100% & mới"))
    migrate(engine)
    return engine


def test_the_migrations_make_exactly_the_tables_of_the_code(engine: Engine) -> None:
    ours = MetaData(naming_convention=Base.metadata.naming_convention)
    for table in Base.metadata.sorted_tables:
        if table.name in OURS:
            table.to_metadata(ours)
    with engine.connect() as connection:
        options = {"include_name": lambda name, kind, _: kind != "table" or name in OURS}
        assert compare_metadata(MigrationContext.configure(connection, opts=options), ours) == []


def test_migrating_again_does_nothing(engine: Engine) -> None:
    before = inspect(engine).get_table_names()
    migrate(engine)
    assert inspect(engine).get_table_names() == before


def test_sqlite_is_set_up_for_many_processes_and_power_cuts(sqlite: Engine) -> None:
    with reading(sqlite) as session:
        pragmas = {
            name: session.scalar(text(f"PRAGMA {name}")) for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_foreign_keys_hold_after_a_migration(engine: Engine) -> None:
    with pytest.raises(IntegrityError), writing(engine) as session:
        session.execute(
            text("INSERT INTO document_sources VALUES ('/x', 'x', 1, 1, 1, 99, NULL, '2025-01-01 00:00:00')")
        )


def test_a_file_is_held_or_refused_and_never_both(engine: Engine) -> None:
    with pytest.raises(IntegrityError), writing(engine) as session:
        session.execute(
            text("INSERT INTO document_sources VALUES ('/x', 'x', 1, 1, 1, NULL, NULL, '2025-01-01 00:00:00')")
        )


def test_what_fails_leaves_nothing(engine: Engine) -> None:
    with pytest.raises(RuntimeError), writing(engine) as session:
        session.add(DocumentRow(created_at=NOW))
        session.flush()
        raise RuntimeError
    with reading(engine) as session:
        assert session.get(DocumentRow, 1) is None


def test_times_come_back_aware_and_in_utc(engine: Engine) -> None:
    saigon = timezone(timedelta(hours=7))
    with writing(engine) as session:
        session.add(DocumentRow(created_at=NOW.astimezone(saigon)))
    with reading(engine) as session:
        row = session.get_one(DocumentRow, 1)
        assert row.created_at == NOW
        assert row.created_at.tzinfo is UTC


def test_a_time_without_a_zone_is_refused(engine: Engine) -> None:
    with pytest.raises(StatementError, match="without a zone"), writing(engine) as session:
        session.add(DocumentRow(created_at=NOW.replace(tzinfo=None)))


def test_readers_do_not_wait_for_a_writer(engine: Engine) -> None:
    with writing(engine) as writer:
        writer.add(DocumentRow(created_at=NOW))
        writer.flush()
        with reading(engine) as session:
            assert session.get(DocumentRow, 1) is None


def test_a_database_of_a_newer_program_is_left_alone(engine: Engine) -> None:
    with writing(engine) as session:
        session.execute(text("UPDATE alembic_version_knowledge SET version_num = 'k9999'"))
    with pytest.raises(DatabaseTooNew, match="phiên bản"):
        migrate(engine)


def test_another_package_migrates_on_its_own(engine: Engine, tmp_path: Path) -> None:
    versions = tmp_path / "versions"
    versions.mkdir()
    (versions / "x1.py").write_text(
        "import sqlalchemy as sa\nfrom alembic import op\nrevision = 'x1'\ndown_revision = None\n"
        "def upgrade():\n    op.create_table('visitors', sa.Column('id', sa.Integer, primary_key=True))\n",
        encoding="utf-8",
    )
    migrate(engine, History("visitors", versions))
    migrate(engine)  # knows nothing of the visitors, and need not
    tables = set(inspect(engine).get_table_names())
    assert {"visitors", "alembic_version_visitors", "alembic_version_knowledge"} | OURS <= tables


def test_threads_migrate_different_databases_at_once(tmp_path: Path) -> None:
    errors: list[BaseException] = []

    def make(number: int) -> None:
        engine = open_engine(sqlite_url(tmp_path / str(number)))
        try:
            migrate(engine)
        except BaseException as error:  # told below, in the test's own thread
            errors.append(error)
        engine.dispose()

    threads = [threading.Thread(target=make, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert errors == []


def test_an_error_quotes_no_values(sqlite: Engine) -> None:
    with pytest.raises(StatementError) as caught, writing(sqlite) as session:
        session.execute(text("INSERT INTO nowhere VALUES (:value)"), {"value": "Nguyễn Thị Lan"})
    assert "Lan" not in str(caught.value)


def test_a_refused_switch_to_the_log_is_asked_again(tmp_path: Path) -> None:
    """SQLite refuses one of two that turn the write-ahead log on together, without waiting; it must not notice."""
    holder = sqlite3.connect(tmp_path / "x", isolation_level=None, check_same_thread=False)
    holder.execute("BEGIN EXCLUSIVE")
    refused = sqlite3.connect(tmp_path / "x", timeout=0, isolation_level=None)
    release = threading.Timer(0.2, holder.execute, ["COMMIT"])
    release.start()
    _write_ahead(refused)
    release.join()
    assert refused.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    refused.close()
    holder.close()


def test_a_broken_database_is_not_asked_again_and_again(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"this is no database" * 100)
    connection = sqlite3.connect(tmp_path / "x")
    with pytest.raises(sqlite3.DatabaseError, match="not a database"):
        _write_ahead(connection)
    connection.close()


def _start_and_fill(url: str, worker: int, gate: object) -> None:
    """Start like a fresh program and add ten files: five of its own, five that every worker adds."""
    gate.wait()  # type: ignore[attr-defined]  # a multiprocessing Barrier, which has no public type
    engine = open_engine(url)
    migrate(engine)
    catalog = Catalog(engine)
    for number in range(5):
        own = make_document(f"Việc {number} của {worker}.", header=EMPTY_HEADER)
        catalog.add(own, Path(f"/{worker}/{number}.txt"), size=1, mtime_ns=1, analyser=1, now=NOW)
        shared = make_document(f"Bản {number} của {worker}.", header=WHOLE_HEADER)
        catalog.add(shared, Path(f"/chung/{worker}-{number}.txt"), size=1, mtime_ns=1, analyser=1, now=NOW)


def test_processes_that_start_and_write_at_once_lose_nothing(empty_database: str) -> None:
    workers = 3
    gate = SPAWN.Barrier(workers)
    processes = [
        SPAWN.Process(target=_start_and_fill, args=(empty_database, worker, gate)) for worker in range(workers)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join(120)
        assert process.exitcode == 0
    engine = open_engine(empty_database)
    catalog = Catalog(engine)
    own = [entry for entry in catalog.current() if entry.symbol is None]
    shared = [entry for entry in catalog.current() if entry.symbol is not None]
    assert len(own) == workers * 5
    assert len(shared) == 1  # one symbol, one document, whoever came first
    versions = catalog.versions(shared[0].file)
    assert sorted(version.number for version in versions) == list(range(1, workers * 5 + 1))
    engine.dispose()


_STEPS = st.lists(
    st.tuples(
        st.sampled_from(["put", "remove", "refuse", "secret"]),
        st.sampled_from(["/a/x.txt", "/a/y.txt", "/b/x.txt"]),
        st.sampled_from(["Một.", "Hai.", "Ba."]),
        st.booleans(),
        st.integers(1, 4),
    ),
    max_size=12,
)


@settings(max_examples=60, deadline=None)
@given(_STEPS)
def test_any_history_leaves_a_catalogue_that_agrees_with_itself(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, str, str, bool, int]]
) -> None:
    engine = open_engine(sqlite_url(tmp_path_factory.mktemp("home")))
    migrate(engine)
    catalog = Catalog(engine)
    expected: dict[str, str | None] = {}
    for action, path, content, numbered, mtime in steps:
        stamp = {"size": 1, "mtime_ns": mtime, "analyser": 1, "now": NOW}
        if action == "put":
            document = make_document(content, header=WHOLE_HEADER if numbered else EMPTY_HEADER)
            before = {entry.version for entry in catalog.current()}
            change = catalog.add(document, Path(path), **stamp)
            if change.outcome == "unchanged":
                assert {entry.version for entry in catalog.current()} <= before
            expected[path] = document.digest
        elif action == "remove":
            known = {source.path for source in catalog.sources()}  # `expected` may hold what was erased
            assert catalog.remove(Path(path)) == (path in known)
            expected.pop(path, None)
        else:
            secret = action == "secret"
            held = expected.get(path)
            catalog.refuse(Path(path), "Không đọc được.", secret=secret, **stamp)
            if secret and held is not None:
                expected = {other: digest for other, digest in expected.items() if digest != held}
            expected[path] = None
        sources = catalog.sources()
        live = {source.path: source.digest for source in sources}
        assert all(live.get(path) == digest for path, digest in expected.items() if not _erased(live, path))
        current = catalog.current()
        assert len({entry.document for entry in current}) == len(current)
        assert all(live[entry.source] == entry.digest for entry in current)
        assert all(catalog.load(entry).digest == entry.digest for entry in current)
    engine.dispose()


def _erased(live: dict[str, str | None], path: str) -> bool:
    """A secret refusal may erase copies that earlier came from the refused path: those files are simply unknown."""
    return path not in live


def test_a_database_that_is_up_to_date_costs_no_alembic(tmp_path: Path) -> None:
    url = sqlite_url(tmp_path)
    migrate(open_engine(url))
    script = (
        "import sys; from knowledge.db import migrate, open_engine; "
        f"migrate(open_engine({url!r})); print('alembic' in sys.modules)"
    )
    told = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    assert told.stdout.strip() == "False"
