"""The terms of a round as an admin gives them, in chat, on a page, at the command line: title, due time, units."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.asking import VIETNAM
from bot.dialogues.announcing import LONGEST_TITLE, open_titles
from bot.dialogues.managing import short, when
from bot.dialogues.state import Context
from bot.domain.choosing import choose, choose_several
from bot.domain.due import parse_due
from bot.domain.people import Role, Unit
from bot.domain.rounds import FormVersion
from knowledge.text import fold, normalise

_KIND = re.compile(r"^(?:Phòng|Ban|Văn phòng|Trung tâm|Chi cục|Thanh tra|Trường|Đội|Tổ)\s+", re.I)
_ALL_BUT = re.compile(
    r"(?:tat ca|toan bo|het)(?: (?:cac|moi))?(?: (?:don vi|phong ban|phong))?,? (?:chi )?"
    r"(?:ngoai tru|tru ra|tru|ngoai|khong gom|khong co|bo)(?= )"
)
_FARTHEST = timedelta(days=3 * 366)  # a year mistyped is noticed here rather than in 2052


def suggested_title(one: FormVersion | None, context: Context) -> str:
    """Return a title for a round by this form that no open round has."""
    title = one.form.title if one else "Báo cáo"
    local = context.now.astimezone(VIETNAM)
    dated = title if str(local.year) in title else f"{title} – tháng {local.month}/{local.year}"
    taken, name, number = open_titles(context.desk.rounds()), dated, 2
    while fold(name) in taken:
        name, number = f"{dated} (lần {number})", number + 1
    return short(name, LONGEST_TITLE)


def read_due(typed: str, now: datetime) -> datetime | str:
    """Return the due time that was typed, or why it cannot be one."""
    local = now.astimezone(VIETNAM)
    due = parse_due(typed, local)
    if due is None:
        return f"“{short(typed, 40)}” chưa phải là ngày giờ."
    if due <= now:
        hint = (
            f"; nếu là năm sau, anh/chị gõ {due:%d/%m}/{due.year + 1}"
            if due.date() < local.date() and re.search(r"\d", typed)
            else ""
        )
        return f"{when(due)} đã qua{hint}."
    if due - now > _FARTHEST:
        return f"{when(due)} còn quá xa, anh/chị kiểm tra lại năm."
    return due


def day_off(due: datetime, context: Context) -> str:
    """Return a line on a due time when nobody works, which stays as it was given; "" where people do."""
    working = context.reminders.calendar.workdays.is_working(due.astimezone(VIETNAM).date())
    return "" if working else "Lưu ý: hạn rơi vào ngày nghỉ; các lời nhắc được gửi sớm hơn, vào ngày làm việc."


def all_but(typed: str) -> str | None:
    """Return whom "tất cả trừ Văn phòng" leaves out, as typed; None where it leaves out nobody."""
    words = " ".join(normalise(typed).split())
    but = _ALL_BUT.match(fold(words))
    return " ".join(words.split()[len(but[0].split()) :]) if but else None


def pick_units(typed: str, units: Sequence[Unit]) -> tuple[Unit, ...] | None:
    """Return the units that were named, by number, name, former name or all but some; None where a part is unclear."""
    if (spared := all_but(typed)) is not None:
        named = pick_units(spared, units)
        return tuple(unit for unit in units if unit not in named) or None if named else None
    positions = choose_several(typed, [unit.name for unit in units])
    if positions is not None:
        return tuple(units[at] for at in positions)
    positions = choose_several(typed, [_KIND.sub("", unit.name) for unit in units])  # "tổ chức cán bộ"
    if positions is not None:
        return tuple(units[at] for at in positions)
    former = [(name, unit) for unit in units for name in unit.former_names]
    at = choose(typed, [name for name, _ in former])
    return (former[at][1],) if at is not None else None


def unheard(units: Sequence[Unit], context: Context) -> str:
    """Return a line on the units in which nobody would hear of anything; "" where there are none."""
    hearing = {one.person.unit for one in context.office.members() if one.person.role is Role.CLERK and one.reachable}
    names = [unit.name for unit in units if unit.key not in hearing]
    return f"Chưa có cán bộ tổng hợp liên kết tài khoản: {', '.join(names)}. Gõ /ma để cấp mã." if names else ""
