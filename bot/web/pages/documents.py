"""The list of indexed documents."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.web.site import Site


def routes(site: Site) -> list[Route]:
    """Return what this module serves."""

    def page(request: Request) -> Response:
        library = site.source.current()
        cards = library.cards if library else ()
        return site.render(request, "documents.html", cards=cards, documents=len(cards))

    return [Route("/van-ban", page)]
