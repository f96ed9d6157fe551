"""nDCG@10 of an encoder over citizens' questions and the articles of law: alone, and mixed with BM25.

`python -m index.training.measure --model index/model --corpora ../shared/corpora` prints the model card's rows.
The questions measure and never train.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path

import bm25s
import numpy as np
from numpy.typing import NDArray

from index.encoder import SHIPPED, Encoder, Vectors, load_encoder
from index.training.corpora import Judged, Source, read_articles, read_questions
from knowledge.text import fold, syllables

Scores = NDArray[np.float32]  # [articles], of one question


def ndcg(ranked: Sequence[str], relevant: frozenset[str], k: int = 10) -> float:
    """Return the normalised discounted cumulative gain of the first `k` ids, all relevant ones gaining 1."""
    gain = sum(1 / math.log2(place + 2) for place, found in enumerate(ranked[:k]) if found in relevant)
    best = sum(1 / math.log2(place + 2) for place in range(min(k, len(relevant))))
    return gain / best


def mean_ndcg(ids: Sequence[str], questions: Sequence[Judged], score: Callable[[int], Scores]) -> float:
    """Return the mean nDCG@10 where `score(i)` gives question i's score for every id."""
    total = 0.0
    for position, question in enumerate(questions):
        scores = score(position)
        top = np.argpartition(-scores, 10)[:10]
        ranked = [ids[row] for row in top[np.argsort(-scores[top], kind="stable")]]
        total += ndcg(ranked, question.relevant)
    return total / len(questions)


class Words:
    """BM25 over syllables and adjacent pairs, the heading counted twice: what the vectors are mixed with."""

    def __init__(self, articles: Sequence[Source], *, folded: bool, pairs: bool = True) -> None:
        self._folded, self._pairs = folded, pairs
        self._ids: dict[str, int] = {}
        rows = [
            [self._ids.setdefault(token, len(self._ids)) for token in self._tokens(text)]
            for text in (f"{article.heading}\n{article.heading}\n{article.text}" for article in articles)
        ]
        self._index = bm25s.BM25(k1=1.2, b=0.75)
        self._index.index((rows, self._ids), show_progress=False)

    def _tokens(self, text: str) -> list[str]:
        words = syllables(fold(text) if self._folded else text)
        return [*words, *map("_".join, pairwise(words))] if self._pairs else words

    def scores(self, question: str) -> Scores:
        """Return float32 [articles]."""
        known = sorted({self._ids[token] for token in self._tokens(question) if token in self._ids})
        scores: Scores = self._index.get_scores_from_ids(known)
        return scores


def mixed(lexical: Scores, cosines: Scores, weight: float = 0.5) -> Scores:
    """Return lexical + weight × cosines, each row scaled to its own maximum."""
    return lexical / max(float(lexical.max()), 1e-9) + weight * cosines / max(float(cosines.max()), 1e-9)


def passage_text(article: Source) -> str:
    """Return an article as a passage: its heading, then its text."""
    return f"{article.heading}\n{article.text}"


def measure(encoder: Encoder, articles: Sequence[Source], questions: Sequence[Judged]) -> dict[str, float]:
    """Return {row name: nDCG@10} for BM25, the encoder and their mix, questions as typed and without diacritics."""
    ids = [article.id for article in articles]
    passages: Vectors = encoder.encode_passages([passage_text(article) for article in articles])
    figures: dict[str, float] = {}
    for folded in (False, True):
        typed = [fold(question.text) if folded else question.text for question in questions]
        vectors = encoder.encode_queries(typed)
        words = Words(articles, folded=folded)
        lexical = [words.scores(text) for text in typed]
        how = "folded" if folded else "accented"
        cosines = [passages @ vector for vector in vectors]
        figures[f"bm25 {how}"] = mean_ndcg(ids, questions, lexical.__getitem__)
        figures[f"model {how}"] = mean_ndcg(ids, questions, cosines.__getitem__)
        figures[f"mixed {how}"] = mean_ndcg(ids, questions, lambda at, a=lexical, b=cosines: mixed(a[at], b[at]))  # type: ignore[misc] # mypy cannot infer the type of a lambda with bound defaults
    return figures


def main(arguments: Sequence[str] | None = None) -> None:
    """Print one `name<TAB>figure` line a row."""
    parser = argparse.ArgumentParser(prog="python -m index.training.measure", description=__doc__)
    parser.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    parser.add_argument("--model", default=str(SHIPPED))
    chosen = parser.parse_args(arguments)
    encoder = load_encoder(chosen.model)
    for name, figure in measure(encoder, read_articles(chosen.corpora), read_questions(chosen.corpora)).items():
        print(f"{name}\t{figure:.4f}")


if __name__ == "__main__":
    main()
