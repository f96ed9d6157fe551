"""The library as one person may see it: without what was withdrawn or is not for them, with notes on what is over.

Whatever shows documents to people asks here: answers, lists, searches, the reader on the web. A document that is not
for somebody is left out before anything is searched, so that neither a nearest passage nor a count tells of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy import Engine

from bot import wording
from bot.asking import Library, Source
from bot.domain.people import Person
from bot.domain.publishing import Publication, Standing, hidden, standing
from bot.noted import OVER, governed, note, withdrawn
from bot.store import people, publications
from knowledge.db import reading
from knowledge.document import Finding, FindingKind

if TYPE_CHECKING:
    from index.card import DocumentCard


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
        return governed(library, special, hidden(special, person, units, private=private))

    def at_the_machine(self) -> Library | None:
        """Return the documents as whoever administers this machine sees them: all that was not withdrawn."""
        library = self.source.current()
        if library is None:
            return None
        with reading(self.engine) as session:
            special = publications.special(session)
        return governed(library, special, withdrawn(special))


@dataclass(frozen=True, slots=True)
class View:
    """The library of one person as a `Source`."""

    governor: Governor
    person: Person | None
    private: bool = True

    def current(self) -> Library | None:
        """Return the newest library."""
        return self.governor.library(self.person, private=self.private)


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
    if decided.standing in OVER:
        kind = FindingKind.EXPIRED if decided.standing is Standing.EXPIRED else FindingKind.REPLACED
        yield Finding(kind, note(card, decided), None, None)
    if decided.units:
        name = wording.name(card.header)
        only = replace(decided, standing=Standing.IN_FORCE, by="")
        yield Finding(FindingKind.RESTRICTED, f"{name} {standing(only, units)}.", None, None)
