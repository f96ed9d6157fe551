"""What each chat remembers, in the database. The version tells two steps from the same state apart: one is kept."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from bot.codec import CodecError, dumps, loads
from bot.dialogues.state import State
from bot.store.outcome import changed, changed_by_each, insert_new
from bot.store.tables import ConversationRow

_LOG = logging.getLogger(__name__)
# Built once: building a statement costs more than running it.
_HERE = (ConversationRow.channel == bindparam("this_channel"), ConversationRow.chat == bindparam("this_chat"))
_LAST = select(ConversationRow.state, ConversationRow.version, ConversationRow.blocked_at).where(*_HERE)
_NEXT = (
    update(ConversationRow)
    .where(*_HERE)
    .where(ConversationRow.version == bindparam("before"))
    .values({name: bindparam(name) for name in ("state", "version", "updated_at")})
)


@dataclass(frozen=True, slots=True)
class Conversation:
    """A state and the version it was loaded at; 0: there was none."""

    state: State
    version: int
    blocked: bool = False  # the person refused our messages before they wrote this one


@dataclass(frozen=True, slots=True)
class Next:
    """What a chat remembers after a step."""

    channel: str
    chat: str
    before: Conversation
    state: State


def load(session: Session, channel: str, chat: str) -> Conversation:
    """Return what the chat remembers; a fresh start where it remembers nothing or nothing readable."""
    row = session.connection().execute(_LAST, {"this_channel": channel, "this_chat": chat}).first()
    return conversation(channel, *row) if row else Conversation(State(), 0)


def conversation(channel: str, state: str, version: int, blocked_at: datetime | None) -> Conversation:
    """Return a row as what it means."""
    try:
        remembered = loads(State, state)
    except CodecError as error:
        _LOG.warning("conversation of %s starts anew: %s", channel, error)
        remembered = State()
    return Conversation(remembered, version, blocked_at is not None)


def save(session: Session, nexts: Sequence[Next], now: datetime) -> bool:
    """Keep the next states of different chats; False when another step was kept in one since `before` was loaded."""
    rows = [
        {
            "this_channel": one.channel,
            "this_chat": one.chat,
            "before": one.before.version,
            "state": dumps(one.state),
            "version": one.before.version + 1,
            "updated_at": now,
        }
        for one in nexts
    ]
    known = [row for row in rows if row["before"]]
    return changed_by_each(session, _NEXT, known) == len(known) and all(
        _save_first(session, row) for row in rows if not row["before"]
    )


def _save_first(session: Session, row: dict[str, Any]) -> bool:
    if changed(session, _NEXT, **row):  # there was no step, and yet a row: the person blocked us before the first
        return True
    values = {name: row[name] for name in ("state", "version", "updated_at")}
    return insert_new(session, ConversationRow, channel=row["this_channel"], chat=row["this_chat"], **values)
