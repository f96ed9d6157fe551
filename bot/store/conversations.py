"""What each chat remembers, in the database. The version tells two steps from the same state apart: one is kept."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from bot.codec import CodecError, dumps, loads
from bot.dialogues.state import State
from bot.store.outcome import changed, insert_new
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


def load(session: Session, channel: str, chat: str) -> Conversation:
    """Return what the chat remembers; a fresh start where it remembers nothing or nothing readable."""
    row = session.connection().execute(_LAST, {"this_channel": channel, "this_chat": chat}).first()
    if row is None:
        return Conversation(State(), 0)
    try:
        state = loads(State, row.state)
    except CodecError as error:
        _LOG.warning("conversation of %s starts anew: %s", channel, error)
        state = State()
    return Conversation(state, row.version, row.blocked_at is not None)


def save(session: Session, channel: str, chat: str, before: Conversation, state: State, now: datetime) -> bool:
    """Keep the next state; False when another step was kept since `before` was loaded."""
    values = {"state": dumps(state), "version": before.version + 1, "updated_at": now}
    if changed(session, _NEXT, this_channel=channel, this_chat=chat, before=before.version, **values):
        return True
    return before.version == 0 and insert_new(session, ConversationRow, channel=channel, chat=chat, **values)
