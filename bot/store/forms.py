"""Versions of forms, in the database. A version is never changed and never removed while a round may need it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.codec import dumps, loads
from bot.domain.forms import Form
from bot.domain.rounds import FormVersion
from bot.store.report_tables import FormRow
from bot.store.tables import PersonRow

COMMAND_LINE = "dòng lệnh"  # who did what no person of the office did in a chat


def add(session: Session, form: Form, workbook: str, person_id: int | None, now: datetime) -> int:
    """Keep a version and return its id; the same workbook uploaded again as the newest is the same version."""
    newest = session.scalar(select(FormRow).where(FormRow.form_id == form.form_id).order_by(FormRow.id.desc()).limit(1))
    if newest is not None and newest.workbook == workbook:
        return newest.id
    row = FormRow(
        form_id=form.form_id,
        version=form.version,
        title=form.title,
        form=dumps(form),
        workbook=workbook,
        uploaded_by=person_id,
        uploaded_at=now,
    )
    session.add(row)
    session.flush()
    return row.id


def form(session: Session, version: int) -> Form | None:
    """Return the form of a version."""
    text = session.scalar(select(FormRow.form).where(FormRow.id == version))
    return loads(Form, text) if text is not None else None


def versions(session: Session) -> tuple[FormVersion, ...]:
    """Return the newest version of every form, the last uploaded first."""
    newest = select(func.max(FormRow.id)).group_by(FormRow.form_id)
    rows = session.execute(
        select(FormRow, PersonRow.name)
        .outerjoin(PersonRow, PersonRow.id == FormRow.uploaded_by)
        .where(FormRow.id.in_(newest))
        .order_by(FormRow.id.desc())
    )
    return tuple(
        FormVersion(row.id, loads(Form, row.form), row.workbook, name or COMMAND_LINE, row.uploaded_at)
        for row, name in rows
    )
