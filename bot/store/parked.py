"""Updates and replies that were put aside: listed for the admin, given back to processing, or given up.

Only the class of an error leaves this module: its words may quote what somebody wrote.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from bot.store.inbox import InboxState
from bot.store.outbox import OutboxState
from bot.store.outcome import changed
from bot.store.tables import InboxRow, OutboxRow

_MOST = 50  # listed: a greater heap has one cause, which the first ones show

_UNSENT = (OutboxRow.state == OutboxState.PARKED,)


@dataclass(frozen=True, slots=True)
class Aside:
    """One update that was put aside."""

    id: int
    channel: str
    at: datetime  # received
    error: str  # its class, "OperationalError"


def newest(session: Session) -> tuple[Aside, ...]:
    """Return the newest parked updates, newest first."""
    columns = (InboxRow.id, InboxRow.channel, InboxRow.received_at, InboxRow.error)
    query = select(*columns).where(InboxRow.state == InboxState.PARKED).order_by(InboxRow.id.desc()).limit(_MOST)
    return tuple(Aside(row.id, row.channel, row.received_at, _class(row.error)) for row in session.execute(query))


def give_back(session: Session, update_id: int, now: datetime) -> bool:
    """Let a parked update be processed again; False when it is not parked any more."""
    fresh = {"state": InboxState.NEW, "attempts": 0, "not_before": now, "error": None, "done_at": None}
    return _change(session, update_id, **fresh)


def drop(session: Session, update_id: int) -> bool:
    """Give a parked update up; False when it is not parked any more."""
    return _change(session, update_id, state=InboxState.SKIPPED)


def unsent(session: Session) -> int:
    """Return how many replies were put aside since they could not be delivered."""
    return session.scalar(select(func.count()).select_from(OutboxRow).where(*_UNSENT)) or 0


def send_again(session: Session, now: datetime) -> int:
    """Let every reply that was put aside be delivered again and return how many those are."""
    fresh = {"state": OutboxState.NEW, "attempts": 0, "not_before": now, "error": None}
    return changed(session, update(OutboxRow).where(*_UNSENT).values(**fresh))


def _change(session: Session, update_id: int, **values: object) -> bool:
    parked = (InboxRow.id == update_id, InboxRow.state == InboxState.PARKED)
    return changed(session, update(InboxRow).where(*parked).values(**values)) == 1


def _class(error: str | None) -> str:
    match = re.match(r"[A-Za-z_][\w.]{0,60}", error or "")
    return match.group() if match else "lỗi không rõ"
