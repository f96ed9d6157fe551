"""How one wants to be reminded: not until a day, within hours of one's own, by a calendar on the telephone. Pure."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta

from bot.asking import VIETNAM
from bot.dialogues.managing import short, when
from bot.dialogues.reminders import IssueCalendar, Mute, RevokeCalendar, SetHours
from bot.dialogues.state import Context, State, Step
from bot.domain.due import parse_due
from bot.domain.messages import Reply
from bot.domain.workdays import Hours
from knowledge.text import fold, normalise

_SAID_WITHIN = timedelta(days=1)  # the address of a calendar: whoever gets it later asks for a new one
_LONGEST_MUTE = timedelta(days=60)
_RANGE = re.compile(r"(\d{1,2})\s*(?:[:hg]\s*(\d{2})?)?\s*(?:-|–|den)\s*(\d{1,2})\s*(?:[:hg]\s*(\d{2})?)?")
_ALL_DAY = {"ca ngay", "moi gio", "moi luc", "binh thuong", "gio lam viec"}
_MUTE_HOW = "Anh/chị muốn tắt nhắc đến khi nào? Ví dụ: /tatnhac 3 ngày, /tatnhac đến 25/12, /tatnhac đến thứ hai."
_HOURS_HOW = "Ví dụ: /nhacnho 9:00-11:30; /nhacnho cả ngày để nhận trong mọi giờ làm việc."
_STILL_TOLD = "Báo cáo quá hạn vẫn có trong bản tổng hợp hằng tuần gửi lãnh đạo và Văn phòng."


def mute(state: State, rest: str, context: Context) -> Step:
    """Stop reminders until a day."""
    if not rest.strip():
        return Step(state, (Reply(_MUTE_HOW),))
    local = context.now.astimezone(VIETNAM)
    words = " ".join(fold(normalise(rest)).split()).removeprefix("den ").removeprefix("het ")
    at = parse_due(words, local) or (local + timedelta(days=1) if words in ("mai", "ngay mai", "sang mai") else None)
    until = datetime.combine(at.date(), time(), VIETNAM) if at else None
    if until is None or until <= local:
        return Step(state, (Reply(f"Tôi chưa hiểu “{short(rest)}” là ngày nào sắp tới. {_MUTE_HOW}"),))
    if until > local + _LONGEST_MUTE:
        return Step(state, (Reply(f"Mỗi lần tắt được nhiều nhất {_LONGEST_MUTE.days} ngày. {_MUTE_HOW}"),))
    says = (
        f"Vâng, từ nay đến hết ngày {until - timedelta(days=1):%d/%m/%Y} tôi không nhắc anh/chị. "
        f"Gõ /batnhac để bật lại sớm hơn. {_STILL_TOLD}"
    )
    return Step(state, (Reply(says),), (Mute(until),))


def unmute(state: State, rest: str, context: Context) -> Step:
    """Let reminders come again."""
    if not _muted(context):
        return Step(state, (Reply("Lời nhắc đang bật. " + _rules(context)),))
    return Step(state, (Reply("Đã bật lại lời nhắc. " + _rules(context)),), (Mute(None),))


def settings(state: State, rest: str, context: Context) -> Step:
    """Tell how the writer is reminded, or set their hours."""
    words = " ".join(fold(normalise(rest)).split())
    if not words:
        return Step(state, (Reply(_as_it_is(context)),))
    if words in _ALL_DAY:
        return Step(state, (Reply("Vâng, tôi nhắc anh/chị trong mọi giờ làm việc."),), (SetHours(None),))
    if words in ("tat", "bat"):
        return (mute if words == "tat" else unmute)(state, "", context)
    office = context.reminders.calendar.hours
    hours = _hours(words)
    if hours is None:
        return Step(state, (Reply(f"Tôi chưa hiểu “{short(rest)}” là những giờ nào. {_HOURS_HOW}"),))
    both = Hours(max(hours.start, office.start), min(hours.end, office.end))
    if both.start >= both.end:
        says = f"Tôi chỉ nhắc trong giờ làm việc {_range(office)}; anh/chị chọn giờ trong khoảng đó. {_HOURS_HOW}"
        return Step(state, (Reply(says),))
    return Step(
        state, (Reply(f"Vâng, tôi chỉ nhắc anh/chị trong khoảng {_range(both)} các ngày làm việc."),), (SetHours(both),)
    )


def calendar(state: State, rest: str, context: Context) -> Step:
    """Give the address of a calendar of the writer's own, or end it."""
    words = " ".join(fold(normalise(rest)).split())
    since = context.reminders.calendar_since()
    if words in ("huy", "xoa", "tat", "thu hoi"):
        says = (
            "Đã hủy địa chỉ lịch; lịch trên điện thoại sẽ không cập nhật nữa."
            if since
            else "Anh/chị chưa có địa chỉ lịch nào."
        )
        return Step(state, (Reply(says),), (RevokeCalendar(),) if since else ())
    if since is not None and words not in ("moi", "cap lai", "doi"):
        says = (
            f"Anh/chị đã có địa chỉ lịch, cấp lúc {when(since)}; vì an toàn tôi không giữ địa chỉ đó. "
            "Gõ /lich mới để nhận địa chỉ khác (địa chỉ cũ hết dùng), /lich hủy để ngừng."
        )
        return Step(state, (Reply(says),))
    token = context.desk.fresh_token()
    address = context.reminders.calendar_url(token)
    if address is None:
        says = (
            "Trợ lý chưa có địa chỉ công khai nên chưa cấp được lịch. "
            "Người quản trị đặt TDKT_PUBLIC_URL rồi anh/chị gõ lại /lich."
        )
        return Step(state, (Reply(says),))
    says = (
        f"Lịch các hạn báo cáo của anh/chị:\n{address}\nThêm địa chỉ này vào Google Calendar (Từ URL), Lịch của iPhone "
        "(Thêm lịch đăng ký) hoặc Outlook; các hạn tự cập nhật và có báo trước. "
        "Ai có địa chỉ đều đọc được lịch, nên anh/chị không chuyển cho người khác; gõ /lich hủy để thu hồi."
    )
    until = context.now + _SAID_WITHIN
    return Step(state, (Reply(says, secret=True, good_until=until),), (IssueCalendar(token),))


