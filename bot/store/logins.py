"""Signing in to the admin pages, in the database: one-time links, and the sessions they begin.

A link is taken by a conditional UPDATE: exactly once. A session ends by itself after LONGEST, or when nothing was
looked at for IDLE; it gives no rights of its own, those are the person's at each request.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, or_, select, update
from sqlalchemy.orm import Session

from bot.store.outcome import changed
from bot.store.uploads import digest_of
from bot.store.web_tables import LoginLinkRow, WebSessionRow

LONGEST = timedelta(hours=8)
IDLE = timedelta(hours=1)
_NOTED = timedelta(minutes=1)  # how exactly the last look is known: not every page is a write


@dataclass(frozen=True, slots=True)
class WebSession:
    """One browser in which a person is signed in."""

    id: int
    person_id: int
    browser: str  # "Firefox, Linux"
    begun_at: datetime
    seen_at: datetime


def issue(session: Session, token: str, person_id: int, channel: str, expires: datetime) -> None:
    """Keep a fresh link; the person's earlier ones that were not used are worth nothing from now on."""
    unused = (LoginLinkRow.person_id == person_id, LoginLinkRow.used_at.is_(None))
    changed(session, delete(LoginLinkRow).where(*unused))
    row = {"digest": digest_of(token), "person_id": person_id, "channel": channel, "expires_at": expires}
    session.add(LoginLinkRow(**row, used_at=None))


def look_up(session: Session, token: str, now: datetime) -> int | None:
    """Return whose link `token` is; None: unknown, expired or used. Does not use it up."""
    return session.scalar(select(LoginLinkRow.person_id).where(*_usable(token, now)))


def take(session: Session, token: str, now: datetime) -> bool:
    """Use up a link; False when somebody was faster or it has expired."""
    return changed(session, update(LoginLinkRow).where(*_usable(token, now)).values(used_at=now)) == 1


def begin(session: Session, token: str, person_id: int, browser: str, now: datetime) -> None:
    """Begin a session, of whose token only the digest is kept."""
    row = {"digest": digest_of(token), "person_id": person_id, "browser": browser[:60]}
    session.add(WebSessionRow(**row, begun_at=now, seen_at=now))


def session_of(session: Session, token: str, now: datetime) -> WebSession | None:
    """Return the session of a browser while it lasts."""
    row = session.scalar(select(WebSessionRow).where(WebSessionRow.digest == digest_of(token), *_lasting(now)))
    return _session(row) if row else None


def needs_note(one: WebSession, now: datetime) -> bool:
    """Tell whether the last look is known less exactly than it should be."""
    return now - one.seen_at >= _NOTED


def seen(session: Session, session_id: int, now: datetime) -> None:
    """Note that something was looked at."""
    changed(session, update(WebSessionRow).where(WebSessionRow.id == session_id).values(seen_at=now))


def sessions(session: Session, now: datetime) -> tuple[WebSession, ...]:
    """Return the sessions that last, the newest first."""
    rows = session.scalars(select(WebSessionRow).where(*_lasting(now)).order_by(WebSessionRow.id.desc()))
    return tuple(_session(row) for row in rows)


def end(session: Session, session_id: int) -> bool:
    """End one session; False where there is none such."""
    return changed(session, delete(WebSessionRow).where(WebSessionRow.id == session_id)) == 1


def end_all(session: Session, person_id: int) -> int:
    """End every session of a person, with the links that could begin one; return how many sessions that were."""
    changed(session, delete(LoginLinkRow).where(LoginLinkRow.person_id == person_id))
    return changed(session, delete(WebSessionRow).where(WebSessionRow.person_id == person_id))


def tidy(session: Session, now: datetime) -> int:
    """Remove what is worth nothing any more and return how many rows that were."""
    links = changed(session, delete(LoginLinkRow).where(LoginLinkRow.expires_at <= now))
    over = or_(WebSessionRow.begun_at <= now - LONGEST, WebSessionRow.seen_at <= now - IDLE)
    return links + changed(session, delete(WebSessionRow).where(over))


def _usable(token: str, now: datetime) -> tuple[ColumnElement[bool], ...]:
    mine = LoginLinkRow.digest == digest_of(token)
    return (mine, LoginLinkRow.used_at.is_(None), LoginLinkRow.expires_at > now)


def _lasting(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (WebSessionRow.begun_at > now - LONGEST, WebSessionRow.seen_at > now - IDLE)


def _session(row: WebSessionRow) -> WebSession:
    return WebSession(row.id, row.person_id, row.browser, row.begun_at, row.seen_at)
