"""How good a ranking is: one formula per function, ranked ids in, a number out.

Definitions: Manning, Raghavan, Schütze, "Introduction to Information Retrieval" (2008), chapter 8; nDCG with the
logarithmic discount of Järvelin & Kekäläinen (2002). Relevance is binary: an id is in `relevant` or it is not.

Knows nothing of questions, passages or indexes.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence


def hit(ranked: Sequence[str], relevant: Collection[str], k: int) -> float:
    """Return 1.0 when one of the first `k` ids is relevant, else 0.0."""
    return float(any(item in relevant for item in ranked[:k]))


def recall(ranked: Sequence[str], relevant: Collection[str], k: int) -> float:
    """Return the share of the relevant ids that are among the first `k`; 0.0 when nothing is relevant."""
    if not relevant:
        return 0.0
    return len(set(ranked[:k]) & set(relevant)) / len(set(relevant))


def reciprocal_rank(ranked: Sequence[str], relevant: Collection[str], k: int | None = None) -> float:
    """Return 1/rank of the first relevant id among the first `k` (all when None), 0.0 when there is none."""
    for rank, item in enumerate(ranked[:k], start=1):
        if item in relevant:
            return 1.0 / rank
    return 0.0


def dcg(gains: Sequence[float]) -> float:
    """Return the discounted cumulative gain: the sum of gain_i / log2(i + 1), i from 1."""
    return sum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains, start=1))


def ndcg(ranked: Sequence[str], relevant: Collection[str], k: int) -> float:
    """Return DCG@k over the DCG@k of the ideal order, 0..1; 0.0 when nothing is relevant."""
    if not relevant:
        return 0.0
    gains = [float(item in relevant) for item in ranked[:k]]
    return dcg(gains) / dcg([1.0] * min(len(set(relevant)), k))


def mean(values: Sequence[float]) -> float:
    """Return the arithmetic mean, 0.0 of nothing."""
    return sum(values) / len(values) if values else 0.0


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value that `share` (0..1) of `values` do not exceed (nearest rank); 0.0 of nothing."""
    if not values:
        return 0.0
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]
