"""A library with what was decided on its documents: some left out, a note on what was replaced or has expired.

Knows nothing of where decisions are kept, so that a command that only asks loads no database.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from bot import wording
from bot.asking import Library
from bot.domain.publishing import Publication, Standing

if TYPE_CHECKING:
    from index.card import DocumentCard
    from knowledge.document import Document
    from retrieval.model import Answer

OVER = frozenset({Standing.REPLACED, Standing.EXPIRED})


def withdrawn(special: Iterable[Publication]) -> frozenset[str]:
    """Return which of these documents nobody may see, not even at the machine itself."""
    return frozenset(one.document for one in special if one.standing is Standing.WITHDRAWN)


def governed(library: Library, special: Iterable[Publication], left_out: frozenset[str]) -> Library:
    """Return the library without the documents `left_out` (`DocumentCard.key`), with a note on those that are over."""
    open_to_them = library.without(left_out) if left_out else library
    over = {one.document: one for one in special if one.standing in OVER and one.document not in left_out}
    return Noted(open_to_them, over) if over else open_to_them


class Noted(Library):
    """A library that says of what it quotes from that it was replaced or has expired."""

    def __init__(self, library: Library, over: Mapping[str, Publication]) -> None:
        self._library = library
        self.version = library.version
        self._over = over  # by DocumentCard.key

    @property
    def cards(self) -> Sequence[DocumentCard]:
        """One card a document, by position."""
        return self._library.cards

    def document(self, position: int) -> Document:
        """Return a whole document."""
        return self._library.document(position)

    def without(self, keys: frozenset[str]) -> Library:
        """Return the library as if the documents of these keys were not in it."""
        return Noted(self._library.without(keys), self._over)

    def ask(self, text: str, previous: Sequence[str] = (), *, now: datetime, unit: str | None = None) -> Answer:
        """Answer one question, with a note on every document that the answer leans on and that is over."""
        answer = self._library.ask(text, previous, now=now, unit=unit)
        notes: dict[str, None] = {}
        for number, citation in enumerate(answer.citations):
            card = self.cards[citation.document]
            leans = number == 0 or citation.quote in answer.answer
            if leans and card.key in self._over:
                notes.setdefault(note(card, self._over[card.key]))
        return replace(answer, notes=tuple(dict.fromkeys((*notes, *answer.notes)))) if notes else answer


def note(card: DocumentCard, decided: Publication) -> str:
    """Say that a document is over."""
    name = wording.name(card.header)
    if decided.standing is Standing.EXPIRED:
        return f"{name} đã hết hiệu lực; anh/chị kiểm tra văn bản mới trước khi áp dụng."
    instead = f" bằng {decided.by}" if decided.by else ""
    return f"{name} đã được thay thế{instead}; anh/chị dùng văn bản mới."
