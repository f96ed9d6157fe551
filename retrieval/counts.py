"""How often words stand in a snapshot, remembered between questions.

The same few thousand words make up most questions, and a look-up in a memory-mapped index costs microseconds that
add up over the hundreds of readings one question can have.
"""

from __future__ import annotations

import weakref
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.snapshot import Snapshot

_MOST = 100_000  # pairs remembered for one snapshot, some 10 MB; then it starts anew


class SnapshotCounts:
    """`retrieval.lattice.Counts` over a snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._words = snapshot.vocabulary
        self._index = snapshot.accented
        self.passages = len(snapshot)
        self._pairs: dict[str, int] = {}

    def count(self, word: str) -> int:
        """Return the passages that have the accented word."""
        return self._words.accented_df.get(word, 0)

    def pair(self, first: str, second: str) -> int:
        """Return the passages that have the two accented words side by side."""
        token = f"{first}_{second}"
        known = self._pairs.get(token)
        return self._look_up([token])[0] if known is None else known

    def prepare(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Look up many pairs at once, which costs a tenth of one by one."""
        count = self._words.accented_df
        tokens = {f"{first}_{second}" for first, second in pairs if first in count and second in count}
        missing = [token for token in tokens if token not in self._pairs]
        if missing:
            self._look_up(missing)

    def _look_up(self, tokens: list[str]) -> list[int]:
        if len(self._pairs) >= _MOST:
            self._pairs.clear()
        found: list[int] = self._index.frequencies(tokens).tolist()
        self._pairs.update(zip(tokens, found, strict=True))
        return found

    def forms(self, folded: str) -> tuple[str, ...]:
        """Return the accented words of the index whose folded form is `folded`."""
        return self._words.by_fold.get(folded, ())


_MADE: weakref.WeakKeyDictionary[Snapshot, SnapshotCounts] = weakref.WeakKeyDictionary()


def counts(snapshot: Snapshot) -> SnapshotCounts:
    """Return the counts of `snapshot`, the same object for as long as it is loaded."""
    made = _MADE.get(snapshot)
    if made is None:
        made = _MADE[snapshot] = SnapshotCounts(snapshot)
    return made
