"""People: who they are, another role or unit, taking rights away; codes for new ones, shown once; open sessions."""

from __future__ import annotations

from dataclasses import replace

from starlette.datastructures import FormData
from starlette.responses import Response
from starlette.routing import BaseRoute

from bot.dialogues.office import CHANNEL_NAMES, ChangePerson, Member
from bot.dialogues.people_desk import ROLES
from bot.dialogues.state import IssueCode
from bot.domain.codes import Offer, digest
from bot.domain.people import ALLOWED, Action, Role, Unit
from bot.errors import Conflict
from bot.store import logins
from bot.web import door
from bot.web.acting import act
from bot.web.door import AREA
from bot.web.pages.admin.frame import Missing, Room, do, look
from bot.web.site import Site
from knowledge.db import reading
from knowledge.text import normalise

_PATH, _NEEDS = "/can-bo", Action.MANAGE_PEOPLE
_LONGEST_NAME = 100  # characters
_LAST_ADMIN = "Đây là người quản trị duy nhất đang liên kết tài khoản. Anh/chị cấp quyền quản trị cho người khác trước."
_CLERK = "Cán bộ tổng hợp phải thuộc một đơn vị. Anh/chị chọn đơn vị."


def routes(site: Site) -> list[BaseRoute]:
    """Return what this module serves."""
    one = f"{_PATH}/{{id:int}}"
    return [
        look(site, _PATH, _NEEDS, _list),
        do(site, f"{_PATH}/ma", _NEEDS, _invite),
        look(site, one, _NEEDS, _one),
        do(site, one, _NEEDS, _change),
        do(site, f"{one}/quyen", _NEEDS, _switch),
        do(site, f"{one}/phien/{{session:int}}", _NEEDS, _end_session),
    ]


def _list(
    room: Room,
    *,
    problem: str = "",
    code: str = "",
    offer: Offer | None = None,
    given: FormData | None = None,
    status: int = 200,
) -> Response:
    office = room.context.office
    units = office.units()
    return room.render(
        "people.html",
        status=status,
        members=sorted(office.members(), key=lambda one: (not one.person.active, one.person.name)),
        units=units,
        names={unit.key: unit.name for unit in units},
        staff={unit.key: sum(_works_in(one, unit) for one in office.members()) for unit in units},
        roles=ROLES,
        channels=CHANNEL_NAMES,
        problem=problem,
        code=code,
        offer=offer,
        lasts=office.code_lasts(),
        given=given or {},
    )


def _works_in(one: Member, unit: Unit) -> bool:
    return one.person.active and one.person.unit == unit.key


def _member(room: Room) -> Member:
    wanted = room.request.path_params["id"]
    found = next((one for one in room.context.office.members() if one.person.id == wanted), None)
    if found is None:
        raise Missing
    return found


def _one(room: Room, problem: str = "", status: int = 200) -> Response:
    member = _member(room)
    with reading(room.site.service.engine) as session:
        sessions = [one for one in logins.sessions(session, room.now) if one.person_id == member.person.id]
    return room.render(
        "person.html",
        status=status,
        member=member,
        units=[unit for unit in room.context.office.units() if unit.active or unit.key == member.person.unit],
        roles=ROLES,
        channels=CHANNEL_NAMES,
        sessions=sessions,
        problem=problem,
    )


def _given(room: Room, form: FormData) -> tuple[Role, Unit | None] | str:
    """Return the role and the unit of a form; or what is wrong with them."""
    role = next((one for one in ROLES if one.value == form.get("vai-tro")), None)
    unit = next((one for one in room.context.office.units() if one.active and one.key == form.get("don-vi")), None)
    if role is None:
        return "Anh/chị chọn vai trò."
    if unit is None and (role is Role.CLERK or form.get("don-vi")):
        return _CLERK if role is Role.CLERK else "Đơn vị vừa chọn không còn hoạt động. Anh/chị chọn lại."
    return role, unit


def _change(room: Room, form: FormData) -> Response:
    was, given = _member(room).person, _given(room, form)
    if isinstance(given, str):
        return _one(room, given, 422)
    role, unit = given
    if role is not Role.ADMIN and _is_last_admin(room):
        return _one(room, _LAST_ADMIN, 422)
    effect = ChangePerson(was, role, unit.key if unit else None, was.active)
    response = room.act(_NEEDS, [effect], f"{_PATH}/{was.id}", "can-bo")
    if response.status_code == 303 and role not in ALLOWED[AREA]:
        door.end_all(room.site, room.who, was)
    return response


def _switch(room: Room, form: FormData) -> Response:
    was, active = _member(room).person, form.get("quyen") == "1"
    if not active and _is_last_admin(room):
        return _one(room, _LAST_ADMIN, 422)
    done = "khoi-phuc" if active else "ngung"
    return room.act(_NEEDS, [ChangePerson(was, was.role, was.unit, active)], f"{_PATH}/{was.id}", done)


def _is_last_admin(room: Room) -> bool:
    member = _member(room)
    if member.person.role is not Role.ADMIN or not member.person.active:
        return False
    others = (one for one in room.context.office.members() if one.person.id != member.person.id)
    return not any(one.person.role is Role.ADMIN and one.reachable for one in others)


def _end_session(room: Room, form: FormData) -> Response:
    person = _member(room).person
    door.end_one(room.site, room.who, person, room.request.path_params["session"])
    return room.act(_NEEDS, [], f"{_PATH}/{person.id}", "phien")


def _invite(room: Room, form: FormData) -> Response:
    """Issue a code; it is on the page that answers, and nowhere afterwards."""
    given, name = _given(room, form), " ".join(normalise(str(form.get("ten", ""))).split())
    if isinstance(given, str):
        return _list(room, problem=given, given=form, status=422)
    if len(name) > _LONGEST_NAME or (name and sum(letter.isalpha() for letter in name) < 2):
        return _list(room, problem="Họ tên chưa đúng. Anh/chị ghi lại, hoặc để trống.", given=form, status=422)
    role, unit = given
    code = room.context.fresh_code()
    stored = digest(code.replace("-", ""))
    offer = Offer(stored, role, unit.key if unit else None, unit.name if unit else "", name or None, None)
    expires = room.now + room.context.office.code_lasts()
    try:
        act(room.site, room.who.person, _NEEDS, [IssueCode(offer, expires)])
    except Conflict:
        return _list(room, problem="Chưa cấp được mã. Anh/chị thử lại.", given=form, status=409)
    return _list(room, code=code, offer=replace(offer, digest=""))
