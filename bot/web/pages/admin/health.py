"""How the program is: what `tdkt doctor` looks at, the queues, messages that could not be processed."""

from __future__ import annotations

from starlette.datastructures import FormData
from starlette.responses import Response
from starlette.routing import BaseRoute

from bot.dialogues.office import CHANNEL_NAMES, DropParked, RetryParked
from bot.domain.people import Action
from bot.store import queues
from bot.web.pages.admin.frame import Room, do, look
from bot.web.site import Site
from knowledge.db import reading

_PATH, _NEEDS = "/tinh-trang", Action.MANAGE_PEOPLE
_LATE = 120  # seconds after which a queue is said to stand still


def routes(site: Site) -> list[BaseRoute]:
    """Return what this module serves."""
    return [
        look(site, _PATH, _NEEDS, _page),
        do(site, f"{_PATH}/tin/{{id:int}}/thu-lai", _NEEDS, _retry),
        do(site, f"{_PATH}/tin/{{id:int}}/bo", _NEEDS, _drop),
    ]


def _page(room: Room) -> Response:
    with reading(room.site.service.engine) as session:
        known = queues.look(session, room.now)
    return room.render(
        "health.html",
        checks=list(room.site.checkup()),
        queues=known,
        late=_LATE,
        parked=room.context.office.parked(),
        channels=CHANNEL_NAMES,
    )


def _retry(room: Room, form: FormData) -> Response:
    return room.act(_NEEDS, [RetryParked(room.request.path_params["id"])], _PATH, "thu-lai")


def _drop(room: Room, form: FormData) -> Response:
    return room.act(_NEEDS, [DropParked(room.request.path_params["id"])], _PATH, "bo-tin")
