"""Fit `retrieval.deciding`: `python -m tests.benchmarks.calibrate [OFFICES]` prints the weights and what they refuse.

Small offices are made of official texts: two dozen laws each, one law a topic, every fifth article left out. Questions
are made of clauses and headings, in everyday words, robbed of words their passage has, as citizens and staff ask: of
articles that are there, of articles left out, of laws left out. Knows nothing of tests/unseen, which stays held out.
"""

from __future__ import annotations

import json
import lzma
import random
import re
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass, fields
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.build import update
from index.snapshot import Snapshot, SnapshotStore
from index.training.colloquial import reworded, thinned
from index.training.pairs import clauses
from knowledge.text import syllables
from retrieval.deciding import Signs, likelihood, signs
from retrieval.model import Hit
from retrieval.question import understand
from retrieval.search import search
from tests.benchmarks.staff import SAMPLES_NOW, SHARED

Floats = NDArray[np.float64]
_LAWS, _ABSENT_LAWS, _LEFT_OUT, _OF_EACH = 24, 12, 5, 8  # a law in an office; laws asked about in vain; every fifth …
_STEPS, _RIDGE = 40, 1.0
_SHARES = (0.02, 0.03, 0.05, 0.1, 0.2)
# Only what names no matter of its own: "thẩm quyền" put over any clause would be an official term that nothing has.
_AS_ASKED = ("{}", "{} thế nào", "cho hỏi {}", "{} thì sao", "{} ra sao", "{} là gì", "{} có được không", "khi nào {}")
_IN_OTHER_WORDS, _ROBBED, _NAMED = 0.5, (0.2, 0.8), 0.4


@dataclass(frozen=True, slots=True)
class Article:
    """One article of a law."""

    number: int
    title: str
    text: str

    @property
    def kept(self) -> bool:
        """Whether it stands in the office's document."""
        return self.number % _LEFT_OUT != 0


def laws() -> dict[str, list[Article]]:
    """Texts of 8 to 45 articles, by topic; each topic once, so that no two say the same."""
    found: dict[str, list[Article]] = defaultdict(list)
    first: dict[str, str] = {}
    with lzma.open(SHARED / "corpora" / "law-articles.jsonl.xz", "rt", encoding="utf-8") as file:
        for row in map(json.loads, file):
            if row["title"] and row["topic"] and first.setdefault(row["topic"], row["law"]) == row["law"]:
                found[row["topic"]].append(Article(len(found[row["topic"]]) + 1, row["title"], row["text"]))
    return {topic: articles for topic, articles in found.items() if 8 <= len(articles) <= 45}


def asked(article: Article, rng: random.Random) -> str | None:
    """A question that `article` answers, in other words; None where it has no clause long enough to ask about."""
    parts = [part for part in clauses(article.text) if len(part) >= 6]
    if not parts:
        return None
    words = _stretch(rng.choice(parts), 5, 12, rng)
    if rng.random() < 0.4:
        words = [*_stretch(syllables(article.title), 2, 8, rng), *words[:5]]
    question = rng.choice(_AS_ASKED).format(" ".join(words)).split()
    if rng.random() < _IN_OTHER_WORDS:
        passage = frozenset(syllables(f"{article.title} {article.text}"))
        question = thinned(reworded(question, 0.8, rng), passage, rng.uniform(*_ROBBED), rng)
    return " ".join(question) + "?" if len(question) > 3 else None


def _stretch(words: Sequence[str], least: int, most: int, rng: random.Random) -> list[str]:
    length = min(len(words), rng.randint(least, most))
    start = rng.randint(0, len(words) - length)
    return list(words[start : start + length])


def made(offices: int, rng: random.Random) -> Iterator[tuple[Signs, bool]]:
    """Evidence for the first passage of each question, and whether it is the article asked about."""
    everything = laws()
    topics = [topic for _ in range(offices) for topic in rng.sample(sorted(everything), _LAWS + _ABSENT_LAWS)]
    for first in range(0, len(topics), _LAWS + _ABSENT_LAWS):
        there, absent = topics[first : first + _LAWS], topics[first + _LAWS : first + _LAWS + _ABSENT_LAWS]
        with tempfile.TemporaryDirectory() as folder:
            snapshot = _office({topic: everything[topic] for topic in there}, Path(folder))
            for topic in (*there, *absent):
                for article in rng.sample(everything[topic], _OF_EACH):
                    text = asked(article, rng)
                    if text is not None and topic in there and rng.random() < _NAMED:
                        text = f"theo thông tư {_symbol(there.index(topic))}, {text}"
                    if text is not None:
                        yield from _judged(text, article, topic if topic in there else None, snapshot)


