"""Grow what `retrieval.deciding` weighs by: `python -m tests.benchmarks.calibrate [OFFICES]` writes `retrieval/data`.

Gradient boosting with scikit-learn over questions in everyday words, answerable and not: to offices made up for it
(`made_up`), and, weighing less, the written questions to small offices of law (`offices`), where many absent matters
belong to articles left out of a law that is there. Knows nothing of tests/unseen, which stays held out.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from retrieval.deciding import FILE, Signs, columns, likelihood, signs
from retrieval.question import understand
from retrieval.search import search
from retrieval.trees import Trees
from tests.benchmarks import made_up
from tests.benchmarks.grow import arrays, booster
from tests.benchmarks.offices import Office, offices
from tests.benchmarks.sets import SAMPLES_NOW

Floats = NDArray[np.float64]
# What an office of law weighs beside one made up for it: its absent matters are mostly articles left out of a law, and
# weighing the same they made the trees worse on real documents of other kinds.
_LAW = 0.1
# What counts the same way whatever the other signs are.
_ALWAYS = {"unheard": -1, "semantic": 1, "sentence": 1, "elsewhere": -1, "idle": -1, "odds": 1, "shown": 1}
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


def table(rows: Sequence[Judged]) -> tuple[Floats, NDArray[np.bool_]]:
    """Return the signs, [rows, signs], and whether the passage answers."""
    return np.concatenate([columns(row.evidence) for row in rows]), np.array([row.there for row in rows])


def grown(law: Sequence[Judged], learnt: Sequence[Judged]) -> Any:
    """Return the fitted classifier: whether the passage answers.

    In each source the answerable weigh as much as the others.
    """
    seen, there = table([*law, *learnt])
    balance = np.concatenate([_LAW * _balance(table(law)[1]), _balance(table(learnt)[1])])
    model = booster(leaves=8, least=30, always=[_ALWAYS.get(sign.name, 0) for sign in fields(Signs)])
    return model.fit(seen, there, sample_weight=balance * len(there) / balance.sum())


def _balance(there: NDArray[np.bool_]) -> Floats:
    return np.where(there, 0.5 / there.sum(), 0.5 / (~there).sum())


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
    """Grow on two offices of law of three and the made-up ones to learn from, print the curves on the others, write."""
    most = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    law = list(judged(offices(most, random.Random(5))))
    cut = len(law) * 2 // 3
    learnt = list(judged(made_up.made_up(made_up.LEARN)))
    trees = Trees(arrays(grown(law[:cut], learnt)))
    for name, rows in (("law", law[cut:]), ("made up", list(judged(made_up.made_up(made_up.JUDGE))))):
        seen, there = table(rows)
        print(f"{name}: {len(rows)} questions, {int(there.sum())} answerable")
        print("grown on the others:", *curve(_chance(trees.score(seen)), rows), sep="\n  ")
        print("as it is:", *curve(np.array([likelihood(row.evidence) for row in rows]), rows), sep="\n  ")
    stored = arrays(grown(law, learnt))
    np.savez_compressed(FILE, **stored)
    print(f"{FILE}: {stored['feature'].shape[0]} trees of at most {stored['feature'].shape[1]} nodes")


def _chance(odds: NDArray[np.float32]) -> Floats:
    return 1 / (1 + np.exp(-odds.astype(np.float64)))


if __name__ == "__main__":
    main()
