"""Units by chat: the list, adding, renaming, merging into a successor, switching off and on. Pure."""

from __future__ import annotations

import re

from bot import wording
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
    page,
    page_of,
    typed_in,
    with_effects,
)
from bot.dialogues.office import AddUnit, MergeUnit, RenameUnit, SwitchUnit
from bot.dialogues.state import Context, Managing, State, Step
from bot.dialogues.units_adding import name_problem, names_in, new_units, read_like_units
from bot.dialogues.units_ending import merging, unfinished
from bot.domain.messages import Choice, Incoming
from bot.domain.people import Unit
from knowledge.text import normalise

HOLDER = "units"
_ADD, _RENAME, _MERGE = Choice("add", "Thêm đơn vị"), Choice("rename", "Đổi tên"), Choice("merge", "Sáp nhập")
_OFF, _ON, _LIST = Choice("off", "Ngừng hoạt động"), Choice("on", "Hoạt động lại"), Choice("list", "Các đơn vị")
_REALLY, _THESE = Choice("really", "Đồng ý"), Choice("these", "Thêm")
_ADDING = re.compile(r"\s*(?:thêm|them|tạo|tao)\b\s*(?:(?:đơn vị|don vi)\b)?\s*[:\-]?\s*(?P<name>.+)", re.I | re.S)


def units(state: State, rest: str, context: Context) -> Step:
    """List the units; "/donvi thêm: Phòng X" adds one, or several, a line each."""
    adding = _ADDING.fullmatch(normalise(rest))
    return _add(state, adding["name"], context) if adding else _list(state, context, 0)


def chosen(state: State, key: str, context: Context) -> Step:
    """Do what was chosen."""
    managing = state.managing or Managing("list")
    unit = _remembered(managing, context)
    if key in (CANCEL.key, BACK.key):
        return _show(state, unit, context) if unit and managing.doing != "show" else _list(state, context, 0)
    if (at := page_of(key)) is not None:
        return (
            _which_heir(state, unit, context, at) if managing.doing == "merge" and unit else _list(state, context, at)
        )
    if key == _LIST.key:
        return _list(state, context, 0)
    if key == _ADD.key:
        says = "Tên đơn vị mới? Ghi đầy đủ, ví dụ: Phòng Tổ chức cán bộ. Nhiều đơn vị thì mỗi dòng một tên."
        return asks(state, HOLDER, "add", says, (CANCEL,))
    if key == _THESE.key:
        return _add(state, "\n".join(managing.given), context)
    if managing.doing in ("list", "added"):
        return _open(state, key, context)
    if unit is None:
        return ends(state, "Đơn vị này vừa thay đổi. Anh/chị gõ /donvi để xem lại.")
    return _on_unit(state, key, unit, managing, context)


def held(state: State, incoming: Incoming, context: Context) -> Step | None:
    """Take a typed line."""
    managing, text = (
        typed_in(state, incoming, ("list", "added", "show", "add", "rename", "merge", "confirm")),
        incoming.text,
    )
    if managing is None:
        return None
    unit = _remembered(managing, context)
    if cancels(text):
        return (
            ends(state, "Vâng, dừng ở đây.")
            if managing.doing in ("list", "show", "added")
            else chosen(state, CANCEL.key, context)
        )
    if goes_back(text):
        return chosen(state, BACK.key, context)
    adding = _ADDING.fullmatch(normalise(text))
    if adding or managing.doing == "add":
        return _add(state, adding["name"] if adding else text, context)
    if managing.doing == "rename" and unit is not None:
        return _rename(state, unit, text, context)
    if managing.doing == "confirm" or is_question(text):
        return None
    key = found(text, _heirs(unit, context) if managing.doing == "merge" and unit else _pairs(context))
    if key is None:
        return _offer(state, text) if managing.doing in ("list", "added") and read_like_units(text) else None
    return chosen(state, key, context) if managing.doing == "merge" else _open(state, key, context)


def _on_unit(state: State, key: str, unit: Unit, managing: Managing, context: Context) -> Step:
    given = (handle(unit.key),)
    match key:
        case "rename":
            says = f"Tên mới của “{unit.name}”? Tên cũ vẫn được nhận ra trong văn bản."
            return asks(state, HOLDER, "rename", says, (CANCEL,), given=given)
        case "merge":
            return _which_heir(state, unit, context, 0)
        case "off" | "on":
            return _switch(state, unit, key == "on", context)
        case "really":
            return _do(state, unit, managing, context)
        case _:
            return _ask_merge(state, unit, key, context)


# The list and one unit


def _pairs(context: Context) -> list[Pair]:
    return [(f"u{handle(unit.key)}", _label(unit)) for unit in context.office.units()]


def _label(unit: Unit) -> str:
    if unit.successor:
        return f"{unit.name} (đã sáp nhập)"
    return unit.name if unit.active else f"{unit.name} (ngừng)"


def _remembered(managing: Managing, context: Context) -> Unit | None:
    return _unit(managing.given[0], context) if managing.given else None


def _unit(name: str, context: Context) -> Unit | None:
    return next((unit for unit in context.office.units() if handle(unit.key) == name), None)


def _list(state: State, context: Context, at: int) -> Step:
    known = context.office.units()
    if not known:
        return asks(
            state,
            HOLDER,
            "add",
            "Chưa có đơn vị nào. Anh/chị gõ tên các đơn vị, ghi đầy đủ, mỗi dòng một tên.",
            (CANCEL,),
        )
    active = sum(1 for unit in known if unit.active)
    says = f"Có {wording.count(active, 'đơn vị')} đang hoạt động. Chọn để sửa, hoặc gõ tên đơn vị mới để thêm."
    return asks(state, HOLDER, "list", says, (*page(_pairs(context), at), _ADD))