def _office(chosen: dict[str, list[Article]], folder: Path) -> Snapshot:
    files = folder / "files"
    files.mkdir()
    for number, (topic, articles) in enumerate(chosen.items()):
        body = "\n\n".join(f"Điều {one.number}. {one.title}\n{one.text}" for one in articles if one.kept)
        text = f"Số: {_symbol(number)}\n\nTHÔNG TƯ\nQuy định về {topic.lower()}\n\n{body}\n"
        (files / f"{number}.txt").write_text(text, encoding="utf-8")
    update(folder / "home", [files])
    snapshot = SnapshotStore(folder / "home").current()
    assert snapshot is not None
    return snapshot


def _symbol(number: int) -> str:
    return f"{number + 11}/2024/TT-BNV"


def _judged(text: str, article: Article, topic: str | None, snapshot: Snapshot) -> Iterator[tuple[Signs, bool]]:
    question = understand(text, (), snapshot, SAMPLES_NOW)
    hits = search(question, snapshot, 3) if question.terms else []
    if not hits:
        return
    answerable = topic is not None and article.kept
    # An answerable question whose article is not found tells nothing of a refusal.
    if not answerable or _is_of(hits[0], topic or "", article, snapshot):
        yield signs(question, hits, snapshot), answerable


def _is_of(hit: Hit, topic: str, article: Article, snapshot: Snapshot) -> bool:
    document = snapshot.document(snapshot.passage(hit.passage).document)
    cite = document.section_at(snapshot.passage(hit.passage).start).path
    return topic.lower() in document.text[:400] and re.search(rf"Điều {article.number}(?!\d)", cite) is not None


def fitted(columns: Floats, there: Floats) -> Floats:
    """Logistic regression by Newton's method; both classes weigh the same. Returns the bias, then the weights."""
    middle, spread = columns.mean(0), columns.std(0) + 1e-6
    design = np.hstack([np.ones((len(columns), 1)), (columns - middle) / spread])
    balance = np.where(there > 0, 0.5 / there.mean(), 0.5 / (1 - there.mean()))
    held = _RIDGE * np.eye(design.shape[1])
    weights = np.zeros(design.shape[1])
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-design @ weights))
        slope = design.T @ (balance * (chance - there)) + held @ weights
        weights = weights - np.linalg.solve((design.T * (balance * chance * (1 - chance))) @ design + held, slope)
    own = weights[1:] / spread
    return np.concatenate([[weights[0] - float(own @ middle)], own])


def curve(score: Floats, there: Floats) -> Iterator[str]:
    """For shares of the answerable refused, the share of the absent refused, and the threshold that does it."""
    for share in _SHARES:
        least = float(np.quantile(score[there > 0], share))
        refused = float((score[there == 0] < least).mean())
        yield f"answerable refused {share:.2f}: absent refused {refused:.3f} at {least:.3f}"


def main() -> None:
    """Fit on two offices of three, print the curve on the others."""
    offices = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    rows = list(made(offices, random.Random(5)))
    columns = np.array([astuple(evidence) for evidence, _ in rows])
    there = np.array([float(answerable) for _, answerable in rows])
    cut = len(rows) * 2 // 3
    weights = fitted(columns[:cut], there[:cut])
    print(f"{len(rows)} questions, {int(there.sum())} answerable")
    names = ("bias", *(field.name for field in fields(Signs)))
    print(" ".join(f"{name} {weight:.2f}" for name, weight in zip(names, weights, strict=True)))
    score = 1 / (1 + np.exp(-(weights[0] + columns[cut:] @ weights[1:])))
    print("fitted:", *curve(score, there[cut:]), sep="\n  ")
    now = np.array([likelihood(evidence) for evidence, _ in rows[cut:]])
    print("as it is:", *curve(now, there[cut:]), sep="\n  ")


if __name__ == "__main__":
    main()
