"""How many passages each syllable stands in, with diacritics and without.

What question understanding corrects typos and restores diacritics by. The counts are those of the lexical indexes, so
they follow every added and removed document exactly; they are made on first use, in a fraction of a second.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property

from index.lexical import LexicalIndex
from knowledge.text import fold_many


class Vocabulary:
    """The syllables of one snapshot."""

    def __init__(self, syllables: Iterable[str], accented: LexicalIndex, folded: LexicalIndex) -> None:
        self._syllables = tuple(dict.fromkeys(syllables))  # with diacritics, of live and removed passages
        self._accented = accented
        self._folded = folded

    @cached_property
    def accented_df(self) -> dict[str, int]:
        """Passages that have a syllable written exactly so."""
        return _counted(self._syllables, self._accented)

    @cached_property
    def folded_df(self) -> dict[str, int]:
        """Passages that have a syllable in any spelling with these letters."""
        return _counted(tuple(dict.fromkeys(fold_many(self._syllables))), self._folded)

    @cached_property
    def by_fold(self) -> dict[str, tuple[str, ...]]:
        """Letters without diacritics → the syllables of the passages written with them, most frequent first."""
        ordered = [form for form, _ in sorted(self.accented_df.items(), key=lambda item: (-item[1], item[0]))]
        forms: dict[str, list[str]] = defaultdict(list)
        for folded, syllable in zip(fold_many(ordered), ordered, strict=True):
            forms[folded].append(syllable)
        return {folded: tuple(written) for folded, written in forms.items()}


def _counted(syllables: tuple[str, ...], index: LexicalIndex) -> dict[str, int]:
    counts = zip(syllables, index.frequencies(syllables).tolist(), strict=True)
    return {syllable: count for syllable, count in counts if count}
