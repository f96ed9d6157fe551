"""Documents: what each is, what was found in it, who refers to whom; the reader with duties and references marked."""

from __future__ import annotations

from starlette.responses import Response
from starlette.routing import BaseRoute

from bot import cards as words
from bot.dialogues.obligations_view import STATUSES
from bot.domain.people import Action
from bot.domain.publishing import Standing
from bot.duties import places
from bot.web.graph import WIDTH, graph
from bot.web.pages import pictures, reader
from bot.web.pages.admin.frame import Missing, Room, look
from bot.web.security import ADMIN
from bot.web.site import Site

_PATH = "/van-ban"


def routes(site: Site) -> list[BaseRoute]:
    """Return what this module serves."""
    return [
        look(site, _PATH, Action.ASK, _list),
        look(site, f"{_PATH}/{{digest:str}}", Action.ASK, _read),
        look(site, f"{_PATH}/{{digest:str}}{pictures.PATH}", Action.ASK, _picture),
    ]


def _list(room: Room) -> Response:
    library = room.context.library()
    cards = tuple(library.cards) if library else ()
    manages = room.may(Action.MANAGE_DOCUMENTS)
    decided = room.context.shelf.decided() if manages else {}
    return room.render(
        "documents.html",
        cards=cards,
        graph=graph(cards),
        width=WIDTH,
        decided=decided,
        withdrawn=[one for one in decided.values() if one.standing is Standing.WITHDRAWN],
        undecided=room.context.shelf.undecided() if manages else (),
        jobs=[one for one in room.context.shelf.jobs() if one.state.open] if manages else [],
        units={unit.key: unit.name for unit in room.context.office.units()},
        Standing=Standing,
        says=words.progress,
    )


def _read(room: Room) -> Response:
    page = reader.page(room.site, room.request, marks=True, back="/quan-tri/van-ban", listed=_duties(room))
    if page is None:
        raise Missing
    return page


def _duties(room: Room) -> list[reader.Listed]:
    """Return the duties of the document with where they are decided on, for whoever does that."""
    library = room.context.library()
    position = library.position(room.request.path_params["digest"]) if library else None
    if library is None or position is None or not room.may(Action.CONFIRM_OBLIGATIONS):
        return []
    spans = places(library, position)
    items = [one for one in room.context.duties.items() if one.key in spans]
    return [
        reader.Listed(one.proposal.what, STATUSES[one.status], f"{ADMIN}/nhiem-vu/{one.key}", spans[one.key])
        for one in items
    ]


def _picture(room: Room) -> Response:
    return pictures.published(room.site, room.request)
