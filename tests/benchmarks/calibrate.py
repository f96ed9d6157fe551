"""Fit `retrieval.fusion.confidence`: `python -m tests.benchmarks.calibrate [COLLECTIONS]` prints weights and the curve.

Small offices are made of official texts: a few laws each, their articles without titles, every third article left
out. A title put as a question, spoiled as staff would, asks for an article that is there or for one that is not,
beside its neighbours. Knows nothing of tests/unseen, which stays held out.
"""

from __future__ import annotations

import json
import lzma
import random
import re
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.build import update
from index.snapshot import Snapshot, SnapshotStore
from knowledge.text import fold
from retrieval.goldfile import staff_questions
from retrieval.model import Hit
from retrieval.question import understand
from retrieval.search import search
from retrieval.thesaurus import thesaurus
from tests.benchmarks.staff import SAMPLE_QUESTIONS, SAMPLES, SAMPLES_NOW, SHARED

Floats = NDArray[np.float64]
NAMES = ("coverage", "together", "semantic", "meant", "own", "standing", "unknown")
_LAWS, _LEFT_OUT, _FROM_OTHER_FIELDS, _STEPS, _RIDGE = 8, 3, 4, 60, 1e-3
_OF_SAMPLES = 5  # real questions are few: each counts so often
_SHARES = (0.02, 0.03, 0.05, 0.1, 0.15, 0.2, 0.3)
_AS_ASKED = ("{}", "{} thế nào?", "cho hỏi quy định về {}", "{} ra sao", "{} gồm những gì?", "mình muốn biết {}")


@dataclass(frozen=True, slots=True)
class Article:
    """One article: its number in its text, its title and its words."""

    number: int
    title: str
    text: str


def laws() -> dict[str, list[Article]]:
    """Texts of 12 to 45 titled articles, by topic; each topic once, so that no two say the same."""
    found: dict[str, list[Article]] = defaultdict(list)
    topics: dict[str, str] = {}
    with lzma.open(SHARED / "corpora" / "law-articles.jsonl.xz", "rt", encoding="utf-8") as file:
        for row in map(json.loads, file):
            if row["title"] and row["topic"] and topics.setdefault(row["topic"], row["law"]) == row["law"]:
                found[row["topic"]].append(Article(len(found[row["topic"]]) + 1, row["title"], row["text"]))
    return {topic: articles for topic, articles in found.items() if 12 <= len(articles) <= 45}


def spoiled(title: str, rng: random.Random) -> str:
    """The title as staff would ask: everyday words for official ones, a word left out, marks left out."""
    words = f" {title.lower()} "
    for asked, others in rng.sample(_EVERYDAY, len(_EVERYDAY)):
        for official in others:
            if rng.random() < 0.7:
                words = words.replace(f" {official} ", f" {asked} ", 1)
    kept = [word for word in words.split() if rng.random() > 0.15] or words.split()
    text = rng.choice(_AS_ASKED).format(" ".join(kept))
    return fold(text) if rng.random() < 0.15 else text


_EVERYDAY = [
    (" ".join(head), [" ".join(phrase) for phrase in others if len(phrase) > 1])
    for head, others in thesaurus().others.items()
    if len(head) > 1
]


def synthetic(collections: int, rng: random.Random) -> Iterator[tuple[list[float], bool]]:
    """Evidence for the first passage of each question, and whether its article is there."""
    everything = laws()
    topics = rng.sample(sorted(everything), _LAWS * collections)
    for first in range(0, len(topics), _LAWS):
        chosen = topics[first : first + _LAWS]
        with tempfile.TemporaryDirectory() as folder:
            files, home = Path(folder) / "files", Path(folder) / "home"
            files.mkdir()
            for topic in chosen:
                (files / f"{chosen.index(topic)}.txt").write_text(_written(topic, everything[topic]), encoding="utf-8")
            update(home, [files])
            snapshot = SnapshotStore(home).current()
            assert snapshot is not None
            for topic in chosen:
                for article in rng.sample(everything[topic], 12):
                    text = spoiled(article.title, rng)
                    hits = _asked(text, snapshot)
                    there = article.number % _LEFT_OUT != 0
                    # An answerable question whose article is not even near tells nothing of a refusal.
                    near = any(_is_of(hit, chosen.index(topic), article, snapshot) for hit in hits[:3])
                    if hits and (near or not there):
                        yield evidence(hits[0], text, snapshot), there
            for topic in rng.sample(sorted(set(everything) - set(chosen)), _LAWS):
                for article in rng.sample(everything[topic], _FROM_OTHER_FIELDS):
                    text = spoiled(f"{article.title} {topic}", rng)
                    hits = _asked(text, snapshot)
                    if hits:
                        yield evidence(hits[0], text, snapshot), False


