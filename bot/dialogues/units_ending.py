"""What should be known before a unit ends: who and what moves, which reports nobody could finish. Pure."""

from __future__ import annotations

from bot import wording
from bot.dialogues.state import Context
from bot.domain.people import Unit
from bot.domain.rounds import SubmissionState


def merging(unit: Unit, heir: Unit, context: Context) -> str:
    """Return the question whether `unit` goes up in `heir`."""
    moved = sum(1 for one in context.office.members() if one.person.unit == unit.key)
    lines = [
        f"Sáp nhập “{unit.name}” vào “{heir.name}”? Việc này không hoàn lại được.",
        f"{wording.count(moved, 'cán bộ')} chuyển sang “{heir.name}”." if moved else "",
        unfinished(unit, context),
    ]
    return "\n".join(line for line in lines if line)


def unfinished(unit: Unit, context: Context) -> str:
    """Return a line on the reports the unit has begun and that nobody could finish afterwards."""
    titles = [
        one.title
        for one in context.desk.rounds()
        if one.closed_at is None
        and unit.key in one.units
        and (begun := context.desk.submission(one.id, unit.key)) is not None
        and begun.state is not SubmissionState.ACCEPTED
    ]
    return f"Báo cáo đang dở của đơn vị này: {'; '.join(titles)}. Nên nhận xong trước đã." if titles else ""
