"""What a clerk does about a reminder: be reminded again later, or say that the report went another way. Pure.

Tapped under the reminder at any later time, or typed: "/nhaclai sáng mai", "/danop".
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from bot.asking import VIETNAM
from bot.dialogues.managing import number_in, short, when
from bot.dialogues.reminders import ClaimOtherwise, Reminded, Snooze
from bot.dialogues.state import Context, State, Step
from bot.domain.due import parse_due
from bot.domain.messages import PUSHED_KEY, Choice, Reply
from bot.domain.people import Action
from bot.domain.reminders import Duty
from bot.domain.rounds import EDITABLE
from knowledge.text import fold, normalise

PREFIX = "remind"
SAID_PREFIX = "danop"
_IN_AN_HOUR, _TOMORROW, _OTHERWISE = "1h", "mai", "khac"
_LATEST = timedelta(days=60)
_SPAN = re.compile(r"(?:sau )?(?P<count>\d{1,3}) ?(?P<unit>phut|gio|tieng|h|g)(?: nua)?(?: sau)?")
_LATER = re.compile(r"nhac (?:toi )?lai (?P<when>.{2,40})|sang mai|sau 1 gio|1 gio nua")
_DONE = re.compile(
    r"(?:bao cao )?(?:da|toi da|don vi da) (?:nop|gui|lam xong)(?: (?:bang|qua) duong khac| noi khac| roi| xong)?"
    r"(?: da lam xong)?"
)
_NOT_YOURS = "Lời nhắc này dành cho người khác nên tài khoản của anh/chị không chọn được."
_CLOSED = "Đợt báo cáo này đã đóng hoặc không còn giao cho đơn vị, nên tôi không nhắc nữa."
_WHEN = "Anh/chị muốn tôi nhắc lại khi nào? Ví dụ: /nhaclai 1 giờ, /nhaclai sáng mai, /nhaclai thứ sáu."
_NO_UNIT = "Tài khoản của anh/chị không thuộc đơn vị nào nên không có báo cáo phải nộp."


def pushed(state: State, rest: str, context: Context) -> Step:
    """Do what was tapped under a reminder: "12:1h", "12:mai", "12:khac"."""
    number, _, word = rest.partition(":")
    reminder_id = number_in(number, "")
    one = context.reminders.reminder(reminder_id) if reminder_id is not None else None
    person = context.person
    if one is not None and (person is None or person.id != one.person):
        return Step(state, (Reply(_NOT_YOURS),))
    if one is None or one.duty is None or person is None or person.unit != one.unit:
        return Step(state, (Reply(_CLOSED),))
    if one.duty.settled:
        return Step(state, (Reply(_settled(one.duty, context)),))
    if word == _OTHERWISE:
        return _claim(state, one.duty, context)
    at = _tomorrow(context) if word == _TOMORROW else _in(timedelta(hours=1), context)
    return _snoozed(state, (one.duty,), at)


def again(state: State, rest: str, context: Context) -> Step:
    """Remind again of what was last reminded of, at the time that was typed."""
    if not rest.strip():
        return Step(state, (Reply(_WHEN),))
    mine = [one for one in context.reminders.recent() if _still(one, context)]
    duties = [one.duty for one in mine if one.duty is not None and not one.duty.settled]
    if not duties:
        return Step(
            state, (Reply("Trong một ngày qua tôi không nhắc anh/chị việc gì còn phải làm. Gõ /han để xem hạn."),)
        )
    at = _read(rest, context)
    if at is None or not context.now < at <= context.now + _LATEST:
        return Step(state, (Reply(f"Tôi chưa hiểu “{short(rest)}” là khi nào trong {_LATEST.days} ngày tới. {_WHEN}"),))
    return _snoozed(state, duties, at)


def typed(state: State, text: str, context: Context) -> Step | None:
    """Take the words of a reminder's choices, typed under it: "nhắc lại sau 1 giờ", "đã nộp rồi"; None: other words."""
    words = " ".join(fold(normalise(text)).replace(",", " ").split()).strip(" .!")
    later, done = _LATER.fullmatch(words), _DONE.fullmatch(words)
    if (later is None and done is None) or not any(_still(one, context) for one in context.reminders.recent()):
        return None
    return again(state, later["when"] or later[0], context) if later else handed_otherwise(state, "", context)


