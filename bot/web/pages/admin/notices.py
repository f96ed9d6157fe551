"""Notices: written, addressed, looked at once more, sent; and who has read each.

What follows is the chat's own: the same words to the same people, read by the same button or command.
"""

from __future__ import annotations

from starlette.datastructures import FormData
from starlette.responses import Response
from starlette.routing import BaseRoute

from bot.dialogues.audience import ALL, LONGEST, ROLES, Audience, addressed, cleaned, everyone, problem, units
from bot.dialogues.inquiries import SendNotice
from bot.domain.ids import id_in
from bot.domain.people import Action
from bot.web.pages.admin.frame import Room, do, look
from bot.web.site import Site

_PATH, _NEEDS = "/thong-bao", Action.NOTIFY
_SHOWN = 30  # notices in the list
_SOME = "some"  # the choice under which units are ticked


def routes(site: Site) -> list[BaseRoute]:
    """Return what this module serves."""
    return [
        look(site, _PATH, _NEEDS, _list),
        do(site, f"{_PATH}/xem", _NEEDS, _preview),
        do(site, f"{_PATH}/gui", _NEEDS, _send),
    ]


def _list(room: Room, wrong: str = "", form: FormData | None = None, status: int = 200) -> Response:
    members = everyone(room.context)
    roles = [
        (key, f"{name} ({sum(one.person.role is role for one in members)} người)")
        for key, (role, name) in ROLES.items()
        if any(one.person.role is role for one in members)
    ]
    return room.render(
        "notices.html",
        status=status,
        problem=wrong,
        choices=[(ALL, f"Tất cả ({len(members)} người)"), *roles],
        units=units(room.context),
        text=str(form.get("noi-dung", "")) if form else "",
        to=str(form.get("gui", ALL)) if form else ALL,
        ticked=form.getlist("don-vi") if form else (),
        sent=room.context.notices.recent(_SHOWN),
        longest=LONGEST,
        some=_SOME,
    )


def _read(room: Room, form: FormData) -> tuple[str, tuple[str, ...], Audience] | str:
    """Return the words, the keys of the audience and who that is; or what is wrong."""
    text, to = cleaned(str(form.get("noi-dung", "")).replace("\r\n", "\n")), str(form.get("gui", ""))
    if wrong := problem(text):
        return wrong
    known = {key for key, _ in units(room.context)}
    keys = tuple(key for key in map(str, form.getlist("don-vi")) if key in known) if to == _SOME else (to,)
    if not keys or (to != _SOME and to != ALL and to not in ROLES):
        return "Anh/chị chọn người nhận; nếu gửi theo đơn vị, đánh dấu ít nhất một đơn vị."
    audience = addressed(keys, room.context)
    if not audience.reached:
        return f"Chưa ai trong “{audience.says}” liên kết tài khoản để nhận."
    return text, keys, audience


def _preview(room: Room, form: FormData) -> Response:
    read = _read(room, form)
    if isinstance(read, str):
        return _list(room, read, form, 422)
    text, keys, audience = read
    latest = room.context.notices.recent(1)
    return room.render(
        "notice.html",
        text=text,
        to=str(form.get("gui")),
        keys=keys if form.get("gui") == _SOME else (),
        audience=audience,
        after=latest[0].id if latest else 0,
    )


def _send(room: Room, form: FormData) -> Response:
    if form.get("sua") == "1":
        return _list(room, form=form)
    read, after = _read(room, form), id_in(str(form.get("sau", "")))
    if isinstance(read, str):
        return _list(room, read, form, 422)
    if after is None:
        return _preview(room, form)
    text, _, audience = read
    to = tuple(one.person.id for one in audience.reached)
    return room.act(_NEEDS, [SendNotice(text, audience.says, to, after)], _PATH, "thong-bao")
