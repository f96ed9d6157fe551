"""What dialogues about deadlines and reminders may know and ask for: the seam to the store.

`Reminders` is the reading side (`bot.reminders` is the real one), the effects are the writing side
(`bot.reminder_effects`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.reminders import Calendar, Claim, Duty
from bot.domain.workdays import Hours


@dataclass(frozen=True, slots=True)
class Reminded:
    """A reminder that somebody got, and the duty as it stands now."""

    person: int  # Person.id
    unit: str  # Unit.key
    duty: Duty | None  # None: nothing is owed there any more


class Reminders(Protocol):
    """What is owed by when, and how the writer wants to be reminded of it. Reading only."""

    @property
    def calendar(self) -> Calendar:
        """When the office reminds."""

    def of_unit(self, unit: str) -> tuple[Duty, ...]:
        """Return what a unit owes or has handed in, in the rounds open now; soonest due first."""

    def all(self) -> tuple[Duty, ...]:
        """Return what every unit owes or has handed in, in the rounds open now; soonest due first."""

    def reminder(self, reminder_id: int) -> Reminded | None:
        """Return one reminder; None where there was none such."""

    def recent(self) -> tuple[Reminded, ...]:
        """Return what the writer was reminded of within a day, each duty once."""

    def claim(self, claim_id: int) -> Claim | None:
        """Return what a clerk said of handing in another way."""

    def claims(self) -> tuple[Claim, ...]:
        """Return the claims that nobody has decided, the oldest first."""

    def claimed(self, unit: str) -> tuple[Claim, ...]:
        """Return the claims of a unit that were not rejected."""

    def own_hours(self) -> Hours | None:
        """Return the hours in which the writer wants to be reminded; None: the office's."""

    def calendar_since(self) -> datetime | None:
        """Return since when the writer's calendar can be read by a link; None: there is no link."""

    def calendar_url(self, token: str) -> str | None:
        """Return the address of the calendar of `token`; None where no public address is set."""


@dataclass(frozen=True, slots=True)
class Snooze:
    """Remind the writer of a duty again."""

    duty: str  # Duty.key
    unit: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ClaimOtherwise:
    """Keep that a unit's report was handed in another way, and ask the admins whether that is so."""

    duty: str  # Duty.key
    title: str  # as the clerk sees it
    unit: str
    told: str  # what the admins read


@dataclass(frozen=True, slots=True)
class DecideClaim:
    """Say whether a claim is right; a wrong one lets the reminders come again."""

    claim: int
    right: bool


@dataclass(frozen=True, slots=True)
class Mute:
    """Let the writer hear no reminder before a time; None: hear them again."""

    until: datetime | None


@dataclass(frozen=True, slots=True)
class SetHours:
    """Remind the writer within these hours only; None: within the office's."""

    hours: Hours | None


@dataclass(frozen=True, slots=True)
class IssueCalendar:
    """Let whoever holds `token` read the writer's calendar; the link before it ends."""

    token: str  # as in the address; only its digest is kept


@dataclass(frozen=True, slots=True)
class RevokeCalendar:
    """End the link to the writer's calendar."""


ReminderEffect = Snooze | ClaimOtherwise | DecideClaim | Mute | SetHours | IssueCalendar | RevokeCalendar
