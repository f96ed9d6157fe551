"""A one-time code for somebody new, by chat: role, unit, name, then the code, shown once. Pure.

The code is in no state: it is made in the very step that shows it, and the reply that holds it is marked as secret.
"""

from __future__ import annotations

from collections.abc import Sequence

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
    short,
    typed_in,
    when,
)
from bot.dialogues.people_desk import ROLES, WHOLE_OFFICE, role_choices
from bot.dialogues.state import Context, IssueCode, Managing, State, Step
from bot.domain.codes import Offer, digest
from bot.domain.messages import Choice, Incoming
from bot.domain.people import Role, Unit
from knowledge.text import fold, normalise

HOLDER = "invite"
_NO_NAME = Choice("nameless", "Lấy tên tài khoản")
_LONGEST_NAME = 100
_ROLE_WORDS = tuple(
    (tuple(said.split()), role)
    for said, role in (
        ("can bo tong hop", Role.CLERK),
        ("tong hop", Role.CLERK),
        ("van thu", Role.CLERK),
        ("lanh dao", Role.LEADER),
        ("quan tri vien", Role.ADMIN),
        ("quan tri", Role.ADMIN),
        ("admin", Role.ADMIN),
        ("can bo", Role.STAFF),
        ("nhan vien", Role.STAFF),
    )
)
# As written: folded, "lam" would be both "làm" and the name Lâm.
_BEFORE_A_NAME = {"cho", "anh", "chị", "chi", "em", "cô", "chú", "ông", "bà", "bác", "đ/c"}
_AFTER_A_NAME = {"là", "la", "làm", "với", "vai", "trò", "tro", "nhé"}


def invite(state: State, rest: str, context: Context) -> Step:
    """Ask for the role; `rest` may say for whom the code is, and as what: "Nguyễn Thị Lan, cán bộ tổng hợp"."""
    name, role = _split(rest)
    return _role(state, role.value, name, context) if role else _ask_role(state, name)


def _split(typed: str) -> tuple[str, Role | None]:
    """Return the name in `typed`, "" where there is none, and the role that is named in it."""
    words = normalise(typed).split()
    folded = [fold(word).strip(",;:.–-()") for word in words]
    for said, role in _ROLE_WORDS:
        for at in range(len(words) - len(said) + 1):
            if tuple(folded[at : at + len(said)]) == said:
                return _tidy(words[:at] + words[at + len(said) :]), role
    return _tidy(words), None


def _tidy(words: Sequence[str]) -> str:
    """Return a name without how one speaks of its bearer, "" where none is left that could be one."""
    left = list(words)
    while left and left[0].lower().strip(",;:.–-()") in _BEFORE_A_NAME:
        left.pop(0)
    while left and left[-1].lower().strip(",;:.–-()") in _AFTER_A_NAME:
        left.pop()
    name = " ".join(left).strip(" ,;:.–-()")
    return name if _is_name(name) else ""


def _is_name(typed: str) -> bool:
    return len(typed) <= _LONGEST_NAME and sum(letter.isalpha() for letter in typed) >= 2


def _ask_role(state: State, name: str, problem: str = "") -> Step:
    says = f"{problem}Cấp mã liên kết cho {f'{name}, với ' if name else ''}vai trò nào?"
    return asks(state, HOLDER, "role", says, role_choices(), given=("", "", name))


def _named_before(managing: Managing) -> str:
    """Return the name that was given before it was asked for."""
    return managing.given[2] if len(managing.given) > 2 else ""


def chosen(state: State, key: str, context: Context) -> Step:
    """Take a tapped answer."""
    managing = state.managing
    if managing is None or key == CANCEL.key:
        return ends(state, "Vâng, không cấp mã nữa.")
    if key == BACK.key:
        return _back(state, managing, context)
    if (at := page_of(key)) is not None:
        return _ask_unit(state, managing.given, context, at)
    match managing.doing:
        case "role":
            return _role(state, key.removeprefix("role-"), _named_before(managing), context)
        case "unit":
            return _unit(state, managing, key, context)
        case _:
            return _issue(state, managing, None, context)


