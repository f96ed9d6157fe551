"""The tables of reminders: what was put on its way to whom, what waits to be said again, who hears when, who reads.

    people ──< reminders (one row for each that was ever put into the outbox)
           ──< snoozes, handed_otherwise, reminder_hours, calendar_links

Rows only, as in `bot.store.tables`.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from knowledge.db import Base

_KEY, _DUTY, _UNIT, _STATE, _SHA256 = String(128), String(64), String(64), String(12), String(64)


class ReminderRow(Base):
    """One reminder that was put into the outbox and not taken back: never put there again."""

    __tablename__ = "reminders"
    __table_args__ = (
        UniqueConstraint("key"),
        Index("ix_reminders_duty_unit", "duty", "unit"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(_KEY)  # bot.domain.reminders.Reminder.key: what must not be said twice
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    duty: Mapped[str] = mapped_column(_DUTY)  # Duty.key; "": a digest
    unit: Mapped[str] = mapped_column(_UNIT)  # "": a digest
    due_at: Mapped[datetime]
    days: Mapped[int]  # of its rung
    outbox_id: Mapped[int] = mapped_column(index=True)  # the message, which may be removed before this row
    created_at: Mapped[datetime]


class SnoozeRow(Base):
    """A wish to be reminded of one duty again at a time."""

    __tablename__ = "snoozes"
    __table_args__ = (UniqueConstraint("person_id", "duty", "unit"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True)  # never given twice: it is in the reminder's key
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    duty: Mapped[str] = mapped_column(_DUTY)
    unit: Mapped[str] = mapped_column(_UNIT)
    at: Mapped[datetime] = mapped_column(index=True)


class HandedOtherwiseRow(Base):
    """A clerk's word that the unit's report was handed in another way, and what the office said to it."""

    __tablename__ = "handed_otherwise"
    __table_args__ = (UniqueConstraint("duty", "unit"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True)
    duty: Mapped[str] = mapped_column(_DUTY)  # Duty.key
    title: Mapped[str] = mapped_column(Text)  # as it was shown to the clerk
    unit: Mapped[str] = mapped_column(ForeignKey("units.key"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]
    state: Mapped[str] = mapped_column(_STATE)  # bot.domain.reminders.ClaimState
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    decided_at: Mapped[datetime | None]


class ReminderHoursRow(Base):
    """The hours within the office's in which one person may be reminded."""

    __tablename__ = "reminder_hours"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    start: Mapped[int]  # minutes since midnight
    end: Mapped[int]  # likewise; not included


class CalendarLinkRow(Base):
    """The right to read one person's calendar; the token itself is kept nowhere. A new link ends the one before."""

    __tablename__ = "calendar_links"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    digest: Mapped[str] = mapped_column(_SHA256, unique=True)
    issued_at: Mapped[datetime]
