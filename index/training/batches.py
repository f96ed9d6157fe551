"""Which pairs stand in one batch: of about one length, and in knots of neighbours, who are each other's hard negatives.

Knows nothing of models: numbers in, an order out.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

KNOT = 8  # pairs from one neighbourhood that stay together
LENGTHS = 6  # classes of length: a batch is padded to its longest text


def neighbourhoods(vectors: NDArray[np.float32], count: int, seed: int) -> NDArray[np.int64]:
    """Return int64 [n]: which of `count` clusters each row of `vectors` [n, d] belongs to (k-means)."""
    import faiss

    means = faiss.Kmeans(vectors.shape[1], count, niter=8, seed=seed, spherical=True, max_points_per_centroid=128)
    means.train(vectors)
    _, nearest = means.index.search(vectors, 1)
    return np.asarray(nearest[:, 0], dtype=np.int64)


def order(lengths: Sequence[int], homes: Sequence[int], size: int, rng: random.Random) -> list[int]:
    """Return the numbers of the pairs in the order to train on, every `size` of them a batch; a remainder is left out.

    `lengths` and `homes` say how long each pair is and which neighbourhood it is from.
    """
    by_length = sorted(range(len(lengths)), key=lambda at: (lengths[at], at))
    batches: list[list[int]] = []
    for part in np.array_split(np.array(by_length), LENGTHS):
        share = part.tolist()
        shuffled = {home: rng.random() for home in sorted({homes[at] for at in share})}
        near = sorted(share, key=lambda at: (shuffled[homes[at]], rng.random()))
        knots = [list(knot) for knot in _knots(near)]
        rng.shuffle(knots)
        flat = [at for knot in knots for at in knot]
        batches += [flat[first : first + size] for first in range(0, len(flat) - size + 1, size)]
    rng.shuffle(batches)
    return [at for batch in batches for at in batch]


def _knots(near: Sequence[int]) -> list[Sequence[int]]:
    return [near[first : first + KNOT] for first in range(0, len(near), KNOT)]
