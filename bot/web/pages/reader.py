"""The reader: one document with its table of contents, the quoted words marked."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.web import seat
from bot.web.layout import contents, lay_out
from bot.web.pages.documents import refused
from bot.web.site import Site
from knowledge.document import Document, Span


def routes(site: Site) -> list[Route]:
    """Return what this module serves."""

    def page(request: Request) -> Response:
        if not seat.may_read(site, request):
            return refused(site, request)
        library = site.source.current()
        position = library.position(request.path_params["digest"]) if library else None
        if library is None or position is None:
            raise HTTPException(410)
        document = library.document(position)
        return site.render(
            request,
            "reader.html",
            card=library.cards[position],
            contents=contents(document),
            sections=lay_out(document, _marked(document, request)),
            back=request.query_params.get("luot", ""),
            documents=len(library.cards),
        )

    return [Route("/van-ban/{digest:str}", page)]


def _marked(document: Document, request: Request) -> Span | None:
    """Return the words to mark; an address that makes no sense marks nothing."""
    start, end = request.query_params.get("tu", ""), request.query_params.get("den", "")
    if not (start.isascii() and start.isdecimal() and end.isascii() and end.isdecimal()):
        return None
    span = Span(int(start), int(end))
    return span if span.start < span.end <= len(document.text) else None
