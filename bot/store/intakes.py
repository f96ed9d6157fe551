"""Received files in the database, from their arrival to the decision on them."""

from __future__ import annotations

import zlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.orm import Session

from bot import codec
from bot.domain.publishing import Examined, Intake, IntakeState
from bot.store.outcome import changed
from bot.store.publishing_tables import IntakeRow


@dataclass(frozen=True, slots=True)
class Analysed:
    """The stored analysis of a read file."""

    text: str  # knowledge.codec.dumps
    analyser: int


def add(session: Session, job: int, sha256: str, name: str, now: datetime) -> int:
    """Keep that a file waits to be read; returns its id."""
    row = IntakeRow(job=job, sha256=sha256, name=name, state=IntakeState.READING.value, received_at=now)
    session.add(row)
    session.flush()
    return row.id


def remove(session: Session, intake_id: int) -> None:
    """Forget a file: an archive, once its members stand for it."""
    changed(session, delete(IntakeRow).where(IntakeRow.id == intake_id))


def read(session: Session, intake_id: int, examined: Examined, analysed: Analysed) -> None:
    """Keep what was found in a file that was waiting for it."""
    waiting = (IntakeRow.id == intake_id, IntakeRow.state == IntakeState.READING.value)
    values = {
        "state": IntakeState.READY.value,
        "examined": codec.dumps(examined),
        "analysis": zlib.compress(analysed.text.encode("utf-8", "surrogatepass")),
        "analyser": analysed.analyser,
    }
    changed(session, update(IntakeRow).where(*waiting).values(**values))


def refuse(session: Session, intake_id: int, reason: str) -> None:
    """Keep why a file that was waiting to be read is not taken, and nothing else of it."""
    waiting = (IntakeRow.id == intake_id, IntakeRow.state == IntakeState.READING.value)
    values = {"state": IntakeState.REFUSED.value, "reason": reason, "examined": None, "analysis": None}
    changed(session, update(IntakeRow).where(*waiting).values(**values))


def move(
    session: Session,
    ids: Collection[int],
    was: IntakeState,
    to: IntakeState,
    *,
    publishing: int | None = None,
    by: int | None = None,
) -> int:
    """Take files from one state to another and return how many there were; what is decided is kept no longer."""
    values: dict[str, object] = {"state": to.value}
    if publishing is not None:
        values["publishing"] = publishing
    if by is not None:
        values["decided_by"] = by
    if to in (IntakeState.PUBLISHED, IntakeState.DROPPED):
        values["analysis"] = None
    if to is IntakeState.DROPPED and by is not None:
        values["examined"] = None
    if to is IntakeState.READY:
        values["publishing"] = None
    these = (IntakeRow.id.in_(list(ids)), IntakeRow.state == was.value)
    return changed(session, update(IntakeRow).where(*these).values(**values))


def intake(session: Session, intake_id: int) -> Intake | None:
    """Return one."""
    return next(iter(_find(session, IntakeRow.id == intake_id)), None)


def of_job(session: Session, job_id: int) -> tuple[Intake, ...]:
    """Return those that a job reads, in their order."""
    return _find(session, IntakeRow.job == job_id)


def publishing(session: Session, job_id: int) -> tuple[Intake, ...]:
    """Return those that a job publishes, in their order."""
    return _find(session, IntakeRow.publishing == job_id)


def undecided(session: Session) -> tuple[Intake, ...]:
    """Return those that wait for a decision."""
    return _find(session, IntakeRow.state == IntakeState.READY.value)


def analysis(session: Session, intake_id: int) -> Analysed | None:
    """Return the stored analysis; None where it is kept no longer."""
    row = session.execute(select(IntakeRow.analysis, IntakeRow.analyser).where(IntakeRow.id == intake_id)).first()
    if row is None or row.analysis is None:
        return None
    return Analysed(zlib.decompress(row.analysis).decode("utf-8", "surrogatepass"), row.analyser)


def reading_job(session: Session, sha256: str) -> int | None:
    """Return the job that is to read a file with this content; None where there is none."""
    waiting = (IntakeRow.sha256 == sha256, IntakeRow.state == IntakeState.READING.value)
    return session.scalar(select(IntakeRow.job).where(*waiting).limit(1))


def waiting_with(session: Session, sha256: str, *, but: int) -> int | None:
    """Return the oldest other file with this content that waits for a decision or to be published; None: there is none.

    What is published already is told by the library.
    """
    states = (IntakeState.READY.value, IntakeState.QUEUED.value)
    same = (IntakeRow.sha256 == sha256, IntakeRow.state.in_(states), IntakeRow.id != but)
    return session.scalar(select(IntakeRow.id).where(*same).order_by(IntakeRow.id).limit(1))


def to_erase(session: Session) -> tuple[tuple[int, str], ...]:
    """Return id and content of the files that were decided on and are kept no longer."""
    states = (IntakeState.PUBLISHED.value, IntakeState.DROPPED.value, IntakeState.REFUSED.value)
    query = select(IntakeRow.id, IntakeRow.sha256).where(IntakeRow.state.in_(states), IntakeRow.sha256 != "")
    return tuple((row.id, row.sha256) for row in session.execute(query.limit(100)))


def erased(session: Session, ids: Collection[int]) -> None:
    """Remember that nothing is kept of files."""
    changed(session, update(IntakeRow).where(IntakeRow.id.in_(list(ids))).values(sha256=""))


def needed(session: Session, sha256: str) -> bool:
    """Tell whether a file with this content still waits for something."""
    states = (IntakeState.READING.value, IntakeState.READY.value, IntakeState.QUEUED.value)
    waiting = select(func.count()).where(IntakeRow.sha256 == sha256, IntakeRow.state.in_(states))
    return session.scalar(waiting) != 0


def _find(session: Session, which: ColumnElement[bool]) -> tuple[Intake, ...]:
    query = select(IntakeRow).where(which).order_by(IntakeRow.id).execution_options(populate_existing=True)
    return tuple(
        Intake(
            id=row.id,
            job=row.job,
            sha256=row.sha256,
            name=row.name,
            state=IntakeState(row.state),
            examined=codec.loads(Examined, row.examined) if row.examined else None,
            reason=row.reason,
            received_at=row.received_at,
        )
        for row in session.scalars(query)
    )
