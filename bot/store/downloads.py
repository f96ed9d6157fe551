"""Links to kept files, in the database: whoever holds one may fetch the file until it expires."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from bot.domain.messages import OutFile
from bot.store.outcome import changed
from bot.store.report_tables import DownloadLinkRow
from bot.store.uploads import digest_of


def issue(session: Session, token: str, file: OutFile, expires: datetime) -> None:
    """Keep a fresh link, of which only the digest is stored."""
    row = DownloadLinkRow(
        digest=digest_of(token), sha256=file.sha256, name=file.name, mime=file.mime, expires_at=expires
    )
    session.add(row)


def look_up(session: Session, token: str, now: datetime) -> OutFile | None:
    """Return the file that `token` gives; None: unknown or expired."""
    valid = (DownloadLinkRow.digest == digest_of(token), DownloadLinkRow.expires_at > now)
    row = session.scalar(select(DownloadLinkRow).where(*valid))
    return OutFile(row.sha256, row.name, row.mime) if row else None


def tidy(session: Session, now: datetime) -> int:
    """Remove what has expired and return how many links that were."""
    return changed(session, delete(DownloadLinkRow).where(DownloadLinkRow.expires_at <= now))
