"""When whom to remind of what: the ladder of one duty, and what is due on it now.

A rung is a day relative to the due day. Before the due day rungs move earlier to a working day, so that the days they
warn of are kept; overdue ones fall on working days only. Of all rungs that have come, the latest alone is sent: after
an outage nobody reads yesterday's warning. What is sent is decided when it is sent, so a duty fulfilled or withdrawn
is never reminded of. Pure; sending once is the business of the key.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain.people import Person, Role
from bot.domain.workdays import Hours, Workdays


@dataclass(frozen=True, slots=True)
class Ladder:
    """How many days before the due day people are reminded, and what happens after it."""

    before: tuple[int, ...] = (14, 7, 3, 1, 0)
    leader_from: int = 3  # days overdue since when the unit's leader hears too
    until: int = 60  # days overdue after which only the digest speaks: a robot that nags for ever is muted


@dataclass(frozen=True, slots=True)
class Duty:
    """What one unit owes by a time: a round, or an occurrence of a confirmed obligation."""

    key: str  # stable and short: "round-12"; with the unit it names one duty of one unit
    title: str
    unit: str  # Unit.key
    opens_at: datetime  # rungs before it are not sent: people were told when it opened
    due_at: datetime
    settled: bool = False  # submitted, withdrawn, or said to be handed in another way


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of a ladder."""

    at: datetime  # when it comes
    days: int  # before the due day; negative when overdue


@dataclass(frozen=True, slots=True)
class Reminder:
    """One reminder to one person."""

    person: int  # Person.id
    duty: Duty
    rung: Rung

    @property
    def key(self) -> str:
        """What must not be said twice; a due time that was moved begins a new ladder."""
        due = self.duty.due_at.strftime("%y%m%d%H%M")
        return f"remind:{self.duty.key}:{self.duty.unit}:{due}:{self.rung.days}:{self.person}"


def rungs(duty: Duty, ladder: Ladder, workdays: Workdays, hours: Hours, until: datetime) -> Iterator[Rung]:
    """Yield the rungs of `duty` that come after its opening and not after `until`, in order of time."""
    due_day, zone = duty.due_at.date(), duty.due_at.tzinfo

    def rung(day: date, days: int) -> Rung:
        return Rung(datetime.combine(day, hours.start, zone), days)

    ahead = (rung(workdays.at_or_before(due_day - timedelta(days=days)), days) for days in ladder.before)
    for one in sorted(ahead, key=lambda one: (one.at, -one.days)):
        if duty.opens_at < one.at <= until and one.at <= duty.due_at:
            yield one
    last = min((until.astimezone(zone).date() - due_day).days, ladder.until)
    for overdue in range(1, last + 1):
        day = due_day + timedelta(days=overdue)
        if workdays.is_working(day) and (one := rung(day, -overdue)).at <= until:
            yield one


def due_rung(duty: Duty, ladder: Ladder, workdays: Workdays, hours: Hours, now: datetime) -> Rung | None:
    """Return the rung to be sent now: the latest that has come; None outside working hours or when nothing is owed."""
    local = now.astimezone(duty.due_at.tzinfo)
    if duty.settled or not workdays.is_working(local.date()) or not hours.contains(local):
        return None
    come = tuple(rungs(duty, ladder, workdays, hours, now))
    return come[-1] if come else None


def recipients(people: Iterable[Person], duty: Duty, rung: Rung, ladder: Ladder, now: datetime) -> Iterator[Person]:
    """Yield who hears of `rung`: the unit's clerks, and its leaders once it is long overdue. Muted people do not."""
    roles = {Role.CLERK}
    if -rung.days >= ladder.leader_from:
        roles.add(Role.LEADER)
    for person in people:
        muted = person.muted_until is not None and now < person.muted_until
        if person.active and person.unit == duty.unit and person.role in roles and not muted:
            yield person


def due_reminders(
    duties: Iterable[Duty],
    people: Iterable[Person],
    ladder: Ladder,
    workdays: Workdays,
    hours: Hours,
    now: datetime,
) -> Iterator[Reminder]:
    """Yield every reminder that is due now, whether sent already or not."""
    everybody = tuple(people)
    for duty in duties:
        rung = due_rung(duty, ladder, workdays, hours, now)
        if rung is not None:
            for person in recipients(everybody, duty, rung, ladder, now):
                yield Reminder(person.id, duty, rung)


def wording(duty: Duty, unit_name: str, now: datetime) -> str:
    """Return what is said: from the present distance to the due time, not from the rung's, which may be days old."""
    due = duty.due_at
    local = now.astimezone(due.tzinfo)
    days = (due.date() - local.date()).days
    when = f"{due:%H:%M} ngày {due:%d/%m/%Y}"
    if now > due:
        late = f"đã quá hạn {-days} ngày" if days < 0 else "vừa quá hạn"
        return f"“{duty.title}” của {unit_name} {late} (hạn {when}). Gõ /baocao để nộp."
    left = {0: "đến hạn hôm nay", 1: "đến hạn ngày mai"}.get(days, f"còn {days} ngày là đến hạn")
    return f"“{duty.title}” của {unit_name} {left} ({when}). Gõ /baocao để điền và nộp."
