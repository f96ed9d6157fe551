"""Deadlines as people ask for them: "/han", what is owed by when; "/homnay", what needs one today. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.asking import VIETNAM
from bot.dialogues.managing import in_parts, when
from bot.dialogues.state import Context, State, Step
from bot.domain.messages import Reply
from bot.domain.people import Action
from bot.domain.reminders import Duty, distance
from bot.domain.rounds import SubmissionState

_SOON = timedelta(days=3)  # so near that it is a thing of today
_NAMED = 6  # units named in one line


def due(state: State, rest: str, context: Context) -> Step:
    """List the deadlines of the writer's unit; of all units for those who see them all and belong to none."""
    if context.unit is not None and not _sees_all(context):
        return _says(state, _of_unit(context.unit.key, context.unit.name, context))
    lines = _of_office(context.reminders.all(), context)
    if context.unit is not None:
        lines += ["", *_of_unit(context.unit.key, context.unit.name, context)]
    return _says(state, lines)


def today(state: State, rest: str, context: Context) -> Step:
    """List what needs the writer today."""
    own = _to_do(context)
    lines = [*own, *_to_review(context)]
    if not lines:
        return _says(state, ["Hôm nay không có việc gì chờ anh/chị.", *_next(context)])
    local = context.now.astimezone(VIETNAM)
    how = ["Gõ /baocao để điền và nộp, /han để xem mọi hạn."] if own and context.may(Action.SUBMIT_REPORT) else []
    return _says(state, [f"Việc hôm nay, ngày {local:%d/%m/%Y}:", *lines, *how])


def _says(state: State, lines: Iterable[str]) -> Step:
    return Step(state, tuple(map(Reply, in_parts("\n".join(lines)))))


def _sees_all(context: Context) -> bool:
    return context.may(Action.MANAGE_ROUNDS) or (context.unit is None and context.may(Action.READ_ALL_REPORTS))


def _of_unit(unit: str, name: str, context: Context) -> list[str]:
    duties = context.reminders.of_unit(unit)
    if not duties:
        return [f"{name} hiện không có báo cáo nào phải nộp."]
    claimed = {one.duty for one in context.reminders.claimed(unit)}
    lines = [f"Hạn báo cáo của {name}:"]
    for duty in duties:
        left = "" if duty.settled else f", {distance(duty, context.now)}"
        lines.append(f"• {duty.title}: hạn {when(duty.due_at)}{left} – {_stands(duty, claimed, context)}")
    open_ones = [duty for duty in duties if not duty.settled]
    if open_ones and context.may(Action.SUBMIT_REPORT):
        how = ["/baocao để điền và nộp"] if any(duty.round is not None for duty in open_ones) else []
        how += ["/danop để báo việc đã nộp nơi khác"] if any(duty.round is None for duty in open_ones) else []
        lines.append(f"Gõ {'; '.join([*how, '/lich để đưa các hạn vào lịch điện thoại'])}.")
    return lines


def _stands(duty: Duty, claimed: set[str], context: Context) -> str:
    submission = context.desk.submission(duty.round, duty.unit) if duty.round is not None else None
    handed = submission is not None and submission.state in (SubmissionState.SUBMITTED, SubmissionState.ACCEPTED)
    if duty.key in claimed and not handed:
        return "đã báo nộp bằng đường khác"
    if submission is not None:
        return submission.state.vietnamese
    return "chưa bắt đầu" if duty.round is not None else "chưa báo đã nộp"


def _of_office(duties: Iterable[Duty], context: Context) -> list[str]:
    by_round: dict[str, list[Duty]] = {}
    for duty in duties:
        by_round.setdefault(duty.key, []).append(duty)
    if not by_round:
        return ["Hiện không có đợt báo cáo nào đang mở."]
    names = _names(context)
    lines = ["Hạn của các đợt báo cáo:"]
    for same in by_round.values():
        owing = [one for one in same if not one.settled]
        done = f"{len(same) - len(owing)}/{len(same)} đã nộp"
        left = f", {distance(same[0], context.now)}" if owing else ""
        who = f"; chưa nộp: {_few([names.get(one.unit, one.unit) for one in owing])}" if owing else ""
        lines.append(f"• {same[0].title}: hạn {when(same[0].due_at)}{left} – {done}{who}")
    return lines


def _names(context: Context) -> dict[str, str]:
    return {unit.key: unit.name for unit in context.desk.units()}


def _few(names: list[str]) -> str:
    shown = ", ".join(names[:_NAMED])
    return f"{shown} và {len(names) - _NAMED} đơn vị khác" if len(names) > _NAMED else shown


def _to_do(context: Context) -> list[str]:
    """Return the unit's own work: late, returned, due soon."""
    if context.unit is None:
        return []
    owed = [one for one in context.reminders.of_unit(context.unit.key) if not one.settled]
    return [
        f"• {one.title}: {'bị trả lại, ' if one.returned else ''}{distance(one, context.now)} ({when(one.due_at)})"
        for one in owed
        if one.returned or one.due_at <= _end_of_day(context.now) + _SOON
    ]


def _end_of_day(now: datetime) -> datetime:
    return now.astimezone(VIETNAM).replace(hour=23, minute=59)


def _to_review(context: Context) -> list[str]:
    """Return what waits for the office: reports, claims, late units, messages that failed."""
    lines: list[str] = []
    if context.may(Action.REVIEW_REPORTS):
        waiting, claims = len(context.desk.waiting()), len(context.reminders.claims())
        lines += [f"• {waiting} báo cáo chờ duyệt: /duyet"] if waiting else []
        lines += [f"• {claims} đơn vị báo đã nộp bằng đường khác, chờ xác nhận: /nopngoai"] if claims else []
    if _sees_all(context):
        late = [one for one in context.reminders.all() if not one.settled and one.due_at < context.now]
        names = _names(context)
        who = _few(list(dict.fromkeys(names.get(one.unit, one.unit) for one in late)))
        lines += [f"• {len(late)} báo cáo quá hạn ({who}): /han, /dotbaocao"] if late else []
    if context.may(Action.MANAGE_PEOPLE):
        parked = len(context.office.parked())
        lines += [f"• {parked} tin nhắn chưa xử lý được: /loi"] if parked else []
    return lines


def _next(context: Context) -> list[str]:
    unit = context.unit
    duties = context.reminders.all() if _sees_all(context) else context.reminders.of_unit(unit.key) if unit else ()
    coming = next((one for one in duties if not one.settled), None)
    return [f"Hạn gần nhất: {coming.title}, {when(coming.due_at)} ({distance(coming, context.now)})."] if coming else []
