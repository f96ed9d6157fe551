"""Names of kept files and one-time upload links, in the database."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.orm import Session

from bot.domain.messages import Attachment
from bot.store.outcome import changed, insert_new
from bot.store.report_tables import AttachmentRow, UploadLinkRow


@dataclass(frozen=True, slots=True)
class Link:
    """Whose files an upload page takes."""

    channel: str
    chat: str
    sender: str
    expires_at: datetime


def keep(session: Session, files: Iterable[Attachment], now: datetime) -> None:
    """Remember how the sender named fetched files (`ref` the sha256); the last sender's name is the one that stays."""
    for one in files:
        named = {"name": one.name[:500], "mime": one.mime[:200], "size": one.size, "at": now}
        if not insert_new(session, AttachmentRow, sha256=one.ref, **named):
            changed(session, update(AttachmentRow).where(AttachmentRow.sha256 == one.ref).values(**named))


def name(session: Session, sha256: str) -> str | None:
    """Return how a kept file was named; None where nobody said."""
    return session.scalar(select(AttachmentRow.name).where(AttachmentRow.sha256 == sha256)) or None


def forget(session: Session, digests: Iterable[str], before: datetime) -> None:
    """Forget the names of removed files, unless one was sent again since `before`."""
    gone = (AttachmentRow.sha256.in_(list(digests)), AttachmentRow.at < before)
    changed(session, delete(AttachmentRow).where(*gone))


def issue(session: Session, token: str, link: Link) -> None:
    """Keep a fresh upload link, of which only the digest is stored."""
    session.add(
        UploadLinkRow(
            digest=digest_of(token),
            channel=link.channel,
            chat=link.chat,
            sender=link.sender,
            expires_at=link.expires_at,
            used_at=None,
        )
    )


def look_up(session: Session, token: str, now: datetime) -> Link | None:
    """Return whose files `token` still takes; None: unknown, expired or used."""
    whose = select(UploadLinkRow.channel, UploadLinkRow.chat, UploadLinkRow.sender, UploadLinkRow.expires_at)
    row = session.execute(whose.where(*_usable(token, now))).first()
    return Link(*row) if row else None


def take(session: Session, token: str, now: datetime) -> bool:
    """Use up a link; False when somebody was faster or it has expired."""
    return changed(session, update(UploadLinkRow).where(*_usable(token, now)).values(used_at=now)) == 1


def tidy(session: Session, old: datetime) -> int:
    """Remove the links that expired before `old` and return how many those were."""
    return changed(session, delete(UploadLinkRow).where(UploadLinkRow.expires_at < old))


def _usable(token: str, now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        UploadLinkRow.digest == digest_of(token),
        UploadLinkRow.used_at.is_(None),
        UploadLinkRow.expires_at > now,
    )


def digest_of(token: str) -> str:
    """Tokens are long and random: unlike a code that is typed, one needs no slow digest."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
