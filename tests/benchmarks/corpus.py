"""Official corpora: ranking on 81,569 articles of law."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from index.corpus import build_corpus
from retrieval.evaluate import rank_corpus
from retrieval.goldfile import corpus_questions, records
from retrieval.metrics import ndcg
from tests.benchmarks.figures import Figure, timed
from tests.benchmarks.floors import plain_bm25
from tests.benchmarks.sets import SEEDS_NOW, SHARED

CORPORA = SHARED / "corpora"


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
