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
from retrieval.wording import one_line, plain

if TYPE_CHECKING:
    from index.card import DocumentCard

LONGEST_TOLD = 240  # characters of a quotation in an item of an answer over several documents
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
    quote: str  # verbatim, but for markdown's `**` and blank lines; a row of a table below its heading


@dataclass(frozen=True, slots=True)
class Card:
    """One answer as people see it."""

    found: bool
    statement: str  # what the program says in its own words; "" when the quotation says it all
    leads: tuple[Place, ...]  # the quotations the answer consists of, at least the first; none for a refusal
    others: tuple[Place, ...]  # further places of the first one's document; for a refusal the nearest passages
    elsewhere: tuple[Place, ...]  # further places in other documents
    notes: tuple[str, ...]


def lay_out(answer: Answer, cards: Sequence[DocumentCard]) -> Card:
    """Return the card of `answer`; `cards` are those of the library that gave it."""
    places = [_place(citation, cards[citation.document]) for citation in answer.citations]
    if not answer.found or not places:
        return Card(answer.found, answer.reason or answer.answer, (), tuple(places), (), answer.notes)
    statement = _WHERE.sub("", plain(answer.answer))
    leads: list[Place] = []
    rest: list[Place] = []
    for place in places:
        without = re.sub(_told(place.quote), "", statement, count=1)
        (leads if not leads or without != statement else rest).append(place)
        statement = without
    return Card(
        found=True,
        statement=plain(statement),
        leads=tuple(leads),
        others=tuple(place for place in rest if place.digest == leads[0].digest),
        elsewhere=tuple(place for place in rest if place.digest != leads[0].digest),
        notes=answer.notes,
    )


def _place(citation: Citation, card: DocumentCard) -> Place:
    return Place(
        digest=card.digest,
        start=citation.start,
        end=citation.end,
        name=wording.source(card.header, card.file),
        title=citation.title,
        date=wording.partial(citation.date),
        place=wording.place(citation.section),
        quote=plain(f"{citation.above}\n{citation.quote}"),
    )


def _told(quote: str) -> str:
    """Return the pattern of `quote` as retrieval.answer tells it: in lines of its own, or in an item after its place.

    The answer may break the lines elsewhere; in an item it may cut the quotation short.
    """
    whole = r"\s+".join(map(re.escape, quote.split()))
    cut = re.escape(one_line(quote, LONGEST_TOLD))
    return rf"(?m)^(?:- [^\n“]*: )?“(?:{whole}|{cut})”$"
