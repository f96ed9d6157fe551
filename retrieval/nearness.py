"""A third look at the few best candidates: how near their nearest sentence comes, and how near each word asked.

The vector of a passage is the mean of its words, in which the one sentence that answers is lost. Here every sentence
has its own, and every word of the question looks for the word of the passage nearest to it in meaning. Knows nothing of
ranking; an encoder without vectors of words (any but the static one) says nothing.
"""

from __future__ import annotations

import re
import weakref
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from index.encoder import Encoder, WordEncoder, Words, unit_rows
from index.passage import Passage

Floats = NDArray[np.float32]

_END = re.compile(r"(?<=[.;:!?])\s+|\n")
_RAREST = 3  # words of the question whose vectors are longest: training made them long for words that tell
_WELL, _THE_SAME = 0.6, 0.999  # cosines from which a word is met well, and is the word itself
_A_SENTENCE = 4  # words; less is a number, a heading's beginning, a cell of a table


# The last question to each encoder and its vector: sentences are compared with it in three places.
_LAST: weakref.WeakKeyDictionary[Encoder, tuple[str, Floats]] = weakref.WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class Near:
    """What the third look saw; arrays float32 [n], 0..1 but for the last two.

    "Met" says how near a word of the question finds its nearest: the cosine of their vectors. Means over the words of
    the question count rare ones more.
    """

    sentence: Floats  # cosine of the question with the nearest sentence of the passage
    words: Floats  # mean of how near the words are met anywhere in the passage, its heading included
    in_one: Floats  # … in one sentence, the best
    in_two: Floats  # … in each of the two best sentences, the mean of these
    below_heading: Floats  # … in one sentence or the heading above it
    heading: Floats  # … in the heading
    squared: Floats  # mean of the squares of `words`
    exact: Floats  # share of the words that stand in one sentence
    exact_below: Floats  # … in one sentence or the heading above it
    well_met: Floats  # share of the words that are met nearer than 0.6
    weightiest: Floats  # how near the three rarest words are met, the mean
    weakest: Floats  # … the worst
    length: Floats  # natural logarithm of the characters of the passage
    count: Floats  # its sentences


def nearness(encoder: Encoder, meant: str, query: Floats, passages: Sequence[Passage]) -> Near | None:
    """Compare the question `meant`, whose unit vector is `query` [d], with `passages`; None where nothing can be."""
    if not isinstance(encoder, WordEncoder) or not passages:
        return None
    words = encoder.encode_words([meant])
    asked = words.vectors[words.places]
    if not len(asked):
        return None
    parted = [sentences(passage.text) for passage in passages]
    texts = [[passage.context.rpartition(" › ")[2], *parts] for passage, parts in zip(passages, parted, strict=True)]
    words = encoder.encode_words([*chain.from_iterable(texts)])
    first = _starts([len(one) for one in texts])
    cosines = unit_rows(_sums(words)) @ query
    cosines[first] = 0  # the headings; every passage has a sentence besides
    nearest = np.maximum(np.maximum.reduceat(cosines, first), 0)
    weights = np.linalg.norm(asked, axis=1)
    met = _met(asked, words)
    length = np.array([np.log(len(passage.text) + 1) for passage in passages], np.float32)
    count = np.array([len(parts) for parts in parted], np.float32)
    return Near(*(nearest, *_looked_at(met, weights / weights.sum(), first), length, count))


def _looked_at(met: Floats, share: Floats, first: NDArray[np.int64]) -> Iterator[Floats]:
    """Yield the fields of `Near` from `words` to `weakest`, float32 [n].

    `met`: float32 [words, texts], how near each word is met in each text; `share` [words], what each counts, adding up
    to 1; `first` [n]: where the heading of each passage stands among the texts, its sentences behind it.
    """
    sizes = np.diff([*first, met.shape[1]])
    heading = met[:, first]
    below = np.maximum(met, np.repeat(heading, sizes, axis=1))
    anywhere = np.maximum.reduceat(below, first, axis=1)
    rarest = anywhere[np.argsort(-share, kind="stable")[:_RAREST]]
    in_each, exact = share @ met, share @ (met > _THE_SAME)
    in_each[first], exact[first] = -1, 0  # a heading is no sentence
    best = [
        np.sort(in_each[start : start + size])[-min(2, size - 1) :] for start, size in zip(first, sizes, strict=True)
    ]
    yield from (
        np.asarray(one, np.float32)
        for one in (
            share @ anywhere,
            [two[-1] for two in best],
            [two.mean() for two in best],
            np.maximum.reduceat(share @ below, first),
            share @ heading,
            share @ anywhere**2,
            np.maximum.reduceat(exact, first),
            np.maximum.reduceat(share @ (below > _THE_SAME), first),
            share @ (anywhere > _WELL),
            rarest.mean(axis=0),
            rarest.min(axis=0),
        )
    )


def sentence_nearness(encoder: Encoder, meant: str) -> Callable[[Sequence[str]], list[float]] | None:
    """Return what tells how near sentences come to the question `meant`, 0 to 1; None where nothing can."""
    if not isinstance(encoder, WordEncoder):
        return None  # others take too long for every sentence of an answer
    last = _LAST.get(encoder)
    if last is None or last[0] != meant:
        last = _LAST[encoder] = meant, encoder.encode_queries([meant])[0]
    query = last[1]
    return lambda texts: np.maximum(encoder.encode_passages(texts) @ query, 0).tolist()


def sentences(text: str) -> list[str]:
    """Return the sentences, items and lines of `text` that say something; the whole where none does."""
    return [part for part in _END.split(text) if part.count(" ") >= _A_SENTENCE - 1] or [text]


def _sums(words: Words) -> Floats:
    """Return float32 [texts, d]: the sum of the words of every text; of none zeros."""
    found = np.zeros((len(words.sizes), words.vectors.shape[1]), np.float32)
    start = 0
    # A third of the time of reduceat, which knows no empty stretch either; a text's own words stay in the cache.
    for place, size in enumerate(words.sizes.tolist()):
        words.vectors.take(words.places[start : start + size], axis=0).sum(axis=0, out=found[place])
        start += size
    return found


def _met(asked: Floats, words: Words) -> Floats:
    """Return float32 [asked, texts]: the cosine of each of `asked` [asked, d] with the nearest word of each text."""
    found = np.zeros((len(asked), len(words.sizes)), np.float32)
    full = words.sizes > 0
    if full.any():
        cosines = np.maximum(unit_rows(asked) @ unit_rows(words.vectors).T, 0)
        found[:, full] = np.maximum.reduceat(cosines[:, words.places], _starts(words.sizes[full]), axis=1)
    return found


def _starts(sizes: Sequence[int] | NDArray[np.int64]) -> NDArray[np.int64]:
    return np.concatenate(([0], np.cumsum(sizes)[:-1]))
