"""When whom to remind of what: the ladder of one duty, and what is due on it now.

A rung is a day relative to the due day. Before the due day rungs move earlier to a working day, so that the days they
warn of are kept; overdue ones fall on working days only. Of all rungs that have come, the latest alone is sent: after
an outage nobody reads yesterday's warning. What is sent is decided when it is sent, so a duty fulfilled or withdrawn
is never reminded of. Pure; sending once is the business of the key.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.domain.people import Person, Role
from bot.domain.workdays import Hours, Workdays

ROUND = "round-"  # begins the keys of duties that have a round
LONGEST_KEY = 128  # characters of Reminder.key, as the outbox takes them


@dataclass(frozen=True, slots=True)
class Ladder:
    """How many days before the due day people are reminded, and what happens after it."""

    before: tuple[int, ...] = (14, 7, 3, 1, 0)
    leader_from: int = 3  # days overdue since when the unit's leader hears too
    until: int = 60  # days overdue after which only the digest speaks: a robot that nags for ever is muted


@dataclass(frozen=True, slots=True)
class Duty:
    """What one unit owes by a time: a round, or an occurrence of a confirmed obligation that has none."""

    key: str  # stable and short: "round-12", "nv-0123456789abcdef/2025-Q4"; with the unit it names one duty of one unit
    title: str
    unit: str  # Unit.key
    opens_at: datetime  # rungs before it are not sent: people were told when it opened, or was given back
    due_at: datetime
    settled: bool = False  # submitted, withdrawn, or said to be handed in another way
    returned: bool = False  # handed in once, and given back
    document: str = ""  # key of the document that it comes from; "": of none
    to: str = ""  # to whom it is handed in, as the document writes; "": it does not say
    before: tuple[int, ...] = ()  # days of a ladder of its own, as Ladder.before; (): that of the office

    @property
    def round(self) -> int | None:
        """The id of its round; None: it has none, and is handed in elsewhere."""
        number = self.key.removeprefix(ROUND)
        return int(number) if self.key.startswith(ROUND) and number.isdecimal() else None


class ClaimState(StrEnum):
    """What became of a clerk's word that a report was handed in another way."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Claim:
    """A clerk's word that the unit's report was handed in another way: reminders rest while it is not rejected."""

    id: int
    duty: str  # Duty.key
    title: str  # as it was shown to the clerk
    unit: str  # Unit.key
    unit_name: str
    person: int  # Person.id of the clerk
    person_name: str
    at: datetime
    state: ClaimState = ClaimState.OPEN


@dataclass(frozen=True, slots=True)
class Calendar:
    """When the office reminds: its ladder, its working days, its hours."""

    ladder: Ladder = field(default_factory=Ladder)
    workdays: Workdays = field(default_factory=Workdays)
    hours: Hours = field(default_factory=Hours)

    def open_at(self, now: datetime) -> bool:
        """Tell whether people may be written to at `now`, which is local."""
        return self.workdays.is_working(now.date()) and self.hours.contains(now)

    def not_before(self, at: datetime) -> datetime:
        """Return the first moment from `at` on, which is local, at which people may be written to."""
        if self.open_at(at):
            return at
        later = at.timetz().replace(tzinfo=None) >= self.hours.start
        day = self.workdays.at_or_after(at.date() + timedelta(days=1 if later else 0))
        return datetime.combine(day, self.hours.start, at.tzinfo)

    def next_morning(self, now: datetime) -> datetime:
        """Return the beginning of the next working day after that of `now`, which is local."""
        return datetime.combine(self.workdays.at_or_after(now.date() + timedelta(days=1)), self.hours.start, now.tzinfo)

    def first_of_week(self, day: date) -> bool:
        """Tell whether `day` is the first working day of its week."""
        return day == self.workdays.at_or_after(day - timedelta(days=day.weekday()))


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
        whole = f"remind:{self.duty.key}:{self.duty.unit}:{due}:{self.rung.days}:{self.person}"
        return whole if len(whole) <= LONGEST_KEY else hashlib.sha256(whole.encode()).hexdigest()


def rungs(duty: Duty, ladder: Ladder, workdays: Workdays, hours: Hours, until: datetime) -> Iterator[Rung]:
    """Yield the rungs of `duty` that come after its opening or return and not after `until`, in order of time."""
    due_day, zone = duty.due_at.date(), duty.due_at.tzinfo

    def rung(day: date, days: int) -> Rung:
        return Rung(datetime.combine(day, hours.start, zone), days)

    ahead = (rung(workdays.at_or_before(due_day - timedelta(days=days)), days) for days in duty.before or ladder.before)
    for one in sorted(ahead, key=lambda one: (one.at, -one.days)):
        if duty.opens_at < one.at <= until and one.at <= duty.due_at:
            yield one
    last = min((until.astimezone(zone).date() - due_day).days, ladder.until)
    for overdue in range(1, last + 1):
        day = due_day + timedelta(days=overdue)
        if workdays.is_working(day) and duty.opens_at < (one := rung(day, -overdue)).at <= until:
            yield one


def due_rung(duty: Duty, ladder: Ladder, workdays: Workdays, hours: Hours, now: datetime) -> Rung | None:
    """Return the rung to be sent now: the latest that has come; None outside working hours or when nothing is owed."""
    local = now.astimezone(duty.due_at.tzinfo)
    if duty.settled or not workdays.is_working(local.date()) or not hours.contains(local):
        return None
    if (local.date() - duty.due_at.date()).days > ladder.until:  # also to those who have never heard of it
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


def wording(duty: Duty, unit_name: str, now: datetime, *, leader: bool = False) -> str:
    """Return what is said: from the present distance to the due time, not from the rung's, which may be days old."""
    due = duty.due_at
    local = now.astimezone(due.tzinfo)
    when = f"{due:%H:%M} ngày {due:%d/%m/%Y}"
    back = " đã bị trả lại và" if duty.returned else ""
    if now > due:
        says = f"“{duty.title}” của {unit_name}{back} {_late(duty, local)} (hạn {when})."
    else:
        days = (due.date() - local.date()).days
        left = {0: "đến hạn hôm nay", 1: "đến hạn ngày mai"}.get(days, f"còn {days} ngày là đến hạn")
        says = f"“{duty.title}” của {unit_name}{back} {left} ({when})."
    if leader:
        return f"{says} Đơn vị chưa nộp; xin anh/chị đôn đốc."
    return f"{says} {how(duty)}"


def how(duty: Duty) -> str:
    """Return how a clerk settles a duty."""
    if duty.round is not None:
        return f"Gõ /baocao để {'sửa và nộp lại' if duty.returned else 'điền và nộp'}."
    to = f"Nơi nhận: {duty.to}. " if duty.to else ""
    return f"{to}Nộp hoặc làm xong rồi, anh/chị gõ /danop để tôi không nhắc nữa."


def _late(duty: Duty, now: datetime) -> str:
    days = (now.date() - duty.due_at.date()).days
    return f"đã quá hạn {days} ngày" if days > 0 else "vừa quá hạn"


def distance(duty: Duty, now: datetime) -> str:
    """Return how far `now` is from the due time: "còn 3 ngày", "quá hạn 2 ngày"."""
    local = now.astimezone(duty.due_at.tzinfo)
    if now > duty.due_at:
        return _late(duty, local).removeprefix("đã ")
    days = (duty.due_at.date() - local.date()).days
    return {0: "đến hạn hôm nay", 1: "đến hạn ngày mai"}.get(days, f"còn {days} ngày")
