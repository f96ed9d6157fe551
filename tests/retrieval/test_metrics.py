from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval import metrics

RANKED = ["a", "b", "c", "d", "e"]


@pytest.mark.parametrize(
    ("relevant", "k", "expected"), [({"a"}, 1, 1.0), ({"b"}, 1, 0.0), ({"b"}, 3, 1.0), (set(), 3, 0.0)]
)
def test_hit(relevant: set[str], k: int, expected: float) -> None:
    assert metrics.hit(RANKED, relevant, k) == expected


def test_recall_counts_each_relevant_id_once() -> None:
    assert metrics.recall(RANKED, ["b", "e", "z", "z"], 3) == pytest.approx(1 / 3)
    assert metrics.recall(RANKED, [], 3) == 0.0


def test_reciprocal_rank() -> None:
    assert metrics.reciprocal_rank(RANKED, {"c", "d"}) == pytest.approx(1 / 3)
    assert metrics.reciprocal_rank(RANKED, {"c"}, k=2) == 0.0


def test_ndcg_by_hand() -> None:
    # relevant at ranks 2 and 4 of three relevant ones: (1/log2 3 + 1/log2 5) / (1 + 1/log2 3 + 1/log2 4)
    expected = (1 / math.log2(3) + 1 / math.log2(5)) / (1 + 1 / math.log2(3) + 1 / math.log2(4))
    assert metrics.ndcg(RANKED, {"b", "d", "x"}, 10) == pytest.approx(expected)


@given(st.permutations(RANKED), st.sets(st.sampled_from(RANKED), min_size=1))
def test_ndcg_is_one_exactly_when_the_relevant_lead(ranked: list[str], relevant: set[str]) -> None:
    value = metrics.ndcg(ranked, relevant, len(ranked))
    assert 0.0 < value <= 1.0 + 1e-12
    assert (value == pytest.approx(1.0)) == (set(ranked[: len(relevant)]) == relevant)


def test_percentile_is_a_measured_value() -> None:
    assert metrics.percentile([5.0, 1.0, 3.0, 2.0], 0.5) == 2.0
    assert metrics.percentile([5.0, 1.0, 3.0, 2.0], 0.95) == 5.0
    assert metrics.percentile([], 0.5) == 0.0
    assert metrics.mean([]) == 0.0
