"""The tables of publishing: files received, work on documents, what was decided on published ones.

    jobs ──< intakes        publications (by the document's key in the catalogue)

Rows only, as in `bot.store.tables`.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, deferred, mapped_column

from knowledge.db import Base

_KEY, _SHA256, _CHANNEL, _FOREIGN, _STATE = String(64), String(64), String(20), String(128), String(12)


class JobRow(Base):
    """One piece of work on documents."""

    __tablename__ = "jobs"
    __table_args__ = (Index("ix_jobs_state_lane", "state", "lane"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(_STATE)  # bot.domain.publishing.JobKind
    lane: Mapped[str] = mapped_column(_STATE)  # JobKind.lane
    state: Mapped[str] = mapped_column(_STATE)  # bot.domain.publishing.JobState
    title: Mapped[str] = mapped_column(Text)
    documents: Mapped[str] = mapped_column(Text, default="[]")  # JSON list of keys
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    page: Mapped[int] = mapped_column(default=0)
    pages: Mapped[int] = mapped_column(default=0)
    seconds_left: Mapped[int | None]
    cancelling: Mapped[bool] = mapped_column(default=False)
    error: Mapped[str] = mapped_column(Text, default="")
    requested_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    channel: Mapped[str] = mapped_column(_CHANNEL, default="")
    chat: Mapped[str] = mapped_column(_FOREIGN, default="")
    attempts: Mapped[int] = mapped_column(default=0)
    not_before: Mapped[datetime]
    lease_owner: Mapped[str | None] = mapped_column(_KEY)
    lease_until: Mapped[datetime | None]
    created_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]


class IntakeRow(Base):
    """One received file."""

    __tablename__ = "intakes"
    __table_args__ = (Index("ix_intakes_state", "state"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True)
    job: Mapped[int] = mapped_column(ForeignKey("jobs.id", ondelete="CASCADE"), index=True)  # that reads it
    publishing: Mapped[int | None] = mapped_column(ForeignKey("jobs.id"), index=True)  # that publishes it
    sha256: Mapped[str] = mapped_column(_SHA256)  # in bot.store.files
    name: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(_STATE)  # bot.domain.publishing.IntakeState
    examined: Mapped[str | None] = mapped_column(Text)  # bot.domain.publishing.Examined as JSON
    # knowledge.codec.dumps, compressed: a scan is not recognised twice. NULL once it was decided on.
    analysis: Mapped[bytes | None] = deferred(mapped_column(LargeBinary))
    analyser: Mapped[int] = mapped_column(default=0)
    reason: Mapped[str] = mapped_column(Text, default="")
    received_at: Mapped[datetime]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


class PublicationRow(Base):
    """What was decided on one document of the catalogue; none for one that nobody spoke of."""

    __tablename__ = "publications"

    document: Mapped[str] = mapped_column(_KEY, primary_key=True)  # index.card.DocumentCard.key
    name: Mapped[str] = mapped_column(Text)
    standing: Mapped[str] = mapped_column(_STATE)  # bot.domain.publishing.Standing
    replaced_by: Mapped[str] = mapped_column(Text, default="")  # in words
    units: Mapped[str] = mapped_column(Text, default="[]")  # JSON list of keys
    sources: Mapped[str] = mapped_column(Text, default="[]")  # JSON: files that held it when it was withdrawn
    revision: Mapped[int]
    changed_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    changed_at: Mapped[datetime]
