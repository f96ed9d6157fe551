"""The database: one engine, one declarative base, transactions that are safe between processes, migrations.

SQLite (one file, WAL) by default, PostgreSQL by URL; the same code runs on both. Rules that keep it so:

* A transaction that may write comes from `writing`, one that only reads from `reading`. On SQLite the first takes the
  write lock at once (BEGIN IMMEDIATE): a lock taken later, in mid-transaction, may fail instead of waiting.
* What was committed is there after a `kill -9` and after a power cut: every commit waits for the disk (synchronous=FULL
  on SQLite, the default of PostgreSQL). What costs too much is made cheaper by committing much at once, never by this.
* Times are UTC and aware on the way in and out (`UtcDateTime`, the type of every `Mapped[datetime]`).
* Each package brings its own migrations, a `History`: its folder of revisions and its own version table, so that this
  package can migrate a database whose later tables it does not know.

Knows nothing of what the tables mean.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import DateTime, Dialect, Engine, MetaData, create_engine, event, make_url, text
from sqlalchemy.engine import URL, Connection
from sqlalchemy.exc import OperationalError, ProgrammingError
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.types import TypeDecorator

from knowledge.errors import DatabaseTooNew, DatabaseUnreachable

if TYPE_CHECKING:
    from alembic.config import Config

_CONNECT_SECONDS = 10  # until a server that does not answer is given up
_MIGRATING = threading.Lock()  # alembic keeps what it is doing in variables of the process
BUSY_SECONDS = 30  # how long a process waits for another's write before it gives up


class UtcDateTime(TypeDecorator[datetime]):
    """An aware time, stored in UTC; SQLite keeps no zone, so it is put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return `value` in UTC; raises ValueError for a time without a zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a time without a zone: {value!r}")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the stored time, aware, in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """Base of every table of the program. Constraints have names, so that migrations can change them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: UtcDateTime}  # noqa: RUF012 - read by SQLAlchemy under exactly this name


@dataclass(frozen=True, slots=True)
class History:
    """The migrations of one package."""

    name: str  # "knowledge"; its version table is "alembic_version_<name>"
    versions: Path  # folder of revision files


KNOWLEDGE = History("knowledge", Path(__file__).parent / "migrations" / "versions")


def sqlite_url(home: Path) -> str:
    """Return the URL of the database in the folder `home`."""
    return URL.create("sqlite", database=str(home / "tdkt.sqlite3")).render_as_string(hide_password=False)


def open_engine(url: str) -> Engine:
    """Return an engine for `url`; the folder of a SQLite file is made where it is missing.

    Errors quote no values: they are personal data, and errors are logged.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return create_engine(
            parsed, hide_parameters=True, pool_pre_ping=True, connect_args={"connect_timeout": _CONNECT_SECONDS}
        )
    if parsed.database and parsed.database != ":memory:":
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(parsed, hide_parameters=True, connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, record: object) -> None:
    connection.isolation_level = None  # the driver must not begin transactions of its own: _begin_sqlite does
    connection.execute(f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}").close()
    _write_ahead(connection)
    for pragma in (
        "synchronous=FULL",  # a report once accepted survives a power cut
        "foreign_keys=ON",
        "secure_delete=ON",  # what is removed (a document found to be secret) is overwritten, not merely unlinked
    ):
        connection.execute(f"PRAGMA {pragma}").close()


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Turn on the write-ahead log.

    Where two processes turn it on at once, both hold a read lock and want the exclusive one: SQLite refuses one of
    them at once, whatever the timeout, so the refused one asks again.
    """
    for _ in range(BUSY_SECONDS * 20):
        try:
            connection.execute("PRAGMA journal_mode=WAL").close()
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
        time.sleep(0.05)
    connection.execute("PRAGMA journal_mode=WAL").close()


def _begin_sqlite(connection: Connection) -> None:
    only_reads = connection.get_execution_options().get("only_reads", False)
    connection.exec_driver_sql("BEGIN" if only_reads else "BEGIN IMMEDIATE")


