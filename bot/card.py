"""An answer laid out for people: statement, quotation, place, other places, notes.

The same card is drawn by the terminal, the web page and, later, chat channels. Pure: an Answer and the library's
cards in, frozen values out. Places are named by the document's digest, so that a card stored today still opens the
same words after the index was rebuilt.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot import wording
from retrieval.model import Answer, Citation
from retrieval.wording import plain

if TYPE_CHECKING:
    from index.card import DocumentCard

_WHERE = re.compile(r"(?:^|\n)\([^\n]+\)\s*$")


@dataclass(frozen=True, slots=True)
class Place:
    """Words of a document with everything needed to show and open them."""

    digest: str  # of the document; its text and so the offsets never change under one digest
    start: int  # of the quote in Document.text
    end: int
    name: str  # "Kế hoạch 912/KH-SNNMT"
    title: str  # kind and subject
    date: str  # "27/03/2025", "tháng 9/2024"; "" when unknown
    place: str  # "Mục III.2"
    quote: str  # verbatim, but for markdown's `**` and blank lines


@dataclass(frozen=True, slots=True)
class Card:
    """One answer as people see it."""

    found: bool
    statement: str  # what the program says in its own words; "" when the quotation says it all
    lead: Place | None  # the quotation the answer stands on; None for a refusal
    others: tuple[Place, ...]  # further places of the same document; for a refusal the nearest passages
    elsewhere: tuple[Place, ...]  # places in other documents than the lead's
    notes: tuple[str, ...]


def lay_out(answer: Answer, cards: Sequence[DocumentCard]) -> Card:
    """Return the card of `answer`; `cards` are those of the library that gave it."""
    places = [_place(citation, cards[citation.document]) for citation in answer.citations]
    if not answer.found or not places:
        return Card(answer.found, answer.reason or answer.answer, None, tuple(places), (), answer.notes)
    lead, rest = places[0], places[1:]
    return Card(
        found=True,
        statement=_statement(answer.answer, answer.citations[0].quote),
        lead=lead,
        others=tuple(place for place in rest if place.digest == lead.digest),
        elsewhere=tuple(place for place in rest if place.digest != lead.digest),
        notes=answer.notes,
    )


def _place(citation: Citation, card: DocumentCard) -> Place:
    return Place(
        digest=card.digest,
        start=citation.start,
        end=citation.end,
        name=wording.name(card.header),
        title=citation.title,
        date=wording.partial(citation.date),
        place=wording.place(citation.section),
        quote=plain(citation.quote),
    )


def _statement(answer: str, quote: str) -> str:
    """Return the answer without its first quotation and the place of it, which a card shows apart."""
    answer = _WHERE.sub("", plain(answer))
    words = r"\s+".join(map(re.escape, plain(quote).split()))  # the answer may break its lines elsewhere
    return plain(re.sub(rf"(?m)^“{words}”$", "", answer, count=1))
