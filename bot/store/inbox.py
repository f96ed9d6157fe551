"""The inbox: what channels received, in order, until each update is processed once.

    new → processing (leased) → done
                              → new again (failed, or the lease ran out) → … → parked, with its error
    skipped: kept for the admin, nothing to do: not readable, or part of an album that another row stands for

A row is claimed by a conditional UPDATE, the first open one of its chat only: order is kept within a chat and no chat
waits for another. Messages sent as one album wait a moment for each other; whoever claims the first makes it stand for
all. Knows nothing of what messages mean.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from itertools import takewhile
from typing import Any

from sqlalchemy import BindParameter, Update, bindparam, exists, or_, select, update
from sqlalchemy.orm import Session, aliased
from sqlalchemy.sql.dml import ReturningUpdate

from bot.channels.base import Update as Received
from bot.channels.foreign import whole
from bot.codec import dumps, loads
from bot.domain.albums import joined
from bot.domain.messages import Incoming
from bot.store.outcome import changed, insert_all_new
from bot.store.tables import InboxRow

_LONGEST_ERROR = 2000  # characters kept of an error
_ALBUM = timedelta(seconds=1)  # within which the messages of one album arrive
_LONGEST_ID = 128  # characters of a chat's or sender's id; what has a longer one is not of any platform's making


class InboxState(StrEnum):
    """Where an update stands."""

    NEW = "new"
    PROCESSING = "processing"
    DONE = "done"
    PARKED = "parked"
    SKIPPED = "skipped"


_OPEN = (InboxState.NEW, InboxState.PROCESSING)
_READY = (InboxRow.state == InboxState.NEW) & (InboxRow.not_before <= bindparam("now"))
_EXPIRED = (InboxRow.state == InboxState.PROCESSING) & (InboxRow.lease_until < bindparam("now"))
# Built once, as all that runs with every message: building a statement costs more than running it.
_WAITING = select(exists().where(or_(_READY, _EXPIRED)))
_RELEASE = (
    update(InboxRow)
    .where(_EXPIRED)
    .values(state=InboxState.NEW, lease_owner=None, lease_until=None, attempts=InboxRow.attempts + 1)
)


@dataclass(frozen=True, slots=True)
class Claim:
    """One update that this worker, and no other, processes now."""

    id: int
    incoming: Incoming
    attempts: int  # that failed before this one
    owner: str


def put(session: Session, channel: str, updates: Sequence[Received], now: datetime) -> int:
    """Keep `updates` in their order and return how many were new."""
    return insert_all_new(session, InboxRow, [_row(channel, one, now) for one in updates])


def _row(channel: str, one: Received, now: datetime) -> dict[str, object]:
    incoming = _storable(one.incoming)
    return {
        "channel": channel,
        "update_id": one.update_id,
        "chat": incoming.chat if incoming else "",
        "raw": one.raw,
        "incoming": dumps(incoming) if incoming else None,
        "received_at": now,
        "state": InboxState.NEW if incoming else InboxState.SKIPPED,
        "attempts": 0,
        "not_before": now + _ALBUM if incoming and incoming.album else now,
    }


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
    session.flush()
    channel, chat = only or (None, None)
    given = {"owner": owner, "now": now, "until": now + lease, "most": most, "this_channel": channel, "this_chat": chat}
    rows = session.connection().execute(_claiming(only is not None), given).all()
    claims = (Claim(row.id, loads(Incoming, row.incoming), row.attempts, owner) for row in rows)
    claims = (_with_album(session, one, now) if one.incoming.album else one for one in claims)
    return tuple(sorted(claims, key=lambda one: one.id))


def _with_album(session: Session, claim: Claim, now: datetime) -> Claim:
    """Let a claimed message stand for the rest of its album, as far as that came without anything else between."""
    first = claim.incoming
    here = (InboxRow.channel == first.channel, InboxRow.chat == first.chat, InboxRow.state == InboxState.NEW)
    open_ones = select(InboxRow.id, InboxRow.incoming).where(*here, InboxRow.incoming.is_not(None))
    rows = session.connection().execute(open_ones.order_by(InboxRow.id).with_for_update(skip_locked=True)).all()
    read = ((row.id, loads(Incoming, row.incoming or "")) for row in rows)
    others = dict(takewhile(lambda row: (row[1].album, row[1].sender) == (first.album, first.sender), read))
    if not others:
        return claim
    whole_album = joined((first, *others.values()))
    changed(session, update(InboxRow).where(InboxRow.id == claim.id).values(incoming=dumps(whole_album)))
    rest = {"state": InboxState.SKIPPED, "done_at": now, "incoming": None}
    changed(session, update(InboxRow).where(InboxRow.id.in_(others)).values(**rest))
    return replace(claim, incoming=whole_album)


@cache
def _claiming(one_chat: bool) -> ReturningUpdate[int, str | None, int]:
    earlier = aliased(InboxRow)
    waits = exists().where(
        earlier.channel == InboxRow.channel,
        earlier.chat == InboxRow.chat,
        earlier.state.in_(_OPEN),
        earlier.id < InboxRow.id,
    )
    here = (InboxRow.channel == bindparam("this_channel"), InboxRow.chat == bindparam("this_chat"))
    first = (  # apart from the UPDATE: in a subquery PostgreSQL may look again, and lock more rows than asked for
        select(InboxRow.id)
        .where(InboxRow.state == InboxState.NEW, InboxRow.not_before <= bindparam("now"), ~waits)
        .where(*(here if one_chat else ()))
        .order_by(InboxRow.id)
        .limit(bindparam("most"))
        .with_for_update(skip_locked=True, of=InboxRow)  # PostgreSQL: two workers take different rows; SQLite: no-op
        .cte("first")
    )
    return (
        update(InboxRow)
        .where(InboxRow.id.in_(select(first.c.id)), InboxRow.state == InboxState.NEW)
        .values(state=InboxState.PROCESSING, lease_owner=bindparam("owner"), lease_until=bindparam("until"))
        .returning(InboxRow.id, InboxRow.incoming, InboxRow.attempts)
    )


def finish(session: Session, claims: Sequence[Claim], now: datetime) -> frozenset[int]:
    """Mark updates that one worker claimed done.

    Returns the ids of those whose lease was not lost; of the others' steps nothing may be kept.
    """
    if not claims:
        return frozenset()
    session.flush()
    given = {"these": [one.id for one in claims], "this_owner": claims[0].owner, "now": now}
    return frozenset(session.connection().scalars(_finishing(), given))


@cache
def _finishing() -> ReturningUpdate[int]:
    mine = (
        InboxRow.id.in_(bindparam("these", expanding=True)),
        InboxRow.state == InboxState.PROCESSING,
        InboxRow.lease_owner == bindparam("this_owner"),
    )
    done: dict[str, Any] = {"state": InboxState.DONE, "done_at": bindparam("now"), "error": None}
    return update(InboxRow).where(*mine).values(lease_owner=None, lease_until=None, **done).returning(InboxRow.id)


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
    return changed(session, _RELEASE, now=now)


def closed(session: Session, channel: str, update_id: str) -> bool:
    """Tell whether an update was processed or put aside (or is not kept any more)."""
    this = (InboxRow.channel == channel, InboxRow.update_id == update_id)
    return session.scalar(select(InboxRow.state).where(*this)) not in _OPEN


def waiting(session: Session, now: datetime) -> bool:
    """Tell whether anything may be ready, cheaply and without taking the write lock."""
    return session.connection().scalar(_WAITING, {"now": now}) is True


def _close(session: Session, claim: Claim, **values: object) -> bool:
    mine = {"this_id": claim.id, "this_owner": claim.owner}
    return changed(session, _closing(tuple(values)), **mine, **values) == 1


@cache
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
    """Take out what some phones send and no database takes: halves of characters, NUL; nothing of ids too long."""
    if incoming is None or max(len(incoming.chat), len(incoming.sender)) > _LONGEST_ID:
        return None
    attachments = tuple(replace(one, name=whole(one.name), mime=whole(one.mime)) for one in incoming.attachments)
    return replace(
        incoming,
        chat=whole(incoming.chat),
        sender=whole(incoming.sender),
        text=whole(incoming.text),
        choice=None if incoming.choice is None else whole(incoming.choice),
        display_name=whole(incoming.display_name),
        attachments=attachments,
        album=whole(incoming.album),
    )


def _cut(error: str) -> str:
    return error[:_LONGEST_ERROR]
