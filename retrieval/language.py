"""What official Vietnamese is like beyond the documents at hand: which syllables there are, which stand together.

A small index knows few words. Asked without diacritics about something it has no document on, it would read its own
words into the question; what is usual in the language keeps the reading honest.

What people say and documents do not ("mấy bữa", "tiền vé") is in the thesaurus; without it a question typed without
marks would be read as officialese throughout.

Knows nothing of the index. Loaded when first needed (a fifth of a second): most questions do without.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise

from knowledge import pairs
from knowledge.text import fold

from .thesaurus import thesaurus

_SPOKEN = 300  # occurrences in official texts that one phrase of everyday speech counts for
_SELDOM = 20  # times; what was seen less often says nothing of the language


class Language:
    """Syllables and pairs of the shipped table (knowledge.pairs)."""

    def __init__(self, table: pairs.Pairs, spoken: Iterable[Sequence[str]] = ()) -> None:
        """`spoken`: phrases of everyday speech, as syllables."""
        self._table = table
        self._spoken: dict[str, Counter[str]] = defaultdict(Counter)
        for phrase in spoken:
            for first, second in pairwise(phrase):
                self._spoken[first][second] += _SPOKEN
        forms: dict[str, list[str]] = defaultdict(list)
        for word in sorted(table.words, key=lambda word: -table.frequency(word)):
            forms[fold(word)].append(word)
        self._forms = {folded: tuple(words) for folded, words in forms.items()}
        self._total = max(1, sum(table.total_after(word) for word in table.words))

    def chance(self, first: str, second: str, *, spoken: bool = True) -> float:
        """Return the share of what follows `first` that is `second`, 0..1; of official texts alone unless `spoken`."""
        total, seen = self._table.total_after(first), self._table.count(first, second)
        said = self._spoken.get(first) if spoken else None
        if said:
            total, seen = total + said.total(), seen + said[second]
        return seen / total if total else 0.0

    def cohesion(self, first: str, second: str) -> float:
        """Return how much two neighbouring syllables stick together, 0 (or seldom seen) to 1 (never apart).

        Normalised pointwise mutual information (Bouma 2009): ln(p(a, b) / (p(a) p(b))) / -ln p(a, b).
        """
        seen = self._table.count(first, second)
        if seen < _SELDOM:
            return 0.0
        alone = self._table.total_after(first) * self._table.total_before(second)
        together = math.log(seen * self._total / alone) / -math.log(seen / self._total)
        return max(0.0, together)

    def forms(self, folded: str) -> tuple[str, ...]:
        """Return the syllables whose folded form is `folded`, most frequent first."""
        return self._forms.get(folded, ())


@cache
def language() -> Language:
    """Return the language, loaded at the first call."""
    return Language(pairs.known(), thesaurus().others)
