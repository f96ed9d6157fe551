"""People by chat: who they are, another role or unit, taking rights away and giving them back. Pure."""

from __future__ import annotations

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
    number_in,
    page,
    page_of,
    typed_in,
    with_effects,
)
from bot.dialogues.office import CHANNEL_NAMES, ChangePerson, Member
from bot.dialogues.state import Context, Managing, State, Step
from bot.domain.messages import Choice, Incoming
from bot.domain.people import Person, Role
from knowledge.text import fold, normalise

HOLDER = "people"
ROLES = (Role.CLERK, Role.LEADER, Role.STAFF, Role.ADMIN)
WHOLE_OFFICE = Choice("nowhere", "Toàn cơ quan")
_ROLE, _UNIT = Choice("role", "Đổi vai trò"), Choice("unit", "Đổi đơn vị")
_OFF, _ON, _LIST = Choice("off", "Ngừng quyền"), Choice("on", "Khôi phục quyền"), Choice("list", "Danh sách")
_REALLY = Choice("really", "Ngừng quyền")
_LAST_ADMIN = "Đây là người quản trị duy nhất đang liên kết tài khoản. Anh/chị cấp quyền quản trị cho người khác trước."


def people(state: State, rest: str, context: Context) -> Step:
    """List everyone; whoever is named in `rest` is shown at once."""
    line = f" {fold(normalise(rest))} "
    named = [one for one in context.office.members() if f" {fold(one.person.name)} " in line]
    called = [one for one in context.office.members() if f" {fold(one.person.name).split()[-1]} " in line]
    one = next((found[0] for found in (named, called) if len(found) == 1), None)
    return _show(state, one.person.id, context) if one else _list(state, context, 0)


def chosen(state: State, key: str, context: Context) -> Step:
    """Do what was chosen."""
    managing = state.managing or Managing("list")
    if key == _LIST.key:
        return _list(state, context, 0)
    if (at := page_of(key)) is not None:
        if managing.doing == "unit":
            return _ask_unit(state, managing, context, at)
        return _list(state, context, at)
    if (number := number_in(key, "p")) is not None:
        return _show(state, number, context)
    if key in (CANCEL.key, BACK.key):
        return _show(state, managing.subject, context) if managing.subject else ends(state, "Vâng, dừng ở đây.")
    member = _member(managing.subject, context)
    return _on_person(state, key, member, managing, context) if member else _gone(state)


def held(state: State, incoming: Incoming, context: Context) -> Step | None:
    """Take a typed line."""
    managing, text = typed_in(state, incoming, ("list", "show", "role", "unit", "off")), incoming.text
    if managing is None:
        return None
    if cancels(text):
        return (
            ends(state, "Vâng, dừng ở đây.")
            if managing.doing in ("list", "show")
            else chosen(state, CANCEL.key, context)
        )
    if goes_back(text):
        return _list(state, context, 0) if managing.doing in ("list", "show") else chosen(state, BACK.key, context)
    if is_question(text):
        return None
    key = found(text, _units(context) if managing.doing == "unit" else _pairs(context))
    return chosen(state, key, context) if key else None


def _on_person(state: State, key: str, member: Member, managing: Managing, context: Context) -> Step:
    person = member.person
    match key:
        case "role":
            return asks(state, HOLDER, "role", f"Vai trò mới của {person.name}?", role_choices(), subject=person.id)
        case "unit":
            return _ask_unit(state, Managing("unit", person.id, (person.role.value,)), context, 0)
        case "off":
            says = f"Ngừng mọi quyền của {person.name}? Báo cáo và nhật ký vẫn giữ; khôi phục được bất cứ lúc nào."
            return asks(state, HOLDER, "off", says, (_REALLY, CANCEL), subject=person.id)
        case "really" | "on":
            return _change(state, person, person.role, person.unit, key == "on", context)
        case _ if key in {f"role-{role.value}" for role in ROLES}:
            return _role(state, person, Role(key.removeprefix("role-")), context)
        case _:
            return _unit(state, person, key, managing, context)


# The list and one person


def _pairs(context: Context) -> list[Pair]:
    return [(f"p{one.person.id}", _label(one)) for one in context.office.members()]


def _label(member: Member) -> str:
    off = "" if member.person.active else " (ngừng)"
    return f"{member.person.name} – {member.person.role.vietnamese}{off}"


def _member(person_id: int, context: Context) -> Member | None:
    return next((one for one in context.office.members() if one.person.id == person_id), None)


