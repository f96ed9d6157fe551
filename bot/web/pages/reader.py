"""The reader: one document with its table of contents, the quoted words marked.

People who look after documents and reports see its duties and references marked too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.domain.people import may
from bot.publishing import originals
from bot.web import door, seat, sight
from bot.web.layout import DOUBTFUL, DUTY, REFERENCE, Note, contents, lay_out
from bot.web.pages.documents import refused
from bot.web.site import Site
from knowledge.document import Document, Span
from knowledge.pages import doubtful_pages


def routes(site: Site) -> list[Route]:
    """Return what this module serves."""

    def answer(request: Request) -> Response:
        if not seat.may_read(site, request):
            return refused(site, request)
        who = door.signed_in(site, request)
        shown = page(site, request, marks=who is not None and may(who.person, door.AREA))
        if shown is None:
            raise HTTPException(410)
        return shown

    return [Route("/van-ban/{digest:str}", answer)]


@dataclass(frozen=True, slots=True)
class Listed:
    """A duty of the document, for whoever decides about it."""

    what: str
    says: str  # "chờ xác nhận"
    address: str  # of its own page
    span: Span  # where the document states it


def page(
    site: Site, request: Request, *, marks: bool, back: str = "", listed: Sequence[Listed] = ()
) -> Response | None:
    """Return the page of the document that the address names, None where it is not there any more.

    `marks`: with its duties and references; `back`: the list one came from, where that is not the conversation.
    """
    library = sight.library(site, request)
    position = library.position(request.path_params["digest"]) if library else None
    if library is None or position is None:
        return None
    document, card = library.document(position), library.cards[position]
    notes = _notes(document, marks)
    compared = originals.compared(document)
    return site.render(
        request,
        "reader.html",
        card=card,
        contents=contents(document),
        sections=lay_out(document, _marked(document, request), notes),
        duties=sum(note.kind == DUTY for note in notes),
        references=sum(note.kind == REFERENCE for note in notes),
        listed=listed,
        compared=compared,
        there=bool(compared) and originals.published(site.service.engine, card.key, card.digest) is not None,
        address=request.url.path,
        back=request.query_params.get("luot", ""),
        shelf=back,
        documents=len(library.cards),
    )


def _notes(document: Document, marks: bool) -> tuple[Note, ...]:
    """Return what stands out for everybody, and with `marks` what does for those who look after the documents."""
    doubtful = [Note(DOUBTFUL, one.span.start, one.span.end) for one in doubtful_pages(document.findings) if one.span]
    if not marks:
        return tuple(doubtful)
    duties = (Note(DUTY, one.start, one.end) for one in document.obligations)
    return (*doubtful, *duties, *(Note(REFERENCE, one.start, one.end) for one in document.references))


def _marked(document: Document, request: Request) -> Span | None:
    """Return the words to mark; an address that makes no sense marks nothing."""
    start, end = request.query_params.get("tu", ""), request.query_params.get("den", "")
    if not (start.isascii() and start.isdecimal() and end.isascii() and end.isdecimal()):
        return None
    span = Span(int(start), int(end))
    return span if span.start < span.end <= len(document.text) else None
