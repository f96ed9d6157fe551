"""Leases: what only one process does at a time, and who takes over when it dies."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from bot.store.outcome import changed, insert_new
from bot.store.tables import LeaseRow

# No lease lasts so long, nor do the clocks of two machines differ so much: one that ends later was taken under a clock
# that was wrong, by a process that would hold up every other until then.
_ABSURD = timedelta(days=2)


def hold(session: Session, name: str, owner: str, now: datetime, lasting: timedelta) -> bool:
    """Take or renew a lease; False while another process holds it."""
    over = or_(LeaseRow.until < now, LeaseRow.until > now + _ABSURD)
    free = (LeaseRow.name == name, or_(LeaseRow.owner == owner, over))
    if changed(session, update(LeaseRow).where(*free).values(owner=owner, until=now + lasting)):
        return True
    return insert_new(session, LeaseRow, name=name, owner=owner, until=now + lasting)


def release(session: Session, name: str, owner: str) -> None:
    """Give a lease back, so that another process need not wait for its end."""
    changed(session, delete(LeaseRow).where(LeaseRow.name == name, LeaseRow.owner == owner))


def held(session: Session, now: datetime) -> tuple[str, ...]:
    """Return the names of the leases that a process holds now."""
    running = (LeaseRow.until >= now, LeaseRow.until <= now + _ABSURD)
    return tuple(session.scalars(select(LeaseRow.name).where(*running).order_by(LeaseRow.name)))


def stuck(session: Session, now: datetime) -> tuple[str, ...]:
    """Return the names of those taken under a wrong clock and never given back."""
    return tuple(session.scalars(select(LeaseRow.name).where(LeaseRow.until > now + _ABSURD).order_by(LeaseRow.name)))