def _list(state: State, context: Context, at: int) -> Step:
    active = sum(1 for one in context.office.members() if one.person.active)
    says = f"Có {wording.count(active, 'người')} đang có quyền. Chọn, hoặc gõ tên. /ma để cấp mã cho người mới."
    return asks(state, HOLDER, "list", says, page(_pairs(context), at))


def _show(state: State, person_id: int, context: Context, first: str = "") -> Step:
    member = _member(person_id, context)
    if member is None:
        return _gone(state)
    person = member.person
    names = {unit.key: unit.name for unit in context.office.units()}
    channels = ", ".join(CHANNEL_NAMES.get(one, one) for one in member.channels) or "chưa liên kết tài khoản nào"
    lines = [
        *([first] if first else ()),
        person.name,
        f"Vai trò: {person.role.vietnamese}",
        f"Đơn vị: {names.get(person.unit or '', 'toàn cơ quan')}",
        f"Liên lạc qua: {channels}",
        *(["Đã ngừng quyền"] if not person.active else ()),
    ]
    choices = (_ROLE, _UNIT, _OFF) if person.active else (_ON,)
    return asks(state, HOLDER, "show", "\n".join(lines), (*choices, _LIST), subject=person_id)


def _gone(state: State) -> Step:
    return ends(state, "Người này không còn trong danh sách. Anh/chị gõ /nguoi để xem lại.")


# Changing


def role_choices() -> tuple[Choice, ...]:
    """Return the roles to choose from."""
    names = (f"{role.vietnamese[:1].upper()}{role.vietnamese[1:]}" for role in ROLES)
    return (*(Choice(f"role-{role.value}", name) for role, name in zip(ROLES, names, strict=True)), CANCEL)


def _role(state: State, person: Person, role: Role, context: Context) -> Step:
    if role is Role.CLERK and person.unit is None:
        return _ask_unit(state, Managing("unit", person.id, (role.value,)), context, 0)
    return _change(state, person, role, person.unit, person.active, context)


def _units(context: Context) -> list[Pair]:
    return [(f"u{handle(unit.key)}", unit.name) for unit in context.office.units() if unit.active]


def _ask_unit(state: State, managing: Managing, context: Context, at: int) -> Step:
    member = _member(managing.subject, context)
    if member is None:
        return _gone(state)
    clerk = managing.given == (Role.CLERK.value,)
    choices = (*page(_units(context), at), *(() if clerk else (WHOLE_OFFICE,)), CANCEL)
    says = f"{member.person.name} thuộc đơn vị nào?"
    says += " Cán bộ tổng hợp phải thuộc một đơn vị." if clerk else ""
    return asks(state, HOLDER, "unit", says, choices, subject=managing.subject, given=managing.given)


def _unit(state: State, person: Person, key: str, managing: Managing, context: Context) -> Step:
    role = Role(managing.given[0]) if managing.given else person.role
    unit = next((one.key for one in context.office.units() if one.active and f"u{handle(one.key)}" == key), None)
    if unit is None and (key != WHOLE_OFFICE.key or role is Role.CLERK):
        return _ask_unit(state, managing, context, 0)
    return _change(state, person, role, unit, person.active, context)


def _change(state: State, was: Person, role: Role, unit: str | None, active: bool, context: Context) -> Step:
    if (was.role, was.unit, was.active) == (role, unit, active):
        return _show(state, was.id, context, "Không có gì thay đổi.")
    if was.role is Role.ADMIN and (role is not Role.ADMIN or not active) and _is_last_admin(was, context):
        return _show(state, was.id, context, _LAST_ADMIN)
    names = {one.key: one.name for one in context.office.units()}
    where = names.get(unit or "", "toàn cơ quan")
    if active != was.active:
        says = f"Đã khôi phục quyền của {was.name}." if active else f"Đã ngừng mọi quyền của {was.name}."
    else:
        says = f"{was.name} nay là {role.vietnamese}, {where}."
    choices = (Choice(f"p{was.id}", f"Xem {was.name}"), _LIST)
    step = asks(state, HOLDER, "list", says, choices)
    return with_effects(step, ChangePerson(was, role, unit, active))


def _is_last_admin(was: Person, context: Context) -> bool:
    others = (one for one in context.office.members() if one.person.role is Role.ADMIN and one.person.id != was.id)
    return not any(one.reachable for one in others)
