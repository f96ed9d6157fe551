"""Duties as the reports stand, the reminders that were put on their way, and those that people asked for again.

A row of `reminders` says that a message was put into the outbox and not taken back: it is never put there a second
time. Planning (`bot.planner`) and whatever settles a duty exclude each other: see `beside_planning`.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, exists, func, select, text
from sqlalchemy.orm import Session

from bot.asking import VIETNAM
from bot.domain.reminders import ROUND, Duty
from bot.domain.rounds import EDITABLE, EventKind, SubmissionState
from bot.store import claims, obligations, outbox
from bot.store.obligation_tables import OccurrenceRow
from bot.store.outbox import OutboxState
from bot.store.outcome import changed, insert_new
from bot.store.reminder_tables import ReminderRow, SnoozeRow
from bot.store.report_tables import RoundRow, RoundUnitRow, SubmissionEventRow, SubmissionRow
from bot.store.tables import OutboxRow, UnitRow

PLANNING = "remind"  # the lock (of PostgreSQL; SQLite has one writer anyway) that planning holds
_OWED = {state.value for state in EDITABLE}
_UNSENT = (OutboxState.NEW, OutboxState.BLOCKED)
_GIVEN_BACK = (
    select(func.max(SubmissionEventRow.at))
    .where(SubmissionEventRow.submission == SubmissionRow.id, SubmissionEventRow.kind == EventKind.RETURNED.value)
    .correlate(SubmissionRow)
    .scalar_subquery()
)


@dataclass(frozen=True, slots=True)
class Kept:
    """One reminder that was put on its way."""

    id: int
    key: str
    person: int
    duty: str  # Duty.key; "": a digest
    unit: str
    due_at: datetime
    days: int
    outbox_id: int


@dataclass(frozen=True, slots=True)
class Snooze:
    """One wish to be reminded again."""

    id: int
    person: int
    duty: str
    unit: str
    at: datetime


def duty_key(round_id: int) -> str:
    """Return the Duty.key of a round."""
    return f"{ROUND}{round_id}"


def beside_planning(session: Session) -> None:
    """Let nothing be planned until this transaction ends: what it settles, a plan made beside it would not see."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock_shared(hashtext(:name))"), {"name": PLANNING})


def duties(session: Session, now: datetime, unit: str | None = None) -> tuple[Duty, ...]:
    """Return what units (`unit` alone, where given) owe or owed in the rounds open at `now`, the soonest due first."""
    query = (
        select(
            RoundRow.id,
            RoundRow.title,
            RoundRow.opens_at,
            RoundRow.due_at,
            RoundUnitRow.unit,
            SubmissionRow.state,
            _GIVEN_BACK,
            OccurrenceRow.document,
        )
        .join(RoundUnitRow, RoundUnitRow.round == RoundRow.id)
        .join(UnitRow, UnitRow.key == RoundUnitRow.unit)
        .outerjoin(SubmissionRow, (SubmissionRow.round == RoundRow.id) & (SubmissionRow.unit == RoundUnitRow.unit))
        .outerjoin(OccurrenceRow, OccurrenceRow.round == RoundRow.id)
        .where(RoundRow.closed_at.is_(None), RoundRow.opens_at <= now, UnitRow.active)
        .order_by(RoundRow.due_at, RoundRow.id, RoundUnitRow.position)
    )
    if unit is not None:
        query = query.where(RoundUnitRow.unit == unit)
    settled = claims.settled(session)
    return tuple(
        Duty(
            duty_key(number),
            title,
            owing,
            (back or opens).astimezone(VIETNAM),
            due.astimezone(VIETNAM),
            settled=not (state is None or state in _OWED) or (duty_key(number), owing) in settled,
            returned=state == SubmissionState.RETURNED.value,
            document=document or "",
        )
        for number, title, opens, due, owing, state, back, document in session.execute(query)
    )


# Reminders on their way


def unsent(session: Session) -> tuple[Kept, ...]:
    """Return the reminders that nobody is sending yet."""
    waits = (OutboxRow.id == ReminderRow.outbox_id, OutboxRow.key == ReminderRow.key, OutboxRow.state.in_(_UNSENT))
    return _kept(session, exists().where(*waits))


def kept(session: Session, people: Collection[int], since: datetime | None = None) -> tuple[Kept, ...]:
    """Return every reminder of these people that was not taken back, the oldest first; `since` a time where given."""
    theirs = ReminderRow.person_id.in_(people)
    return _kept(session, theirs if since is None else theirs & (ReminderRow.created_at >= since))


def reminder(session: Session, reminder_id: int) -> Kept | None:
    """Return one reminder."""
    return next(iter(_kept(session, ReminderRow.id == reminder_id)), None)


