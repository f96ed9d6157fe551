"""What a statement did, by its row count: the way workers find out who was first.

Statements go to the connection of the session's own transaction, past the session's bookkeeping, which costs more than
most of them; whatever the session still holds back is written before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, cast

from sqlalchemy import Delete, Insert, Table, Update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from knowledge.db import Base


def changed(session: Session, statement: Update | Delete, **values: Any) -> int:
    """Run `statement`, with `values` for its parameters, and return how many rows it changed."""
    session.flush()
    return session.connection().execute(statement, values).rowcount


def changed_by_each(session: Session, statement: Update, rows: Sequence[Mapping[str, Any]]) -> int:
    """Run `statement` once with each of `rows` for its parameters; return how many rows were changed in all."""
    session.flush()
    return session.connection().execute(statement, rows).rowcount if rows else 0


def insert_new(session: Session, table: type[Base], **values: Any) -> bool:
    """Insert one row unless a unique column already holds its value; tells whether it did."""
    return insert_all_new(session, table, [values]) == 1


def insert_all_new(session: Session, table: type[Base], rows: Sequence[Mapping[str, Any]]) -> int:
    """Insert rows, of the same columns, in their order, but for those of which a unique column already holds a value.

    Returns how many were inserted.
    """
    if not rows:
        return 0
    session.flush()
    connection = session.connection()
    insert = _inserting(cast(Table, table.__table__), connection.dialect.name)
    return connection.execute(insert, rows if len(rows) > 1 else rows[0]).rowcount


@cache  # building a statement costs more than running it
def _inserting(table: Table, dialect: str) -> Insert:
    make = postgresql.insert if dialect == "postgresql" else sqlite.insert
    # PostgreSQL's driver would not look at how many rows there were.
    return make(table).on_conflict_do_nothing().execution_options(preserve_rowcount=True)
