"""The library as one person may see it: without what was withdrawn or is not for them, with notes on what is over.

Whatever shows documents to people asks here: answers, lists, searches, the reader on the web. A document that is not
for somebody is left out before anything is searched, so that neither a nearest passage nor a count tells of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import Engine

from bot import wording
from bot.asking import Library, Source
from bot.domain.people import Person
from bot.domain.publishing import Publication, Standing, hidden, standing
from bot.store import people, publications
from knowledge.db import reading
from knowledge.document import Finding, FindingKind

if TYPE_CHECKING:
    from index.card import DocumentCard
    from knowledge.document import Document
    from retrieval.model import Answer

_OVER = frozenset({Standing.REPLACED, Standing.EXPIRED})


@dataclass(frozen=True, slots=True)
class Governor:
    """What was decided on documents, applied to a source of libraries. Thread-safe."""

    engine: Engine
    source: Source

    def library(self, person: Person | None, *, private: bool = True) -> Library | None:
        """Return the documents that `person` may see; None while nothing is indexed.

        `private`: nobody else reads along.
        """
        library = self.source.current()
        if library is None:
            return None
        with reading(self.engine) as session:
            special = publications.special(session)
            restricted = any(one.units for one in special)
            units = people.units(session) if restricted else ()
        return _governed(library, special, hidden(special, person, units, private=private))

    def at_the_machine(self) -> Library | None:
        """Return the documents as whoever administers this machine sees them: all that was not withdrawn."""
        library = self.source.current()
        if library is None:
            return None
        with reading(self.engine) as session:
            special = publications.special(session)
        withdrawn = frozenset(one.document for one in special if one.standing is Standing.WITHDRAWN)
        return _governed(library, special, withdrawn)


def _governed(library: Library, special: Sequence[Publication], left_out: frozenset[str]) -> Library:
    open_to_them = library.without(left_out) if left_out else library
    over = {one.document: one for one in special if one.standing in _OVER and one.document not in left_out}
    return Noted(open_to_them, over) if over else open_to_them


@dataclass(frozen=True, slots=True)
class View:
    """The library of one person as a `Source`."""

    governor: Governor
    person: Person | None
    private: bool = True

    def current(self) -> Library | None:
        """Return the newest library."""
        return self.governor.library(self.person, private=self.private)


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


@dataclass(frozen=True, slots=True)
class Decisions:
    """What was decided on documents, for lists of them."""

    standings: Mapping[str, str]  # in words, by DocumentCard.key; in force and open to all: none
    findings: Mapping[str, tuple[Finding, ...]]  # the same as findings, by DocumentCard.key
    withdrawn: tuple[str, ...]  # names


NOTHING_DECIDED = Decisions({}, {}, ())


def decisions(engine: Engine, cards: Sequence[DocumentCard]) -> Decisions:
    """Return what was decided on these documents, and which are withdrawn."""
    with reading(engine) as session:
        special = {one.document: one for one in publications.special(session)}
        names = {unit.key: unit.name for unit in people.units(session)} if special else {}
    here = {card.key: special[card.key] for card in cards if card.key in special}
    return Decisions(
        {key: standing(one, names) for key, one in here.items()},
        {card.key: tuple(_findings(card, here[card.key], names)) for card in cards if card.key in here},
        tuple(one.name for one in special.values() if one.standing is Standing.WITHDRAWN),
    )


def _findings(card: DocumentCard, decided: Publication, units: Mapping[str, str]) -> Iterator[Finding]:
    if decided.standing in _OVER:
        kind = FindingKind.EXPIRED if decided.standing is Standing.EXPIRED else FindingKind.REPLACED
        yield Finding(kind, note(card, decided), None, None)
    if decided.units:
        name = wording.name(card.header)
        only = replace(decided, standing=Standing.IN_FORCE, by="")
        yield Finding(FindingKind.RESTRICTED, f"{name} {standing(only, units)}.", None, None)