def handed_otherwise(state: State, rest: str, context: Context) -> Step:
    """Keep that a report was handed in another way; asks which one where the unit owes several."""
    if context.unit is None:
        return Step(state, (Reply(_NO_UNIT),))
    owed = [one for one in context.reminders.of_unit(context.unit.key) if not one.settled]
    if not owed:
        return Step(state, (Reply(f"{context.unit.name} không còn báo cáo nào phải nộp."),))
    number = rest.strip()
    named = [one for one in owed if number in (one.key, f"{one.round}")] if number else owed
    if len(named) == 1:
        return _claim(state, named[0], context)
    says = (
        "Báo cáo nào đã nộp bằng đường khác?"
        if not number
        else f"Đơn vị không nợ báo cáo số {short(number)}. Báo cáo nào?"
    )
    choices = tuple(Choice(f"{PUSHED_KEY}{SAID_PREFIX}:{one.round or one.key}", _named(one)) for one in owed)
    return Step(state, (Reply(says, choices[:8]),))


def _named(duty: Duty) -> str:
    """Return a duty as a choice: two with the same words are told apart by their day."""
    return f"{short(duty.title, 60)} (hạn {duty.due_at:%d/%m})"


def _still(one: Reminded, context: Context) -> bool:
    return context.person is not None and one.unit == context.person.unit


def _snoozed(state: State, duties: list[Duty] | tuple[Duty, ...], at: datetime) -> Step:
    named = ", ".join(f"“{short(duty.title, 120)}”" for duty in duties)
    says = f"Vâng, tôi sẽ nhắc lại {named} lúc {when(at)}, nếu đơn vị chưa nộp."
    return Step(state, (Reply(says),), tuple(Snooze(duty.key, duty.unit, at) for duty in duties))


def _claim(state: State, duty: Duty, context: Context) -> Step:
    if not context.may(Action.SUBMIT_REPORT) or context.person is None or context.unit is None:
        return Step(state, (Reply("Việc này dành cho cán bộ tổng hợp của đơn vị."),))
    told = (
        f"{context.unit.name} ({context.person.name}) báo đã nộp bằng đường khác: “{duty.title}” "
        f"(hạn {when(duty.due_at)}). Văn phòng đã nhận được chưa?"
    )
    says = (
        f"Tôi đã ghi: “{duty.title}” đã nộp bằng đường khác, và đề nghị Văn phòng xác nhận. "
        "Trong lúc chờ, tôi không nhắc đơn vị việc này."
    )
    return Step(state, (Reply(says),), (ClaimOtherwise(duty.key, duty.title, context.unit.key, told),))


def _settled(duty: Duty, context: Context) -> str:
    submission = context.desk.submission(duty.round, duty.unit) if duty.round is not None else None
    if submission is not None and submission.state not in EDITABLE:
        return (
            f"“{duty.title}” {submission.state.vietnamese} rồi, nên tôi không nhắc nữa. Anh/chị không cần làm gì thêm."
        )
    return f"“{duty.title}” đã được báo là nộp bằng đường khác, nên tôi không nhắc nữa."


def _in(span: timedelta, context: Context) -> datetime:
    return context.reminders.calendar.not_before((context.now + span).astimezone(VIETNAM))


def _tomorrow(context: Context) -> datetime:
    return context.reminders.calendar.next_morning(context.now.astimezone(VIETNAM))


def _read(typed: str, context: Context) -> datetime | None:
    """Return the moment that was typed, moved into the working hours; None where none was."""
    words = " ".join(fold(normalise(typed)).replace(",", " ").split()).strip(" .")
    if words in ("sang mai", "mai", "ngay mai", "hom sau"):
        return _tomorrow(context)
    if words in ("mot gio", "1 tieng"):
        words = "1 gio"
    match = _SPAN.fullmatch(words)
    if match and not _is_hour(match):
        count = int(match["count"])
        return _in(timedelta(minutes=count) if match["unit"] == "phut" else timedelta(hours=count), context)
    local = context.now.astimezone(VIETNAM)
    at = parse_due(words, local)
    if at is None:
        return None
    hours = context.reminders.calendar.hours
    if at.time() == hours.end or not re.search(r"\d\s*(?:h|g|:)", words):  # a day alone: its morning
        at = datetime.combine(at.date(), hours.start, VIETNAM)
    return context.reminders.calendar.not_before(at) if at > local else None


def _is_hour(match: re.Match[str]) -> bool:
    """Tell whether "15h" is a time of day; "2h" is rather how long."""
    return match[0] == f"{match['count']}{match['unit']}" and match["unit"] in ("h", "g") and int(match["count"]) > 4
