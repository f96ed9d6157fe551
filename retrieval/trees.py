"""Boosted trees, read with numpy alone: grown by scikit-learn when the program is made, kept as arrays.

Knows nothing of what the columns mean.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


class Trees:
    """Decision trees whose leaves are added up; rows with less than a node's threshold go left."""

    def __init__(self, stored: Mapping[str, NDArray[np.generic]]) -> None:
        """Take "feature", "threshold", "left", "value" [trees, nodes] and "start", a number.

        The right child stands behind the left one, and a leaf is its own child.
        """
        self._feature = stored["feature"].astype(np.int64)
        self._threshold = stored["threshold"].astype(np.float32)
        self._left = stored["left"].astype(np.int64)
        self._value = stored["value"].astype(np.float32)
        self._start = float(stored["start"].astype(np.float32))
        self._trees = np.arange(len(self._feature))[None]

    def score(self, columns: Floats) -> Floats:
        """Return float32 [n]: the log-odds that each row of `columns` [n, m] is the right one."""
        rows = np.arange(len(columns))[:, None]
        node = np.zeros((len(columns), len(self._feature)), np.int64)
        while True:
            feature = self._feature[self._trees, node]
            right = columns[rows, feature] > self._threshold[self._trees, node]
            below = self._left[self._trees, node]
            following = np.where(below == node, node, below + right)
            if np.array_equal(following, node):
                return np.asarray(self._start + self._value[self._trees, node].sum(axis=1), dtype=np.float32)
            node = following


@cache
def stored(file: Path) -> Trees:
    """Return the trees kept in `file`, an .npz with what `Trees` takes."""
    with np.load(file) as arrays:
        return Trees(dict(arrays))
