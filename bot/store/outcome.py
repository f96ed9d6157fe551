"""What a statement did, by its row count: the way workers find out who was first."""

from __future__ import annotations

from typing import Any, cast

from sqlalchemy import Delete, Table, Update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from knowledge.db import Base


def changed(session: Session, statement: Update | Delete, **values: Any) -> int:
    """Run `statement`, with `values` for its parameters, and return how many rows it changed."""
    session.flush()
    return (
        session.connection().execute(statement, values).rowcount
    )  # the session's own transaction, without its bookkeeping


def insert_new(session: Session, table: type[Base], **values: Any) -> bool:
    """Insert one row unless a unique column already holds its value; tells whether it did."""
    session.flush()
    connection = session.connection()
    make = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    return connection.execute(make(cast(Table, table.__table__)).on_conflict_do_nothing(), values).rowcount == 1
