"""Official terms that a question names and a passage does not have: the best evidence that it does not answer.

Who asks in everyday words shares few of them with the passage that answers, and so does who asks for something that
is not there. What tells the two apart is which words are missing: "thuế môn bài" or "thai sản" is what any document
about the matter would call it, "bét bảng" is what none would. Official terms are neighbouring syllables that stick
together in official Vietnamese (retrieval.language). Knows nothing of ranking.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from knowledge.text import fold

from .language import Language
from .model import Question

if TYPE_CHECKING:
    from index.snapshot import Snapshot

_SAID = 0.7  # weight of a pair of content words; less have a function word in them
_A_WORD = 0.5  # … from which they are surely one word
COHESIVE = 0.3  # normalised mutual information from which two syllables are a term


@dataclass(frozen=True, slots=True)
class OfficialTerm:
    """Two syllables of the question that are one in official language."""

    text: str  # as the question was meant: "hộ chiếu"
    weight: float  # how much they stick together, COHESIVE to 1
    ways: tuple[tuple[str, ...], ...]  # tokens without marks that say it together: its own, those of other words


# Whom one speaks to or of, and what things are measured in ("m²" of any document is "mét vuông"): that no document
# says so tells nothing of the matter.
_OF_NO_MATTER = frozenset(
    tuple(pair.split())
    for pair in (
        "anh chị|cô chú|chú bác|cô bác|ông bà|chúng tôi|chúng em|chúng ta|chúng mình"
        "|mét vuông|mét khối|héc ta|cây số|lô mét|lô gam|đồng hồ|nghìn đồng|triệu đồng|tỷ đồng"
    ).split("|")
)


def official_terms(question: Question, language: Language) -> list[OfficialTerm]:
    """Return the official terms of `question`, none sharing a syllable: in "gặp khó khăn" only "khó khăn" is one."""
    said = [pair.text.partition("_")[::2] for pair in question.pairs if pair.weight >= _SAID]
    said = [pair for pair in said if pair not in _OF_NO_MATTER]
    weighed = sorted(((language.cohesion(*pair), place) for place, pair in enumerate(said)), reverse=True)
    found: list[OfficialTerm] = []
    taken: set[int] = set()
    for weight, place in weighed:
        if weight < COHESIVE:
            break
        # Pairs stand in the order of the question: the second word of one is mostly the first of the next.
        near = {place - 1, place + 1} & taken
        if any(set(said[place]) & set(said[other]) for other in near):
            continue
        taken.add(place)
        found.append(
            OfficialTerm(" ".join(said[place]), weight, (_tokens(said[place]), *_others(said[place], question)))
        )
    return found


def _tokens(pair: tuple[str, ...]) -> tuple[str, ...]:
    return (fold("_".join(pair)),)


def _others(pair: tuple[str, ...], question: Question) -> list[tuple[str, ...]]:
    return [
        tuple(map(fold, other.tokens))
        for concept in question.concepts
        if not set(pair).isdisjoint(concept.words)
        for other in concept.alternatives
    ]


def lacking(terms: Sequence[OfficialTerm], snapshot: Snapshot, rows: NDArray[np.int64]) -> float:
    """Return how much of `terms` none of the passages `rows` has: the sum of their weights, 0 for nothing."""
    tokens = list(dict.fromkeys(token for term in terms for way in term.ways for token in way))
    if not tokens:
        return 0.0
    has = dict(zip(tokens, snapshot.folded.presence(tokens, rows), strict=True))
    return sum(
        term.weight
        for term in terms
        if not any(np.logical_and.reduce([has[token] for token in way]).any() for way in term.ways)
    )


def unheard(terms: Sequence[OfficialTerm], snapshot: Snapshot) -> list[OfficialTerm]:
    """Return those of `terms` that no document says in any way, the weightiest first."""
    tokens = list(dict.fromkeys(token for term in terms for way in term.ways for token in way))
    held = dict(zip(tokens, snapshot.folded.frequencies(tokens).tolist(), strict=True)) if tokens else {}
    # A phrase may have its parts in different passages; what is asked here is only whether it can be known at all.
    found = (term for term in terms if not any(all(held[token] for token in way) for way in term.ways))
    return sorted(found, key=lambda term: -term.weight)


def alien(terms: Sequence[OfficialTerm], question: Question, snapshot: Snapshot) -> OfficialTerm | None:
    """Return the first of `terms`, no document saying any, that is a word no document could be about; None for none.

    One of its syllables stands in no document at all, and the other is not half of another word that does: of "gương
    điển hình" documents have "điển hình".
    """
    for term in terms:
        syllables = term.text.split()
        known = [
            snapshot.accented.frequency(word) if question.accented else snapshot.folded.frequency(fold(word))
            for word in syllables
        ]
        if term.weight < _A_WORD or all(known):
            continue
        beside = (pair.text for pair in question.pairs if pair.text != "_".join(syllables))
        halves = [pair for pair in beside if any(word in pair.split("_") for word in syllables)]
        if not (halves and snapshot.accented.frequencies(halves).any()):
            return term
    return None
