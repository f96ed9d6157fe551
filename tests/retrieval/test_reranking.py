"""The trees that order the best candidates: what they add up to, what they look at, where they put what they saw."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise

import numpy as np
import pytest

from retrieval import fusion
from retrieval.closer import Closer
from retrieval.fusion import Features
from retrieval.nearness import nearness
from retrieval.question import understand
from retrieval.reranking import Trees, columns, trees
from retrieval.search import BEST, search
from tests.benchmarks.grow import Candidates, arrays, grown
from tests.index.doubles import HashingEncoder
from tests.retrieval.office import office_as_shipped
from tests.retrieval.test_nearness import TINY, passages

NOW = datetime(2025, 11, 3, 2, 0, tzinfo=UTC)
# Two trees. The first asks for column 0, then, on its right, for column 1; the second is a leaf.
STORED = {
    "feature": np.array([[0, 0, 1, 0, 0], [0, 0, 0, 0, 0]]),
    "threshold": np.array([[0.5, 0, 2.0, 0, 0], [0, 0, 0, 0, 0]]),
    "left": np.array([[1, 1, 3, 3, 4], [0, 1, 2, 3, 4]]),
    "value": np.array([[0, -1.0, 0, 1.0, 4.0], [0.25, 0, 0, 0, 0]]),
    "start": np.array(-2.0),
}


def floats(*values: float) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    return np.array(values, np.float32)


def test_every_tree_is_walked_to_its_leaf_and_the_leaves_are_added_up() -> None:
    rows = np.array([[0.5, 9.0], [0.6, 2.0], [0.6, 2.1]], np.float32)
    assert Trees(STORED).score(rows).tolist() == [-2.75, -0.75, 2.25]


def test_what_scikit_learn_grows_says_the_same_without_it() -> None:
    draw = np.random.default_rng(3)
    table = draw.normal(size=(2000, 4)).astype(np.float32)
    right = (table[:, 0] > 0.2) & (table[:, 2] * table[:, 3] > 0)
    model = grown([Candidates(table[:, 0], table, right)])
    assert np.allclose(Trees(arrays(model)).score(table), model.decision_function(table), atol=1e-4)


def near_of(*texts: str) -> tuple[Features, Closer, np.ndarray[tuple[int, int], np.dtype[np.float32]]]:
    near = nearness(TINY, "đẻ con", TINY.encode_queries(["đẻ con"])[0], passages(*texts))
    assert near is not None
    nothing = np.zeros(len(texts), np.float32)
    features, seen = Features(*[nothing] * 5), Closer(nothing, nothing)
    return features, seen, columns(features, seen, nothing, near, nothing, np.arange(len(texts)))


def test_a_sign_is_also_set_beside_those_of_the_other_candidates() -> None:
    _, _, seen = near_of("sinh con và con", "thuế và thuế thuế")
    own = (seen.shape[1] - 3) // 3
    first, behind, beside = seen[:, :own], seen[:, own : 2 * own], seen[:, 2 * own : 3 * own]
    assert np.allclose(behind, first - first.max(axis=0)) and np.allclose(beside, first - first.mean(axis=0))


def test_who_has_kin_among_the_best_is_set_beside_the_best_of_it() -> None:
    near = nearness(TINY, "đẻ con", TINY.encode_queries(["đẻ con"])[0], passages("sinh con", "thuế", "con", "đẻ"))
    assert near is not None
    nothing = np.zeros(4, np.float32)
    score = floats(3.0, 2.5, 1.0, 2.0)
    seen = columns(
        Features(*[nothing] * 5), Closer(nothing, nothing), nothing, near, score, np.array([7, 8, 7, 7], np.int64)
    )
    assert seen[:, -2].tolist() == [-1.0, -2.0, 0.0, 0.0]  # the best other of its document; alone: the least there is
    assert seen[:, -1].tolist() == [2, 0, 2, 2]


def test_words_met_in_one_sentence_are_told_from_words_met_in_several() -> None:
    near = nearness(
        TINY,
        "đẻ con",
        TINY.encode_queries(["đẻ con"])[0],
        passages("đẻ con và con. thuế và thuế thuế", "đẻ và đẻ đẻ. con và con con", "sinh con và con"),
    )
    assert near is not None
    assert near.words[0] == near.words[1] == near.exact[0] == pytest.approx(1)
    assert near.in_one[0] > near.in_one[1] and near.exact[1] < 1
    assert near.exact[2] < near.in_one[2] < 1  # "sinh" is near "đẻ" and not it
    assert near.count.tolist() == [2, 2, 1] and near.length[0] > near.length[2]


def test_the_best_few_stand_in_the_order_of_the_trees_before_all_others() -> None:
    score = floats(5.0, 4.0, 3.0, 2.0, 1.0)
    after = fusion.reordered(score, np.array([0, 1, 2]), floats(-1.0, 3.0, 1.0))
    assert np.argsort(-after).tolist() == [1, 2, 0, 3, 4]
    assert after[1] == score.max() and after[3] - after[4] == score[3] - score[4]


def test_hits_come_in_the_order_of_their_odds_and_those_not_looked_at_have_none() -> None:
    there = office_as_shipped()
    question = understand("người dân bỏ tiền riêng ra mua quà cho cán bộ thì sao", (), there, NOW)
    hits = search(question, there, 24)
    looked_at = [hit.odds for hit in hits if hit.odds is not None]
    assert 1 < len(looked_at) <= BEST
    assert looked_at[0] == max(looked_at)
    assert all(first.points >= second.points for first, second in pairwise(hits) if first.odds is None)


def test_an_encoder_without_vectors_of_words_is_ordered_by_the_sum_alone() -> None:
    assert nearness(HashingEncoder(), "đẻ con", np.ones(3, np.float32), passages("sinh con")) is None


def test_the_shipped_trees_prefer_what_is_nearer() -> None:
    _, _, far = near_of("thuế và thuế thuế", "thuế và thuế thuế")
    _, _, mixed = near_of("đẻ con và con", "thuế và thuế thuế")
    score = trees().score(mixed)
    assert score[0] > score[1] and score[0] > trees().score(far)[0]
