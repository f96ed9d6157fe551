"""From several kinds of evidence for a passage to one score between 0 and 1.

Knows nothing of questions or indexes: arrays in, arrays out, row i of every array the same passage.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

# Ranking. Lexical scores are scaled to their maximum and mixed by addition: on citizens' questions over articles of
# law that kept what reciprocal rank fusion lost (0.72 against 0.65 nDCG@10).
ACCENTED_SHARE = 0.6  # of the lexical score, where marks were typed; the folded index has the rest
RESTORED_SHARE = 0.3  # … where the marks were put back by guess
# What is added up. Fitted by `python -m tests.benchmarks.weigh 18` on written questions over small offices of law and
# on those to offices made up for it, and rounded; the share of words in the passage's own text came out below zero.
LEXICAL = 0.5  # the lexical score, at most 1
SEMANTIC = 3.0  # cosine
COVERAGE = 1.05  # share of the question's words, weighted by rarity, that stand in the passage with its context
TOGETHER = 0.3  # share of its pairs
HEADED = 0.45  # share of the heading above it that the question says
NEAR_SENTENCE = 2.05  # cosine with its nearest sentence
NEAR_WORDS = 3.2  # mean cosine of the question's words with the nearest of the passage's
# Those questions ask for no frame and no document by name; these four were set by hand, three times what they were
# while the sum above was a third of what it is.
FRAME = 2.0  # taken from letterhead, title, recipients, signature when not asked for, given when asked for
SHOWN = 0.6  # it has the form of answer asked for: an amount of money, a date, a person
MEANT = 1.8  # confidence that the passage's document is the one meant
_POINTS_PER_NAT = 0.4  # what one of the trees' log-odds counts beside the sum
NATS_FRAME = 3.0  # … the log-odds that a part of the frame loses among the best …
NATS_ELSEWHERE = 1.0  # … and another document's passage, where one is surely meant
ELSEWHERE = 0.45  # what remains of a passage of another document where one document is surely meant


@dataclass(frozen=True, slots=True)
class Features:
    """What is known of each candidate passage; arrays float32 [n]."""

    lexical: Floats  # scaled to 1 for the best passage of the index
    semantic: Floats  # cosine, -1..1
    coverage: Floats  # 0..1, by words
    together: Floats  # 0..1, by pairs of words
    meant: Floats  # 0..1

    def take(self, rows: NDArray[np.int64]) -> Features:
        """Return the features of `rows` only, in that order."""
        return Features(*(getattr(self, name)[rows] for name in self.__slots__))


def rank(features: Features, *, exclusive: bool) -> Floats:
    """Return what to order candidates by; comparable within one question only."""
    passage: Floats = (
        LEXICAL * features.lexical
        + SEMANTIC * np.maximum(features.semantic, 0)
        + COVERAGE * features.coverage
        + TOGETHER * features.together
    )
    if exclusive:
        passage = passage * np.where(features.meant > 0, np.float32(1.0), np.float32(ELSEWHERE))
    return np.asarray(passage + MEANT * features.meant, dtype=np.float32)


def elsewhere(meant: Floats, *, staying: bool) -> Floats:
    """Return float32 [n]: the log-odds that passages of other documents lose where one document is surely meant.

    `staying`: it is named, or a follow-up was asked of it. The trees grew on questions that seldom name one.
    """
    return np.where(meant > 0, np.float32(0), np.float32(NATS_ELSEWHERE * staying))


def of_the_frame(frame: Floats) -> Floats:
    """Return float32 [n]: the log-odds that letterhead, title, recipients, signature lose when not asked for.

    The trees grew on articles and made-up offices, where no title says what is asked in nearly the question's words.
    """
    return np.asarray(NATS_FRAME * np.maximum(frame, 0), dtype=np.float32)


def mixed(accented: Floats, folded: Floats, *, trusted: bool) -> Floats:
    """Return the lexical score of every row, the best 1: both indexes scaled to their maximum, then added."""
    share = ACCENTED_SHARE if trusted else RESTORED_SHARE
    return scaled(np.float32(share) * scaled(accented) + np.float32(1 - share) * scaled(folded))


def scaled(scores: Floats) -> Floats:
    """Return `scores` divided by their maximum; all zeros stay zeros."""
    best = float(scores.max(initial=0.0))
    return scores / np.float32(best) if best > 0 else scores


def closer(headed: Floats, frame: Floats) -> Floats:
    """Return what a look at the text adds to `rank`."""
    return np.asarray(HEADED * headed - FRAME * frame, dtype=np.float32)


def nearest(best: NDArray[np.int64], sentence: Floats, words: Floats, count: int) -> Floats:
    """Return float32 [count]: what the third look adds for the rows `best`, and for others the least of that."""
    added = NEAR_SENTENCE * sentence + NEAR_WORDS * words
    everything = np.full(count, added.min(), dtype=np.float32)
    everything[best] = added
    return everything


def reordered(score: Floats, best: NDArray[np.int64], odds: Floats) -> Floats:
    """Return `score` [n] with the rows `best` in the order of `odds` (log-odds that each is right), before all others.

    Their distances are put on the scale of the sum, which what is decided by points was fitted to.
    """
    placed = _POINTS_PER_NAT * (odds - odds.max()) + score.max()
    below = placed.min() - score[best].min()  # the others stand under the last of the best as far as they did
    everything = np.asarray(score + np.float32(min(below, 0.0)), dtype=np.float32)
    everything[best] = placed
    return everything


def followed(order: NDArray[np.int64], score: Floats, shown: Floats) -> NDArray[np.int64]:
    """Return `order` with those after the first put anew: who has the form of answer asked for gets SHOWN more.

    The first stays: an amount of money somewhere makes nothing the answer to a question about another amount.
    """
    rest = order[1:]
    return np.concatenate([order[:1], rest[np.argsort(-(score + SHOWN * shown)[rest], kind="stable")]])


# Answering or not: the log-odds that a passage answers, from evidence that does not depend on how good the other
# passages are. Logistic regression on the questions over the sample documents and on questions about 400 procedures
# that no sample document is about.
_BIAS = -5.5
_WEIGHTS = (3.8, 2.5, 1.4, 0.45, 2.3)  # coverage, together, semantic, meant, own


def confidence(features: Features, own: Floats) -> Floats:
    """Return the probability, 0..1, that each passage answers; comparable between questions."""
    columns = (features.coverage, features.together, np.maximum(features.semantic, 0), features.meant, own)
    logit = sum((weight * column for weight, column in zip(_WEIGHTS, columns, strict=True)), start=np.float32(_BIAS))
    return np.asarray(1 / (1 + np.exp(-logit)), dtype=np.float32)
