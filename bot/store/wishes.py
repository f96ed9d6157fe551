"""How each person wants to be reminded: not until a day, only within hours, by a calendar of their own."""

from __future__ import annotations

from datetime import datetime, time

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from bot.domain.people import Person, Role
from bot.domain.workdays import Hours
from bot.store.outcome import changed, insert_new
from bot.store.reminder_tables import CalendarLinkRow, ReminderHoursRow, SnoozeRow
from bot.store.tables import PersonRow
from bot.store.uploads import digest_of


def mute(session: Session, person: int, until: datetime | None) -> None:
    """Let a person hear no reminder of a duty before `until`; None: hear them again."""
    changed(session, update(PersonRow).where(PersonRow.id == person).values(muted_until=until))


def set_hours(session: Session, person: int, hours: Hours | None) -> None:
    """Let a person be reminded within `hours` only; None: whenever the office reminds."""
    changed(session, delete(ReminderHoursRow).where(ReminderHoursRow.person_id == person))
    if hours is not None:
        insert_new(session, ReminderHoursRow, person_id=person, start=_minutes(hours.start), end=_minutes(hours.end))


def hours(session: Session) -> dict[int, Hours]:
    """Return the hours of everyone who wants hours of their own, by person."""
    rows = session.scalars(select(ReminderHoursRow))
    return {row.person_id: Hours(_time(row.start), _time(row.end)) for row in rows}


def issue_calendar(session: Session, person: int, token: str, now: datetime) -> None:
    """Let whoever holds `token` read a person's calendar; the link before it ends."""
    revoke_calendar(session, person)
    insert_new(session, CalendarLinkRow, person_id=person, digest=digest_of(token), issued_at=now)


def revoke_calendar(session: Session, person: int) -> bool:
    """End the link to a person's calendar; False where there was none."""
    return changed(session, delete(CalendarLinkRow).where(CalendarLinkRow.person_id == person)) == 1


def calendar_since(session: Session, person: int) -> datetime | None:
    """Return since when a person's calendar can be read; None: it cannot."""
    return session.scalar(select(CalendarLinkRow.issued_at).where(CalendarLinkRow.person_id == person))


def calendar_of(session: Session, token: str) -> Person | None:
    """Return whose calendar `token` reads; None: unknown, ended, or of somebody who has no rights any more."""
    query = select(PersonRow).join(CalendarLinkRow, CalendarLinkRow.person_id == PersonRow.id)
    row = session.scalar(query.where(CalendarLinkRow.digest == digest_of(token), PersonRow.active))
    return Person(row.id, row.name, Role(row.role), row.unit, row.active, row.muted_until) if row else None


def forget(session: Session, person: int) -> None:
    """Remove every wish of a person, and their calendar."""
    for table in (ReminderHoursRow, CalendarLinkRow, SnoozeRow):
        changed(session, delete(table).where(table.person_id == person))


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute


def _time(minutes: int) -> time:
    return time(minutes // 60, minutes % 60)
