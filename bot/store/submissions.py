"""What units hand in, in the database: each change a conditional UPDATE on the revision it was decided on.

Functions that change something raise Conflict where that revision is no longer the present one, or where the report
may not be changed in this way any more; then nothing of the step is kept and it is decided anew.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, select, update
from sqlalchemy.orm import Session

from bot.codec import dumps, loads
from bot.domain.filling import Draft
from bot.domain.forms import Value
from bot.domain.rounds import EDITABLE, Event, EventKind, Submission, SubmissionState
from bot.errors import Conflict
from bot.store.forms import COMMAND_LINE
from bot.store.outcome import changed, insert_new
from bot.store.report_tables import FormRow, RoundRow, SubmissionEventRow, SubmissionRow
from bot.store.tables import PersonRow

_EDITABLE = tuple(sorted(state.value for state in EDITABLE))
_DRAFT, _SUBMITTED = SubmissionState.DRAFT.value, SubmissionState.SUBMITTED.value
_RETURNED, _ACCEPTED = SubmissionState.RETURNED.value, SubmissionState.ACCEPTED.value


def begin(session: Session, round_id: int, unit: str, draft: Draft, editor: int | None, now: datetime) -> None:
    """Make the submission of a unit, at revision 1; Conflict where there is one."""
    fresh = {"draft": dumps(draft), "editor": editor, "updated_at": now, "state": _DRAFT, "revision": 1}
    empty: dict[str, Any] = {"times": 0, "late": False, "reason": "", "to_fix": "[]"}
    if not insert_new(session, SubmissionRow, round=round_id, unit=unit, **fresh, **empty):
        raise Conflict("the report was begun meanwhile")


def save(
    session: Session, round_id: int, unit: str, revision: int, draft: Draft, editor: int | None, now: datetime
) -> None:
    """Keep the answers so far."""
    mine = (SubmissionRow.round == round_id, SubmissionRow.unit == unit, SubmissionRow.state.in_(_EDITABLE))
    _change(session, mine, revision, draft=dumps(draft), editor=editor, updated_at=now)


def discard(session: Session, submission_id: int, revision: int) -> None:
    """Remove a draft that was never submitted."""
    mine = (SubmissionRow.id == submission_id, SubmissionRow.revision == revision, SubmissionRow.state == _DRAFT)
    if changed(session, delete(SubmissionRow).where(*mine)) != 1:
        raise Conflict("the report changed meanwhile")


def submit(
    session: Session, submission_id: int, revision: int, receipt: str, late: bool, actor: int | None, now: datetime
) -> None:
    """Hand a report in, and keep in its history what was handed in."""
    mine = (SubmissionRow.id == submission_id, SubmissionRow.state.in_(_EDITABLE))
    handed_in: dict[str, Any] = {
        "submitted_at": now,
        "receipt": receipt,
        "late": late,
        "times": SubmissionRow.times + 1,
    }
    cleared = {"reason": "", "to_fix": "[]"}
    _change(session, mine, revision, state=_SUBMITTED, editor=actor, updated_at=now, **handed_in, **cleared)
    draft = session.scalar(select(SubmissionRow.draft).where(SubmissionRow.id == submission_id))
    _note(session, submission_id, EventKind.SUBMITTED, actor, now, receipt, draft)


def accept(session: Session, submission_id: int, revision: int, actor: int | None, now: datetime) -> None:
    """Take a submitted report."""
    mine = (SubmissionRow.id == submission_id, SubmissionRow.state == _SUBMITTED)
    _change(session, mine, revision, state=_ACCEPTED, updated_at=now)
    _note(session, submission_id, EventKind.ACCEPTED, actor, now, "", None)


def give_back(
    session: Session,
    submission_id: int,
    revision: int,
    reason: str,
    to_fix: Sequence[str],
    actor: int | None,
    now: datetime,
) -> None:
    """Return a submitted report."""
    mine = (SubmissionRow.id == submission_id, SubmissionRow.state == _SUBMITTED)
    names = json.dumps(list(to_fix), ensure_ascii=False)
    _change(session, mine, revision, state=_RETURNED, reason=reason, to_fix=names, updated_at=now)
    _note(session, submission_id, EventKind.RETURNED, actor, now, reason, None)


def of_unit(session: Session, round_id: int, unit: str) -> Submission | None:
    """Return what a unit has in a round."""
    return _one(session, _WITH_NAME.where(SubmissionRow.round == round_id, SubmissionRow.unit == unit))


def submission(session: Session, submission_id: int) -> Submission | None:
    """Return one submission."""
    return _one(session, _WITH_NAME.where(SubmissionRow.id == submission_id))


def of_round(session: Session, round_id: int) -> dict[str, Submission]:
    """Return the submissions of a round by unit."""
    found = _all(session, _WITH_NAME.where(SubmissionRow.round == round_id))
    return {one.unit: one for one in found}


def waiting(session: Session) -> tuple[Submission, ...]:
    """Return the submissions that wait to be accepted or returned, oldest first."""
    query = _WITH_NAME.where(SubmissionRow.state == _SUBMITTED)
    return tuple(_all(session, query.order_by(SubmissionRow.submitted_at, SubmissionRow.id)))


def history(session: Session, submission_id: int) -> tuple[Event, ...]:
    """Return what happened to a submission, oldest first."""
    rows = session.execute(
        select(SubmissionEventRow, PersonRow.name)
        .outerjoin(PersonRow, PersonRow.id == SubmissionEventRow.actor)
        .where(SubmissionEventRow.submission == submission_id)
        .order_by(SubmissionEventRow.id)
    )
    return tuple(
        Event(row.at, EventKind(row.kind), name or COMMAND_LINE, row.note, _values(row.draft)) for row, name in rows
    )


def last_values(session: Session, round_id: int, unit: str) -> Mapping[str, Value]:
    """Return what a unit handed in last with the same form id in a round that was due before this one."""
    mine = select(RoundRow.due_at, FormRow.form_id).join(FormRow, FormRow.id == RoundRow.form)
    this = session.execute(mine.where(RoundRow.id == round_id)).first()
    if this is None:
        return {}
    earlier = (
        select(SubmissionEventRow.draft)
        .join(SubmissionRow, SubmissionRow.id == SubmissionEventRow.submission)
        .join(RoundRow, RoundRow.id == SubmissionRow.round)
        .join(FormRow, FormRow.id == RoundRow.form)
        .where(SubmissionRow.unit == unit, SubmissionEventRow.draft.is_not(None), RoundRow.id != round_id)
        .where(FormRow.form_id == this.form_id, RoundRow.due_at <= this.due_at)
        .order_by(RoundRow.due_at.desc(), SubmissionEventRow.id.desc())
        .limit(1)
    )
    return _values(session.scalar(earlier))


# Changes are made by statements of their own: an object that the session has read before would stay as it was.
_WITH_NAME = (
    select(SubmissionRow, PersonRow.name)
    .outerjoin(PersonRow, PersonRow.id == SubmissionRow.editor)
    .execution_options(populate_existing=True)
)


def _change(session: Session, mine: tuple[ColumnElement[bool], ...], revision: int, **values: Any) -> None:
    same = SubmissionRow.revision == revision
    if changed(session, update(SubmissionRow).where(*mine, same).values(revision=revision + 1, **values)) != 1:
        raise Conflict("the report changed meanwhile")


def _note(
    session: Session,
    submission_id: int,
    kind: EventKind,
    actor: int | None,
    now: datetime,
    note: str,
    draft: str | None,
) -> None:
    session.add(
        SubmissionEventRow(submission=submission_id, at=now, kind=kind.value, actor=actor, note=note, draft=draft)
    )


def _values(draft: str | None) -> Mapping[str, Value]:
    return loads(Draft, draft).values if draft is not None else {}


def _one(session: Session, query: Select[SubmissionRow, str]) -> Submission | None:
    return next(iter(_all(session, query)), None)


def _all(session: Session, query: Select[SubmissionRow, str]) -> list[Submission]:
    return [
        Submission(
            id=row.id,
            round=row.round,
            unit=row.unit,
            state=SubmissionState(row.state),
            draft=loads(Draft, row.draft),
            revision=row.revision,
            editor=row.editor,
            editor_name=name or "",
            updated_at=row.updated_at,
            submitted_at=row.submitted_at,
            receipt=row.receipt,
            late=row.late,
            reason=row.reason,
            to_fix=tuple(json.loads(row.to_fix)),
        )
        for row, name in session.execute(query)
    ]
