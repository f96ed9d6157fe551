"""Reports that were handed in another way, as their units say: what was said, and what the office decided."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.orm import Session

from bot.domain.reminders import Claim, ClaimState
from bot.store.outcome import changed, insert_new
from bot.store.reminder_tables import HandedOtherwiseRow
from bot.store.tables import PersonRow, UnitRow


def make(session: Session, duty: str, title: str, unit: str, person: int, now: datetime) -> int | None:
    """Keep that what a unit owes was handed in another way, and return the claim's id; None where it was said already.

    `duty`, `title`: of the Duty, as the clerk saw it. What was rejected may be said again.
    """
    here = _of(duty, unit)
    undecided = {"state": ClaimState.OPEN.value, "decided_by": None, "decided_at": None}
    said = {"title": title, "person_id": person, "at": now, **undecided}
    again = update(HandedOtherwiseRow).where(*here, HandedOtherwiseRow.state == ClaimState.REJECTED.value)
    if not changed(session, again.values(**said)) and not insert_new(
        session, HandedOtherwiseRow, duty=duty, unit=unit, **said
    ):
        return None
    return session.scalar(select(HandedOtherwiseRow.id).where(*here))


def decide(session: Session, claim_id: int, *, right: bool, by: int | None, now: datetime) -> bool:
    """Confirm or reject an open claim; False where there is none such any more."""
    state = ClaimState.CONFIRMED if right else ClaimState.REJECTED
    still = (HandedOtherwiseRow.id == claim_id, HandedOtherwiseRow.state == ClaimState.OPEN.value)
    values = {"state": state.value, "decided_by": by, "decided_at": now}
    return changed(session, update(HandedOtherwiseRow).where(*still).values(**values)) == 1


def forget(session: Session, duty: str, unit: str) -> None:
    """Drop what was said about a unit's report: it has come the usual way."""
    changed(session, delete(HandedOtherwiseRow).where(*_of(duty, unit)))


def hand_over(session: Session, duty: str, successor: str) -> None:
    """Let what was said of one duty hold for another, which took its place."""
    moved = update(HandedOtherwiseRow).where(HandedOtherwiseRow.duty == duty)
    changed(session, moved.values(duty=successor))


def claim(session: Session, claim_id: int) -> Claim | None:
    """Return one claim."""
    return next(iter(_read(session, HandedOtherwiseRow.id == claim_id)), None)


def waiting(session: Session) -> tuple[Claim, ...]:
    """Return the claims that nobody has decided, the oldest first."""
    return _read(session, HandedOtherwiseRow.state == ClaimState.OPEN.value)


def standing(session: Session, unit: str | None = None) -> tuple[Claim, ...]:
    """Return the claims that were not rejected, of one unit where given."""
    valid = HandedOtherwiseRow.state != ClaimState.REJECTED.value
    return _read(session, valid if unit is None else valid & (HandedOtherwiseRow.unit == unit))


def settled(session: Session) -> frozenset[tuple[str, str]]:
    """Return the duties, by key and unit, of which it was said that they are handed in, and not denied."""
    valid = HandedOtherwiseRow.state != ClaimState.REJECTED.value
    rows = session.execute(select(HandedOtherwiseRow.duty, HandedOtherwiseRow.unit).where(valid))
    return frozenset((duty, unit) for duty, unit in rows)


def _of(duty: str, unit: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return HandedOtherwiseRow.duty == duty, HandedOtherwiseRow.unit == unit


def _read(session: Session, which: ColumnElement[bool]) -> tuple[Claim, ...]:
    query = (
        select(
            HandedOtherwiseRow.id,
            HandedOtherwiseRow.duty,
            HandedOtherwiseRow.title,
            HandedOtherwiseRow.unit,
            UnitRow.name,
            HandedOtherwiseRow.person_id,
            PersonRow.name,
            HandedOtherwiseRow.at,
            HandedOtherwiseRow.state,
        )
        .join(UnitRow, UnitRow.key == HandedOtherwiseRow.unit)
        .join(PersonRow, PersonRow.id == HandedOtherwiseRow.person_id)
        .where(which)
        .order_by(HandedOtherwiseRow.at, HandedOtherwiseRow.id)
    )
    return tuple(Claim(*row[:-1], ClaimState(row[-1])) for row in session.execute(query))
