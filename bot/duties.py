"""The duties of the indexed documents as the office sees them: what the analysis found beside what was decided.

Joins the library to `bot.store.obligations`; decides nothing itself. `Duties` is what dialogues, pages and commands
ask.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from sqlalchemy import Engine

from bot import wording
from bot.domain.duty_terms import proposed
from bot.domain.matching import match
from bot.domain.obligations import Item, Proposal, Terms, proposal_key
from bot.domain.people import Unit
from bot.domain.rounds import Round
from bot.store import obligations, people, rounds
from bot.store.owed import discretion
from knowledge.db import reading
from knowledge.document import Document, FindingKind, Obligation, Span
from knowledge.text import collapse

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from bot.asking import Library, Source
    from index.card import DocumentCard

_LONGEST_QUOTE = 900  # characters: read on a phone; a table row may be longer
# A library is one snapshot and never changes, so it is read once.
_known: WeakKeyDictionary[Library, tuple[Proposal, ...]] = WeakKeyDictionary()


def every(library: Library) -> tuple[Proposal, ...]:
    """Return the duties of all documents, in the order of `bot.contract.obligations_json`."""
    return tuple(
        one
        for position, card in enumerate(library.cards)
        if card.obligations
        for one in _of_document(library, position, card)
    )


def proposals(library: Library | None) -> tuple[Proposal, ...]:
    """Return the duties that the documents in force state, in reading order; those of replaced ones are left out."""
    if library is None:
        return ()
    found = _known.get(library)
    if found is None:
        found = _known[library] = tuple(
            one
            for position, card in enumerate(library.cards)
            if card.obligations and not any(finding.kind is FindingKind.REPLACED for finding in card.findings)
            for one in _of_document(library, position, card)
        )
    return found


def places(library: Library, position: int) -> dict[str, Span]:
    """Return where the duties of a document stand in its text, by their keys."""
    stated = _stated(library.document(position), library.cards[position])
    return {key: Span(duty.start, duty.end) for key, _, _, duty in stated}


def _stated(document: Document, card: DocumentCard) -> Iterator[tuple[str, str, str, Obligation]]:
    """Yield each duty of a document after its key, its place as people cite it, and its words."""
    times: Counter[tuple[str, str]] = Counter()
    for duty in card.obligations:
        cite = document.sections[duty.section].cite
        quote = collapse(document.text[duty.start : duty.end])
        yield proposal_key(card.key, cite, quote, times[cite, quote]), cite, quote, duty
        times[cite, quote] += 1


def _of_document(library: Library, position: int, card: DocumentCard) -> Iterator[Proposal]:
    for key, cite, quote, duty in _stated(library.document(position), card):
        shown = quote if len(quote) <= _LONGEST_QUOTE else quote[: _LONGEST_QUOTE - 1].rstrip() + "…"
        yield Proposal(
            key=key,
            document=card.key,
            file=card.file,
            name=wording.name(card.header),
            section=cite,
            quote=shown,
            kind=duty.kind,
            who=duty.who,
            what=collapse(duty.what),
            to=duty.to,
            when=duty.when,
        )


def items(session: Session, library: Library | None) -> tuple[Item, ...]:
    """Return every duty with what was decided about it: in reading order, then what is gone from the documents."""
    return match(obligations.decisions(session), proposals(library))


@dataclass(frozen=True, slots=True)
class LiveDuties:
    """The duties as dialogues see them (bot.dialogues.duties.Duties) over the real world."""

    engine: Engine
    source: Source
    now: datetime
    days: int = 30  # before its due date the round of a recurring duty opens by itself

    def items(self) -> tuple[Item, ...]:
        """Return every duty with what was decided about it."""
        with reading(self.engine) as session:
            return items(session, self.source.current())

    def proposed(self, proposal: Proposal) -> Terms:
        """Return what the document itself gives of a duty."""
        return proposed(proposal, self._units(), self.now)

    def position(self, document: str) -> int | None:
        """Return where a document stands in the library, by its key; None: it is not there."""
        library = self.source.current()
        if library is None:
            return None
        return next((at for at, card in enumerate(library.cards) if card.key == document), None)

    def closed(self, document: str) -> frozenset[str]:
        """Return the units, by key, whose people may not see a document."""
        with reading(self.engine) as session:
            return discretion(session).closed(document)

    def rounds(self, duty: str) -> tuple[Round, ...]:
        """Return the rounds that were opened from a duty, the soonest due first, closed ones last."""
        with reading(self.engine) as session:
            mine = obligations.rounds_of(session, duty)
            return tuple(one for one in rounds.rounds(session) if one.id in mine)

    def open_days(self) -> int:
        """Return how many days before its due date the round of a recurring duty opens by itself."""
        return self.days

    def _units(self) -> tuple[Unit, ...]:
        with reading(self.engine) as session:
            return people.units(session)
