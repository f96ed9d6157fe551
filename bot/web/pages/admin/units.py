"""Units: adding, renaming, merging into a successor, switching off and on; the chat's own steps, taken from a form."""

from __future__ import annotations

from starlette.datastructures import FormData
from starlette.responses import Response
from starlette.routing import BaseRoute

from bot import wording
from bot.dialogues import units_desk
from bot.dialogues.managing import handle
from bot.dialogues.office import AddUnit, MergeUnit
from bot.dialogues.state import Managing, State, Step
from bot.dialogues.units_adding import new_units
from bot.domain.messages import Incoming, IncomingKind
from bot.domain.people import Action, Unit
from bot.web.pages.admin.frame import Missing, Room, do, look
from bot.web.site import Site

_PATH, _NEEDS = "/don-vi", Action.MANAGE_PEOPLE
_BACK = "/can-bo"
_LONGEST = 8000  # characters of a list of names


def routes(site: Site) -> list[BaseRoute]:
    """Return what this module serves."""
    one = f"{_PATH}/{{key:str}}"
    return [
        do(site, _PATH, _NEEDS, _add),
        look(site, one, _NEEDS, _one),
        do(site, f"{one}/ten", _NEEDS, _rename),
        do(site, f"{one}/hoat-dong", _NEEDS, _switch),
        do(site, f"{one}/sap-nhap", _NEEDS, _merge),
    ]


def _unit(room: Room) -> Unit:
    wanted = room.request.path_params["key"]
    found = next((one for one in room.context.office.units() if one.key == wanted), None)
    if found is None:
        raise Missing
    return found


def _one(room: Room, problem: str = "", status: int = 200) -> Response:
    unit, office = _unit(room), room.context.office
    units = office.units()
    return room.render(
        "unit.html",
        status=status,
        unit=unit,
        heirs=[one for one in units if one.active and one.key != unit.key],
        names={one.key: one.name for one in units},
        members=[one.person for one in office.members() if one.person.unit == unit.key and one.person.active],
        problem=problem,
    )


def _add(room: Room, form: FormData) -> Response:
    added = new_units(str(form.get("ten", ""))[:_LONGEST], room.context.office.units())
    problems = " ".join(added.problems)
    if not added.units:
        return room.says(("Chưa thêm được đơn vị", problems), 422, f"/quan-tri{_BACK}")
    done = room.act(_NEEDS, [AddUnit(unit) for unit in added.units], _BACK, "them-don-vi")
    if problems and done.status_code == 303:
        says = f"Đã thêm {wording.count(len(added.units), 'đơn vị')}. Chưa thêm: {problems}"
        return room.says(("Có tên chưa thêm được", says), 422, f"/quan-tri{_BACK}")
    return done


def _rename(room: Room, form: FormData) -> Response:
    unit = _unit(room)
    step = _typed(room, "rename", str(form.get("ten", "")), unit)
    if step is None or not step.effects:
        return _one(room, step.replies[0].text if step else "Anh/chị ghi tên mới.", 422)
    return room.act(_NEEDS, step.effects, f"{_PATH}/{unit.key}", "ten-don-vi")


def _switch(room: Room, form: FormData) -> Response:
    unit, wanted = _unit(room), "on" if form.get("hoat-dong") == "1" else "really"
    if unit.active == (wanted == "on"):
        return _one(room)
    state = State(managing=Managing("show" if wanted == "on" else "confirm", given=(handle(unit.key),)))
    step = units_desk.chosen(state, wanted, room.context)
    return room.act(_NEEDS, step.effects, f"{_PATH}/{unit.key}", "don-vi")


def _merge(room: Room, form: FormData) -> Response:
    unit = _unit(room)
    heir = next((one for one in room.context.office.units() if one.active and one.key == form.get("vao")), None)
    if heir is None or heir.key == unit.key or not unit.active:
        return _one(room, "Anh/chị chọn đơn vị nhận nhiệm vụ.", 422)
    if form.get("chac") != "1":
        return _one(room, "Sáp nhập không hoàn lại được. Anh/chị đánh dấu vào ô xác nhận.", 422)
    return room.act(_NEEDS, [MergeUnit(unit, heir.key)], f"{_PATH}/{unit.key}", "sap-nhap")


def _typed(room: Room, doing: str, text: str, unit: Unit | None = None) -> Step | None:
    """Return the step of a line typed in the chat while `doing` something with a unit."""
    given = (handle(unit.key),) if unit else ()
    incoming = Incoming("web", "", "", IncomingKind.TEXT, text, room.now)
    return units_desk.held(State(managing=Managing(doing, given=given)), incoming, room.context)
