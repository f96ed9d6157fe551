"""Rounds and the units that owe a report in them, in the database."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime

from sqlalchemy import Select, delete, select, update
from sqlalchemy.orm import Session

from bot.domain.rounds import Round, SubmissionState
from bot.store.outcome import changed, insert_new
from bot.store.report_tables import RoundRow, RoundUnitRow, SubmissionRow

_NEVER = datetime.max.replace(tzinfo=UTC)


def add(session: Session, opened: Round) -> int:
    """Keep a new round (its id is not looked at) and return its id."""
    row = RoundRow(
        title=opened.title,
        form=opened.form,
        opens_at=opened.opens_at,
        due_at=opened.due_at,
        closed_at=opened.closed_at,
        obligation=opened.obligation,
    )
    session.add(row)
    session.flush()
    for position, unit in enumerate(dict.fromkeys(opened.units)):
        session.add(RoundUnitRow(round=row.id, unit=unit, position=position))
    session.flush()
    return row.id


def change(session: Session, round_id: int, *, due_at: datetime | None, closed_at: datetime | None) -> bool:
    """Move the due time or close a round, None leaving it as it was; False where there is no such open round."""
    given = {"due_at": due_at, "closed_at": closed_at}
    values = {name: value for name, value in given.items() if value is not None}
    mine = (RoundRow.id == round_id, RoundRow.closed_at.is_(None))
    return bool(values) and changed(session, update(RoundRow).where(*mine).values(**values)) == 1


def reopen(session: Session, round_id: int, due_at: datetime) -> bool:
    """Let a closed round take reports again; False where there is no such closed round."""
    closed = (RoundRow.id == round_id, RoundRow.closed_at.is_not(None))
    return changed(session, update(RoundRow).where(*closed).values(closed_at=None, due_at=due_at)) == 1


def rounds(session: Session) -> tuple[Round, ...]:
    """Return every round, the soonest due first; closed ones last, the one closed last first."""
    found = _read(session, select(RoundRow))
    open_ones = sorted((one for one in found if one.closed_at is None), key=lambda one: (one.due_at, one.id))
    closed = sorted(
        (one for one in found if one.closed_at is not None), key=lambda one: one.closed_at or _NEVER, reverse=True
    )
    return (*open_ones, *closed)


def round_(session: Session, round_id: int) -> Round | None:
    """Return one round."""
    return next(iter(_read(session, select(RoundRow).where(RoundRow.id == round_id))), None)


def owed(session: Session, unit: str, now: datetime) -> tuple[Round, ...]:
    """Return the rounds that take reports at `now` and are owed by `unit`, accepted ones aside; soonest due first."""
    accepted = select(SubmissionRow.round).where(
        SubmissionRow.unit == unit, SubmissionRow.state == SubmissionState.ACCEPTED.value
    )
    mine = select(RoundUnitRow.round).where(RoundUnitRow.unit == unit)
    query = select(RoundRow).where(
        RoundRow.id.in_(mine), RoundRow.id.not_in(accepted), RoundRow.closed_at.is_(None), RoundRow.opens_at <= now
    )
    return tuple(sorted(_read(session, query), key=lambda one: (one.due_at, one.id)))


def hand_over(session: Session, unit: str, successor: str) -> None:
    """Let `successor` owe what `unit`, which ended, has not begun in rounds that are still open."""
    begun = select(SubmissionRow.round).where(SubmissionRow.unit == unit)
    still_open = select(RoundRow.id).where(RoundRow.closed_at.is_(None))
    waiting = session.execute(
        select(RoundUnitRow.round, RoundUnitRow.position).where(
            RoundUnitRow.unit == unit, RoundUnitRow.round.in_(still_open), RoundUnitRow.round.not_in(begun)
        )
    ).all()
    for round_id, position in waiting:
        here = (RoundUnitRow.round == round_id, RoundUnitRow.unit == unit)
        changed(session, delete(RoundUnitRow).where(*here))
        insert_new(session, RoundUnitRow, round=round_id, unit=successor, position=position)


def _read(session: Session, query: Select[RoundRow]) -> list[Round]:
    # Changes are made by statements of their own: an object that this session has read before would stay as it was.
    rows = session.scalars(query, execution_options={"populate_existing": True}).all()
    units: defaultdict[int, list[str]] = defaultdict(list)
    listed = select(RoundUnitRow.round, RoundUnitRow.unit).where(RoundUnitRow.round.in_([row.id for row in rows]))
    for round_id, unit in session.execute(listed.order_by(RoundUnitRow.round, RoundUnitRow.position)):
        units[round_id].append(unit)
    return [
        Round(
            row.id, row.title, row.form, row.opens_at, row.due_at, tuple(units[row.id]), row.closed_at, row.obligation
        )
        for row in rows
    ]
