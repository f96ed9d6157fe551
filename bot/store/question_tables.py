"""The tables of questions sent to the office with their answers, and of notices with who has read them.

    people ──< questions (the asker; None for a stranger, or once the person's data was removed)
    notices ──< notice_readers >── people

Rows only, as in `bot.store.tables`.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from knowledge.db import Base

_NAME, _STATE, _CHANNEL, _CHAT = String(200), String(12), String(20), String(128)


class QuestionRow(Base):
    """One question that the documents left open."""

    __tablename__ = "questions"
    __table_args__ = (Index("ix_questions_state_id", "state", "id"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    before: Mapped[str] = mapped_column(Text)  # the question it followed; "": it stands by itself
    meant: Mapped[str] = mapped_column(Text)  # what it is compared with others by
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    channel: Mapped[str] = mapped_column(_CHANNEL)  # it was asked in; "": forgotten
    chat: Mapped[str] = mapped_column(_CHAT)
    asked_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(_STATE)  # bot.domain.questions.QuestionState
    answer: Mapped[str] = mapped_column(Text, default="")
    source: Mapped[str] = mapped_column(Text, default="")  # what the answer rests on, in the office's words
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    answered_at: Mapped[datetime | None]


class NoticeRow(Base):
    """One notice that was sent."""

    __tablename__ = "notices"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012 - SQLAlchemy's own; ids are in keys of the outbox

    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    audience: Mapped[str] = mapped_column(Text)  # in words
    sent_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    sent_at: Mapped[datetime]


class NoticeReaderRow(Base):
    """One person a notice was sent to: once each."""

    __tablename__ = "notice_readers"

    notice: Mapped[int] = mapped_column(ForeignKey("notices.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True, index=True)
    read_at: Mapped[datetime | None]
