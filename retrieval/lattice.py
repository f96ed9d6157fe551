"""The best reading of a row of words, each of which can be read in several ways.

A hidden Markov model over adjacent words: every candidate has a cost of its own (how unlike what was typed) and the
index says how usual it is beside its neighbours. Viterbi forwards and backwards gives, for every candidate, the
cost of the best whole reading that uses it.

Knows nothing of how candidates are made.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

from . import stopwords
from .language import Language
from .syllable import is_syllable


class Counts(Protocol):
    """How often words and pairs of words occur, counted in passages."""

    passages: int  # how many passages there are

    def count(self, word: str) -> int:
        """Return the passages that have the accented word."""
        ...

    def pair(self, first: str, second: str) -> int:
        """Return the passages that have the two accented words side by side."""
        ...

    def prepare(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Be told which pairs will be asked for."""
        ...

    def forms(self, folded: str) -> tuple[str, ...]:
        """Return the accented words of the index whose folded form is `folded`."""
        ...


@dataclass(frozen=True, slots=True)
class Candidate:
    """One way to read one typed word; several syllables when it was an abbreviation or lost its space."""

    words: tuple[str, ...]
    cost: float  # natural log scale: 0 as typed, about 5 for a changed letter


@dataclass(frozen=True, slots=True)
class Reading:
    """One candidate and how far the best whole reading with it is behind the best one."""

    words: tuple[str, ...]
    behind: float  # 0 for the chosen one


# P(b | a) mixes the pair with the word alone. Counts are of passages, where a function word is nearly certain to
# occur, so the word alone gets little; the floor keeps words that no document has possible.
_PAIR, _ALONE, _FLOOR = 0.32, 0.015, 3e-5
# Of so many passages, how words stand together in them says more than how people speak: over 134,071 passages of law
# speech made folded questions worse (nDCG@10 0.758 instead of 0.760), over some hundreds it mends every third word.
_MANY = 20_000
_SPEECH = 0.003  # for the words any question is full of, oftener than official texts
_ELSEWHERE = 0.65  # what is usual in the language; counted in occurrences, it says more than a few passages do
# A word of the language that no document has is no slip: it comes about as easily as a rare word does.
_ABSENT = 1.5e-4


class Lattice:
    """Readings of one question; remembers the pairs it has looked up.

    `language`: also go by what is usual beyond the index; None for questions whose words the index knows.
    """

    def __init__(self, counts: Counts, language: Language | None = None) -> None:
        self._counts = counts
        self._language = language
        self._few = counts.passages < _MANY
        self._known: dict[tuple[str, str], float] = {}

    def step(self, first: str, second: str) -> float:
        """Return -log P(second | first), `first` "" at the beginning."""
        key = (first, second)
        cost = self._known.get(key)
        if cost is None:
            cost = self._known[key] = self._cost(first, second)
        return cost

    def _cost(self, first: str, second: str) -> float:
        before, alone = self._counts.count(first), self._counts.count(second) / (self._counts.passages + 1)
        beside = self._counts.pair(first, second) / before if before and alone else 0.0
        chance = _FLOOR + _PAIR * min(1.0, beside) + _ALONE * alone
        if self._language is not None:
            chance += _ELSEWHERE * self._language.chance(first, second, spoken=self._few)
            chance += _SPEECH * (self._few and stopwords.is_spoken(second))
        if not alone and is_syllable(second):
            chance = max(chance, _ABSENT)
        return -math.log(chance)

    def read(self, candidates: Sequence[Sequence[Candidate]]) -> list[list[Reading]]:
        """Return for every position its candidates as readings, the best first (shape as `candidates`)."""
        self._counts.prepare(
            (left.words[-1], right.words[0]) for here, there in pairwise(candidates) for left in here for right in there
        )
        forwards = self._forwards(candidates)
        backwards = self._backwards(candidates)
        readings = []
        for here, before, after in zip(candidates, forwards, backwards, strict=True):
            totals = [left + right for left, right in zip(before, after, strict=True)]
            best = min(totals)
            ranked = sorted(zip(totals, here, strict=True), key=lambda pair: pair[0])
            readings.append([Reading(candidate.words, total - best) for total, candidate in ranked])
        return readings

    def _forwards(self, candidates: Sequence[Sequence[Candidate]]) -> list[list[float]]:
        rows: list[list[float]] = []
        for position, here in enumerate(candidates):
            if not position:
                rows.append([one.cost + self.step("", one.words[0]) for one in here])
                continue
            before = list(zip(candidates[position - 1], rows[-1], strict=True))
            rows.append(
                [
                    one.cost + min(cost + self.step(left.words[-1], one.words[0]) for left, cost in before)
                    for one in here
                ]
            )
        return rows

    def _backwards(self, candidates: Sequence[Sequence[Candidate]]) -> list[list[float]]:
        rows: list[list[float]] = [[0.0] * len(here) for here in candidates]
        for position in range(len(candidates) - 2, -1, -1):
            after = list(zip(candidates[position + 1], rows[position + 1], strict=True))
            rows[position] = [
                min(right.cost + cost + self.step(one.words[-1], right.words[0]) for right, cost in after)
                for one in candidates[position]
            ]
        return rows
