"""Notices, and who has read them, in the database."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from bot.domain.notices import Notice, Reader
from bot.store.outcome import changed, insert_all_new
from bot.store.question_tables import NoticeReaderRow, NoticeRow
from bot.store.tables import PersonRow, UnitRow


def add(session: Session, text: str, audience: str, to: Iterable[int], by: int | None, now: datetime) -> int:
    """Keep a notice with the people it goes to; returns its id."""
    row = NoticeRow(text=text, audience=audience, sent_by=by, sent_at=now)
    session.add(row)
    session.flush()
    people = [{"notice": row.id, "person_id": person, "read_at": None} for person in dict.fromkeys(to)]
    insert_all_new(session, NoticeReaderRow, people)
    return row.id


def mark_read(session: Session, notice: int, person: int, now: datetime) -> bool:
    """Remember that a person read a notice; False where it was not sent to them, or was read before."""
    mine = (NoticeReaderRow.notice == notice, NoticeReaderRow.person_id == person, NoticeReaderRow.read_at.is_(None))
    return changed(session, update(NoticeReaderRow).where(*mine).values(read_at=now)) == 1


def recent(session: Session, most: int) -> tuple[Notice, ...]:
    """Return the notices last sent with their readers, the newest first."""
    ids = session.scalars(select(NoticeRow.id).order_by(NoticeRow.id.desc()).limit(most))
    return _read(session, tuple(ids))


def newest(session: Session) -> int:
    """Return the id of the notice last sent, 0 where none was."""
    return session.scalar(select(func.max(NoticeRow.id))) or 0


def notice(session: Session, notice_id: int) -> Notice | None:
    """Return one notice."""
    return next(iter(_read(session, (notice_id,))), None)


def unread_by(session: Session, person: int) -> tuple[int, ...]:
    """Return the ids of the notices that a person has not said to have read, the oldest first."""
    mine = (NoticeReaderRow.person_id == person, NoticeReaderRow.read_at.is_(None))
    return tuple(session.scalars(select(NoticeReaderRow.notice).where(*mine).order_by(NoticeReaderRow.notice)))


def forget(session: Session, person: int) -> None:
    """Remove what a person was sent and has read."""
    changed(session, delete(NoticeReaderRow).where(NoticeReaderRow.person_id == person))


def _read(session: Session, ids: tuple[int, ...]) -> tuple[Notice, ...]:
    senders = (
        select(NoticeRow, PersonRow.name)
        .outerjoin(PersonRow, PersonRow.id == NoticeRow.sent_by)
        .where(NoticeRow.id.in_(ids))
        .order_by(NoticeRow.id.desc())
    )
    return tuple(
        Notice(row.id, row.text, row.audience, by or "", row.sent_at, _readers(session, row.id))
        for row, by in session.execute(senders)
    )


def _readers(session: Session, notice_id: int) -> tuple[Reader, ...]:
    query = (
        select(PersonRow.id, PersonRow.name, UnitRow.name, NoticeReaderRow.read_at)
        .join(PersonRow, PersonRow.id == NoticeReaderRow.person_id)
        .outerjoin(UnitRow, UnitRow.key == PersonRow.unit)
        .where(NoticeReaderRow.notice == notice_id)
        .order_by(PersonRow.name, PersonRow.id)
    )
    return tuple(Reader(person, name, unit or "", at) for person, name, unit, at in session.execute(query))
