"""Doubtful pages of scans as pictures, for whoever may see the document."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.publishing import originals
from bot.web import seat, sight
from bot.web.pages.documents import refused
from bot.web.site import Site
from knowledge.document import Document
from knowledge.errors import KnowledgeError

PATH = "/trang/{number:int}"  # below that of a document


def routes(site: Site) -> list[Route]:
    """Return what this module serves."""

    def answer(request: Request) -> Response:
        if not seat.may_read(site, request):
            return refused(site, request)
        return published(site, request)

    return [Route(f"/van-ban/{{digest:str}}{PATH}", answer)]


def published(site: Site, request: Request) -> Response:
    """Return the picture of a page of the document that the address names, if whoever asks may see that document."""
    library = sight.library(site, request)
    position = library.position(request.path_params["digest"]) if library else None
    if library is None or position is None:
        raise HTTPException(410)
    card = library.cards[position]
    content = originals.published(site.service.engine, card.key, card.digest)
    return drawn(content, library.document(position), request)


def drawn(content: bytes | None, document: Document, request: Request) -> Response:
    """Return the picture of the page that the address names."""
    try:
        found = originals.page(content, document, request.path_params["number"]) if content else None
    except KnowledgeError as error:
        raise HTTPException(404) from error
    if found is None:
        raise HTTPException(404)
    return Response(found, media_type="image/jpeg")
