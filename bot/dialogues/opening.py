"""Opening a round, one question at a time: form, title, due time, units, a card to confirm. Pure.

What was answered is in `Managing.given`: title, due time (ISO), keys of units; its subject is the form version.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from bot import wording
from bot.dialogues.announcing import open_titles, opening, title_problem
from bot.dialogues.desk import OpenRound
from bot.dialogues.managing import (
    BACK,
    CANCEL,
    Pair,
    asks,
    cancels,
    ends,
    found,
    goes_back,
    handle,
    is_question,
    number_in,
    page,
    page_of,
    short,
    typed_in,
    when,
)
from bot.dialogues.round_terms import day_off, pick_units, read_due, suggested_title, unheard
from bot.dialogues.state import Context, Managing, State, Step
from bot.dialogues.uploading import place, saying
from bot.domain.messages import Choice, Incoming
from bot.domain.people import Unit
from bot.domain.rounds import FormVersion
from knowledge.text import fold, normalise

HOLDER = "opening"
_STEPS = ("form", "title", "due", "units", "confirm")
_MOVES = (BACK, CANCEL)
_OPEN = Choice("open", "Mở đợt")
_AGREES = {"mo", "mo dot", "mo di", "mo luon", "dong y", "ok", "oke", "xac nhan", "duoc"}
_CORRECTS = re.compile(
    r"(?:sua|doi|chon) (?:lai )?(?P<what>ten(?: dot)?|han|don vi)(?: nop)?(?: (?:thanh|la|den|sang))?\b"
)
_SAME_TITLE = Choice("suggested", "Dùng tên này")
_NO_FORM = "Chưa có biểu mẫu nào. Anh/chị gõ /taobieumau để tạo từ kế hoạch, hoặc gửi tệp Excel (.xlsx)"


def open_round(state: State, rest: str, context: Context) -> Step:
    """Begin: ask which form, unless there is only one."""
    known = context.desk.forms()
    if not known:
        where = place(context)
        return saying(ends(state, f"{_NO_FORM} {where.says}"), where)
    if not context.desk.units():
        return ends(state, "Chưa có đơn vị nào. Anh/chị gõ /donvi để thêm đơn vị trước khi mở đợt.")
    return _ask_title(state, known[0].id, context) if len(known) == 1 else _ask_form(state, context)


def chosen(state: State, key: str, context: Context) -> Step:
    """Take a tapped answer."""
    managing = state.managing
    if managing is None or key == CANCEL.key:
        return ends(state, "Vâng, không mở đợt báo cáo nữa.")
    if key == BACK.key:
        return _back(state, managing, context)
    at = page_of(key)
    if at is not None:
        return _ask_form(state, context, at)
    match managing.doing:
        case "form":
            return _ask_title(state, number_in(key, "f") or 0, context)
        case "title":
            return _title(state, managing, suggested_title(_version(managing.subject, context), context), context)
        case _:
            return _open(state, managing, context)


def held(state: State, incoming: Incoming, context: Context) -> Step | None:
    """Take a typed answer."""
    managing, text = typed_in(state, incoming, _STEPS), incoming.text
    if managing is None:
        return None
    if cancels(text):
        return chosen(state, CANCEL.key, context)
    if goes_back(text):
        return _back(state, managing, context)
    match managing.doing:
        case "form":
            key = found(text, _forms(context))
            if key is None and is_question(text):
                return None
            return chosen(state, key, context) if key else _ask_form(state, context, unclear=text)
        case "title":
            return _title(state, managing, " ".join(normalise(text).split()), context)
        case "due":
            return None if is_question(text) else _due(state, managing, text, context)
        case "units":
            return _typed_units(state, managing, text, context)
        case _:
            return _on_card(state, managing, text, context)


def _on_card(state: State, managing: Managing, typed: str, context: Context) -> Step | None:
    """Take what is typed under the card: open it after all, or put one term right, "sửa hạn 20/12"."""
    said = _CORRECTS.match(fold(normalise(typed)))
    if said and said["what"].startswith("ten"):
        return _ask_title(state, managing.subject, context, given=managing.given)
    if said and said["what"] == "han":
        rest = normalise(typed).split()[len(said[0].split()) :]
        return _due(state, managing, " ".join(rest), context) if rest else _ask_due(state, managing, context)
    if said:
        return _ask_units(state, managing, context)
    if fold(normalise(typed)).strip(" .!") in _AGREES:
        return _open(state, managing, context)
    return None if is_question(typed) else _confirm(state, managing, context)


def _back(state: State, managing: Managing, context: Context) -> Step:
    match managing.doing:
        case "due":
            return _ask_title(state, managing.subject, context)
        case "units":
            return _ask_due(state, managing, context)
        case "confirm":
            return _ask_units(state, managing, context)
        case _:
            return _ask_form(state, context)


# Which form


def _forms(context: Context) -> list[Pair]:
    return [(f"f{one.id}", one.form.title) for one in context.desk.forms()]


def _ask_form(state: State, context: Context, at: int = 0, unclear: str = "") -> Step:
    says = f"Chưa rõ biểu mẫu “{short(unclear, 40)}”. " if unclear else ""
    says += "Mở đợt báo cáo theo biểu mẫu nào?"
    return asks(state, HOLDER, "form", says, (*page(_forms(context), at), CANCEL))


def _version(version: int, context: Context) -> FormVersion | None:
    return next((one for one in context.desk.forms() if one.id == version), None)


# The title


def _ask_title(state: State, version: int, context: Context, problem: str = "", given: tuple[str, ...] = ()) -> Step:
    one = _version(version, context)
    if one is None:
        return ends(state, "Biểu mẫu này vừa có phiên bản mới. Anh/chị gõ /modot để bắt đầu lại.")
    suggested = suggested_title(one, context)
    says = f"{problem}Tên đợt báo cáo? Tôi gợi ý: “{suggested}”. Anh/chị dùng tên này hoặc gõ tên khác."
    return asks(state, HOLDER, "title", says, (_SAME_TITLE, *_MOVES), subject=version, given=given)


def _title(state: State, managing: Managing, title: str, context: Context) -> Step:
    problem = title_problem(title, open_titles(context.desk.rounds()))
    if problem is not None:
        return _ask_title(state, managing.subject, context, f"{problem} ", managing.given)
    if len(managing.given) > 2:  # everything else was settled before
        return _confirm(state, Managing("title", managing.subject, (title, *managing.given[1:])), context)
    return _ask_due(state, Managing("title", managing.subject, (title,)), context)


# The due time


def _ask_due(state: State, managing: Managing, context: Context, problem: str = "") -> Step:
    says = f"{problem}Hạn nộp là khi nào? Ví dụ: 15/12, 15/12 11:30, thứ sáu tuần sau. Không ghi giờ thì lấy 17:00."
    return asks(state, HOLDER, "due", says, _MOVES, subject=managing.subject, given=managing.given)


def _due(state: State, managing: Managing, typed: str, context: Context) -> Step:
    due = read_due(typed, context.now)
    if isinstance(due, str):
        return _ask_due(state, managing, context, f"{due} ")
    given = (*managing.given[:1], due.isoformat(), *managing.given[2:])
    if len(given) > 2:  # the units were settled before
        return _confirm(state, Managing("due", managing.subject, given), context)
    return _ask_units(state, Managing("due", managing.subject, given), context)


# The units


def _ask_units(state: State, managing: Managing, context: Context, problem: str = "") -> Step:
    units = context.desk.units()
    lines = [f"{problem}Hạn {when(datetime.fromisoformat(managing.given[1]))}. Đơn vị nào phải báo cáo?"]
    lines += [f"{number}. {unit.name}" for number, unit in enumerate(units, 1)]
    lines.append("Anh/chị gõ “tất cả”, hoặc số hay tên các đơn vị, ví dụ: 1, 3. Gõ “quay lại” hay “hủy” khi cần.")
    given = managing.given[:2]
    # No choices: their numbers would be taken for those of the units.
    return asks(state, HOLDER, "units", "\n".join(lines), subject=managing.subject, given=given)


def _typed_units(state: State, managing: Managing, typed: str, context: Context) -> Step | None:
    units = context.desk.units()
    picked = pick_units(typed, units)
    if picked is None:
        if is_question(typed):
            return None
        return _ask_units(state, managing, context, f"Chưa rõ đơn vị trong “{short(typed, 60)}”. ")
    return _units(state, managing, picked, context)


def _units(state: State, managing: Managing, units: Sequence[Unit], context: Context) -> Step:
    given = (*managing.given[:2], *(handle(unit.key) for unit in units))
    return _confirm(state, Managing("units", managing.subject, given), context)


# The card


def _owing(managing: Managing, context: Context) -> tuple[Unit, ...]:
    return tuple(unit for unit in context.desk.units() if handle(unit.key) in managing.given[2:])


def _confirm(state: State, managing: Managing, context: Context) -> Step:
    units, one = _owing(managing, context), _version(managing.subject, context)
    title, due = managing.given[0], datetime.fromisoformat(managing.given[1])
    lines = [
        f"Đợt báo cáo: {title}",
        f"Biểu mẫu: {one.form.title}" if one else "",
        f"Hạn nộp: {when(due)}",
        day_off(due, context),
        f"{wording.count(len(units), 'đơn vị')}: {', '.join(unit.name for unit in units)}",
        unheard(units, context),
        "Mở đợt thì các cán bộ tổng hợp được báo ngay.",
    ]
    says = "\n".join(line for line in lines if line)
    choices = (_OPEN, *_MOVES)
    return asks(state, HOLDER, "confirm", says, choices, subject=managing.subject, given=managing.given)


def _open(state: State, managing: Managing, context: Context) -> Step:
    if len(managing.given) < 3 or _version(managing.subject, context) is None:
        return ends(state, "Biểu mẫu vừa có phiên bản mới. Anh/chị gõ /modot để bắt đầu lại.")
    title, due, units = managing.given[0], datetime.fromisoformat(managing.given[1]), _owing(managing, context)
    if due <= context.now:
        return _ask_due(state, managing, context, "Hạn vừa chọn nay đã qua. ")
    if fold(title) in open_titles(context.desk.rounds()):
        return ends(state, f"Đợt “{title}” đã được mở rồi. Gõ /dotbaocao để xem.")
    if not units:
        return _ask_units(state, managing, context, "Các đơn vị vừa chọn không còn hoạt động. ")
    opened = OpenRound(title, managing.subject, context.now, due, tuple(unit.key for unit in units))
    says = (
        f"Đã mở đợt “{title}” cho {wording.count(len(units), 'đơn vị')}, hạn {when(due)}. "
        "Gõ /dotbaocao để theo dõi, /duyet để duyệt báo cáo."
    )
    return ends(state, says, *opening(opened, context.now))
