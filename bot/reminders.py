"""Duties and wishes about reminders as dialogues see them, read from the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from bot.dialogues.reminders import Reminded
from bot.domain.people import Person
from bot.domain.reminders import Calendar, Claim, Duty
from bot.domain.workdays import Hours
from bot.store import claims, owed, reminding, wishes
from bot.store.reminding import Kept
from knowledge.db import reading

CALENDAR_PATH = "/lich/"
_RECENT = timedelta(days=1)  # what "nhắc lại" without a name is about


@dataclass(frozen=True, slots=True)
class LiveReminders:
    """The Reminders of dialogues over the real database, for one step."""

    engine: Engine
    person: Person | None
    calendar: Calendar
    public_url: str | None
    now: datetime
    private: bool = True  # nobody else reads what is answered

    def of_unit(self, unit: str) -> tuple[Duty, ...]:
        """Return what a unit owes or has handed in."""
        with reading(self.engine) as session:
            return self._duties(session, unit)

    def all(self) -> tuple[Duty, ...]:
        """Return what every unit owes or has handed in."""
        with reading(self.engine) as session:
            return self._duties(session)

    def reminder(self, reminder_id: int) -> Reminded | None:
        """Return one reminder."""
        with reading(self.engine) as session:
            one = reminding.reminder(session, reminder_id)
            return self._reminded(session, one) if one is not None else None

    def recent(self) -> tuple[Reminded, ...]:
        """Return what the writer was reminded of within a day, each duty once."""
        if self.person is None:
            return ()
        with reading(self.engine) as session:
            mine = reminding.kept(session, {self.person.id}, since=self.now - _RECENT)
            latest = {(one.duty, one.unit): one for one in mine if one.duty}
            return tuple(self._reminded(session, one) for one in latest.values())

    def claim(self, claim_id: int) -> Claim | None:
        """Return what a clerk said of handing in another way."""
        with reading(self.engine) as session:
            return claims.claim(session, claim_id)

    def claims(self) -> tuple[Claim, ...]:
        """Return the claims that nobody has decided."""
        with reading(self.engine) as session:
            return claims.waiting(session)

    def claimed(self, unit: str) -> tuple[Claim, ...]:
        """Return the claims of a unit that were not rejected."""
        with reading(self.engine) as session:
            return claims.standing(session, unit)

    def own_hours(self) -> Hours | None:
        """Return the hours in which the writer wants to be reminded."""
        with reading(self.engine) as session:
            return wishes.hours(session).get(self.person.id) if self.person else None

    def calendar_since(self) -> datetime | None:
        """Return since when the writer's calendar can be read by a link."""
        with reading(self.engine) as session:
            return wishes.calendar_since(session, self.person.id) if self.person else None

    def calendar_url(self, token: str) -> str | None:
        """Return the address of the calendar of `token`."""
        return f"{self.public_url}{CALENDAR_PATH}{token}.ics" if self.public_url else None

    def _reminded(self, session: Session, one: Kept) -> Reminded:
        found = (duty for duty in self._duties(session, one.unit) if duty.key == one.duty)
        return Reminded(one.person, one.unit, next(found, None))

    def _duties(self, session: Session, unit: str | None = None) -> tuple[Duty, ...]:
        """Return what is owed, in words that the writer may read."""
        discretion = owed.discretion(session)
        found = owed.duties(session, self.now, unit)
        return tuple(discretion.as_told(one, self.person, private=self.private) for one in found)
