"""Jobs on documents in the database: one of a lane runs at a time over all processes; a dead one's is taken over."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, exists, or_, select, update
from sqlalchemy.orm import Session, aliased

from bot.domain.pace import Reached
from bot.domain.publishing import Job, JobKind, JobState
from bot.store.outcome import changed
from bot.store.publishing_tables import JobRow

_OPEN = (JobState.QUEUED.value, JobState.RUNNING.value)
_NOWHERE: dict[str, object] = {"page": 0, "pages": 0, "seconds_left": None}  # of a job that no page is read for


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asked for a job, and where the result is told."""

    person_id: int | None = None
    channel: str = ""
    chat: str = ""


def add(
    session: Session,
    kind: JobKind,
    title: str,
    asked: Asked,
    now: datetime,
    *,
    documents: Collection[str] = (),
    total: int = 0,
) -> int:
    """Queue a job and return its id."""
    row = JobRow(
        kind=kind.value,
        lane=kind.lane,
        state=JobState.QUEUED.value,
        title=title,
        documents=json.dumps(list(documents)),
        total=total,
        requested_by=asked.person_id,
        channel=asked.channel,
        chat=asked.chat,
        not_before=now,
        created_at=now,
    )
    session.add(row)
    session.flush()
    return row.id


def ready(session: Session, lane: str, now: datetime) -> bool:
    """Tell whether `claim` might find something: read without a lock, so that idle workers cost nothing."""
    return session.scalar(select(JobRow.id).where(*_claimable(lane, now)).limit(1)) is not None


def claim(session: Session, lane: str, owner: str, now: datetime, lease: timedelta) -> Job | None:
    """Take the oldest job that waits, or whose process died; None where there is none, or another one runs.

    To be called under one database lock for all processes (`writing(engine, lock=...)`).
    """
    other = aliased(JobRow)
    runs = exists().where(other.lane == lane, other.state == JobState.RUNNING.value, other.lease_until >= now)
    job_id = session.scalar(select(JobRow.id).where(*_claimable(lane, now), ~runs).order_by(JobRow.id).limit(1))
    if job_id is None:
        return None
    taken = update(JobRow).where(JobRow.id == job_id, *_claimable(lane, now))
    mine = {
        "state": JobState.RUNNING.value,
        "lease_owner": owner,
        "lease_until": now + lease,
        "attempts": JobRow.attempts + 1,
        "started_at": now,
        "done": 0,
        **_NOWHERE,
    }
    return job(session, job_id) if changed(session, taken.values(**mine)) else None


def _claimable(lane: str, now: datetime) -> tuple[ColumnElement[bool], ...]:
    waits = and_(JobRow.state == JobState.QUEUED.value, JobRow.not_before <= now)
    died = and_(JobRow.state == JobState.RUNNING.value, JobRow.lease_until < now)
    return (JobRow.lane == lane, or_(waits, died))


def renew(session: Session, job_id: int, owner: str, until: datetime, reached: Reached) -> bool | None:
    """Keep the lease and the progress; tells whether it shall end, None where it is not ours any more."""
    mine = update(JobRow).where(*_mine(job_id, owner))
    if not changed(session, mine.values(lease_until=until, **_columns(reached))):
        return None
    return bool(session.scalar(select(JobRow.cancelling).where(JobRow.id == job_id)))


def _columns(reached: Reached) -> dict[str, object]:
    return {field.name: getattr(reached, field.name) for field in fields(reached)}


def end(session: Session, job_id: int, owner: str, state: JobState, now: datetime, error: str = "") -> bool:
    """Close a job that is ours; False where it is no longer."""
    values: dict[str, object] = {
        "state": state.value,
        "error": error,
        "ended_at": now,
        "lease_owner": None,
        "lease_until": None,
        **_NOWHERE,
    }
    if state is JobState.DONE:
        values["done"] = JobRow.total
    return changed(session, update(JobRow).where(*_mine(job_id, owner)).values(**values)) == 1


def put_back(session: Session, job_id: int, owner: str, not_before: datetime) -> bool:
    """Let a job that is ours wait until a time; the attempt does not count."""
    waits = {
        "state": JobState.QUEUED.value,
        "not_before": not_before,
        "attempts": JobRow.attempts - 1,
        "lease_owner": None,
        "lease_until": None,
        **_NOWHERE,
    }
    return changed(session, update(JobRow).where(*_mine(job_id, owner)).values(**waits)) == 1


def cancel(session: Session, job_id: int) -> bool:
    """Ask for the end of a job; False where it has ended."""
    still = (JobRow.id == job_id, JobRow.state.in_(_OPEN))
    return changed(session, update(JobRow).where(*still).values(cancelling=True)) == 1


def job(session: Session, job_id: int) -> Job | None:
    """Return one job."""
    row = session.get(JobRow, job_id, populate_existing=True)
    return _job(row) if row else None


def open_jobs(session: Session) -> tuple[Job, ...]:
    """Return what waits or runs, the oldest first."""
    query = select(JobRow).where(JobRow.state.in_(_OPEN)).order_by(JobRow.id)
    return tuple(map(_job, session.scalars(query.execution_options(populate_existing=True))))


def ended(session: Session, most: int) -> tuple[Job, ...]:
    """Return what has ended, the newest first."""
    query = select(JobRow).where(JobRow.state.not_in(_OPEN)).order_by(JobRow.ended_at.desc()).limit(most)
    return tuple(map(_job, session.scalars(query.execution_options(populate_existing=True))))


def _mine(job_id: int, owner: str) -> tuple[ColumnElement[bool], ...]:
    return (JobRow.id == job_id, JobRow.state == JobState.RUNNING.value, JobRow.lease_owner == owner)


def _job(row: JobRow) -> Job:
    return Job(
        id=row.id,
        kind=JobKind(row.kind),
        state=JobState(row.state),
        title=row.title,
        documents=tuple(json.loads(row.documents)),
        done=row.done,
        total=row.total,
        page=row.page,
        pages=row.pages,
        seconds_left=row.seconds_left,
        cancelling=row.cancelling,
        error=row.error,
        requested_by=row.requested_by,
        channel=row.channel,
        chat=row.chat,
        attempts=row.attempts,
        created_at=row.created_at,
        started_at=row.started_at,
        ended_at=row.ended_at,
    )