def _as_it_is(context: Context) -> str:
    muted = _muted(context)
    first = f"Lời nhắc đang tắt đến {when(muted)}; gõ /batnhac để bật lại." if muted else _rules(context)
    return f"{first}\nĐổi giờ nhận: {_HOURS_HOW.removeprefix('Ví dụ: ')}\nTạm tắt: /tatnhac 3 ngày. {_STILL_TOLD}"


def _rules(context: Context) -> str:
    rules = context.reminders.calendar
    hours = context.reminders.own_hours() or rules.hours
    before = [str(day) for day in rules.ladder.before if day]
    ahead = f"trước hạn {', '.join(before)} ngày, " if before else ""
    on_the_day = "trong ngày đến hạn, " if 0 in rules.ladder.before else ""
    return f"Tôi nhắc anh/chị {ahead}{on_the_day}và mỗi ngày làm việc khi quá hạn, trong khoảng {_range(hours)}."


def _muted(context: Context) -> datetime | None:
    until = context.person.muted_until if context.person else None
    return until if until is not None and context.now < until else None


def _hours(words: str) -> Hours | None:
    match = _RANGE.fullmatch(words)
    if match is None:
        return None
    begin, begin_minute, end, end_minute = (int(part or 0) for part in match.groups())
    if begin > 23 or end > 23 or begin_minute > 59 or end_minute > 59 or (begin, begin_minute) >= (end, end_minute):
        return None
    return Hours(time(begin, begin_minute), time(end, end_minute))


def _range(hours: Hours) -> str:
    return f"{hours.start:%H:%M}–{hours.end:%H:%M}"
