"""The order of the few best candidates, by boosted trees over everything that is known of each.

A weighted sum (`fusion`) finds the candidates; among the best of them what counts depends on the rest: a word more or
less tells little in a long passage, much where no other has it. Trees grown by `python -m tests.benchmarks.grow` on
written questions nobody trained the model on; read with numpy alone. Knows nothing of questions or indexes.
"""

from __future__ import annotations

from dataclasses import astuple
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from .closer import Closer
from .fusion import Features
from .nearness import Near
from .trees import Trees, stored

Floats = NDArray[np.float32]

FILE = Path(__file__).parent / "data" / "trees.npz"


def columns(
    features: Features, seen: Closer, labelled: Floats, near: Near, score: Floats, documents: NDArray[np.int64]
) -> Floats:
    """Return float32 [n, m], what the trees look at: each sign of each candidate, also beside those of the others.

    `score`: the weighted sum. `documents`: of which document each is. Whether it has the form of answer asked for is
    left out: the questions to learn from all have an answer, and an amount of money somewhere answers nothing.
    """
    own = np.column_stack(
        [
            features.lexical,
            np.maximum(features.semantic, 0),
            features.coverage,
            features.together,
            features.meant,
            seen.headed,
            seen.frame,
            labelled,
            *astuple(near),
        ]
    )
    behind = own - own.max(axis=0)
    beside = own - own.mean(axis=0)
    kin = _kin(score - score.max(), documents)
    return np.column_stack([own, behind, beside, score - score.max(), *kin]).astype(np.float32)


def _kin(behind: Floats, documents: NDArray[np.int64]) -> tuple[Floats, Floats]:
    """Return for each candidate the best `behind` of the others of its document, the least where it is alone; how many.

    A document of which several passages are near to the question is likelier meant than one with a single look-alike.
    """
    same = documents[:, None] == documents
    np.fill_diagonal(same, val=False)
    others = np.where(same, behind, behind.min())
    return others.max(axis=1), same.sum(axis=1).astype(np.float32)


def trees() -> Trees:
    """Return the trees that came with the program."""
    return stored(FILE)
