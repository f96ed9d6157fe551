"""The inbox: what channels received, in order, until each update is processed once.

    new → processing (leased) → done
                              → new again (failed, or the lease ran out) → … → parked, with its error
    skipped: kept for the admin, nothing to do

A row is claimed by a conditional UPDATE, the first open one of its chat only: order is kept within a chat and no chat
waits for another. Knows nothing of what messages mean.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Update, bindparam, exists, or_, select, update
from sqlalchemy.orm import Session, aliased

from bot.channels.base import Update as Received
from bot.codec import dumps, loads
from bot.domain.messages import Incoming
from bot.store.outcome import changed, insert_new
from bot.store.tables import InboxRow

_LONGEST_ERROR = 2000  # characters kept of an error


class InboxState(StrEnum):
    """Where an update stands."""

    NEW = "new"
    PROCESSING = "processing"
    DONE = "done"
    PARKED = "parked"
    SKIPPED = "skipped"


_OPEN = (InboxState.NEW, InboxState.PROCESSING)


@dataclass(frozen=True, slots=True)
class Claim:
    """One update that this worker, and no other, processes now."""

    id: int
    incoming: Incoming
    attempts: int  # that failed before this one
    owner: str


def put(session: Session, channel: str, updates: Sequence[Received], now: datetime) -> int:
    """Keep `updates` in their order and return how many were new."""
    return sum(_put_one(session, channel, one, now) for one in updates)


def _put_one(session: Session, channel: str, one: Received, now: datetime) -> bool:
    incoming = _storable(one.incoming)
    return insert_new(
        session,
        InboxRow,
        channel=channel,
        update_id=one.update_id,
        chat=incoming.chat if incoming else "",
        raw=one.raw,
        incoming=dumps(incoming) if incoming else None,
        received_at=now,
        state=InboxState.NEW if incoming else InboxState.SKIPPED,
        attempts=0,
        not_before=now,
    )


def claim(
    session: Session,
    owner: str,
    now: datetime,
    lease: timedelta,
    most: int = 1,
    *,
    only: tuple[str, str] | None = None,  # one channel and chat
) -> tuple[Claim, ...]:
    """Lease the first open update of up to `most` chats and return them, oldest first."""
    earlier = aliased(InboxRow)
    waits = exists().where(
        earlier.channel == InboxRow.channel,
        earlier.chat == InboxRow.chat,
        earlier.state.in_(_OPEN),
        earlier.id < InboxRow.id,
    )
    first = (
        select(InboxRow.id)
        .where(InboxRow.state == InboxState.NEW, InboxRow.not_before <= now, ~waits, *_of(only))
        .order_by(InboxRow.id)
        .limit(most)
        .with_for_update(skip_locked=True, of=InboxRow)  # PostgreSQL: two workers take different rows; SQLite: no-op
    )
    rows = session.execute(
        update(InboxRow)
        .where(InboxRow.id.in_(first.scalar_subquery()), InboxRow.state == InboxState.NEW)
        .values(state=InboxState.PROCESSING, lease_owner=owner, lease_until=now + lease)
        .returning(InboxRow.id, InboxRow.incoming, InboxRow.attempts),
        execution_options={"synchronize_session": False},
    ).all()
    claims = (Claim(row.id, loads(Incoming, row.incoming), row.attempts, owner) for row in rows)
    return tuple(sorted(claims, key=lambda one: one.id))


def finish(session: Session, claim: Claim, now: datetime) -> bool:
    """Mark the update done; False when the lease was lost: then nothing of this step may be kept."""
    return _close(session, claim, state=InboxState.DONE, done_at=now, error=None)


def retry(session: Session, claim: Claim, error: str, at: datetime, *, counted: bool = True) -> bool:
    """Give the update back, to be tried again at `at`; False when the lease was lost."""
    attempts = claim.attempts + counted
    return _close(session, claim, state=InboxState.NEW, not_before=at, error=_cut(error), attempts=attempts)


def park(session: Session, claim: Claim, error: str, now: datetime) -> bool:
    """Put the update aside with its error, for the admin; False when the lease was lost."""
    attempts = claim.attempts + 1
    return _close(session, claim, state=InboxState.PARKED, done_at=now, error=_cut(error), attempts=attempts)


def release_expired(session: Session, now: datetime) -> int:
    """Give back what died with the process that had leased it; returns how many. It counts as a failed attempt."""
    given_back = {"state": InboxState.NEW, "lease_owner": None, "lease_until": None, "attempts": InboxRow.attempts + 1}
    expired = (InboxRow.state == InboxState.PROCESSING, InboxRow.lease_until < now)
    return changed(session, update(InboxRow).where(*expired).values(**given_back))


def closed(session: Session, channel: str, update_id: str) -> bool:
    """Tell whether an update was processed or put aside (or is not kept any more)."""
    this = (InboxRow.channel == channel, InboxRow.update_id == update_id)
    return session.scalar(select(InboxRow.state).where(*this)) not in _OPEN


def waiting(session: Session, now: datetime) -> bool:
    """Tell whether anything may be ready, cheaply and without taking the write lock."""
    ready = (InboxRow.state == InboxState.NEW) & (InboxRow.not_before <= now)
    expired = (InboxRow.state == InboxState.PROCESSING) & (InboxRow.lease_until < now)
    return session.scalar(select(exists().where(or_(ready, expired)))) is True


def _of(chat: tuple[str, str] | None) -> tuple[ColumnElement[bool], ...]:
    return () if chat is None else (InboxRow.channel == chat[0], InboxRow.chat == chat[1])


def _close(session: Session, claim: Claim, **values: object) -> bool:
    mine = {"this_id": claim.id, "this_owner": claim.owner}
    return changed(session, _closing(tuple(values)), **mine, **values) == 1


@cache  # building a statement costs more than running it
def _closing(names: tuple[str, ...]) -> Update:
    table = InboxRow
    mine = (
        table.id == bindparam("this_id"),
        table.state == InboxState.PROCESSING,
        table.lease_owner == bindparam("this_owner"),
    )
    given: dict[str, BindParameter[Any]] = {name: bindparam(name) for name in names}
    return update(table).where(*mine).values(lease_owner=None, lease_until=None, **given)


def _storable(incoming: Incoming | None) -> Incoming | None:
    """Replace halves of characters, which some phones send and no database takes."""
    if incoming is None:
        return None
    return replace(incoming, text=_whole(incoming.text), display_name=_whole(incoming.display_name))


def _whole(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")


def _cut(error: str) -> str:
    return error[:_LONGEST_ERROR]
