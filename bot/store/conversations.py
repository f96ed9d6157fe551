"""What each chat remembers, in the database. The version tells two steps from the same state apart: one is kept."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from bot.codec import CodecError, dumps, loads
from bot.dialogues.state import State
from bot.store.outcome import changed, insert_new
from bot.store.tables import ConversationRow

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Conversation:
    """A state and the version it was loaded at; 0: there was none."""

    state: State
    version: int
    blocked: bool = False  # the person refused our messages before they wrote this one


def load(session: Session, channel: str, chat: str) -> Conversation:
    """Return what the chat remembers; a fresh start where it remembers nothing or nothing readable."""
    row = session.get(ConversationRow, (channel, chat))
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
    here = (ConversationRow.channel == channel, ConversationRow.chat == chat)
    if changed(
        session, update(ConversationRow).where(*here, ConversationRow.version == before.version).values(**values)
    ):
        return True
    return before.version == 0 and insert_new(session, ConversationRow, channel=channel, chat=chat, **values)
