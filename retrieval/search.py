"""From a question to the passages that may answer it.

Three indexes propose candidates (BM25 with and without diacritics, vectors); a few hundred of them are then looked at
more closely (which of the question's words they have, whether together, whether their document is the one meant) and
ordered by `retrieval.fusion`. Nothing here loops over all passages in Python.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.lexical import Choice, best
from knowledge.text import collapse, fold

from . import fusion
from .closer import labelled, look, shown
from .coverage import FULL_WEIGHT, asked_pairs, asked_words, share, share_of_text
from .encoded import Encoded, encoded
from .headers import headers
from .model import Hit, Question, Term
from .names import of_the_named, of_the_row
from .nearness import Near, nearness
from .reranking import columns, trees

if TYPE_CHECKING:
    from index.passage import Passage
    from index.snapshot import Snapshot

MOST = 48  # candidates whose heading and place are looked at …
BEST = 16  # … and those of which every sentence and word is, and which trees put in order
_SURE = 12  # hits of which anybody asks how sure they are
_ABSENT_PLACE = 0.3  # what is left of the confidence where the question is about another province
_NOTHING_SAID = 0.3  # … where it has function words only
_NAMING = 0.5  # how much less a word counts that names the document surely meant

_LEXICAL, _SEMANTIC, _OF_MEANT = 160, 60, 80  # candidates from words, from vectors, from each document meant
_ALTERNATIVE = 1.0  # what other words for the same weigh beside those typed …
_ONLY_ASKING = 0.5  # … and what they stand for, where that only asks ("bao lâu")
_SAYS_SOMETHING = 0.3  # words below, and pairs below, are function words: 3 ms a question for nothing measurable


@dataclass(frozen=True, slots=True)
class Looked:
    """What a closer look at some candidates found."""

    best: NDArray[np.int64]  # places among them of the few that were looked at closely
    score: fusion.Floats  # [candidates] the weighted sum
    near: Near | None  # of the best; None where the encoder has no vectors of words …
    columns: fusion.Floats | None  # … and what the trees look at, [best, m]
    frame: fusion.Floats  # [best] of `closer.Closer`


def search(question: Question, snapshot: Snapshot, k: int) -> list[Hit]:
    """Return the at most `k` passages that answer `question` best, best first."""
    if not question.terms or not len(snapshot):
        return []
    question = about_the_matter(question, snapshot)
    asked = encoded(question, snapshot)
    rows, features = evidence(question, asked, snapshot)
    order = np.lexsort((rows, -fusion.rank(features, exclusive=question.exclusive)))
    near = order[: max(MOST, k)]
    hits = _ranked(question, asked, snapshot, rows[near], features.take(near), k)
    return of_the_row(question, of_the_named(question, hits, snapshot), snapshot)


def evidence(question: Question, asked: Encoded, snapshot: Snapshot) -> tuple[NDArray[np.int64], fusion.Features]:
    """Return the candidates' rows, and what is known of each unread."""
    lexical = _lexical(question, snapshot)
    rows = _candidates(question, snapshot, lexical, asked.vector)
    return rows, _features(question, snapshot, rows, lexical, asked.vector)


def _ranked(
    question: Question,
    asked: Encoded,
    snapshot: Snapshot,
    rows: NDArray[np.int64],
    features: fusion.Features,
    k: int,
) -> list[Hit]:
    """Order the best candidates by a closer look at their text, and return the first `k`.

    Those beyond the closer look follow as they were.
    """
    passages = [snapshot.passage(int(row)) for row in rows[:MOST]]
    first = features.take(np.arange(len(passages)))
    looked = look_closely(question, asked, snapshot, passages, first)
    score, near = looked.score, looked.near
    odds: dict[int, float] = {}
    if looked.columns is not None:
        away = fusion.elsewhere(first.meant[looked.best], staying=stays(question))
        grown = trees().score(looked.columns) - away - fusion.of_the_frame(looked.frame)
        odds = dict(zip(looked.best.tolist(), grown.tolist(), strict=True))
        score = fusion.reordered(score, looked.best, grown)
    nearby = dict(zip(looked.best.tolist(), near.sentence.tolist(), strict=True)) if near else {}
    formed = np.zeros(len(passages), np.float32)
    formed[looked.best] = shown([passages[i] for i in looked.best], question)
    order = fusion.followed(np.lexsort((rows[: len(passages)], -score)), score, formed)
    chosen = _once(order.tolist(), passages, k)
    surest = chosen[:_SURE]
    sure = _confidence(question, snapshot, first.take(np.array(surest, np.int64)), [passages[i] for i in surest])
    hits = []
    for place, i in enumerate((*chosen, *range(len(passages), len(rows)))):
        hits.append(
            Hit(
                passage=int(rows[i]),
                score=float(sure[place]) if place < len(sure) else 0.0,
                lexical=float(features.lexical[i]),
                semantic=float(features.semantic[i]),
                coverage=float(features.coverage[i]),
                meant=float(features.meant[i]),
                points=float(score[i]) if i < len(passages) else 0.0,
                sentence=nearby.get(i),
                odds=odds.get(i),
            )
        )
    return hits[:k]


