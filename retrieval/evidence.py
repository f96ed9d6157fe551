"""How much of a question a stretch of text accounts for, word by word.

The lexical judge of single sentences; ranking passages is `retrieval.search`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from knowledge.text import bare_syllables, fold, fold_all, syllables
from retrieval.model import Question

if TYPE_CHECKING:
    from index.snapshot import Snapshot

# A word typed with diacritics and found only without them (or with others) is weaker evidence, not none: people
# mistype tones, and recognition loses them.
_FOLDED_ONLY = 0.4
# Terms of less weight were not asked: they are synonyms, guesses, words carried over from an earlier turn.
_ASKED = 0.5
# Two neighbouring syllables of the question side by side in the text are mostly one Vietnamese word.
_PAIR_BONUS = 0.6
_OTHER = 0.6  # what other words for the same count
MOST_OF_IT = 0.6  # with this `coverage` a text says most of what is asked

Others = tuple[tuple[str, float], ...]  # (words without marks, weight)


@dataclass(frozen=True, slots=True)
class Evidence:
    """The weighted words of one question, ready to be looked for in sentences."""

    weights: dict[str, float]  # folded syllable → weight (typed weight times inverse document frequency)
    forms: dict[str, frozenset[str]]  # folded syllable → accented forms that count fully; empty set: any form does
    pairs: dict[tuple[str, str], float]  # neighbouring folded syllables → weight of the pair
    asked: frozenset[str]  # the syllables that were asked; the others are guesses and carried words
    others: tuple[Others, ...] = ()  # for each concept its other words, of which the best counts

    @property
    def total(self) -> float:
        """The weight of the asked words together; 0 for a question of stop words only."""
        return sum(self.weights[word] for word in self.asked)

    def score(self, text: str) -> float:
        """Return the weight of the words and pairs of the question that stand in `text` (0 and up)."""
        words = syllables(text)
        folded = fold_all(words)
        present = set(words)
        found = sum(self._credit(word, present) for word in self.weights.keys() & set(folded))
        joined = set(pairwise(folded))
        found += sum(weight for pair, weight in self.pairs.items() if pair in joined)
        if self.others:
            said = f" {' '.join(folded)} "
            found += sum(max((w for phrase, w in one if f" {phrase} " in said), default=0.0) for one in self.others)
        return found

    def coverage(self, text: str) -> float:
        """Return the share of the asked words' weight that stands in `text`, 0..1, pairs left aside."""
        words = syllables(text)
        present = set(words)
        inside = self.asked & set(fold_all(words))
        return sum(self._credit(word, present) for word in inside) / self.total if self.total else 0.0

    def without(self, text: str) -> Evidence:
        """Return the evidence for the words of the question that `text` does not have, other words left aside."""
        present = set(bare_syllables(text))
        return Evidence(
            {word: weight for word, weight in self.weights.items() if word not in present},
            self.forms,
            {pair: weight for pair, weight in self.pairs.items() if not present.issuperset(pair)},
            self.asked - present,
        )

    def _credit(self, word: str, present: set[str]) -> float:
        forms = self.forms[word]
        exact = not forms or not forms.isdisjoint(present)
        return self.weights[word] * (1.0 if exact else _FOLDED_ONLY)


def inverse_frequency(documents: int, frequency: int) -> float:
    """Return BM25's inverse document frequency, ln(1 + (N - n + 0.5) / (n + 0.5)) (Robertson & Zaragoza 2009)."""
    return math.log(1.0 + (documents - frequency + 0.5) / (frequency + 0.5))


def weigh(question: Question, snapshot: Snapshot) -> Evidence:
    """Weigh the words of `question` by how telling they are in `snapshot`."""
    total = max(len(snapshot), 1)
    frequencies = snapshot.vocabulary.folded_df
    weights: dict[str, float] = {}
    forms: dict[str, set[str]] = {}
    order: list[str] = []
    for term in question.terms:
        key = fold(term.text)
        weight = term.weight * inverse_frequency(total, min(frequencies.get(key, 0), total))
        weights[key] = max(weights.get(key, 0.0), weight)
        forms.setdefault(key, set())
        if question.accented and key != term.text:
            forms[key].add(term.text)
        order.append(key)
    pairs = {
        pair: _PAIR_BONUS * min(weights[pair[0]], weights[pair[1]]) for pair in pairwise(order) if pair[0] != pair[1]
    }
    asked = frozenset(fold(term.text) for term in question.terms if term.weight >= _ASKED) or frozenset(weights)
    others = _others(question, frequencies, total)
    return Evidence(weights, {key: frozenset(words) for key, words in forms.items()}, pairs, asked, others)


def _others(question: Question, frequencies: Mapping[str, int], total: int) -> tuple[Others, ...]:
    """The other words of every concept without marks, each worth its most telling syllable, less by how close it is."""
    return tuple(
        tuple(
            (
                " ".join(words),
                _OTHER * one.strength * max(inverse_frequency(total, min(frequencies.get(w, 0), total)) for w in words),
            )
            for one in concept.alternatives
            for words in [[fold(word) for word in one.words]]
        )
        for concept in question.concepts
    )
