"""Official corpora: ranking on 81,569 articles of law, speed and memory on 100,000 passages."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from index.corpus import build_corpus
from index.passage import LONGEST
from index.snapshot import Snapshot
from knowledge.text import fold
from retrieval.answer import Assistant
from retrieval.evaluate import rank_corpus
from retrieval.goldfile import corpus_questions, records
from retrieval.metrics import ndcg
from tests.benchmarks.figures import Figure, folder_mib, milliseconds, p50_p95, timed
from tests.benchmarks.floors import plain_bm25, plain_faiss
from tests.benchmarks.staff import SEEDS_NOW, SHARED

CORPORA = SHARED / "corpora"
PASSAGES, QUICK_PASSAGES = 100_000, 10_000


def law(*, quick: bool) -> Iterator[Figure]:
    """Ranking of citizens' questions over articles of law, with diacritics and without."""
    questions = corpus_questions(CORPORA / "law-questions-dev.jsonl.xz")
    kept = list(records(CORPORA / "law-articles.jsonl.xz"))
    if quick:  # every article that answers one of the questions, and as many others
        questions = questions[:100]
        gold = {identifier for question in questions for identifier in question.relevant}
        kept = [record for number, record in enumerate(kept) if record.id in gold or number % 10 == 0]
    folder = Path(tempfile.mkdtemp(prefix="tdkt-bench-"))
    try:
        with timed() as building:
            snapshot = build_corpus(((one.id, one.title, one.text) for one in kept), folder / "law")
        search = plain_bm25([f"{one.title} {one.text}" for one in kept])
        plain = [ndcg([kept[row].id for row in search(one.text, 10)], one.relevant, 10) for one in questions]
        name = f"law, {len(kept)} articles"
        yield Figure(f"{name}: index", len(snapshot) / building.seconds, "passages/s")
        for folded in (False, True):
            report = rank_corpus(questions, snapshot, SEEDS_NOW, folded=folded)
            how = ", no diacritics" if folded else ""
            yield Figure(f"{name}: nDCG@10{how}", report.ndcg_10, "share", sum(plain) / len(plain))
            yield Figure(f"{name}: recall@100{how}", report.recall_100, "share")
    finally:
        shutil.rmtree(folder)


def large(*, quick: bool) -> Iterator[Figure]:
    """Speed, memory and size of an index of many passages."""
    size = QUICK_PASSAGES if quick else PASSAGES
    folder = Path(tempfile.mkdtemp(prefix="tdkt-bench-"))
    try:
        with timed() as building:
            snapshot = build_corpus(_many(size), folder / "large")
        name = f"{len(snapshot)} passages"
        yield Figure(f"{name}: build", building.seconds, "s")
        yield Figure(f"{name}: build speed", len(snapshot) / building.seconds, "passages/s")
        yield Figure(f"{name}: on disk", folder_mib(folder), "MiB")
        yield from _speed(name, snapshot, quick=quick)
        yield from _resident(name, folder / "large")
    finally:
        shutil.rmtree(folder)


def _many(passages: int) -> Iterator[tuple[str, str, str]]:
    """Articles, then procedures, until they make about so many passages; a long record is several."""
    made = 0
    for file in ("law-articles", "procedures"):
        for record in records(CORPORA / f"{file}.jsonl.xz"):
            if made >= passages:
                return
            made += -(-len(f"{record.title}\n\n{record.text}") // LONGEST)
            yield record.id, record.title, record.text


def _speed(name: str, snapshot: Snapshot, *, quick: bool) -> Iterator[Figure]:
    asked = [one.text for one in corpus_questions(CORPORA / "law-questions-dev.jsonl.xz")][: 100 if quick else 500]
    assistant = Assistant(snapshot)
    words = plain_bm25([f"{p.context} {p.text}" for p in map(snapshot.passage, range(len(snapshot)))])
    by_words = milliseconds(lambda text: words(text, 10), asked)
    for text in (*asked[:3], *map(fold, asked[:3])):  # what is read on first use is load time, measured apart
        assistant.ask(text, now=SEEDS_NOW)
    yield from p50_p95(f"{name}: ask", milliseconds(lambda text: assistant.ask(text, now=SEEDS_NOW), asked), by_words)
    bare = [fold(text) for text in asked]
    took = milliseconds(lambda text: assistant.ask(text, now=SEEDS_NOW), bare)
    yield from p50_p95(f"{name}: ask, no diacritics", took, by_words)
    near = plain_faiss(snapshot.vectors.rows(np.arange(len(snapshot))))
    queries = dict(zip(asked, snapshot.encoder.encode_queries(asked), strict=True))
    by_vectors = milliseconds(lambda text: near(queries[text], 10), asked)
    took = milliseconds(lambda text: snapshot.vectors.search(queries[text], 10), asked)
    yield from p50_p95(f"{name}: vectors", took, by_vectors)


def _resident(name: str, folder: Path) -> Iterator[Figure]:
    """Memory and load time of a fresh process that answers, apart from what building left in this one."""
    out = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.resident", str(folder)], check=True, capture_output=True, text=True
    )
    load_ms, resident = map(float, out.stdout.split())
    yield Figure(f"{name}: load and first answer", load_ms, "ms")
    yield Figure(f"{name}: resident after 50 questions", resident, "MiB")
