"""What seats (the web page, the terminal) need of the stores: is anything to be told, what was said, a new name.

A seat's chat is named by whoever sits there: on the web the token of a cookie, which changes when a person links. Knows
nothing of pages.
"""

from __future__ import annotations

from sqlalchemy import delete, exists, select, update
from sqlalchemy.orm import Session

from bot.codec import loads
from bot.domain.messages import Incoming
from bot.store.outbox import OutboxState
from bot.store.outcome import changed
from bot.store.tables import AccountRow, ConversationRow, InboxRow, OutboxRow
from bot.store.turns import TurnRow


def anything_to_tell(session: Session, channel: str, chat: str) -> bool:
    """Tell whether a reply waits for this chat."""
    waits = OutboxRow.state.in_((OutboxState.NEW, OutboxState.SENDING))
    return session.scalar(select(exists().where(OutboxRow.channel == channel, OutboxRow.chat == chat, waits))) is True


def answered_by(session: Session, outbox_id: int) -> tuple[int, Incoming] | None:
    """Return the message of the same chat that a reply answers, with its id; None where we wrote first."""
    row = session.execute(
        select(InboxRow.id, InboxRow.incoming)
        .join(OutboxRow, OutboxRow.inbox_id == InboxRow.id)
        .where(OutboxRow.id == outbox_id, OutboxRow.channel == InboxRow.channel, OutboxRow.chat == InboxRow.chat)
    ).first()
    return (row.id, loads(Incoming, row.incoming)) if row is not None and row.incoming else None


def rename(session: Session, channel: str, old: str, new: str) -> None:
    """Give the chat and the account `old` the name `new`, with everything that belongs to them."""
    mine = (AccountRow.channel == channel, AccountRow.sender == old)
    changed(session, update(AccountRow).where(*mine).values(sender=new, chat=new))
    for table in (InboxRow, OutboxRow, ConversationRow):
        changed(session, update(table).where(table.channel == channel, table.chat == old).values(chat=new))
    changed(session, update(TurnRow).where(TurnRow.conversation == old).values(conversation=new))


def forget_state(session: Session, channel: str, chat: str) -> None:
    """Forget what the chat remembers between two messages."""
    changed(session, delete(ConversationRow).where(ConversationRow.channel == channel, ConversationRow.chat == chat))
