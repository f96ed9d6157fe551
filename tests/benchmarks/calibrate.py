"""Fit `retrieval.deciding`: `python -m tests.benchmarks.calibrate [OFFICES]` prints the weights and what they refuse.

Over questions in everyday words, answerable and not: to offices made up for it (`made_up`), and the written questions
to small offices of law (`offices`), where many absent matters belong to articles left out of a law that is there. Both
count the same. Knows nothing of tests/unseen, which stays held out.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retrieval.deciding import WEIGHED, Signs, columns, likelihood, signs
from retrieval.question import understand
from retrieval.search import search
from tests.benchmarks import made_up
from tests.benchmarks.offices import Office, offices
from tests.benchmarks.sets import SAMPLES_NOW

Floats = NDArray[np.float64]
_STEPS, _RIDGE = 40, 1.0
_SHARES = (0.02, 0.03, 0.05, 0.1, 0.2)


@dataclass(frozen=True, slots=True)
class Judged:
    """The evidence for the first passage of a question."""

    evidence: Signs
    kind: str  # of the question
    there: bool  # whether the passage answers it


def judged(several: Iterable[Office]) -> Iterator[Judged]:
    """Judge every question of `several` offices.

    An answerable question whose passage does not come first is left out: it tells nothing of a refusal.
    """
    for office in several:
        for asked in office.asked:
            question = understand(asked.text, (), office.snapshot, SAMPLES_NOW)
            hits = search(question, office.snapshot, 5) if question.terms else []
            if hits and (asked.file is None or hits[0].passage in office.rows(asked)):
                yield Judged(signs(question, hits, office.snapshot), asked.kind, asked.file is not None)


def table(rows: Sequence[Judged]) -> tuple[Floats, Floats]:
    """Return the signs, [rows, signs], and 1 where the passage answers."""
    return np.array([columns(row.evidence) for row in rows]), np.array([float(row.there) for row in rows])


def fitted(*sources: Sequence[Judged]) -> Floats:
    """Logistic regression by Newton's method. Returns the bias, then the weights.

    Every source weighs the same, and in each the answerable and the others.
    """
    seen, there = table([row for rows in sources for row in rows])
    balance = np.concatenate([_balance(table(rows)[1]) for rows in sources])
    balance *= len(there) / balance.sum()
    middle, spread = seen.mean(0), seen.std(0) + 1e-6
    design = np.hstack([np.ones((len(seen), 1)), (seen - middle) / spread])
    held = _RIDGE * np.eye(design.shape[1])
    weights = np.zeros(design.shape[1])
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-design @ weights))
        slope = design.T @ (balance * (chance - there)) + held @ weights
        weights = weights - np.linalg.solve((design.T * (balance * chance * (1 - chance))) @ design + held, slope)
    own = weights[1:] / spread
    return np.concatenate([[weights[0] - float(own @ middle)], own])


def _balance(there: Floats) -> Floats:
    return np.where(there > 0, 0.5 / there.sum(), 0.5 / (len(there) - there.sum()))


def curve(score: Floats, rows: Sequence[Judged]) -> Iterator[str]:
    """For shares of the answerable refused, the share of the absent refused by kind, and the threshold that does it."""
    there = np.array([row.there for row in rows])
    kinds = np.array([row.kind for row in rows])
    for share in _SHARES:
        least = float(np.quantile(score[there], share))
        absent = sorted(set(kinds[~there]))
        refused = [f"{kind} {(score[~there & (kinds == kind)] < least).mean():.3f}" for kind in absent]
        yield f"answerable refused {share:.2f}: {', '.join(refused)} at {least:.3f}"


def main() -> None:
    """Fit on two offices of law of three and the made-up ones to learn from, print the curves on the others."""
    most = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    law = list(judged(offices(most, random.Random(5))))
    cut = len(law) * 2 // 3
    learnt = list(judged(made_up.made_up(made_up.LEARN)))
    weights = fitted(law[:cut], learnt)
    names = ("bias", *WEIGHED)
    print(" ".join(f"{name} {weight:.2f}" for name, weight in zip(names, weights, strict=True)))
    for name, rows in (("law", law[cut:]), ("made up", list(judged(made_up.made_up(made_up.JUDGE))))):
        seen, there = table(rows)
        print(f"{name}: {len(rows)} questions, {int(there.sum())} answerable")
        score = 1 / (1 + np.exp(-(weights[0] + seen @ weights[1:])))
        print("fitted:", *curve(score, rows), sep="\n  ")
        print("as it is:", *curve(np.array([likelihood(row.evidence) for row in rows]), rows), sep="\n  ")


if __name__ == "__main__":
    main()
