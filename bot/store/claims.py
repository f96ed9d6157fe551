"""Reports that were handed in another way, as their units say: what was said, and what the office decided."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.orm import Session

from bot.domain.reminders import Claim, ClaimState
from bot.store.outcome import changed, insert_new
from bot.store.reminder_tables import HandedOtherwiseRow
from bot.store.report_tables import RoundRow
from bot.store.tables import PersonRow, UnitRow


def make(session: Session, round_id: int, unit: str, person: int, now: datetime) -> int | None:
    """Keep that a unit's report was handed in another way, and return the claim's id; None where it was said already.

    What was rejected may be said again.
    """
    here = (HandedOtherwiseRow.round == round_id, HandedOtherwiseRow.unit == unit)
    said = {"person_id": person, "at": now, "state": ClaimState.OPEN.value, "decided_by": None, "decided_at": None}
    again = update(HandedOtherwiseRow).where(*here, HandedOtherwiseRow.state == ClaimState.REJECTED.value)
    if not changed(session, again.values(**said)) and not insert_new(
        session, HandedOtherwiseRow, round=round_id, unit=unit, **said
    ):
        return None
    return session.scalar(select(HandedOtherwiseRow.id).where(*here))


def decide(session: Session, claim_id: int, *, right: bool, by: int | None, now: datetime) -> bool:
    """Confirm or reject an open claim; False where there is none such any more."""
    state = ClaimState.CONFIRMED if right else ClaimState.REJECTED
    still = (HandedOtherwiseRow.id == claim_id, HandedOtherwiseRow.state == ClaimState.OPEN.value)
    values = {"state": state.value, "decided_by": by, "decided_at": now}
    return changed(session, update(HandedOtherwiseRow).where(*still).values(**values)) == 1


def forget(session: Session, round_id: int, unit: str) -> None:
    """Drop what was said about a unit's report: it has come the usual way."""
    here = (HandedOtherwiseRow.round == round_id, HandedOtherwiseRow.unit == unit)
    changed(session, delete(HandedOtherwiseRow).where(*here))


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


def _read(session: Session, which: ColumnElement[bool]) -> tuple[Claim, ...]:
    query = (
        select(
            HandedOtherwiseRow.id,
            HandedOtherwiseRow.round,
            RoundRow.title,
            HandedOtherwiseRow.unit,
            UnitRow.name,
            HandedOtherwiseRow.person_id,
            PersonRow.name,
            HandedOtherwiseRow.at,
            HandedOtherwiseRow.state,
        )
        .join(RoundRow, RoundRow.id == HandedOtherwiseRow.round)
        .join(UnitRow, UnitRow.key == HandedOtherwiseRow.unit)
        .join(PersonRow, PersonRow.id == HandedOtherwiseRow.person_id)
        .where(which)
        .order_by(HandedOtherwiseRow.at, HandedOtherwiseRow.id)
    )
    return tuple(Claim(*row[:-1], ClaimState(row[-1])) for row in session.execute(query))
