"""Which documents a fact may be of: those a question names, else those of the best passages; over all, many."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from knowledge.text import bare_syllables

from .fact import Meant, opened
from .facts_units import asks_all_duties
from .model import Hit, Question

if TYPE_CHECKING:
    from index.snapshot import Snapshot

MOST_DOCUMENTS = 4  # opened for one question that names none; more would answer for documents nobody asked about
NAMED = 0.3  # confidence from which a question names its document; below it is a hint among others
HITS_LOOKED_AT = 8  # best passages whose documents may be meant where none is named
SURER = 1.15  # how much surer of a document one must be to take its facts
_CLEARLY = 1.0  # points by which the best passage of one document leads those of others
_MOST_ACROSS = 40  # opened for a question over all documents …
_NAMING_IT = 200  # … and passages looked at for the name of a body, where there are more


def concerned(question: Question, hits: Sequence[Hit], snapshot: Snapshot) -> list[Meant]:
    """Return the documents `question` may be about, surest first: those it names, else those that match."""
    if question.across and not question.exclusive:
        positions = _across(question, hits, snapshot)
        return [opened(snapshot, p, question.documents.get(p, 0.5)) for p in positions[:_MOST_ACROSS]]
    best = max(question.documents.values(), default=0.0)
    if best >= NAMED:
        named = sorted(question.documents.items(), key=lambda item: -item[1])
        named = _best_first(named, hits, snapshot)
        return [opened(snapshot, p, c) for p, c in named[:MOST_DOCUMENTS] if c >= 0.6 * best]
    weights: dict[int, float] = dict(question.documents)
    for hit in hits[:HITS_LOOKED_AT]:
        position = int(snapshot.document_of[hit.passage])
        weights[position] = max(weights.get(position, 0.0), hit.score)
    if not weights:
        return []
    best = max(weights.values())
    ranked = sorted(weights.items(), key=lambda item: -item[1])[:MOST_DOCUMENTS]
    return [opened(snapshot, p, 0.6 * w / best if best else 0.3) for p, w in ranked]


def _across(question: Question, hits: Sequence[Hit], snapshot: Snapshot) -> list[int]:
    """Return the documents that a question over all of them goes through, likeliest first.

    Of many documents those of the best passages; where all duties of a body are asked, and not those in some matter,
    then those of which one passage has its whole name.
    """
    found = [*question.documents, *(int(snapshot.document_of[hit.passage]) for hit in hits)]
    every = range(len(snapshot.documents))
    if len(every) <= _MOST_ACROSS:
        found += every
    elif asks_all_duties(question):
        found += chain.from_iterable(_naming(unit, snapshot) for unit in question.units)
    return [*dict.fromkeys(found)]


def _naming(unit: str, snapshot: Snapshot) -> Iterator[int]:
    """Yield the documents of which a passage has all words of `unit`."""
    words = [word for word in bare_syllables(unit) if word != "va"]  # or a dash
    rows, _ = snapshot.folded.top(words, k=_NAMING_IT)
    named = snapshot.folded.presence(words, rows).all(axis=0)
    yield from snapshot.document_of[rows[named]].tolist()


def _best_first(named: list[tuple[int, float]], hits: Sequence[Hit], snapshot: Snapshot) -> list[tuple[int, float]]:
    """Where two documents are as surely meant, put first the one whose passage is clearly the best."""
    if len(named) < 2 or named[0][1] > SURER * named[1][1] or not hits:
        return named
    best = int(snapshot.document_of[hits[0].passage])
    other = next((hit.points for hit in hits if int(snapshot.document_of[hit.passage]) != best), 0.0)
    if hits[0].points - other < _CLEARLY or best not in dict(named[:MOST_DOCUMENTS]):
        return named
    return [(best, SURER * named[0][1] + 0.01), *(one for one in named if one[0] != best)]
