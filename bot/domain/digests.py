"""What admins and leaders are told once a week: who owes what, late ones first. Pure.

Muting does not reach it: an office that no longer hears of overdue reports is the thing reminders are there against.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from bot.domain.reminders import Duty, distance


def for_admin(duties: Iterable[Duty], units: Mapping[str, str], claims: int, now: datetime) -> str | None:
    """Return the digest of the whole office; None where nobody owes anything. `units` are names by key."""
    owed = [duty for duty in duties if not duty.settled]
    late, ahead = [one for one in owed if one.due_at < now], [one for one in owed if one.due_at >= now]
    if not owed and not claims:
        return None
    lines = [f"Tình hình báo cáo đầu tuần, ngày {now:%d/%m/%Y}"]
    lines += ["Quá hạn:", *_by_duty(late, units, now)] if late else []
    lines += ["Chưa đến hạn, còn đơn vị chưa nộp:", *_by_duty(ahead, units, now)] if ahead else []
    lines += [f"{claims} đơn vị báo đã nộp bằng đường khác, chờ xác nhận: gõ /nopngoai."] if claims else []
    return "\n".join([*lines, "Gõ /dotbaocao để xem từng đợt và nhắc đơn vị."])


def for_leader(duties: Iterable[Duty], units: Mapping[str, str], unit: str | None, now: datetime) -> str | None:
    """Return the digest for a leader of `unit`, of the whole office where None; None where nobody is late."""
    late = [one for one in duties if not one.settled and one.due_at < now and unit in (None, one.unit)]
    if not late:
        return None
    if unit is None:
        lines = [f"Báo cáo quá hạn, tính đến ngày {now:%d/%m/%Y}:", *_by_duty(late, units, now)]
    else:
        lines = [f"{units.get(unit, unit)} còn báo cáo quá hạn, tính đến ngày {now:%d/%m/%Y}:"]
        lines += [f"• {_head(one, now)}" for one in late]
    return "\n".join([*lines, "Gõ /han để xem các hạn báo cáo."])


def _by_duty(duties: Sequence[Duty], units: Mapping[str, str], now: datetime) -> list[str]:
    owing: dict[str, list[Duty]] = {}
    for duty in sorted(duties, key=lambda one: one.due_at):
        owing.setdefault(duty.key, []).append(duty)
    return [f"• {_head(same[0], now)}: {', '.join(_name(one, units) for one in same)}" for same in owing.values()]


def _head(duty: Duty, now: datetime) -> str:
    return f"{duty.title} (hạn {duty.due_at:%H:%M ngày %d/%m/%Y}, {distance(duty, now)})"


def _name(duty: Duty, units: Mapping[str, str]) -> str:
    return units.get(duty.unit, duty.unit) + (" (bị trả lại)" if duty.returned else "")
