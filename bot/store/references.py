"""Which kept files are still spoken of anywhere in the database.

Every column of text is looked through for anything like a digest, in every table but those named here: a table that is
added one day holds its files without having to say so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from sqlalchemy import ColumnElement, MetaData, String, Table, select
from sqlalchemy.orm import Session

from bot.domain.publishing import IntakeState
from bot.store.inbox import InboxState
from bot.store.outbox import OutboxState
from knowledge.db import Base

_DIGEST = re.compile(r"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")
_AT_A_TIME = 200  # rows in memory: a draft may be large
# Names of files and a log of words: neither keeps a file.
_SILENT = frozenset({"attachments", "audit", "alembic_version_bot", "alembic_version_knowledge"})
# Of these only what still has to happen needs its files.
_NEEDED = {
    "inbox": (InboxState.NEW, InboxState.PROCESSING, InboxState.PARKED),
    "outbox": (OutboxState.NEW, OutboxState.SENDING, OutboxState.PARKED, OutboxState.BLOCKED),
    "intakes": (IntakeState.READING, IntakeState.READY, IntakeState.QUEUED),
}


def referred_to(session: Session, digests: Iterable[str]) -> frozenset[str]:
    """Return those of `digests` that a row refers to. `session` must see one state of the whole database."""
    wanted = set(digests)
    found: set[str] = set()
    for table in _tables(session):
        columns = [column for column in table.columns if isinstance(column.type, String)]
        if not columns or not wanted:
            continue
        rows = session.connection().execute(
            select(*columns).where(*_still(table)), execution_options={"yield_per": _AT_A_TIME}
        )
        for row in rows:
            for text in row:
                if text and not wanted.isdisjoint(digests_in := _DIGEST.findall(text)):
                    found.update(wanted.intersection(digests_in))
    return frozenset(found)


def _tables(session: Session) -> list[Table]:
    """Return the tables as they are in the database: one may belong to a part of the program that is not loaded."""
    metadata = MetaData()
    metadata.reflect(session.connection())
    documents = {
        table.name
        for mapper in Base.registry.mappers
        for table in mapper.tables
        if isinstance(table, Table) and mapper.class_.__module__.startswith("knowledge.")
    }
    return [table for table in metadata.sorted_tables if table.name not in documents | _SILENT]


def _still(table: Table) -> tuple[ColumnElement[bool], ...]:
    states = _NEEDED.get(table.name)
    return (table.c.state.in_([state.value for state in states]),) if states else ()
