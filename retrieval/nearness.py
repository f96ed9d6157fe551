"""A third look at the few best candidates: how near their nearest sentence comes, and how near each word asked.

The vector of a passage is the mean of its words, in which the one sentence that answers is lost. Here every sentence
has its own, and every word of the question looks for the word of the passage nearest to it in meaning. Knows nothing of
ranking; an encoder without vectors of words (any but the static one) says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from index.encoder import Encoder, WordEncoder, unit_rows
from index.passage import Passage

Floats = NDArray[np.float32]

_END = re.compile(r"(?<=[.;:!?])\s+|\n")
_A_SENTENCE = 4  # words; less is a number, a heading's beginning, a cell of a table


@dataclass(frozen=True, slots=True)
class Near:
    """What the third look saw; arrays float32 [n]."""

    sentence: Floats  # cosine of the question with the nearest sentence of the passage, 0..1
    words: Floats  # mean cosine of the question's words with the word nearest to each, rare ones counting more, 0..1


def nearness(encoder: Encoder, meant: str, query: Floats, passages: Sequence[Passage]) -> Near | None:
    """Compare the question `meant`, whose unit vector is `query` [d], with `passages`; None where nothing can be."""
    if not isinstance(encoder, WordEncoder) or not passages:
        return None
    asked, _ = encoder.encode_words([meant])
    if not len(asked):
        return None
    texts = [[passage.context.rpartition(" › ")[2], *sentences(passage.text)] for passage in passages]
    rows, sizes = encoder.encode_words([*chain.from_iterable(texts)])
    first = _starts([len(one) for one in texts])
    cosines = unit_rows(_sums(rows, sizes)) @ query
    cosines[first] = 0  # the headings; every passage has a sentence besides
    nearest = np.maximum(np.maximum.reduceat(cosines, first), 0)
    return Near(nearest, _nearest_words(asked, rows, np.add.reduceat(sizes, first)))


def sentence_nearness(encoder: Encoder, meant: str) -> Callable[[Sequence[str]], list[float]] | None:
    """Return what tells how near sentences come to the question `meant`, 0 to 1; None where nothing can."""
    if not isinstance(encoder, WordEncoder):
        return None  # others take too long for every sentence of an answer
    query = encoder.encode_queries([meant])[0]
    return lambda texts: np.maximum(encoder.encode_passages(texts) @ query, 0).tolist()


def sentences(text: str) -> list[str]:
    """Return the sentences, items and lines of `text` that say something; the whole where none does."""
    return [part for part in _END.split(text) if part.count(" ") >= _A_SENTENCE - 1] or [text]


def _sums(rows: Floats, sizes: NDArray[np.int64]) -> Floats:
    """Return float32 [len(sizes), d]: the sum of every stretch of `rows`, `sizes` of them each; of none zeros."""
    found = np.zeros((len(sizes), rows.shape[1]), np.float32)
    full = sizes > 0  # reduceat has no notion of an empty stretch
    if full.any():
        found[full] = np.add.reduceat(rows, _starts(sizes[full]))
    return found


def _nearest_words(asked: Floats, rows: Floats, sizes: NDArray[np.int64]) -> Floats:
    """Weigh by the length of the vectors, which training made long for words that tell and short for others."""
    found = np.zeros(len(sizes), np.float32)
    full = sizes > 0
    if full.any():
        weights = np.linalg.norm(asked, axis=1)
        lengths = np.sqrt(np.einsum("ij,ij->i", rows, rows))  # dividing cosines is cheaper than scaling rows
        cosines = np.maximum(unit_rows(asked) @ rows.T, 0) / np.where(lengths > 0, lengths, 1)
        found[full] = weights @ np.maximum.reduceat(cosines, _starts(sizes[full]), axis=1) / weights.sum()
    return found


def _starts(sizes: Sequence[int] | NDArray[np.int64]) -> NDArray[np.int64]:
    return np.concatenate(([0], np.cumsum(sizes)[:-1]))
