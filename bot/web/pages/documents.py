"""The list of indexed documents."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.dialogues.link import HOW_TO_GET_A_CODE
from bot.web import seat, sight
from bot.web.site import Site


def refused(site: Site, request: Request) -> Response:
    """Say that the documents are for people the office knows, and how to become one."""
    return site.render(
        request, "error.html", status=403, title="Văn bản chỉ mở cho cán bộ", advice=HOW_TO_GET_A_CODE, documents=0
    )


def routes(site: Site) -> list[Route]:
    """Return what this module serves."""

    def page(request: Request) -> Response:
        if not seat.may_read(site, request):
            return refused(site, request)
        library = sight.library(site, request)
        cards = library.cards if library else ()
        return site.render(request, "documents.html", cards=cards, documents=len(cards))

    return [Route("/van-ban", page)]