def held(state: State, incoming: Incoming, context: Context) -> Step | None:
    """Take a typed answer."""
    managing, text = typed_in(state, incoming, ("role", "unit", "name")), incoming.text
    if managing is None:
        return None
    if cancels(text):
        return chosen(state, CANCEL.key, context)
    if goes_back(text):
        return _back(state, managing, context)
    if managing.doing == "name":
        return _name(state, managing, text, context)
    if is_question(text):
        return None
    key = found(text, _units(context)) if managing.doing == "unit" else None
    if key is not None:
        return chosen(state, key, context)
    if managing.doing == "unit":
        return _ask_unit(state, managing.given, context, 0, f"Chưa rõ đơn vị “{short(text, 40)}”. ")
    name, role = _split(text)
    name = name or _named_before(managing)
    return _role(state, role.value, name, context) if role else _ask_role(state, name)


def _back(state: State, managing: Managing, context: Context) -> Step:
    if managing.doing == "name" and managing.given[:1] != (Role.ADMIN.value,):
        return _ask_unit(state, managing.given, context, 0)
    return invite(state, "", context)


def _role(state: State, chosen: str, name: str, context: Context) -> Step:
    role = next((one for one in ROLES if one.value == chosen), None)
    if role is None:
        return _ask_role(state, name)
    if role is Role.CLERK and not _units(context):
        return ends(state, "Cán bộ tổng hợp phải thuộc một đơn vị, mà chưa có đơn vị nào. Anh/chị gõ /donvi để thêm.")
    if role is Role.ADMIN or not _units(context):
        return _ask_name(state, (role.value, "", name), context)
    return _ask_unit(state, (role.value, "", name), context, 0)


def _units(context: Context) -> list[Pair]:
    return [(f"u{handle(unit.key)}", unit.name) for unit in context.office.units() if unit.active]


def _ask_unit(state: State, given: tuple[str, ...], context: Context, at: int, problem: str = "") -> Step:
    anywhere = () if given[:1] == (Role.CLERK.value,) else (WHOLE_OFFICE,)
    choices = (*page(_units(context), at), *anywhere, BACK, CANCEL)
    return asks(state, HOLDER, "unit", f"{problem}Thuộc đơn vị nào?", choices, given=given)


def _unit(state: State, managing: Managing, key: str, context: Context) -> Step:
    role, name = managing.given[0], _named_before(managing)
    if key == WHOLE_OFFICE.key and role != Role.CLERK.value:
        return _ask_name(state, (role, "", name), context)
    if _named(key.removeprefix("u"), context) is None:
        return _ask_unit(state, managing.given, context, 0)
    return _ask_name(state, (role, key.removeprefix("u"), name), context)


def _named(name: str, context: Context) -> Unit | None:
    return next((unit for unit in context.office.units() if unit.active and handle(unit.key) == name), None)


def _ask_name(state: State, given: tuple[str, ...], context: Context, problem: str = "") -> Step:
    if (known := _named_before(Managing("name", 0, given))) and not problem:
        return _issue(state, Managing("name", 0, given), known, context)
    says = f"{problem}Họ tên người nhận mã?"
    return asks(state, HOLDER, "name", says, (_NO_NAME, BACK, CANCEL), given=given)


def _name(state: State, managing: Managing, typed: str, context: Context) -> Step:
    name = " ".join(normalise(typed).split())
    if not _is_name(name):
        return _ask_name(state, managing.given, context, f"“{short(name, 40)}” chưa phải là họ tên. ")
    return _issue(state, managing, name, context)


def _issue(state: State, managing: Managing, name: str | None, context: Context) -> Step:
    if len(managing.given) < 2:
        return invite(state, "", context)
    role, unit = Role(managing.given[0]), _named(managing.given[1], context)
    if unit is None and (managing.given[1] or role is Role.CLERK):
        return _ask_unit(state, (role.value, "", name or ""), context, 0, "Đơn vị vừa chọn không còn hoạt động. ")
    code, expires = context.fresh_code(), context.now + context.office.code_lasts()
    stored = digest(code.replace("-", ""))
    offer = Offer(stored, role, unit.key if unit else None, unit.name if unit else "", name, None)
    where = f", {offer.unit_name}" if offer.unit_name else ""
    says = (
        f"Mã cho {name or 'người nhận'} ({role.vietnamese}{where}): {code}\n"
        f"Dùng một lần, đến {when(expires)}. Người nhận nhắn riêng mã này cho trợ lý từ tài khoản của mình. "
        "Mã chỉ hiện lần này; chuyển xong, anh/chị nên xóa tin nhắn."
    )
    return ends(state, says, IssueCode(offer, expires), good_until=expires)
