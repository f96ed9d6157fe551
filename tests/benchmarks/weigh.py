"""Weigh the evidence that orders passages: `python -m tests.benchmarks.weigh [OFFICES]` fits `retrieval.fusion`.

Over the written questions of `offices` and those of `made_up`: the weights under which the right passage is likeliest
among its rivals (a linear model under a softmax over the candidates of each question). Fitted on two offices of law of
three and the made-up ones to learn from, judged on the others.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from retrieval import fusion
from retrieval.closer import look
from retrieval.encoded import encoded
from retrieval.nearness import nearness
from retrieval.question import understand
from retrieval.search import about_the_matter, evidence
from tests.benchmarks.made_up import JUDGE, LEARN, made_up
from tests.benchmarks.offices import Office, offices
from tests.benchmarks.sets import SAMPLES_NOW

Floats = NDArray[np.float64]
NAMES = ("lexical", "semantic", "coverage", "together", "headed", "sentence", "words")
NOW = (
    fusion.LEXICAL,
    fusion.SEMANTIC,
    fusion.COVERAGE,
    fusion.TOGETHER,
    fusion.HEADED,
    fusion.NEAR_SENTENCE,
    fusion.NEAR_WORDS,
)
_STEPS, _RATE, _RIDGE = 400, 0.3, 1e-3


@dataclass(frozen=True, slots=True)
class Candidates:
    """The passages that may answer one question."""

    columns: Floats  # [candidates, len(NAMES)]
    right: NDArray[np.bool_]  # [candidates]


def candidates(office: Office) -> Iterator[Candidates]:
    """Yield the candidates of each question that names no document, has an answer there and finds it at all."""
    for asked in office.asked:
        question = understand(asked.text, (), office.snapshot, SAMPLES_NOW)
        if asked.file is None or not question.terms or question.documents:
            continue
        question = about_the_matter(question, office.snapshot)
        words = encoded(question, office.snapshot)
        rows, features = evidence(question, words, office.snapshot)
        right = np.isin(rows, office.rows(asked))
        passages = [office.snapshot.passage(int(row)) for row in rows]
        seen = look(passages, question)
        near = nearness(office.snapshot.encoder, words.words, words.vector, passages)
        if right.any() and near is not None:
            columns = (features.lexical, np.maximum(features.semantic, 0), features.coverage, features.together)
            shown = (seen.headed, near.sentence, near.words)
            yield Candidates(np.column_stack((*columns, *shown)).astype(np.float64), right)


def fitted(questions: Sequence[Candidates]) -> Floats:
    """Return the weights that make the right passages likeliest, the first one 1: gradient ascent with momentum."""
    weights, speed = np.array(NOW), np.zeros(len(NAMES))
    for _ in range(_STEPS):
        slope = -_RIDGE * weights
        for one in questions:
            score = one.columns @ weights
            chance = np.exp(score - score.max())
            right = chance * one.right
            slope += one.columns.T @ (right / right.sum() - chance / chance.sum()) / len(questions)
        speed = 0.9 * speed + _RATE * slope
        weights = weights + speed
    return np.asarray(weights)


def hits(questions: Sequence[Candidates], weights: Floats) -> str:
    """Say how often the right passage is first, and among the first three."""
    ranks = [
        int((score > score[one.right].max()).sum()) for one in questions for score in [one.columns @ np.array(weights)]
    ]
    return f"hit@1 {np.mean([rank < 1 for rank in ranks]):.4f} hit@3 {np.mean([rank < 3 for rank in ranks]):.4f}"


def main() -> None:
    """Fit, and say how the fitted weights and the present ones fare on other offices."""
    most = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    law = [list(candidates(office)) for office in offices(most, random.Random(5))]
    cut = max(1, len(law) * 2 // 3)
    taught = [*chain(*law[:cut]), *chain(*map(candidates, made_up(LEARN)))]
    weights = fitted(taught)
    print(f"{len(taught)} questions to learn from")
    print(" ".join(f"{name} {weight:.2f}" for name, weight in zip(NAMES, weights / weights[0], strict=True)))
    for name, judged in (("law", [*chain(*law[cut:])]), ("made up", [*chain(*map(candidates, made_up(JUDGE)))])):
        print(
            f"{name}, {len(judged)} questions: fitted {hits(judged, weights)}, as it is {hits(judged, np.array(NOW))}"
        )


if __name__ == "__main__":
    main()
