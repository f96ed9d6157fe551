"""The tables of people and of messages on their way.

Rows only: what may be done with them is in the narrow functions of the modules beside this one.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from knowledge.db import Base

_NAME, _KEY, _CHANNEL, _STATE = String(200), String(64), String(20), String(12)
_FOREIGN = String(128)  # ids that platforms give to chats, accounts, updates


class InboxRow(Base):
    """One update of a channel, kept before it was confirmed."""

    __tablename__ = "inbox"
    __table_args__ = (
        UniqueConstraint("channel", "update_id"),
        Index("ix_inbox_state_id", "state", "id"),
        Index("ix_inbox_channel_chat_state", "channel", "chat", "state"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)  # order of arrival
    channel: Mapped[str] = mapped_column(_CHANNEL)
    update_id: Mapped[str] = mapped_column(_FOREIGN)
    chat: Mapped[str] = mapped_column(_FOREIGN)  # "" where the update could not be read
    raw: Mapped[bytes] = mapped_column(LargeBinary)
    incoming: Mapped[str | None] = mapped_column(Text)  # bot.domain.messages.Incoming as JSON; None: nothing to do
    received_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(_STATE)  # bot.store.inbox.InboxState
    attempts: Mapped[int] = mapped_column(default=0)  # that failed
    not_before: Mapped[datetime]
    lease_owner: Mapped[str | None] = mapped_column(_KEY)
    lease_until: Mapped[datetime | None]
    error: Mapped[str | None] = mapped_column(Text)
    done_at: Mapped[datetime | None]


class OutboxRow(Base):
    """One reply on its way to one chat."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index("ix_outbox_state_id", "state", "id"),
        Index("ix_outbox_channel_chat_state", "channel", "chat", "state"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)  # order of sending within a chat
    channel: Mapped[str] = mapped_column(_CHANNEL)
    chat: Mapped[str] = mapped_column(_FOREIGN)
    reply: Mapped[str] = mapped_column(Text)  # bot.domain.messages.Reply as JSON
    turn: Mapped[int | None]
    key: Mapped[str | None] = mapped_column(String(128), unique=True)  # what must not be said twice: a reminder's
    inbox_id: Mapped[int | None] = mapped_column(index=True)  # the message it answers; None: we wrote first
    state: Mapped[str] = mapped_column(_STATE)  # bot.store.outbox.OutboxState
    attempts: Mapped[int] = mapped_column(default=0)
    not_before: Mapped[datetime]
    expires_at: Mapped[datetime | None]  # from when on it is not sent any more; None: it keeps
    lease_owner: Mapped[str | None] = mapped_column(_KEY)
    lease_until: Mapped[datetime | None]
    error: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]


class ConversationRow(Base):
    """What one chat remembers between two messages."""

    __tablename__ = "conversations"

    channel: Mapped[str] = mapped_column(_CHANNEL, primary_key=True)
    chat: Mapped[str] = mapped_column(_FOREIGN, primary_key=True)
    state: Mapped[str] = mapped_column(Text)  # bot.dialogues.state.State as JSON
    version: Mapped[int]  # steps taken: two that start from the same one cannot both be kept
    updated_at: Mapped[datetime]
    blocked_at: Mapped[datetime | None]  # since when the person refuses our messages


class UnitRow(Base):
    """A part of the office."""

    __tablename__ = "units"

    key: Mapped[str] = mapped_column(_KEY, primary_key=True)
    name: Mapped[str] = mapped_column(_NAME)
    former_names: Mapped[str] = mapped_column(Text, default="[]")  # JSON list
    successor: Mapped[str | None] = mapped_column(ForeignKey("units.key"))
    active: Mapped[bool] = mapped_column(default=True)


class PersonRow(Base):
    """Someone the office knows."""

    __tablename__ = "people"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012 - SQLAlchemy's own; ids are never given twice

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(_NAME)
    role: Mapped[str] = mapped_column(String(12))
    unit: Mapped[str | None] = mapped_column(ForeignKey("units.key"))
    active: Mapped[bool] = mapped_column(default=True)
    muted_until: Mapped[datetime | None]
    created_at: Mapped[datetime]


class AccountRow(Base):
    """One account of a person on a channel."""

    __tablename__ = "accounts"
    __table_args__ = (UniqueConstraint("channel", "sender"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(_CHANNEL)
    sender: Mapped[str] = mapped_column(_FOREIGN)
    chat: Mapped[str] = mapped_column(_FOREIGN)  # the private chat: where the person is written to first
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    display_name: Mapped[str] = mapped_column(_NAME, default="")
    linked_at: Mapped[datetime]


class LinkCodeRow(Base):
    """A one-time code; the code itself is kept nowhere."""

    __tablename__ = "link_codes"

    digest: Mapped[str] = mapped_column(_KEY, primary_key=True)
    role: Mapped[str] = mapped_column(String(12))
    unit: Mapped[str | None] = mapped_column(ForeignKey("units.key"))
    name: Mapped[str | None] = mapped_column(_NAME)  # of the person, as the admin knows them
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))  # a further account
    issued_by: Mapped[str] = mapped_column(_NAME)
    issued_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class GuessRow(Base):
    """One wrong code, counted against whoever tried it and against everybody."""

    __tablename__ = "link_guesses"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012 - as above

    id: Mapped[int] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(_CHANNEL)
    sender: Mapped[str] = mapped_column(_FOREIGN)
    guessed_at: Mapped[datetime] = mapped_column(index=True)


class AuditRow(Base):
    """One change and who made it."""

    __tablename__ = "audit"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012 - as above

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    person_id: Mapped[int | None] = mapped_column(index=True)  # None: the command line, or nobody we know
    actor: Mapped[str] = mapped_column(_NAME)
    action: Mapped[str] = mapped_column(_KEY)
    subject: Mapped[str] = mapped_column(_NAME)
    detail: Mapped[str] = mapped_column(Text, default="")


class LeaseRow(Base):
    """What only one process may do at a time, and which one does it."""

    __tablename__ = "leases"

    name: Mapped[str] = mapped_column(_KEY, primary_key=True)
    owner: Mapped[str] = mapped_column(_KEY)
    until: Mapped[datetime]
