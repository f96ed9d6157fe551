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
from operator import add
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


Costs = list[float]  # of the candidates at one position


class Lattice:
    """Readings of one question.

    `language`: also go by what is usual beyond the index; None for questions whose words the index knows.
    """

    def __init__(self, counts: Counts, language: Language | None = None) -> None:
        self._counts = counts
        self._language = language
        self._few = counts.passages < _MANY

    def read(self, candidates: Sequence[Sequence[Candidate]]) -> list[list[Reading]]:
        """Return for every position its candidates as readings, the best first (shape as `candidates`)."""
        if not candidates:
            return []
        self._counts.prepare(
            (left.words[-1], right.words[0]) for here, there in pairwise(candidates) for left in here for right in there
        )
        own = [[one.cost for one in here] for here in candidates]
        ((*begun,),) = self._steps([""], [one.words[0] for one in candidates[0]])
        between = [
            self._steps([one.words[-1] for one in here], [one.words[0] for one in there])
            for here, there in pairwise(candidates)
        ]
        readings = []
        for here, before, after in zip(
            candidates, _forwards(own, begun, between), _backwards(own, between), strict=True
        ):
            totals = list(map(add, before, after))
            best = min(totals)
            ranked = sorted(zip(totals, here, strict=True), key=lambda pair: pair[0])
            readings.append([Reading(candidate.words, total - best) for total, candidate in ranked])
        return readings

    def _steps(self, firsts: Sequence[str], seconds: Sequence[str]) -> list[list[float]]:
        """Return -log P(second | first) by [first][second]; a first "" stands at the beginning."""
        counts, language = self._counts, self._language
        ends = []  # what does not depend on the word before
        for second in seconds:
            alone = counts.count(second) / (counts.passages + 1)
            spoken = _SPEECH if language is not None and self._few and stopwords.is_spoken(second) else 0.0
            least = _ABSENT if not alone and is_syllable(second) else 0.0
            ends.append((second, alone, spoken, least))
        costs = []
        for first in firsts:
            before = counts.count(first)
            row = []
            for second, alone, spoken, least in ends:
                beside = counts.pair(first, second) / before if before and alone else 0.0
                chance = _FLOOR + _PAIR * min(1.0, beside) + _ALONE * alone
                if language is not None:
                    chance += _ELSEWHERE * language.chance(first, second, spoken=self._few)
                row.append(-math.log(max(chance + spoken, least)))
            costs.append(row)
        return costs


def _forwards(own: Sequence[Costs], begun: Costs, between: Sequence[Sequence[Costs]]) -> list[Costs]:
    """Return of every candidate the cost of the best reading up to it, itself included."""
    rows = [list(map(add, own[0], begun))]
    for here, steps in zip(own[1:], between, strict=True):
        reached = rows[-1]
        rows.append(
            [cost + min(map(add, reached, column)) for cost, column in zip(here, zip(*steps, strict=True), strict=True)]
        )
    return rows


def _backwards(own: Sequence[Costs], between: Sequence[Sequence[Costs]]) -> list[Costs]:
    """Return of every candidate the cost of the best reading of what follows it."""
    rows = [[0.0] * len(own[-1])]
    for there, steps in zip(reversed(own[1:]), reversed(between), strict=True):
        follows = list(map(add, there, rows[-1]))
        rows.append([min(map(add, follows, row)) for row in steps])
    return rows[::-1]
