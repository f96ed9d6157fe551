"""The outbox: replies on their way, in order within a chat, each leased by one worker while it is sent.

    new → sending (leased) → sent
                           → new again (transient failure, or the lease ran out)
                           → parked, with its error
    blocked: the person stopped the bot; sent after they write again

Delivery is at least once: a worker that dies after sending and before `sent` leaves a row that is sent again. Knows
nothing of how channels send.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, Update, bindparam, delete, exists, or_, select, update
from sqlalchemy.orm import Session, aliased
from sqlalchemy.sql.dml import ReturningUpdate

from bot.channels.base import Outgoing
from bot.codec import dumps, loads
from bot.domain.messages import Reply
from bot.store import onetime
from bot.store.outcome import changed, insert_all_new, insert_new
from bot.store.tables import ConversationRow, OutboxRow

_NO_TURN = 0  # below that of any conversation
_LONGEST_ERROR = 2000  # characters kept of an error


class OutboxState(StrEnum):
    """Where a reply stands."""

    NEW = "new"
    SENDING = "sending"
    SENT = "sent"
    PARKED = "parked"
    BLOCKED = "blocked"


_OPEN = (OutboxState.NEW, OutboxState.SENDING)
_FRESH = or_(OutboxRow.expires_at.is_(None), OutboxRow.expires_at > bindparam("now"))
_READY = (OutboxRow.state == OutboxState.NEW) & (OutboxRow.not_before <= bindparam("now")) & _FRESH
_EXPIRED = (OutboxRow.state == OutboxState.SENDING) & (OutboxRow.lease_until < bindparam("now"))
# Built once, as all that runs with every message: building a statement costs more than running it.
_WAITING = select(exists().where(or_(_READY, _EXPIRED), OutboxRow.channel.in_(bindparam("channels", expanding=True))))
_RELEASE = update(OutboxRow).where(_EXPIRED).values(state=OutboxState.NEW, lease_owner=None, lease_until=None)
_SENT = (
    update(OutboxRow)
    .where(
        OutboxRow.id.in_(bindparam("these", expanding=True)),
        OutboxRow.state == OutboxState.SENDING,
        OutboxRow.lease_owner == bindparam("this_owner"),
    )
    .values(state=OutboxState.SENT, sent_at=bindparam("now"), error=None, lease_owner=None, lease_until=None)
)


@dataclass(frozen=True, slots=True)
class Letter:
    """One reply to be queued."""

    channel: str
    chat: str
    reply: Reply
    turn: int | None = None  # of its choices
    key: str | None = None  # what must not be said twice
    inbox_id: int | None = None  # the message it answers
    not_before: datetime | None = None  # None: now
    expires_at: datetime | None = None  # from when on it is not sent any more


@dataclass(frozen=True, slots=True)
class Parcel:
    """One reply that this worker, and no other, sends now."""

    id: int
    channel: str
    outgoing: Outgoing
    attempts: int  # that failed before this one
    owner: str
    inbox_id: int | None = None  # the message it answers; None: we wrote first


def put(
    session: Session,
    channel: str,
    chat: str,
    reply: Reply,
    now: datetime,
    *,
    turn: int | None = None,
    key: str | None = None,
    inbox_id: int | None = None,
    not_before: datetime | None = None,
    expires_at: datetime | None = None,
) -> bool:
    """Queue `reply`; False, and nothing queued, where something with this `key` was said before."""
    letter = Letter(channel, chat, reply, turn, key, inbox_id, not_before, expires_at)
    blocked = _is_blocked(session, channel, chat)
    return insert_new(session, OutboxRow, **_row(letter, now, OutboxState.BLOCKED if blocked else OutboxState.NEW))


def put_all(session: Session, letters: Sequence[Letter], now: datetime) -> None:
    """Queue replies in their order, to people who have just written: none of them blocks us."""
    insert_all_new(session, OutboxRow, [_row(letter, now, OutboxState.NEW) for letter in letters])


def _row(letter: Letter, now: datetime, state: OutboxState) -> dict[str, object]:
    return {
        "channel": letter.channel,
        "chat": letter.chat,
        "reply": dumps(letter.reply),
        # Choices without a turn work at any time; a number all the same is what every channel can carry.
        "turn": _NO_TURN if letter.turn is None and letter.reply.choices else letter.turn,
        "key": letter.key,
        "inbox_id": letter.inbox_id,
        "state": state,
        "attempts": 0,
        "not_before": letter.not_before or now,
        "expires_at": letter.expires_at,
        "created_at": now,
    }


def claim(
    session: Session,
    owner: str,
    channels: Sequence[str],
    now: datetime,
    lease: timedelta,
    most: int = 1,
    *,
    only: tuple[str, str] | None = None,  # one channel and chat
) -> tuple[Parcel, ...]:
    """Lease the first open reply of up to `most` chats of these channels and return them, oldest first.

    A reply that may not be sent yet holds back the later ones of its chat: they are told in order.
    """
    session.flush()
    channel, chat = only or (None, None)
    given = {"owner": owner, "now": now, "until": now + lease, "most": most, "this_channel": channel, "this_chat": chat}
    rows = session.connection().execute(_claiming(only is not None), {**given, "channels": list(channels)}).all()
    parcels = (
        Parcel(row.id, row.channel, Outgoing(row.chat, reply, row.turn), row.attempts, owner, row.inbox_id)
        for row in rows
        for reply in (onetime.still_good(loads(Reply, row.reply), now),)
    )
    return tuple(sorted(parcels, key=lambda one: one.id))


@cache
def _claiming(one_chat: bool) -> ReturningUpdate[int, str, str, str, int | None, int, int | None]:
    earlier = aliased(OutboxRow)
    waits = exists().where(
        earlier.channel == OutboxRow.channel,
        earlier.chat == OutboxRow.chat,
        earlier.state.in_(_OPEN),
        earlier.id < OutboxRow.id,
        # What has expired holds nobody up; while it is being sent it still does.
        or_(
            earlier.expires_at.is_(None),
            earlier.expires_at > bindparam("now"),
            earlier.state == OutboxState.SENDING,
        ),
    )
    here = (OutboxRow.channel == bindparam("this_channel"), OutboxRow.chat == bindparam("this_chat"))
    first = (
        select(OutboxRow.id)
        .where(_READY, ~waits)
        .where(OutboxRow.channel.in_(bindparam("channels", expanding=True)), *(here if one_chat else ()))
        .order_by(OutboxRow.id)
        .limit(bindparam("most"))
        .with_for_update(skip_locked=True, of=OutboxRow)  # as in the inbox
        .cte("first")
    )
    return (
        update(OutboxRow)
        .where(OutboxRow.id.in_(select(first.c.id)), OutboxRow.state == OutboxState.NEW)
        .values(state=OutboxState.SENDING, lease_owner=bindparam("owner"), lease_until=bindparam("until"))
        .returning(
            OutboxRow.id,
            OutboxRow.channel,
            OutboxRow.chat,
            OutboxRow.reply,
            OutboxRow.turn,
            OutboxRow.attempts,
            OutboxRow.inbox_id,
        )
    )


def sent(session: Session, parcels: Sequence[Parcel], now: datetime) -> None:
    """Mark replies that one worker sent, but for those whose lease was lost meanwhile: whoever has it sends again."""
    if parcels:
        given = {"these": [one.id for one in parcels], "this_owner": parcels[0].owner, "now": now}
        changed(session, _SENT, **given)
    for one in parcels:
        if one.outgoing.reply.secret:
            mine = (OutboxRow.id == one.id, OutboxRow.state == OutboxState.SENT)
            changed(session, update(OutboxRow).where(*mine).values(reply=dumps(onetime.SAID)))


def retry(session: Session, parcel: Parcel, error: str, at: datetime, *, counted: bool = True) -> bool:
    """Give the reply back, to be sent at `at`."""
    attempts = parcel.attempts + counted
    return _close(session, parcel, state=OutboxState.NEW, not_before=at, error=_cut(error), attempts=attempts)


def park(session: Session, parcel: Parcel, error: str) -> bool:
    """Put the reply aside with its error, for the admin."""
    return _close(session, parcel, state=OutboxState.PARKED, error=_cut(error), attempts=parcel.attempts + 1)


def block(session: Session, parcel: Parcel, error: str, now: datetime) -> None:
    """Hold back this reply and all others of its chat until the person writes again."""
    channel, chat = parcel.channel, parcel.outgoing.chat
    _close(session, parcel, state=OutboxState.BLOCKED, error=_cut(error))
    waiting = (OutboxRow.channel == channel, OutboxRow.chat == chat, OutboxRow.state == OutboxState.NEW)
    changed(session, update(OutboxRow).where(*waiting).values(state=OutboxState.BLOCKED))
    here = (ConversationRow.channel == channel, ConversationRow.chat == chat)
    if not changed(session, update(ConversationRow).where(*here).values(blocked_at=now)):
        fresh = {"state": "{}", "version": 0, "updated_at": now, "blocked_at": now}
        insert_new(session, ConversationRow, channel=channel, chat=chat, **fresh)


def unblock(session: Session, channel: str, chat: str) -> None:
    """The person writes again: what was held back may go."""
    here = (ConversationRow.channel == channel, ConversationRow.chat == chat, ConversationRow.blocked_at.is_not(None))
    if changed(session, update(ConversationRow).where(*here).values(blocked_at=None)):
        held = (OutboxRow.channel == channel, OutboxRow.chat == chat, OutboxRow.state == OutboxState.BLOCKED)
        changed(session, update(OutboxRow).where(*held).values(state=OutboxState.NEW))


def move(session: Session, parcel: Parcel, chat: str, now: datetime) -> None:
    """The chat has another id now: this reply and the later ones go there."""
    channel, old = parcel.channel, parcel.outgoing.chat
    _close(session, parcel, state=OutboxState.NEW, not_before=now)
    waiting = (OutboxRow.channel == channel, OutboxRow.chat == old, OutboxRow.state == OutboxState.NEW)
    changed(session, update(OutboxRow).where(*waiting).values(chat=chat))
    if session.get(ConversationRow, (channel, chat)) is None:  # what was spoken of goes along
        there = (ConversationRow.channel == channel, ConversationRow.chat == old)
        changed(session, update(ConversationRow).where(*there).values(chat=chat))


def take_back(session: Session, these: Sequence[int], now: datetime) -> set[int]:
    """Remove those of these replies that nobody is sending, and return their ids.

    What is being sent right now may arrive; should it fail, it is not sent again.
    """
    mine = OutboxRow.id.in_(these)
    unsent = select(OutboxRow.id).where(mine, OutboxRow.state.in_((OutboxState.NEW, OutboxState.BLOCKED)))
    # What a deliverer is just taking hold of is left to it: waiting for each other is how two processes block both.
    free = set(session.scalars(unsent.with_for_update(skip_locked=True)))
    if free:
        changed(session, delete(OutboxRow).where(OutboxRow.id.in_(free)))
    under_way = (mine, OutboxRow.state == OutboxState.SENDING)
    changed(session, update(OutboxRow).where(*under_way).values(expires_at=now))
    return free


def release_expired(session: Session, now: datetime) -> int:
    """Give back what died with the process that had leased it; returns how many."""
    return changed(session, _RELEASE, now=now)


def waiting(session: Session, channels: Sequence[str], now: datetime) -> bool:
    """Tell whether anything of these channels may be ready, cheaply and without taking the write lock."""
    return session.connection().scalar(_WAITING, {"now": now, "channels": channels}) is True


def _is_blocked(session: Session, channel: str, chat: str) -> bool:
    here = (ConversationRow.channel == channel, ConversationRow.chat == chat)
    return session.scalar(select(ConversationRow.blocked_at).where(*here)) is not None


def _close(session: Session, parcel: Parcel, **values: object) -> bool:
    mine = {"this_id": parcel.id, "this_owner": parcel.owner}
    return changed(session, _closing(tuple(values)), **mine, **values) == 1


@cache
def _closing(names: tuple[str, ...]) -> Update:
    table = OutboxRow
    mine = (
        table.id == bindparam("this_id"),
        table.state == OutboxState.SENDING,
        table.lease_owner == bindparam("this_owner"),
    )
    given: dict[str, BindParameter[Any]] = {name: bindparam(name) for name in names}
    return update(table).where(*mine).values(lease_owner=None, lease_until=None, **given)


def _cut(error: str) -> str:
    return error[:_LONGEST_ERROR]
