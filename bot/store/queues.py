"""How the inbox and the outbox stand: what waits, for how long, what was put aside. For `tdkt doctor` and monitors.

Replies that wait until somebody opens the page or the terminal again wait for that person, not for us: not counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from bot.domain.messages import SEATS
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
    coming = InboxRow.state.in_(("new", "processing"))
    fresh = or_(OutboxRow.expires_at.is_(None), OutboxRow.expires_at > now)  # what is stale is never sent
    going = and_(OutboxRow.state.in_(("new", "sending")), OutboxRow.channel.not_in(SEATS), fresh)
    return (
        _look(session, "Tin đến", InboxRow, InboxRow.received_at, coming, now),
        _look(session, "Tin đi", OutboxRow, OutboxRow.not_before, going, now),
    )


def _look(
    session: Session,
    name: str,
    table: type[InboxRow] | type[OutboxRow],
    since: InstrumentedAttribute[datetime],
    waits: ColumnElement[bool],
    now: datetime,
) -> Queue:
    waiting, oldest = session.execute(select(func.count(), func.min(since)).where(waits)).one()
    parked = session.scalar(select(func.count()).select_from(table).where(table.state == "parked")) or 0
    last = select(table.error).where(table.state == "parked").order_by(table.id.desc()).limit(1)
    error = " ".join((session.scalar(last) or "").split())[:_SHOWN_ERROR]
    age = max(now - oldest, timedelta()) if oldest else timedelta()
    return Queue(name, waiting, age, parked, error)
