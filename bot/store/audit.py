"""The audit log: everything that changed something, by whom. Rows are only ever added, and removed when old."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from bot.store.outcome import changed
from bot.store.tables import AuditRow

FORGOTTEN = "(đã xóa)"  # stands for the name of a person who had their data removed
# Actions whose subject is a person's name, whoever did them.
_OF_PEOPLE = ("code-issued", "link", "unlink", "person-change", "deactivated", "login-link", "erased")


@dataclass(frozen=True, slots=True)
class Entry:
    """One change."""

    at: datetime
    person_id: int | None  # None: the command line, or nobody we know
    actor: str  # "Minh", "dòng lệnh", "telegram"
    action: str  # "link", "unit-added"
    subject: str  # what was changed
    detail: str = ""


def write(session: Session, entry: Entry) -> None:
    """Add one entry."""
    session.add(
        AuditRow(
            at=entry.at,
            person_id=entry.person_id,
            actor=entry.actor[:200],
            action=entry.action,
            subject=entry.subject[:200],
            detail=entry.detail,
        )
    )


def newest(session: Session, most: int) -> tuple[Entry, ...]:
    """Return the newest entries, newest first."""
    rows = session.scalars(select(AuditRow).order_by(AuditRow.id.desc()).limit(most))
    return tuple(Entry(row.at, row.person_id, row.actor, row.action, row.subject, row.detail) for row in rows)


def forget(session: Session, person_id: int, name: str) -> None:
    """Take a person's name out of the log, a namesake's with it; what was done, and when, stays."""
    mine = AuditRow.person_id == person_id
    changed(session, update(AuditRow).where(mine).values(actor=FORGOTTEN))
    about = or_(mine, AuditRow.action.in_(_OF_PEOPLE))
    changed(session, update(AuditRow).where(about, AuditRow.subject == name[:200]).values(subject=FORGOTTEN))
