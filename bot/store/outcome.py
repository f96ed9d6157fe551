"""What a statement did, by its row count: the way workers find out who was first."""

from __future__ import annotations

from typing import Any, cast

from sqlalchemy import CursorResult, Delete, Update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from knowledge.db import Base


def changed(session: Session, statement: Update | Delete) -> int:
    """Run `statement` and return how many rows it changed."""
    result = session.execute(statement, execution_options={"synchronize_session": False})
    return cast("CursorResult[Any]", result).rowcount


def insert_new(session: Session, table: type[Base], **values: Any) -> bool:
    """Insert one row unless a unique column already holds its value; tells whether it did."""
    make = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    result = session.execute(make(table).values(**values).on_conflict_do_nothing())
    return cast("CursorResult[Any]", result).rowcount == 1