def _open(state: State, key: str, context: Context) -> Step:
    unit = _unit(key[1:], context)
    return _show(state, unit, context) if unit else _list(state, context, 0)


def _show(state: State, unit: Unit, context: Context) -> Step:
    names = {one.key: one.name for one in context.office.units()}
    people = [one.person.name for one in context.office.members() if one.person.unit == unit.key and one.person.active]
    lines = [
        _label(unit),
        f"Tên trước đây: {', '.join(unit.former_names)}" if unit.former_names else "",
        f"Nhiệm vụ chuyển sang: {names.get(unit.successor, unit.successor)}" if unit.successor else "",
        f"Cán bộ: {', '.join(people)}" if people else "Chưa có cán bộ nào; gõ /ma để cấp mã." if unit.active else "",
    ]
    choices: tuple[Choice, ...] = () if unit.successor else (_RENAME, _MERGE, _OFF) if unit.active else (_RENAME, _ON)
    says = "\n".join(line for line in lines if line)
    return asks(state, HOLDER, "show", says, (*choices, _LIST), given=(handle(unit.key),))


# Adding and renaming


def _add(state: State, typed: str, context: Context) -> Step:
    added = new_units(typed, context.office.units())
    if not added.units:
        says = " ".join((*added.problems, "Anh/chị gõ lại tên đơn vị."))
        return asks(state, HOLDER, "add", says, (CANCEL,))
    names = [f"“{unit.name}”" for unit in added.units]
    first = f"{wording.count(len(names), 'đơn vị')}: {', '.join(names)}" if len(names) > 1 else names[0]
    says = " ".join(
        (f"Đã thêm {first}.", *added.problems, "Còn đơn vị nào, anh/chị gõ tiếp; /ma để cấp mã cho cán bộ.")
    )
    step = asks(state, HOLDER, "added", says, (_ADD, _LIST))
    return with_effects(step, *(AddUnit(unit) for unit in added.units))


def _offer(state: State, typed: str) -> Step:
    """Ask whether names that were typed under the list are new units, or were looked for in the documents."""
    names = names_in(typed)
    says = f"Thêm {', '.join(f'“{name}”' for name in names)} vào danh sách đơn vị?"
    return asks(state, HOLDER, "list", says, (_THESE, _LIST), given=names)


def _rename(state: State, unit: Unit, typed: str, context: Context) -> Step:
    name = " ".join(normalise(typed).split())
    problem = name_problem(name, context.office.units(), unit.key)
    if problem is None and name == unit.name:
        problem = "Tên này đang dùng rồi."
    given = (handle(unit.key),)
    if problem is not None:
        return asks(state, HOLDER, "rename", f"{problem} Anh/chị gõ lại tên mới.", (CANCEL,), given=given)
    says = f"Đã đổi tên “{unit.name}” thành “{name}”. Tên cũ vẫn được nhận ra."
    return with_effects(asks(state, HOLDER, "added", says, (_LIST,)), RenameUnit(unit, name))


# Ending


def _heirs(unit: Unit, context: Context) -> list[Pair]:
    others = (other for other in context.office.units() if other.active and other.key != unit.key)
    return [(f"u{handle(other.key)}", other.name) for other in others]


def _which_heir(state: State, unit: Unit, context: Context, at: int) -> Step:
    pairs = _heirs(unit, context)
    if not pairs:
        return asks(state, HOLDER, "added", "Không có đơn vị nào khác để sáp nhập vào.", (_ADD, _LIST))
    says = f"Sáp nhập “{unit.name}” vào đơn vị nào?"
    return asks(state, HOLDER, "merge", says, (*page(pairs, at), CANCEL), given=(handle(unit.key),))


def _ask_merge(state: State, unit: Unit, key: str, context: Context) -> Step:
    heir = _unit(key[1:], context)
    if heir is None or heir.key == unit.key or not heir.active or not unit.active:
        return _show(state, unit, context)
    says = merging(unit, heir, context)
    return asks(state, HOLDER, "confirm", says, (_REALLY, CANCEL), given=(handle(unit.key), handle(heir.key)))


def _switch(state: State, unit: Unit, active: bool, context: Context) -> Step:
    if active == unit.active:
        return _show(state, unit, context)
    if not active and (left := unfinished(unit, context)):
        says = f"Ngừng hoạt động “{unit.name}”?\n{left}"
        return asks(state, HOLDER, "confirm", says, (_REALLY, CANCEL), given=(handle(unit.key),))
    return _switched(state, unit, active)


def _switched(state: State, unit: Unit, active: bool) -> Step:
    word = "hoạt động lại" if active else "ngừng hoạt động"
    says = f"“{unit.name}” đã {word}." + ("" if active else " Các đợt báo cáo mở sau này không tính đơn vị này.")
    return with_effects(asks(state, HOLDER, "added", says, (_LIST,)), SwitchUnit(unit, active))


def _do(state: State, unit: Unit, managing: Managing, context: Context) -> Step:
    if len(managing.given) < 2:
        return _switched(state, unit, False) if unit.active else _show(state, unit, context)
    heir = _unit(managing.given[1], context)
    if heir is None or not heir.active or not unit.active:
        return ends(state, "Đơn vị này vừa thay đổi. Anh/chị gõ /donvi để xem lại.")
    says = f"“{unit.name}” đã sáp nhập vào “{heir.name}”."
    return with_effects(asks(state, HOLDER, "added", says, (_LIST,)), MergeUnit(unit, heir.key))
