"""A one-time code for somebody new, by chat: role, unit, name, then the code, shown once. Pure.

The code is in no state: it is made in the very step that shows it, and the reply that holds it is marked as secret.
"""

from __future__ import annotations

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
from knowledge.text import normalise

HOLDER = "invite"
_NO_NAME = Choice("nameless", "Lấy tên tài khoản")
_LONGEST_NAME = 100


def invite(state: State, rest: str, context: Context) -> Step:
    """Ask for the role."""
    return asks(state, HOLDER, "role", "Cấp mã liên kết cho vai trò nào?", role_choices())


def chosen(state: State, key: str, context: Context) -> Step:
    """Take a tapped answer."""
    managing = state.managing
    if managing is None or key == CANCEL.key:
        return ends(state, "Vâng, không cấp mã nữa.")
    if key == BACK.key:
        return _back(state, managing, context)
    if (at := page_of(key)) is not None:
        return _ask_unit(state, managing.given[:1], context, at)
    match managing.doing:
        case "role":
            return _role(state, key.removeprefix("role-"), context)
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
        return _ask_unit(state, managing.given[:1], context, 0, f"Chưa rõ đơn vị “{short(text, 40)}”. ")
    return asks(state, HOLDER, "role", "Anh/chị chọn một vai trò trong danh sách.", role_choices())


def _back(state: State, managing: Managing, context: Context) -> Step:
    if managing.doing == "name" and managing.given[:1] != (Role.ADMIN.value,):
        return _ask_unit(state, managing.given[:1], context, 0)
    return invite(state, "", context)


def _role(state: State, name: str, context: Context) -> Step:
    role = next((one for one in ROLES if one.value == name), None)
    if role is None:
        return invite(state, "", context)
    if role is Role.CLERK and not _units(context):
        return ends(state, "Cán bộ tổng hợp phải thuộc một đơn vị, mà chưa có đơn vị nào. Anh/chị gõ /donvi để thêm.")
    if role is Role.ADMIN or not _units(context):
        return _ask_name(state, (role.value, ""))
    return _ask_unit(state, (role.value,), context, 0)


def _units(context: Context) -> list[Pair]:
    return [(f"u{handle(unit.key)}", unit.name) for unit in context.office.units() if unit.active]


def _ask_unit(state: State, given: tuple[str, ...], context: Context, at: int, problem: str = "") -> Step:
    anywhere = () if given == (Role.CLERK.value,) else (WHOLE_OFFICE,)
    choices = (*page(_units(context), at), *anywhere, BACK, CANCEL)
    return asks(state, HOLDER, "unit", f"{problem}Thuộc đơn vị nào?", choices, given=given)


def _unit(state: State, managing: Managing, key: str, context: Context) -> Step:
    given = managing.given[:1]
    if key == WHOLE_OFFICE.key and given != (Role.CLERK.value,):
        return _ask_name(state, (*given, ""))
    if _named(key.removeprefix("u"), context) is None:
        return _ask_unit(state, given, context, 0)
    return _ask_name(state, (*given, key.removeprefix("u")))


def _named(name: str, context: Context) -> Unit | None:
    return next((unit for unit in context.office.units() if unit.active and handle(unit.key) == name), None)


def _ask_name(state: State, given: tuple[str, ...], problem: str = "") -> Step:
    says = f"{problem}Họ tên người nhận mã?"
    return asks(state, HOLDER, "name", says, (_NO_NAME, BACK, CANCEL), given=given)


def _name(state: State, managing: Managing, typed: str, context: Context) -> Step:
    name = " ".join(normalise(typed).split())
    if len(name) > _LONGEST_NAME or sum(letter.isalpha() for letter in name) < 2:
        return _ask_name(state, managing.given, f"“{short(name, 40)}” chưa phải là họ tên. ")
    return _issue(state, managing, name, context)


def _issue(state: State, managing: Managing, name: str | None, context: Context) -> Step:
    if len(managing.given) < 2:
        return invite(state, "", context)
    role, unit = Role(managing.given[0]), _named(managing.given[1], context)
    if unit is None and (managing.given[1] or role is Role.CLERK):
        return _ask_unit(state, managing.given[:1], context, 0, "Đơn vị vừa chọn không còn hoạt động. ")
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
