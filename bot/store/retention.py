"""What is removed: everything of one person on request, and what is older than the settings allow."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Delete, delete, func, or_, select, update
from sqlalchemy.orm import Session

from bot.domain.codes import GUESS_WINDOW
from bot.domain.messages import SEATS
from bot.store import downloads, inbox, logins, onetime, outbox, turns, uploads
from bot.store.outcome import changed
from bot.store.reminder_tables import ReminderRow
from bot.store.tables import AuditRow, ConversationRow, GuessRow, InboxRow, LinkCodeRow, OutboxRow

_UNFINISHED_IN = (inbox.InboxState.NEW, inbox.InboxState.PROCESSING)
_UNFINISHED_OUT = (outbox.OutboxState.NEW, outbox.OutboxState.SENDING)


def messages_kept(session: Session, chats: Sequence[tuple[str, str]]) -> int:
    """Return how many messages, both ways, are kept of these (channel, chat)s."""
    total = 0
    for channel, chat in chats:
        for table in (InboxRow, OutboxRow):
            here = select(func.count()).select_from(table).where(table.channel == channel, table.chat == chat)
            total += session.scalar(here) or 0
    return total


def forget_chat(session: Session, channel: str, chat: str, *, but: int | None = None) -> None:
    """Remove the messages and the memory of one chat; of update `but`, which is being processed, the content."""
    received = delete(InboxRow).where(InboxRow.channel == channel, InboxRow.chat == chat)
    changed(session, received if but is None else received.where(InboxRow.id != but))
    changed(session, update(InboxRow).where(InboxRow.id == but).values(raw=b"", incoming=None))
    changed(session, delete(OutboxRow).where(OutboxRow.channel == channel, OutboxRow.chat == chat))
    changed(session, delete(ConversationRow).where(ConversationRow.channel == channel, ConversationRow.chat == chat))
    if channel == "web":
        turns.forget(session, chat)


def tidy(session: Session, now: datetime, message_days: int, audit_days: int) -> int:
    """Remove what is too old and return how many rows that were."""
    old, older = now - timedelta(days=message_days), now - timedelta(days=audit_days)
    statements: tuple[Delete, ...] = (
        delete(InboxRow).where(InboxRow.state.not_in(_UNFINISHED_IN), InboxRow.received_at < old),
        # A key is what keeps a reminder from being sent twice: it lives as long as the log.
        delete(OutboxRow).where(
            or_(OutboxRow.state.not_in(_UNFINISHED_OUT), OutboxRow.channel.in_(SEATS)),
            OutboxRow.created_at < old,
            or_(OutboxRow.key.is_(None), OutboxRow.created_at < older),
        ),
        # Stale before it was sent, and nothing that must not be said twice: how far a job was.
        delete(OutboxRow).where(
            OutboxRow.state != outbox.OutboxState.SENDING, OutboxRow.key.is_(None), OutboxRow.expires_at < now
        ),
        delete(ConversationRow).where(ConversationRow.updated_at < old, ConversationRow.blocked_at.is_(None)),
        delete(GuessRow).where(GuessRow.guessed_at < now - GUESS_WINDOW),
        delete(LinkCodeRow).where(or_(LinkCodeRow.expires_at < old, LinkCodeRow.used_at < old)),
        delete(AuditRow).where(AuditRow.at < older),
        delete(ReminderRow).where(ReminderRow.created_at < older),  # as long as the keys in the outbox
    )
    onetime.tidy(session, now)
    links = uploads.tidy(session, old) + downloads.tidy(session, now) + logins.tidy(session, now)
    return links + turns.tidy(session, old) + sum(changed(session, statement) for statement in statements)
