"""What official Vietnamese is like beyond the documents at hand: which syllables there are, which stand together.

A small index knows few words. Asked without diacritics about something it has no document on, it would read its own
words into the question; what is usual in the language keeps the reading honest.

Knows nothing of the index. Loaded when first needed (a fifth of a second): most questions do without.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache

from knowledge import pairs
from knowledge.text import fold


class Language:
    """Syllables and pairs of the shipped table (knowledge.pairs)."""

    def __init__(self, table: pairs.Pairs) -> None:
        self._table = table
        forms: dict[str, list[str]] = defaultdict(list)
        for word in sorted({*table.after, *table.before}, key=lambda word: -table.frequency(word)):
            forms[fold(word)].append(word)
        self._forms = {folded: tuple(words) for folded, words in forms.items()}

    def chance(self, first: str, second: str) -> float:
        """Return the share of what follows `first` that is `second`, 0..1."""
        total = self._table.total_after(first)
        return self._table.count(first, second) / total if total else 0.0

    def forms(self, folded: str) -> tuple[str, ...]:
        """Return the syllables whose folded form is `folded`, most frequent first."""
        return self._forms.get(folded, ())


@cache
def language() -> Language:
    """Return the language, loaded at the first call."""
    return Language(pairs.known())
