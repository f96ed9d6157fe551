"""From a question to the passages that may answer it.

Three indexes propose candidates (BM25 with and without diacritics, vectors); a few hundred of them are then looked at
more closely (which of the question's words they have, whether together, whether their document is the one meant) and
ordered by `retrieval.fusion`. Nothing here loops over all passages in Python.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.lexical import LexicalIndex, best
from knowledge.text import collapse, fold

from . import fusion
from .model import Hit, Question, Term

if TYPE_CHECKING:
    from index.snapshot import Snapshot

THRESHOLD = 0.5  # `Hit.score` below which there is no evidence to answer from (see fusion.confidence)

_LEXICAL, _SEMANTIC, _OF_MEANT = 160, 60, 80  # candidates from words, from vectors, from each document meant
_SAYS_SOMETHING = 0.3  # words below, and pairs below, are function words: 3 ms a question for nothing measurable
_FULL_WEIGHT = 0.5  # terms below are guesses and carried words: they order passages, they are not asked to be there


def search(question: Question, snapshot: Snapshot, k: int) -> list[Hit]:
    """Return the at most `k` passages that answer `question` best, best first."""
    if not question.terms or not len(snapshot):
        return []
    lexical = _lexical(question, snapshot)
    query = snapshot.encoder.encode_queries([_query(question)])[0]
    rows = _candidates(question, snapshot, lexical, query)
    features = _features(question, snapshot, rows, lexical, query)
    ranked = fusion.rank(features, exclusive=question.exclusive)
    order = np.lexsort((rows, -ranked))
    sure = fusion.confidence(features)
    hits = [
        Hit(
            passage=int(rows[i]),
            score=float(sure[i]),
            lexical=float(features.lexical[i]),
            semantic=float(features.semantic[i]),
            coverage=float(features.coverage[i]),
            meant=float(features.meant[i]),
        )
        for i in order[: 2 * k + 8]
    ]
    return _distinct(hits, snapshot)[:k]


def _query(question: Question) -> str:
    """The words to encode: function words say nothing to a mean of vectors."""
    return " ".join(term.text for term in question.terms if term.weight >= _SAYS_SOMETHING)


def _lexical(question: Question, snapshot: Snapshot) -> fusion.Floats:
    terms = [term for term in (*question.terms, *question.pairs) if term.weight >= _SAYS_SOMETHING]
    accented = snapshot.accented.scores([term.text for term in terms], [term.weight for term in terms])
    bare = _folded(terms)
    folded = snapshot.folded.scores(list(bare), list(bare.values()))
    return fusion.mixed(accented, folded, trusted=question.accented)


def _folded(terms: Sequence[Term]) -> dict[str, float]:
    """Fold the terms; two that fold to one ("hoá", "hóa") are one, at the greater weight."""
    bare: dict[str, float] = {}
    for term in terms:
        key = fold(term.text)
        bare[key] = max(bare.get(key, 0.0), term.weight)
    return bare


def _candidates(
    question: Question, snapshot: Snapshot, lexical: fusion.Floats, query: NDArray[np.float32]
) -> NDArray[np.int64]:
    by_words, _ = best(lexical, _LEXICAL)
    by_vector, _ = snapshot.vectors.search(query, _SEMANTIC)
    found = [by_words, by_vector]
    for document in sorted(question.documents, key=lambda d: -question.documents[d])[:4]:
        card = snapshot.documents[document]
        own, _ = best(lexical[card.first : card.last], _OF_MEANT)
        found.append(own + card.first)
    return np.unique(np.concatenate(found))


def _features(
    question: Question,
    snapshot: Snapshot,
    rows: NDArray[np.int64],
    lexical: fusion.Floats,
    query: NDArray[np.float32],
) -> fusion.Features:
    meant = np.zeros(len(rows), dtype=np.float32)
    owners = snapshot.document_of[rows]
    for document, confidence in question.documents.items():
        meant[owners == document] = confidence
    words = [term for term in question.terms if term.weight >= _FULL_WEIGHT]
    pairs = [term for term in question.pairs if term.weight >= _FULL_WEIGHT]
    return fusion.Features(
        lexical=lexical[rows],
        semantic=snapshot.vectors.similarities(query, rows),
        coverage=_share(words or question.terms, snapshot, rows, trusted=question.accented),
        together=_share(pairs, snapshot, rows, trusted=question.accented),
        meant=meant,
    )


def _share(terms: Sequence[Term], snapshot: Snapshot, rows: NDArray[np.int64], *, trusted: bool) -> NDArray[np.float32]:
    """Share of the terms, weighted by rarity, that each row has: as typed in full, in another accent in part."""
    if not terms:
        return np.zeros(len(rows), dtype=np.float32)
    bare = [fold(term.text) for term in terms]
    weights = np.array(
        [term.weight * _rarity(snapshot.folded, token) for term, token in zip(terms, bare, strict=True)], np.float32
    )
    has = snapshot.folded.presence(bare, rows).astype(np.float32)
    if trusted:
        exact = snapshot.accented.presence([term.text for term in terms], rows)
        has = np.where(exact, np.float32(1.0), np.float32(0.5) * has)
    total = float(weights.sum())
    return (weights @ has) / np.float32(total) if total else np.zeros(len(rows), dtype=np.float32)


def _rarity(index: LexicalIndex, token: str) -> float:
    """How telling a token is: its inverse document frequency, flattened so that one rare word is not everything."""
    return math.sqrt(math.log(1 + (len(index) + 1) / (index.frequency(token) + 0.5)))


def _distinct(hits: Sequence[Hit], snapshot: Snapshot) -> list[Hit]:
    """Drop passages that say word for word what a better one of the same document says."""
    kept: dict[tuple[int, str], Hit] = {}
    for hit in hits:
        passage = snapshot.passage(hit.passage)
        kept.setdefault((passage.document, collapse(passage.text).lower()), hit)
    return list(kept.values())
