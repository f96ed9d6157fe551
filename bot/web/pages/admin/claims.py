"""Units that say they handed a report in another way: confirmed or not, from the overview, as in the chat."""

from __future__ import annotations

from starlette.datastructures import FormData
from starlette.responses import Response
from starlette.routing import BaseRoute

from bot.dialogues import claims_desk
from bot.dialogues.state import State
from bot.domain.people import Action
from bot.web.pages.admin.frame import Room, do
from bot.web.site import Site

_NEEDS = Action.REVIEW_REPORTS


def routes(site: Site) -> list[BaseRoute]:
    """Return what this module serves."""
    return [do(site, "/nop-ngoai/{id:int}", _NEEDS, _decide)]


def _decide(room: Room, form: FormData) -> Response:
    step = claims_desk.pushed(State(), f"{room.request.path_params['id']}:{form.get('nhan', '')}", room.context)
    if not step.effects:  # decided by somebody else, or gone
        return room.says(("Chưa làm gì cả", step.replies[0].text), 409)
    return room.act(_NEEDS, step.effects, "", "nop-ngoai")
