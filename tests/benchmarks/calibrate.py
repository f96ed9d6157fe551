"""Grow what `retrieval.deciding` weighs by: `python -m tests.benchmarks.calibrate [OFFICES]` writes `retrieval/data`.

Gradient boosting with scikit-learn over questions, answerable and not: to real documents (`real`), to offices made up
for it (`made_up`), and, weighing less, the written questions to small offices of law (`offices`), where many absent
matters belong to articles left out of a law that is there. Knows nothing of tests/unseen, which stays held out.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import fields
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from retrieval.deciding import FILE, Signs, columns, likelihood
from retrieval.trees import Trees
from tests.benchmarks import made_up
from tests.benchmarks.grow import arrays, booster
from tests.benchmarks.judging import Judged, judged
from tests.benchmarks.offices import offices
from tests.benchmarks.real import real

Floats = NDArray[np.float64]
# What an office of law weighs beside one made up for it: its absent matters are mostly articles left out of a law, and
# weighing the same they made the trees worse on real documents of other kinds.
_LAW = 0.1
# What counts the same way whatever the other signs are.
_ALWAYS = {"unheard": -1, "semantic": 1, "sentence": 1, "elsewhere": -1, "idle": -1, "odds": 1, "shown": 1}
_SHARES = (0.02, 0.03, 0.05, 0.1, 0.2)


def table(rows: Sequence[Judged]) -> tuple[Floats, NDArray[np.bool_]]:
    """Return the signs, [rows, signs], and whether the passage answers."""
    return np.concatenate([columns(row.evidence) for row in rows]), np.array([row.there for row in rows])


def grown(law: Sequence[Judged], *learnt: Sequence[Judged]) -> Any:
    """Return the fitted classifier: whether the passage answers.

    In each source the answerable weigh as much as the others, and each source of `learnt` as much as the next.
    """
    seen, there = table([*law, *chain(*learnt)])
    balance = np.concatenate([_LAW * _balance(table(law)[1]), *(_balance(table(rows)[1]) for rows in learnt)])
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
    """Grow and print the curves on what was left out: a third of the law, other made-up offices, each round; write."""
    most = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    law = list(judged(offices(most, random.Random(5))))
    cut = len(law) * 2 // 3
    learnt = list(judged(made_up.made_up(made_up.LEARN)))
    rounds = real()
    every = list(rounds.values())
    left_out = [("law", law[cut:], law[:cut], every)]
    left_out.append(("made up", list(judged(made_up.made_up(made_up.JUDGE))), law, every))
    left_out += [(name, rows, law, [other for other in every if other is not rows]) for name, rows in rounds.items()]
    for name, rows, laws, others in left_out:
        seen, there = table(rows)
        trees = Trees(arrays(grown(laws, learnt, *others)))
        print(f"{name}: {len(rows)} questions, {int(there.sum())} answerable")
        print("grown on the others:", *curve(_chance(trees.score(seen)), rows), sep="\n  ")
        print("as it is:", *curve(np.array([likelihood(row.evidence) for row in rows]), rows), sep="\n  ")
    stored = arrays(grown(law, learnt, *every))
    np.savez_compressed(FILE, **stored)
    print(f"{FILE}: {stored['feature'].shape[0]} trees of at most {stored['feature'].shape[1]} nodes")


def _chance(odds: NDArray[np.float32]) -> Floats:
    return 1 / (1 + np.exp(-odds.astype(np.float64)))


if __name__ == "__main__":
    main()
