"""What official Vietnamese is like beyond the documents at hand: which syllables there are, which stand together.

A small index knows few words. Asked without diacritics about something it has no document on, it would read its own
words into the question; what is usual in the language keeps the reading honest.

What people say and documents do not ("mấy bữa", "tiền vé") is in the thesaurus and in a table of its own; without them
a question typed without marks would be read as officialese throughout.

Knows nothing of the index. Loaded when first needed (a fifth of a second): most questions do without.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path

from knowledge import pairs
from knowledge.text import fold_many

from .thesaurus import thesaurus

_SPOKEN = 300  # occurrences in official texts that one phrase of everyday speech counts for
_SELDOM = 20  # times; what was seen less often says nothing of how words stand together …
_A_FEW = 5  # … and less than that not even that there is such a word
_EVERYDAY = 50  # occurrences in official texts that one in everyday speech counts for; 10 to 200 are alike
FILE = Path(__file__).parent / "data" / "everyday.xz"

_NOTHING: Counter[str] = Counter()


class Language:
    """Syllables and pairs of official texts (knowledge.pairs) and of everyday speech (retrieval.make_everyday)."""

    def __init__(
        self, table: pairs.Pairs, spoken: Iterable[Sequence[str]] = (), everyday: pairs.Pairs | None = None
    ) -> None:
        """`spoken`: phrases of everyday speech, as syllables; `everyday`: how often two of them stand side by side."""
        self._table = table
        self._everyday = everyday or pairs.Pairs.of({})
        self._spoken: dict[str, Counter[str]] = defaultdict(Counter)
        for phrase in spoken:
            for first, second in pairwise(phrase):
                self._spoken[first][second] += _SPOKEN
        ordered = sorted({*table.words, *self._everyday.words}, key=lambda word: (-self._frequency(word), word))
        forms: dict[str, list[str]] = defaultdict(list)
        for folded, word in zip(fold_many(ordered), ordered, strict=True):
            forms[folded].append(word)
        self._forms = {folded: tuple(words) for folded, words in forms.items()}
        self._total = max(1, sum(table.total_after(word) for word in table.words))

    def chance(self, first: str, second: str, *, spoken: bool = True) -> float:
        """Return the share of what follows `first` that is `second`, 0..1; of official texts alone unless `spoken`."""
        total, seen = self._table.total_after(first), self._table.count(first, second)
        if spoken:
            said = self._spoken.get(first, _NOTHING)
            total += said.total() + _EVERYDAY * self._everyday.total_after(first)
            seen += said[second] + _EVERYDAY * self._everyday.count(first, second)
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

    def knows(self, word: str) -> bool:
        """Tell whether `word`, as it is written, was seen a few times."""
        return self._frequency(word) >= _A_FEW

    def _frequency(self, word: str) -> int:
        return self._table.frequency(word) + _EVERYDAY * self._everyday.frequency(word)

    def forms(self, folded: str) -> tuple[str, ...]:
        """Return the syllables whose folded form is `folded`, most frequent first."""
        return self._forms.get(folded, ())


@cache
def language() -> Language:
    """Return the language, loaded at the first call."""
    return Language(pairs.known(), thesaurus().others, pairs.read(FILE.read_bytes()))