def add(session: Session, one: Kept, now: datetime) -> int | None:
    """Keep a reminder (its ids are not looked at) before it is put into the outbox; None where it is kept already."""
    fresh = {"duty": one.duty, "unit": one.unit, "due_at": one.due_at, "days": one.days, "created_at": now}
    if not insert_new(session, ReminderRow, key=one.key, person_id=one.person, outbox_id=0, **fresh):
        return None
    return session.scalar(select(ReminderRow.id).where(ReminderRow.key == one.key))


def put(session: Session, reminder_id: int, letter: outbox.Letter, now: datetime) -> bool:
    """Put the message of a kept reminder into the outbox; False where one of its key is there."""
    queued = outbox.put(
        session,
        letter.channel,
        letter.chat,
        letter.reply,
        now,
        key=letter.key,
        not_before=letter.not_before,
        expires_at=letter.expires_at,
    )
    row = session.get_one(ReminderRow, reminder_id)
    row.outbox_id = session.scalar(select(OutboxRow.id).where(OutboxRow.key == letter.key)) or 0
    session.flush()
    return queued


def withdraw(session: Session, these: Collection[Kept], now: datetime) -> int:
    """Take back the reminders that nobody is sending, so that they may come again when due again; returns how many."""
    gone = outbox.take_back(session, [one.outbox_id for one in these], now) if these else set()
    if gone:
        changed(session, delete(ReminderRow).where(ReminderRow.outbox_id.in_(gone)))
    return len(gone)


def settle(session: Session, duty: str, now: datetime, unit: str | None = None) -> None:
    """Take back what is on its way about a duty, of every unit where none is named: it is settled, or due otherwise."""
    about = ReminderRow.duty == duty
    _take_back(session, about if unit is None else about & (ReminderRow.unit == unit), now)


def take_over(session: Session, occurrence: str, round_id: int, now: datetime) -> None:
    """Let a round stand for an occurrence of a duty: what units said of it holds, its reminders come no more."""
    settle(session, occurrence, now)
    claims.hand_over(session, occurrence, duty_key(round_id))


def settle_duty(session: Session, obligation: str, now: datetime) -> None:
    """Take back what is on its way about every occurrence of a duty: it was decided about anew.

    What still holds is put on its way again by the next pass.
    """
    mine = [duty_key(number) for number in obligations.rounds_of(session, obligation)]
    of_it = ReminderRow.duty.startswith(f"{obligation}/", autoescape=True)
    _take_back(session, (ReminderRow.duty == obligation) | of_it | ReminderRow.duty.in_(mine), now)


def _take_back(session: Session, about: ColumnElement[bool], now: datetime) -> None:
    beside_planning(session)
    waits = OutboxRow.state.in_((*_UNSENT, OutboxState.SENDING))
    withdraw(session, _kept(session, about & exists().where(OutboxRow.id == ReminderRow.outbox_id, waits)), now)


def _kept(session: Session, which: ColumnElement[bool]) -> tuple[Kept, ...]:
    columns = (
        ReminderRow.id,
        ReminderRow.key,
        ReminderRow.person_id,
        ReminderRow.duty,
        ReminderRow.unit,
        ReminderRow.due_at,
        ReminderRow.days,
        ReminderRow.outbox_id,
    )
    rows = session.execute(select(*columns).where(which).order_by(ReminderRow.id))
    return tuple(Kept(*row) for row in rows)


# Said again on request


def snooze(session: Session, person: int, duty: str, unit: str, at: datetime) -> None:
    """Remind a person of a duty again at a time; the last wish about a duty is the one that counts."""
    unsnooze(session, person, duty, unit)
    insert_new(session, SnoozeRow, person_id=person, duty=duty, unit=unit, at=at)


def unsnooze(session: Session, person: int, duty: str, unit: str, by: datetime | None = None) -> None:
    """Forget the wish of a person about a duty; with `by`, only where it is not for later."""
    mine = [SnoozeRow.person_id == person, SnoozeRow.duty == duty, SnoozeRow.unit == unit]
    if by is not None:
        mine.append(SnoozeRow.at <= by)
    changed(session, delete(SnoozeRow).where(*mine))


def snoozes(session: Session, now: datetime) -> tuple[Snooze, ...]:
    """Return the wishes whose time has come, the oldest first."""
    rows = session.scalars(select(SnoozeRow).where(SnoozeRow.at <= now).order_by(SnoozeRow.at, SnoozeRow.id))
    return tuple(Snooze(row.id, row.person_id, row.duty, row.unit, row.at) for row in rows)
