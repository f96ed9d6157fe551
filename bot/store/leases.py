"""Leases: what only one process does at a time, and who takes over when it dies."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, or_, update
from sqlalchemy.orm import Session

from bot.store.outcome import changed, insert_new
from bot.store.tables import LeaseRow


def hold(session: Session, name: str, owner: str, now: datetime, lasting: timedelta) -> bool:
    """Take or renew a lease; False while another process holds it."""
    free = (LeaseRow.name == name, or_(LeaseRow.owner == owner, LeaseRow.until < now))
    if changed(session, update(LeaseRow).where(*free).values(owner=owner, until=now + lasting)):
        return True
    return insert_new(session, LeaseRow, name=name, owner=owner, until=now + lasting)


def release(session: Session, name: str, owner: str) -> None:
    """Give a lease back, so that another process need not wait for its end."""
    changed(session, delete(LeaseRow).where(LeaseRow.name == name, LeaseRow.owner == owner))