def _written(topic: str, articles: list[Article]) -> str:
    kept = (one for one in articles if one.number % _LEFT_OUT)
    body = "\n\n".join(f"Điều {one.number}.\n{one.text}" for one in kept)
    return f"QUY ĐỊNH\nVề {topic.lower()}\n\n{body}\n"


def _is_of(hit: Hit, file: int, article: Article, snapshot: Snapshot) -> bool:
    passage = snapshot.passage(hit.passage)
    cite = snapshot.document(passage.document).section_at(passage.start).cite
    named = re.search(rf"Điều {article.number}(?!\d)", cite) is not None
    return named and snapshot.documents[passage.document].file == f"{file}.txt"


def _asked(text: str, snapshot: Snapshot) -> list[Hit]:
    return search(understand(text, (), snapshot, SAMPLES_NOW), snapshot, 3)


def evidence(hit: Hit, text: str, snapshot: Snapshot) -> list[float]:
    """The columns that are fitted, then the score as it is now."""
    unknown = min(len(understand(text, (), snapshot, SAMPLES_NOW).unknown), 3)
    return [hit.coverage, hit.together, max(hit.semantic, 0.0), hit.meant, hit.own, hit.standing, unknown, hit.score]


def over_samples() -> Iterator[tuple[list[float], bool]]:
    """The same of the questions over the sample documents."""
    with tempfile.TemporaryDirectory() as home:
        update(Path(home), [SAMPLES])
        snapshot = SnapshotStore(Path(home)).current()
        assert snapshot is not None
        for question in staff_questions(SAMPLE_QUESTIONS):
            hits = _asked(question.text, snapshot)
            if hits and not question.previous:
                yield evidence(hits[0], question.text, snapshot), bool(question.gold)


def fitted(columns: Floats, there: Floats) -> Floats:
    """Logistic regression by Newton's method; both classes weigh the same. Returns the bias, then the weights."""
    design = np.hstack([np.ones((len(columns), 1)), columns])
    balance = np.where(there > 0, 0.5 / there.mean(), 0.5 / (1 - there.mean()))
    weights = np.zeros(design.shape[1])
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-design @ weights))
        slope = design.T @ (balance * (chance - there)) + _RIDGE * weights
        curve = (design.T * (balance * chance * (1 - chance))) @ design + _RIDGE * np.eye(len(weights))
        weights = weights - np.linalg.solve(curve, slope)
    return np.asarray(weights)


def supporting(columns: Floats, there: Floats) -> Floats:
    """The same with no weight of evidence below 0 (of unknown words: above): what is against reason is left out."""
    sign = np.array([-1.0 if name == "unknown" else 1.0 for name in NAMES])
    kept = list(range(len(NAMES)))
    while True:
        weights = fitted(columns[:, kept], there)
        wrong = [at for at, column in enumerate(kept) if weights[1 + at] * sign[column] < 0]
        if not wrong:
            break
        kept = [column for at, column in enumerate(kept) if at not in wrong]
    full = np.zeros(1 + len(NAMES))
    full[[0, *(1 + column for column in kept)]] = weights
    return full


def curve(score: Floats, there: Floats) -> Iterator[str]:
    """For shares of the answerable refused, the share of the absent refused, and the threshold that does it."""
    for share in _SHARES:
        least = float(np.quantile(score[there > 0], share))
        refused = float((score[there == 0] < least).mean())
        yield f"answerable refused {share:.2f}: absent refused {refused:.3f} at {least:.3f}"


def main() -> None:
    """Fit on two thirds, print the curve on the rest."""
    rng = random.Random(5)
    collections = int(sys.argv[1]) if len(sys.argv) > 1 else 12
    made, real = list(synthetic(collections, rng)), list(over_samples())
    rng.shuffle(made)
    rng.shuffle(real)
    # Split before anything is repeated: what is measured on was not fitted on.
    known = [*made[: len(made) * 2 // 3], *real[: len(real) * 2 // 3] * _OF_SAMPLES]
    rows = [*known, *made[len(made) * 2 // 3 :], *real[len(real) * 2 // 3 :]]
    cut = len(known)
    columns, now = np.split(np.array([row for row, _ in rows]), [len(NAMES)], axis=1)
    there = np.array([float(answerable) for _, answerable in rows])
    weights = supporting(columns[:cut], there[:cut])
    print(f"{len(rows)} questions, {int(there.sum())} answerable")
    print(" ".join(f"{name} {weight:.2f}" for name, weight in zip(("bias", *NAMES), weights, strict=True)))
    score = 1 / (1 + np.exp(-(weights[0] + columns[cut:] @ weights[1:])))
    print("fitted:", *curve(score, there[cut:]), sep="\n  ")
    print("as it is:", *curve(now[cut:, 0], there[cut:]), sep="\n  ")


if __name__ == "__main__":
    main()
