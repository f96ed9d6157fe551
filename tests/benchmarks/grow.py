"""Grow the trees that order the best candidates: `python -m tests.benchmarks.grow [OFFICES]` writes `retrieval/data`.

From the written questions of `offices` and those of `made_up` to learn from, as `weigh` does: gradient boosting
(Friedman 2001) with scikit-learn, which the `train` extra brings. First grown on two offices of law of three and judged
on the others; then on all of them, and written.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from retrieval import fusion, reranking
from retrieval.encoded import encoded
from retrieval.question import understand
from retrieval.search import BEST, MOST, about_the_matter, evidence, look_closely
from retrieval.trees import Trees
from tests.benchmarks.made_up import JUDGE, LEARN, made_up
from tests.benchmarks.offices import Office, offices
from tests.benchmarks.sets import SAMPLES_NOW

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Candidates:
    """The best candidates of one question."""

    score: Floats  # [n] the weighted sum
    columns: Floats  # [n, m] as `reranking.columns` has them
    right: NDArray[np.bool_]  # [n]


def candidates(office: Office) -> Iterator[Candidates]:
    """Yield the best candidates of each question that has an answer among them."""
    for asked in office.asked:
        question = understand(asked.text, (), office.snapshot, SAMPLES_NOW)
        if asked.file is None or not question.terms:
            continue
        question = about_the_matter(question, office.snapshot)
        words = encoded(question, office.snapshot)
        rows, features = evidence(question, words, office.snapshot)
        order = np.lexsort((rows, -fusion.rank(features, exclusive=question.exclusive)))[:MOST]
        passages = [office.snapshot.passage(int(row)) for row in rows[order]]
        looked = look_closely(question, words, office.snapshot, passages, features.take(order))
        right = np.isin(rows[order][looked.best], office.rows(asked))
        if right.any() and looked.columns is not None:
            yield Candidates(looked.score[looked.best], looked.columns, right)


def booster(leaves: int, least: int, always: Sequence[int] | None = None) -> Any:
    """Return the classifier to be fitted; trees of `leaves`, each of `least` rows.

    `always`: for each column 1 where more of it never counts against, -1 where never for; else 0.
    """
    from sklearn.ensemble import HistGradientBoostingClassifier

    return HistGradientBoostingClassifier(
        learning_rate=0.05,
        max_iter=150,
        max_leaf_nodes=leaves,
        min_samples_leaf=least,
        l2_regularization=1.0,
        monotonic_cst=always,
        early_stopping=False,
        random_state=0,
    )


def grown(questions: Sequence[Candidates]) -> Any:
    """Return the fitted classifier: whether a candidate is right."""
    return booster(leaves=15, least=60).fit(
        np.concatenate([one.columns for one in questions]), np.concatenate([one.right for one in questions])
    )


def arrays(model: Any) -> dict[str, NDArray[Any]]:
    """Return the trees as `retrieval.trees` takes them, [trees, nodes]."""
    grown_trees = [iteration[0].nodes for iteration in model._predictors]  # scikit-learn has no public name for them
    most = max(map(len, grown_trees))
    shape = (len(grown_trees), most)
    feature, left = np.zeros(shape, np.int16), np.tile(np.arange(most, dtype=np.int16), (len(grown_trees), 1))
    threshold, value = np.zeros(shape, np.float32), np.zeros(shape, np.float32)
    for number, nodes in enumerate(grown_trees):
        place = _paired(nodes)
        for old, node in enumerate(nodes):
            new = place[old]
            if node["is_leaf"]:
                value[number, new] = node["value"]
            else:
                feature[number, new], threshold[number, new] = node["feature_idx"], node["num_threshold"]
                left[number, new] = place[int(node["left"])]
    start = np.array(float(np.ravel(model._baseline_prediction)[0]), np.float32)
    return {"feature": feature, "threshold": threshold, "left": left, "value": value, "start": start}


def _paired(nodes: Any) -> dict[int, int]:
    """Return a place for every node in which the right child stands behind the left one."""
    place, free = {0: 0}, 1
    waiting = [0]
    for old in waiting:
        if not nodes[old]["is_leaf"]:
            left, right = int(nodes[old]["left"]), int(nodes[old]["right"])
            place[left], place[right] = free, free + 1
            free += 2
            waiting += [left, right]
    return place


def hits(questions: Sequence[Candidates], trees: Trees | None) -> str:
    """Say how often the right candidate is first, and among the first three."""
    ranks = []
    for one in questions:
        score = one.score if trees is None else trees.score(one.columns)
        ranks.append(int((score > score[one.right].max()).sum()))
    return f"hit@1 {np.mean([rank < 1 for rank in ranks]):.4f} hit@3 {np.mean([rank < 3 for rank in ranks]):.4f}"


def main() -> None:
    """Grow, say how the trees fare on other offices, then grow on all and write."""
    most = int(sys.argv[1]) if len(sys.argv) > 1 else 18
    law = [list(candidates(office)) for office in offices(most, random.Random(5))]
    learnt = [*chain(*map(candidates, made_up(LEARN)))]
    cut = max(1, len(law) * 2 // 3)
    trees = Trees(arrays(grown([*chain(*law[:cut]), *learnt])))
    for name, judged in (("law", [*chain(*law[cut:])]), ("made up", [*chain(*map(candidates, made_up(JUDGE)))])):
        print(f"{name}, best {BEST} of {len(judged)} questions: {hits(judged, trees)}, the sum {hits(judged, None)}")
    stored = arrays(grown([*chain(*law), *learnt]))
    np.savez_compressed(reranking.FILE, **stored)
    print(f"{reranking.FILE}: {stored['feature'].shape[0]} trees of at most {stored['feature'].shape[1]} nodes")


if __name__ == "__main__":
    main()
