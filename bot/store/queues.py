"""How the inbox and the outbox stand: what waits, for how long, what was put aside. For `tdkt doctor`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from bot.store.tables import InboxRow, OutboxRow

_SHOWN_ERROR = 160  # characters


@dataclass(frozen=True, slots=True)
class Queue:
    """One queue at one moment."""

    name: str  # "Tin đến"
    waiting: int
    oldest: timedelta  # how long the first of them has been due
    parked: int
    error: str  # of the last parked one


def look(session: Session, now: datetime) -> tuple[Queue, ...]:
    """Return both queues."""
    return (
        _look(session, "Tin đến", InboxRow, InboxRow.received_at, ("new", "processing"), now),
        _look(session, "Tin đi", OutboxRow, OutboxRow.not_before, ("new", "sending"), now),
    )


def _look(
    session: Session,
    name: str,
    table: type[InboxRow] | type[OutboxRow],
    since: InstrumentedAttribute[datetime],
    waits: tuple[str, ...],
    now: datetime,
) -> Queue:
    waiting, oldest = session.execute(select(func.count(), func.min(since)).where(table.state.in_(waits))).one()
    parked = session.scalar(select(func.count()).select_from(table).where(table.state == "parked")) or 0
    last = select(table.error).where(table.state == "parked").order_by(table.id.desc()).limit(1)
    error = " ".join((session.scalar(last) or "").split())[:_SHOWN_ERROR]
    age = max(now - oldest, timedelta()) if oldest else timedelta()
    return Queue(name, waiting, age, parked, error)