@contextmanager
def writing(engine: Engine, lock: str | None = None) -> Iterator[Session]:
    """Run one transaction that may write: committed at the end of the block, rolled back if it raises.

    On SQLite writers wait for each other. On PostgreSQL only those that name the same `lock` do.
    """
    with Session(engine, expire_on_commit=False) as session, session.begin():
        if lock is not None and engine.dialect.name == "postgresql":
            session.execute(text("SELECT pg_advisory_xact_lock(hashtext(:name))"), {"name": lock})
        yield session


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """Run one transaction that only reads, on one consistent state, never waiting for writers."""
    with Session(_reader(engine), expire_on_commit=False) as session, session.begin():
        yield session


@contextmanager
def looking(engine: Engine) -> Iterator[Connection]:
    """Do as `reading`, without a session, which costs more than a small read: for what comes with every message."""
    with _reader(engine).begin() as connection:
        yield connection


def _reader(engine: Engine) -> Engine:
    if engine.dialect.name == "postgresql":  # whose statements would otherwise see a state each
        return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    return engine.execution_options(only_reads=True)


def checkpoint(engine: Engine) -> None:
    """Empty SQLite's write-ahead log into the file, so that what was erased is gone from the log too."""
    if engine.dialect.name != "sqlite":
        return
    with engine.connect() as connection:
        driver = connection.connection.driver_connection
        if driver is not None:  # outside SQLAlchemy's transaction, where SQLite would refuse it
            driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").close()


def migrate(engine: Engine, history: History = KNOWLEDGE) -> None:
    """Bring the tables of one package up to date. Does nothing where they are; two processes may call it at once.

    Raises DatabaseTooNew where a newer program has already changed them, DatabaseUnreachable where a server is not
    there.
    """
    if _is_current(engine, history):
        return
    from alembic import command  # a fifth of a second and 8 MB that only a database of another version costs
    from alembic.util import CommandError

    with _MIGRATING, _connected(engine) as connection:
        driver = connection.connection.driver_connection
        sqlite = engine.dialect.name == "sqlite"
        # Rebuilding a table (the only way SQLite can alter one) would fire its foreign keys, and the switch is
        # ignored inside a transaction: off before, checked before the commit, on again after.
        if sqlite and driver is not None:
            driver.execute("PRAGMA foreign_keys=OFF").close()
        try:
            with connection.begin():
                if not sqlite:
                    connection.execute(text("SELECT pg_advisory_xact_lock(hashtext('migrate'))"))
                command.upgrade(_config(history, connection), "head")
                if sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                    raise RuntimeError(f"migration of {history.name} leaves rows that refer to nothing")
        except CommandError as error:
            raise DatabaseTooNew(
                f"Cơ sở dữ liệu không khớp với phiên bản chương trình này ({error}); hãy dùng bản mới hơn."
            ) from error
        finally:
            if sqlite and driver is not None:
                driver.execute("PRAGMA foreign_keys=ON").close()


def _is_current(engine: Engine, history: History) -> bool:
    """Tell whether the newest of the revisions, which are numbered, is the one the tables are at."""
    newest = max(file.name for file in history.versions.glob("*.py")).partition("_")[0]
    with _connected(_reader(engine)) as connection:
        try:
            found = connection.exec_driver_sql(f"SELECT version_num FROM alembic_version_{history.name}").scalars()
            return found.all() == [newest]
        except (OperationalError, ProgrammingError):
            return False  # no such table: nothing was ever made


def _connected(engine: Engine) -> Connection:
    try:
        return engine.connect()
    except OperationalError as error:
        if engine.dialect.name == "sqlite":
            raise
        reason = (str(error.orig).splitlines() or [""])[0]
        raise DatabaseUnreachable(
            f"Không kết nối được máy chủ cơ sở dữ liệu ({reason}); hãy kiểm tra TDKT_DATABASE_URL và máy chủ đó."
        ) from error


def _config(history: History, connection: Connection) -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(KNOWLEDGE.versions.parent).replace("%", "%%"))
    config.set_main_option("path_separator", "newline")
    config.set_main_option("version_locations", str(history.versions).replace("%", "%%"))
    config.attributes.update(connection=connection, version_table=f"alembic_version_{history.name}")
    return config
