"""What a check found: shared by every look of `tdkt doctor`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.settings import Settings

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlalchemy.orm import Session


class State(StrEnum):
    """How serious it is."""

    FINE = "✓"
    WARNING = "!"  # works, but something is missing or old
    BAD = "✗"  # does not work


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at."""

    subject: str
    state: State
    says: str
    advice: str = ""  # what to do; "" when nothing


class Schema(StrEnum):
    """How the tables of a database fit this program."""

    ABSENT = "absent"
    OLDER = "older"  # brought up to date by whatever command opens it next
    CURRENT = "current"
    NEWER = "newer"  # of a program that this one does not know


def first_line(error: Exception) -> str:
    """Return the first line of what an error says, its name where it says nothing."""
    return (str(error).splitlines() or [type(error).__name__])[0][:200]


@contextmanager
def engine_of(settings: Settings) -> Iterator[Engine]:
    """Yield the database for the length of the block, as it is: no table is brought up to date."""
    from knowledge.db import open_engine, sqlite_url

    engine = open_engine(settings.database or sqlite_url(settings.home))
    try:
        yield engine
    finally:
        engine.dispose()


def schema_of(engine: Engine) -> Schema:
    """Return how the tables fit this program."""
    from alembic.migration import MigrationContext
    from alembic.script import ScriptDirectory

    from bot.store import BOT
    from knowledge.db import KNOWLEDGE, looking

    found: list[Schema] = []
    for history in (KNOWLEDGE, BOT):
        script = ScriptDirectory(str(KNOWLEDGE.versions.parent), version_locations=[str(history.versions)])
        with looking(engine) as connection:
            table = {"version_table": f"alembic_version_{history.name}"}
            revision = MigrationContext.configure(connection, opts=table).get_current_revision()
        if revision is None:
            found.append(Schema.ABSENT)
        elif revision == script.get_current_head():
            found.append(Schema.CURRENT)
        else:
            known = {one.revision for one in script.walk_revisions()}
            found.append(Schema.OLDER if revision in known else Schema.NEWER)
    if len(set(found)) == 1:
        return found[0]
    return Schema.NEWER if Schema.NEWER in found else Schema.OLDER


def has_database(settings: Settings) -> bool:
    """Tell whether there is a database to look into."""
    return settings.database is not None or (settings.home / "tdkt.sqlite3").exists()


@contextmanager
def rows_of(settings: Settings) -> Iterator[Session | None]:
    """Yield a session that reads; None where the database cannot be read by this program, which is said elsewhere."""
    from sqlalchemy.exc import SQLAlchemyError

    from knowledge.db import reading

    if not has_database(settings):
        yield None
        return
    with engine_of(settings) as engine:
        try:
            fits = schema_of(engine) is Schema.CURRENT
        except (SQLAlchemyError, OSError):
            fits = False
        if not fits:
            yield None
            return
        with reading(engine) as session:
            yield session
