"""Questions sent to the office, and its answers, in the database."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, or_, select, update
from sqlalchemy.orm import Session, aliased

from bot.domain.questions import Question, QuestionState
from bot.store.outcome import changed
from bot.store.question_tables import QuestionRow
from bot.store.tables import PersonRow, UnitRow


def add(session: Session, one: Question) -> int:
    """Keep a question (its id is not looked at) as open; returns the id."""
    row = QuestionRow(
        text=one.text,
        before=one.before,
        meant=one.meant,
        person_id=one.person,
        channel=one.chat[0],
        chat=one.chat[1],
        asked_at=one.asked_at,
        state=QuestionState.OPEN.value,
    )
    session.add(row)
    session.flush()
    return row.id


def decide(
    session: Session,
    question_id: int,
    state: QuestionState,
    *,
    answer: str = "",
    source: str = "",
    by: int | None,
    now: datetime,
) -> bool:
    """Answer or decline an open question; False where it is not open any more."""
    values = {"state": state.value, "answer": answer, "source": source, "decided_by": by, "answered_at": now}
    still = (QuestionRow.id == question_id, QuestionRow.state == QuestionState.OPEN.value)
    return changed(session, update(QuestionRow).where(*still).values(**values)) == 1


def withdraw(session: Session, question_id: int) -> bool:
    """Say an approved answer no longer; False where it is not approved."""
    still = (QuestionRow.id == question_id, QuestionRow.state == QuestionState.APPROVED.value)
    return changed(session, update(QuestionRow).where(*still).values(state=QuestionState.WITHDRAWN.value)) == 1


def question(session: Session, question_id: int) -> Question | None:
    """Return one question."""
    return next(iter(_read(session, QuestionRow.id == question_id)), None)


def waiting(session: Session) -> tuple[Question, ...]:
    """Return the open questions, the oldest first."""
    return _read(session, QuestionRow.state == QuestionState.OPEN.value)


def approved(session: Session) -> tuple[Question, ...]:
    """Return the questions whose answers are said to whoever asks the same, the first asked first."""
    return _read(session, QuestionRow.state == QuestionState.APPROVED.value)


def forget(session: Session, person_id: int | None, chats: Iterable[tuple[str, str]]) -> None:
    """Remove who asked from the questions of a person or of chats; what nobody has answered goes altogether."""
    mine: list[ColumnElement[bool]] = [
        and_(QuestionRow.channel == channel, QuestionRow.chat == chat) for channel, chat in chats
    ]
    if person_id is not None:
        mine.append(QuestionRow.person_id == person_id)
    if not mine:
        return
    kept = (QuestionState.APPROVED.value, QuestionState.WITHDRAWN.value)
    changed(session, delete(QuestionRow).where(or_(*mine), QuestionRow.state.not_in(kept)))
    changed(session, update(QuestionRow).where(or_(*mine)).values(person_id=None, channel="", chat=""))


def _read(session: Session, which: ColumnElement[bool]) -> tuple[Question, ...]:
    # Made for every read: an alias finds its columns at its first use, and two threads that first use a shared one
    # at once can leave it without some of them for as long as the process lives.
    asked_by, decided_by = aliased(PersonRow), aliased(PersonRow)
    query = (
        select(QuestionRow, asked_by.name, UnitRow.name, decided_by.name)
        .select_from(QuestionRow)
        .outerjoin(asked_by, asked_by.id == QuestionRow.person_id)
        .outerjoin(UnitRow, UnitRow.key == asked_by.unit)
        .outerjoin(decided_by, decided_by.id == QuestionRow.decided_by)
        .where(which)
        .order_by(QuestionRow.id)
        .execution_options(populate_existing=True)
    )
    return tuple(
        Question(
            id=row.id,
            text=row.text,
            before=row.before,
            meant=row.meant,
            person=row.person_id,
            asker=asker or "",
            unit=unit or "",
            chat=(row.channel, row.chat),
            asked_at=row.asked_at,
            state=QuestionState(row.state),
            answer=row.answer,
            source=row.source,
            decided_by=by or "",
            answered_at=row.answered_at,
        )
        for row, asker, unit, by in session.execute(query)
    )
