"""Where a person is written to when we write first: one chat of theirs, and whether they are busy in any of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from bot.dialogues.state import State
from bot.domain.messages import SEATS
from bot.store.conversations import conversation
from bot.store.tables import AccountRow, ConversationRow

_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Address:
    """One private chat of a person."""

    channel: str
    chat: str
    seen: datetime  # when they last did something there
    blocked: bool
    state: State | None  # what the chat remembers; None: nothing, or they have been away


def chats(
    session: Session, people: Collection[int], since: datetime, until: datetime
) -> dict[int, tuple[Address, ...]]:
    """Return the chats of people, by person; with what a chat remembers where it was last used in that time."""
    query = (
        select(
            AccountRow.person_id,
            AccountRow.channel,
            AccountRow.chat,
            AccountRow.linked_at,
            ConversationRow.updated_at,
            ConversationRow.blocked_at,
            ConversationRow.version,
            ConversationRow.state,
        )
        .outerjoin(
            ConversationRow,
            and_(ConversationRow.channel == AccountRow.channel, ConversationRow.chat == AccountRow.chat),
        )
        .where(AccountRow.person_id.in_(people))
        .order_by(AccountRow.id)
    )
    found: defaultdict[int, list[Address]] = defaultdict(list)
    for person, channel, chat, linked, updated, blocked, version, kept in session.execute(query):
        busy = updated is not None and since < updated < until
        state = conversation(channel, kept, version, blocked).state if busy else None
        found[person].append(Address(channel, chat, updated or linked or _NEVER, blocked is not None, state))
    return {person: tuple(addresses) for person, addresses in found.items()}


def best(addresses: Sequence[Address]) -> Address | None:
    """Return the chat that a person most likely reads: one that rings and was used last; None: there is none."""
    return max(addresses, key=lambda one: (not one.blocked, one.channel not in SEATS, one.seen), default=None)
