"""What the admin pages list beside what dialogues read: histories of a whole round, the log page by page.

Reading only.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from bot.domain.rounds import EventKind
from bot.store.audit import Entry
from bot.store.report_tables import SubmissionEventRow, SubmissionRow
from bot.store.tables import AuditRow


@dataclass(frozen=True, slots=True)
class Move:
    """One change of a round's reports: whose, when, which."""

    at: datetime
    unit: str  # Unit.key
    kind: EventKind


@dataclass(frozen=True, slots=True)
class Sought:
    """Which entries of the log are wanted; "" and None: all."""

    words: str = ""  # in the actor, the subject or the detail
    actions: tuple[str, ...] = ()  # what they begin with
    since: datetime | None = None
    until: datetime | None = None


def moves(session: Session, round_id: int) -> tuple[Move, ...]:
    """Return what happened to the reports of a round, oldest first."""
    rows = session.execute(
        select(SubmissionEventRow.at, SubmissionRow.unit, SubmissionEventRow.kind)
        .join(SubmissionRow, SubmissionRow.id == SubmissionEventRow.submission)
        .where(SubmissionRow.round == round_id)
        .order_by(SubmissionEventRow.id)
    )
    return tuple(Move(row.at, row.unit, EventKind(row.kind)) for row in rows)


def entries(session: Session, sought: Sought, first: int, most: int) -> tuple[int, tuple[Entry, ...]]:
    """Return how many entries fit, and `most` of them from number `first` (0 the newest) on."""
    wanted = _wanted(sought)
    total = session.scalar(select(func.count()).select_from(AuditRow).where(*wanted)) or 0
    query = select(AuditRow).where(*wanted).order_by(AuditRow.id.desc()).offset(first).limit(most)
    rows = session.scalars(query)
    return total, tuple(Entry(row.at, row.person_id, row.actor, row.action, row.subject, row.detail) for row in rows)


def _wanted(sought: Sought) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = []
    if sought.words:
        columns = (AuditRow.actor, AuditRow.subject, AuditRow.detail)
        wanted.append(or_(*(column.icontains(sought.words, autoescape=True) for column in columns)))
    if sought.actions:
        wanted.append(or_(*(AuditRow.action.startswith(begins, autoescape=True) for begins in sought.actions)))
    if sought.since is not None:
        wanted.append(AuditRow.at >= sought.since)
    if sought.until is not None:
        wanted.append(AuditRow.at < sought.until)
    return wanted
