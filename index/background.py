"""Official texts at large: what a question comes near to, whatever its office has.

A sample of the texts that the shipped model learnt from, as vectors beside it (`background.faiss`, made by
`index.training.background`). Who asks for something that no document here is about comes nearer to these than to any
passage; and what they say of the matter says it in official words. Knows nothing of passages or questions.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.vectors import VectorIndex, VectorPart

FILE = "background.faiss"
_NEAREST = 20  # texts whose mean cosine says how much is written about a matter: one alone may be there by chance
_SAY = 10  # … and those that tell how it is said

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a question in official texts at large."""

    cosine: float  # mean of the nearest texts', -1..1
    middle: Floats  # [d]: the mean of the nearest few, each times its cosine; not of unit length


class Background:
    """A few thousand unit vectors, memory-mapped. Read-only, so safe from any thread."""

    def __init__(self, path: Path) -> None:
        """Raises RuntimeError (FAISS's own) when the file is damaged."""
        self._vectors = VectorIndex([VectorPart.load(path)])

    def __len__(self) -> int:
        return len(self._vectors)

    def around(self, query: Floats) -> Around:
        """Look around the unit vector `query` [d]."""
        rows, cosines = self._vectors.search(query, _NEAREST)
        if not len(rows):
            return Around(0.0, np.zeros_like(query))
        said = self._vectors.rows(rows[:_SAY])
        return Around(float(cosines.mean()), cosines[:_SAY] @ said / np.float32(len(said)))
