"""The tables of reports: forms, rounds, what each unit handed in, the files that belong to it.

    forms ──< rounds ──< round_units
                 └────< submissions ──< submission_events (what was handed in each time)

People are referred to by id and named when read: whoever is forgotten is forgotten here too. Rows only, as in
`bot.store.tables`.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from knowledge.db import Base

_KEY, _SHA256, _CHANNEL, _FOREIGN, _STATE = String(64), String(64), String(20), String(128), String(12)


class FormRow(Base):
    """One uploaded version of a form."""

    __tablename__ = "forms"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012 - SQLAlchemy's own; ids are never given twice

    id: Mapped[int] = mapped_column(primary_key=True)
    form_id: Mapped[str] = mapped_column(Text, index=True)  # as the workbook says, as the next two
    version: Mapped[str] = mapped_column(Text)
    title: Mapped[str] = mapped_column(Text)
    form: Mapped[str] = mapped_column(Text)  # bot.domain.forms.Form as JSON
    workbook: Mapped[str] = mapped_column(_SHA256)  # in bot.store.files
    uploaded_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))  # None: the command line
    uploaded_at: Mapped[datetime]


class RoundRow(Base):
    """One collection of reports."""

    __tablename__ = "rounds"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012 - as above

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(Text)
    form: Mapped[int] = mapped_column(ForeignKey("forms.id"))  # never another one: a round keeps its version
    opens_at: Mapped[datetime]
    due_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    obligation: Mapped[str | None] = mapped_column(Text)


class RoundUnitRow(Base):
    """One unit that owes a report in a round."""

    __tablename__ = "round_units"

    round: Mapped[int] = mapped_column(ForeignKey("rounds.id", ondelete="CASCADE"), primary_key=True)
    unit: Mapped[str] = mapped_column(ForeignKey("units.key"), primary_key=True, index=True)
    position: Mapped[int]  # in the round's list, from 0


class SubmissionRow(Base):
    """The report of one unit in one round, as it stands."""

    __tablename__ = "submissions"
    __table_args__ = (
        UniqueConstraint("round", "unit"),
        Index("ix_submissions_state", "state"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round: Mapped[int] = mapped_column(ForeignKey("rounds.id", ondelete="CASCADE"))
    unit: Mapped[str] = mapped_column(ForeignKey("units.key"))
    state: Mapped[str] = mapped_column(_STATE)  # bot.domain.rounds.SubmissionState
    draft: Mapped[str] = mapped_column(Text)  # bot.domain.filling.Draft as JSON
    revision: Mapped[int]  # changes so far: two that start from the same one cannot both be kept
    editor: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    updated_at: Mapped[datetime]
    times: Mapped[int] = mapped_column(default=0)  # it was handed in
    submitted_at: Mapped[datetime | None]  # last time
    receipt: Mapped[str | None] = mapped_column(_KEY)
    late: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str] = mapped_column(Text, default="")  # why it was returned
    to_fix: Mapped[str] = mapped_column(Text, default="[]")  # JSON list of names of prompts


class SubmissionEventRow(Base):
    """One entry of a submission's history. Rows are only ever added."""

    __tablename__ = "submission_events"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012 - as above

    id: Mapped[int] = mapped_column(primary_key=True)
    submission: Mapped[int] = mapped_column(ForeignKey("submissions.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime]
    kind: Mapped[str] = mapped_column(_STATE)  # bot.domain.rounds.EventKind
    actor: Mapped[int | None] = mapped_column(ForeignKey("people.id"))  # None: the command line
    note: Mapped[str] = mapped_column(Text, default="")
    draft: Mapped[str | None] = mapped_column(Text)  # what was handed in, as JSON; None for other kinds


class AttachmentRow(Base):
    """How a kept file was named by who sent it last; the content is in bot.store.files."""

    __tablename__ = "attachments"

    sha256: Mapped[str] = mapped_column(_SHA256, primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    mime: Mapped[str] = mapped_column(Text)
    size: Mapped[int] = mapped_column(BigInteger)
    at: Mapped[datetime]


class UploadLinkRow(Base):
    """The right to send files into one chat once, through the upload page; the token itself is kept nowhere."""

    __tablename__ = "upload_links"

    digest: Mapped[str] = mapped_column(_SHA256, primary_key=True)
    channel: Mapped[str] = mapped_column(_CHANNEL)
    chat: Mapped[str] = mapped_column(_FOREIGN)
    sender: Mapped[str] = mapped_column(_FOREIGN)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class DownloadLinkRow(Base):
    """The right to fetch a kept file until a time; the token itself is kept nowhere."""

    __tablename__ = "download_links"

    digest: Mapped[str] = mapped_column(_SHA256, primary_key=True)
    sha256: Mapped[str] = mapped_column(_SHA256)
    name: Mapped[str] = mapped_column(Text)  # for the reader
    mime: Mapped[str] = mapped_column(Text)
    expires_at: Mapped[datetime]
