"""The tables of signing in to the admin pages. Rows only; the tokens themselves are kept nowhere."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from knowledge.db import Base

_SHA256 = String(64)


class LoginLinkRow(Base):
    """The right of one person to begin one session."""

    __tablename__ = "login_links"

    digest: Mapped[str] = mapped_column(_SHA256, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    channel: Mapped[str] = mapped_column(String(20))  # it was asked for on
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class WebSessionRow(Base):
    """One browser in which a person is signed in."""

    __tablename__ = "web_sessions"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012 - SQLAlchemy's own; ids are never given twice

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(_SHA256, unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    browser: Mapped[str] = mapped_column(String(60))  # "Firefox, Linux", as it says itself
    begun_at: Mapped[datetime]
    seen_at: Mapped[datetime]  # the last page, to the minute