def stays(question: Question) -> bool:
    """Tell whether one document is surely meant: named, or spoken of in the turn before."""
    return question.exclusive or (question.follow_up and bool(question.documents))


def look_closely(
    question: Question, asked: Encoded, snapshot: Snapshot, passages: Sequence[Passage], features: fusion.Features
) -> Looked:
    """Look at the text of `passages` and at every sentence of the best of them; `features` are theirs."""
    seen = look(passages, question)
    score = fusion.rank(features, exclusive=question.exclusive) + fusion.closer(seen.headed, seen.frame)
    best = np.argsort(-score, kind="stable")[:BEST]
    near = nearness(snapshot.encoder, asked.words, asked.vector, [passages[i] for i in best])
    if near is None:
        return Looked(best, score, None, None, seen.frame[best])
    score = score + fusion.nearest(best, near.sentence, near.words, len(score))
    said = labelled([passages[i] for i in best], question)
    documents = np.array([passages[i].document for i in best], np.int64)
    signs = columns(features.take(best), seen.take(best), said, near, score[best], documents)
    return Looked(best, score, near, signs, seen.frame[best])


def _once(order: Sequence[int], passages: Sequence[Passage], k: int) -> list[int]:
    """Return the first `k` of `order`, without what says word for word what a better one of the same document says."""
    said: dict[tuple[int, str], int] = {}
    for i in order:
        said.setdefault((passages[i].document, collapse(passages[i].text).lower()), i)
        if len(said) == k:
            break
    return [*said.values()]


def _confidence(
    question: Question, snapshot: Snapshot, features: fusion.Features, passages: Sequence[Passage]
) -> fusion.Floats:
    """How likely each of `passages` answers, 0..1, looking at its own words apart from its context."""
    asked = asked_words(question, snapshot)
    own = np.array([share_of_text(asked, passage.text) for passage in passages], np.float32)
    return fusion.confidence(features, own) * np.float32(_doubt(question))


def _doubt(question: Question) -> float:
    """What is left of the confidence, 1 for most questions."""
    # A province that nothing is from and nothing mentions stands as a phrase among the unknown words.
    absent_place = any(" " in word for word in question.unknown)
    nothing_said = all(term.weight < FULL_WEIGHT for term in question.terms) and not question.follow_up
    return (_ABSENT_PLACE if absent_place else 1.0) * (_NOTHING_SAID if nothing_said else 1.0)


def about_the_matter(question: Question, snapshot: Snapshot) -> Question:
    """Return `question` with less weight on the words that only say which document is meant.

    Every passage of that document has them in its context line, so among those passages they tell nothing apart.
    """
    if not question.documents:
        return question
    best = max(question.documents, key=lambda document: question.documents[document])
    rest = 1.0 - _NAMING * question.documents[best]
    called = headers(snapshot)[best].words
    terms = tuple(replace(t, weight=t.weight * (rest if fold(t.text) in called else 1.0)) for t in question.terms)
    pairs = tuple(
        replace(t, weight=t.weight * (rest if called.issuperset(fold(t.text).split("_")) else 1.0))
        for t in question.pairs
    )
    if all(term.weight < FULL_WEIGHT for term in terms):
        return question
    return replace(question, terms=terms, pairs=pairs)


def _lexical(question: Question, snapshot: Snapshot) -> fusion.Floats:
    terms = [term for term in (*question.terms, *question.pairs) if term.weight >= _SAYS_SOMETHING]
    choices = _choices(question)
    accented = snapshot.accented.scores([term.text for term in terms], [term.weight for term in terms], choices)
    bare = _folded(terms)
    plain = [[replace(one, tokens=tuple(map(fold, one.tokens))) for one in group] for group in choices]
    folded = snapshot.folded.scores(list(bare), list(bare.values()), plain)
    return fusion.mixed(accented, folded, trusted=question.accented)


def _choices(question: Question) -> list[list[Choice]]:
    """The other words of each concept; they count no more than the words they stand for do in this question."""
    weights = {term.text: term.weight for term in question.terms}
    found = []
    for concept in question.concepts:
        asked = max((weights[word] for word in concept.words if word in weights), default=_ONLY_ASKING)
        found.append([Choice(one.tokens, _ALTERNATIVE * asked * one.strength) for one in concept.alternatives])
    return found


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
    words, pairs = asked_words(question, snapshot), asked_pairs(question, snapshot)
    return fusion.Features(
        lexical=lexical[rows],
        semantic=snapshot.vectors.similarities(query, rows),
        coverage=share(words, snapshot, rows, trusted=question.accented),
        together=share(pairs, snapshot, rows, trusted=question.accented),
        meant=meant,
    )
