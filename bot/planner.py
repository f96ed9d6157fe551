"""One pass of planning: what should be said now is put into the outbox once, what should not any more is taken back.

Everything is worked out anew from the duties as they stand, so that a restart, an outage or a moved clock needs no
care: of the ladder only the latest rung is wanted, and what waits to be sent without being wanted (handed in meanwhile,
moved, outside the hours) is withdrawn. The key of a reminder is what keeps two passes from saying it twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from bot.asking import VIETNAM
from bot.dialogues.report.entry import in_mid_report
from bot.domain import digests
from bot.domain.discretion import Discretion
from bot.domain.messages import PUSHED_KEY, Choice, Reply
from bot.domain.people import Person, Role
from bot.domain.reminders import Calendar, Duty, due_reminders, wording
from bot.domain.workdays import Hours
from bot.store import claims, obligations, owed, people, reminding, reminding_chats, wishes
from bot.store.outbox import Letter
from bot.store.reminding import PLANNING, Kept
from bot.store.reminding_chats import Address
from knowledge.db import writing

PREFIX = "remind"  # of the keys of its choices
IN_AN_HOUR, TOMORROW, OTHERWISE = "1h", "mai", "khac"
_AGAIN = "again:"  # begins the keys of what people asked for: no rung of a ladder
_LONGEST_BREAK = timedelta(days=31)  # a rung moves earlier to a working day, over Tết and all
_MID_REPORT = timedelta(minutes=60)  # a report left alone for longer is no conversation that one breaks into

_LadderOf = tuple[int, str, str, datetime]  # person, duty, unit, due time


@dataclass(frozen=True, slots=True)
class Queued:
    """One reminder that was put into the outbox."""

    person: str
    channel: str
    text: str


@dataclass(frozen=True, slots=True)
class Planned:
    """What a pass did."""

    queued: tuple[Queued, ...] = ()
    withdrawn: int = 0
    held: int = 0  # back, for people who are in the middle of a report


@dataclass(frozen=True, slots=True)
class _Wanted:
    """One message that should be said now."""

    key: str
    person: Person
    text: str
    duty: Duty | None  # None: a digest
    days: int = 0
    again: bool = False  # asked for by the person


@dataclass(frozen=True, slots=True)
class _Office:
    """Whom there is and how they want to be reminded."""

    people: Mapping[int, Person]
    units: Mapping[str, str]  # names by key
    hours: Mapping[int, Hours]
    discretion: Discretion

    def as_told(self, duty: Duty, person: Person) -> Duty:
        """Return a duty as a person may hear of it, in a chat of their own."""
        return self.discretion.as_told(duty, person)


class Planner:
    """Puts reminders on their way. Safe to run anywhere and in several processes at a time."""

    def __init__(self, engine: Engine, calendar: Calendar) -> None:
        self._engine = engine
        self._calendar = calendar

    @property
    def calendar(self) -> Calendar:
        """When the office reminds."""
        return self._calendar

    def plan(self, now: datetime) -> Planned:
        """Run one pass at `now`."""
        local = now.astimezone(VIETNAM)
        with writing(self._engine, lock=PLANNING) as session:
            unsent = reminding.unsent(session)
            wanted = self._wanted(session, local, unsent) if self._calendar.open_at(local) else {}
            stale = [one for one in unsent if one.key not in wanted]
            withdrawn = reminding.withdraw(session, stale, now)
            queued, held = self._queue(session, wanted, local)
        return Planned(tuple(queued), withdrawn, held)

    def _wanted(self, session: Session, now: datetime, unsent: Iterable[Kept]) -> dict[str, _Wanted]:
        office = _Office(
            {one.id: one for one in people.people(session)},
            {one.key: one.name for one in people.units(session)},
            wishes.hours(session),
            owed.discretion(session),
        )
        # A duty whose document was changed or withdrawn is not reminded of until an admin has looked at it.
        halted = {reminding.duty_key(round_id) for round_id in obligations.halted_rounds(session)}
        ahead = timedelta(days=max(self._calendar.ladder.before, default=0)) + _LONGEST_BREAK
        duties = [duty for duty in owed.duties(session, now, ahead=ahead) if duty.key not in halted]
        found = [*self._rungs(duties, office, now), *self._digests(session, duties, office, now)]
        within = {one.key: one for one in found if _may_hear(one.person, office, now)}
        waiting = {one.key for one in unsent}
        return within | self._again(session, duties, office, within, waiting, now)

    def _rungs(self, duties: Iterable[Duty], office: _Office, now: datetime) -> Iterator[_Wanted]:
        calendar = self._calendar
        everybody = office.people.values()
        for one in due_reminders(duties, everybody, calendar.ladder, calendar.workdays, calendar.hours, now):
            person = office.people[one.person]
            told = office.as_told(one.duty, person)
            yield _Wanted(one.key, person, _text(person, told, office, now), told, one.rung.days)

    def _digests(self, session: Session, duties: list[Duty], office: _Office, now: datetime) -> Iterator[_Wanted]:
        if not self._calendar.first_of_week(now.date()):
            return
        open_claims = len(claims.waiting(session))
        for person in office.people.values():
            says = None
            if person.role is Role.ADMIN:
                says = digests.for_admin(duties, office.units, open_claims, now)
            elif person.role is Role.LEADER:
                told = [office.as_told(duty, person) for duty in duties]
                says = digests.for_leader(told, office.units, person.unit, now)
            if says is not None:
                yield _Wanted(f"digest:{now:%y%m%d}:{person.id}", person, says, None)

    def _again(
        self,
        session: Session,
        duties: Iterable[Duty],
        office: _Office,
        wanted: Mapping[str, _Wanted],
        waiting: set[str],
        now: datetime,
    ) -> dict[str, _Wanted]:
        """Return what people asked to be told again, where a rung does not say it now; forget what is settled."""
        open_ones = {(one.key, one.unit): one for one in duties if not one.settled}
        said = {one.key for one in reminding.kept(session, office.people.keys())}
        fresh = {(one.person.id, one.duty.key, one.duty.unit) for one in wanted.values()
                 if one.duty and (one.key in waiting or one.key not in said)}  # fmt: skip
        found: dict[str, _Wanted] = {}
        for wish in reminding.snoozes(session, now):
            key = f"{_AGAIN}{wish.id}:{wish.person}"
            person, duty = office.people.get(wish.person), open_ones.get((wish.duty, wish.unit))
            over = person is None or duty is None or person.unit != wish.unit
            if over or (key in said and key not in waiting) or (wish.person, wish.duty, wish.unit) in fresh:
                reminding.unsnooze(session, wish.person, wish.duty, wish.unit)
            elif person and duty and _may_hear(person, office, now):
                told = office.as_told(duty, person)
                found[key] = _Wanted(key, person, _text(person, told, office, now), told, again=True)
        return found

    def _queue(self, session: Session, wanted: Mapping[str, _Wanted], now: datetime) -> tuple[list[Queued], int]:
        known = reminding.kept(session, {one.person.id for one in wanted.values()})
        keys, latest = {kept.key for kept in known}, _latest(known)
        fresh = [one for one in wanted.values() if one.key not in keys and not _overtaken(one, latest)]
        chats = reminding_chats.chats(session, {one.person.id for one in fresh}, now - _MID_REPORT, now + _MID_REPORT)
        queued: list[Queued] = []
        held = 0
        for one in fresh:
            theirs = chats.get(one.person.id, ())
            address = reminding_chats.best(theirs)
            if any(chat.state is not None and in_mid_report(chat.state) for chat in theirs):
                held += 1
            elif address is not None and self._put(session, one, address, now):
                queued.append(Queued(one.person.name, address.channel, one.text))
        return queued, held

    def _put(self, session: Session, one: _Wanted, address: Address, now: datetime) -> bool:
        key, unit, due = (one.duty.key, one.duty.unit, one.duty.due_at) if one.duty else ("", "", now)
        about = Kept(0, one.key, one.person.id, key, unit, due, one.days, 0)
        number = reminding.add(session, about, now)
        if number is None:  # the clock may be another than that of the pass before: the key decides
            return False
        hours = wishes.hours(session).get(one.person.id, self._calendar.hours)
        end = datetime.combine(now.date(), min(hours.end, self._calendar.hours.end), VIETNAM)
        reply = _reply(one, number)
        letter = Letter(address.channel, address.chat, reply, key=one.key, not_before=now, expires_at=end)
        return reminding.put(session, number, letter, now)


def _text(person: Person, duty: Duty, office: _Office, now: datetime) -> str:
    return wording(duty, office.units.get(duty.unit, duty.unit), now, leader=person.role is Role.LEADER)


def _may_hear(person: Person, office: _Office, now: datetime) -> bool:
    return person.id not in office.hours or office.hours[person.id].contains(now)


def _latest(known: Iterable[Kept]) -> dict[_LadderOf, int]:
    """Return the last rung said of each ladder, as days before the due day."""
    latest: dict[_LadderOf, int] = {}
    for one in known:
        if not one.key.startswith(_AGAIN):
            ladder = (one.person, one.duty, one.unit, one.due_at.astimezone(VIETNAM))
            latest[ladder] = min(latest.get(ladder, one.days), one.days)
    return latest


def _overtaken(one: _Wanted, latest: Mapping[_LadderOf, int]) -> bool:
    """Tell whether a later rung was said already: the clock was put back."""
    if one.duty is None or one.again:
        return False
    ladder = (one.person.id, one.duty.key, one.duty.unit, one.duty.due_at)
    return latest.get(ladder, one.days) < one.days


def _reply(one: _Wanted, number: int) -> Reply:
    """Return the message with what a clerk may do about it, as choices or as commands."""
    if one.duty is None or one.person.role is Role.LEADER:
        return Reply(one.text)
    round_id = one.duty.round
    done = "Đã nộp bằng đường khác" if round_id is not None else "Đã nộp, đã làm xong"
    offered = ((IN_AN_HOUR, "Nhắc lại sau 1 giờ"), (TOMORROW, "Sáng mai"), (OTHERWISE, done))
    choices = tuple(Choice(f"{PUSHED_KEY}{PREFIX}:{number}:{key}", label) for key, label in offered)
    command = f" {done}: gõ /danop {round_id}." if round_id is not None else ""
    return Reply(one.text, choices, instead=f"Muốn được nhắc lại: gõ /nhaclai 1 giờ hoặc /nhaclai sáng mai.{command}")
