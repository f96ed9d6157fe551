"""Fit `retrieval.deciding`: `python -m tests.benchmarks.calibrate [OFFICES]` prints the weights and what they refuse.

Over the written questions of `offices`, answerable and not. Knows nothing of tests/unseen, which stays held out.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from dataclasses import astuple, fields

import numpy as np
from numpy.typing import NDArray

from retrieval.deciding import Signs, likelihood, signs
from retrieval.question import understand
from retrieval.search import search
from tests.benchmarks.offices import Office, offices
from tests.benchmarks.sets import SAMPLES_NOW

Floats = NDArray[np.float64]
_STEPS, _RIDGE = 40, 1.0
_SHARES = (0.02, 0.03, 0.05, 0.1, 0.2)


def judged(office: Office) -> Iterator[tuple[Signs, bool]]:
    """Evidence for the first passage of each question, and whether it answers.

    An answerable question whose passage does not come first is left out: it tells nothing of a refusal.
    """
    for asked in office.asked:
        question = understand(asked.text, (), office.snapshot, SAMPLES_NOW)
        hits = search(question, office.snapshot, 5) if question.terms else []
        if hits and (asked.file is None or hits[0].passage in office.rows(asked)):
            yield signs(question, hits, office.snapshot), asked.file is not None


def fitted(columns: Floats, there: Floats) -> Floats:
    """Logistic regression by Newton's method; both classes weigh the same. Returns the bias, then the weights."""
    middle, spread = columns.mean(0), columns.std(0) + 1e-6
    design = np.hstack([np.ones((len(columns), 1)), (columns - middle) / spread])
    balance = np.where(there > 0, 0.5 / there.mean(), 0.5 / (1 - there.mean()))
    held = _RIDGE * np.eye(design.shape[1])
    weights = np.zeros(design.shape[1])
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-design @ weights))
        slope = design.T @ (balance * (chance - there)) + held @ weights
        weights = weights - np.linalg.solve((design.T * (balance * chance * (1 - chance))) @ design + held, slope)
    own = weights[1:] / spread
    return np.concatenate([[weights[0] - float(own @ middle)], own])


def curve(score: Floats, there: Floats) -> Iterator[str]:
    """For shares of the answerable refused, the share of the absent refused, and the threshold that does it."""
    for share in _SHARES:
        least = float(np.quantile(score[there > 0], share))
        refused = float((score[there == 0] < least).mean())
        yield f"answerable refused {share:.2f}: absent refused {refused:.3f} at {least:.3f}"


def main() -> None:
    """Fit on two offices of three, print the curve on the others."""
    most = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    rows = [row for office in offices(most, random.Random(5)) for row in judged(office)]
    columns = np.array([astuple(evidence) for evidence, _ in rows])
    there = np.array([float(answerable) for _, answerable in rows])
    cut = len(rows) * 2 // 3
    weights = fitted(columns[:cut], there[:cut])
    print(f"{len(rows)} questions, {int(there.sum())} answerable")
    names = ("bias", *(field.name for field in fields(Signs)))
    print(" ".join(f"{name} {weight:.2f}" for name, weight in zip(names, weights, strict=True)))
    score = 1 / (1 + np.exp(-(weights[0] + columns[cut:] @ weights[1:])))
    print("fitted:", *curve(score, there[cut:]), sep="\n  ")
    now = np.array([likelihood(evidence) for evidence, _ in rows[cut:]])
    print("as it is:", *curve(now, there[cut:]), sep="\n  ")


if __name__ == "__main__":
    main()
