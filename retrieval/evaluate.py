"""How well questions are answered: over indexed documents, or over a corpus of passages.

Knows nothing of command lines; what it returns is printed by others.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from knowledge.text import collapse, fold, normalise

from . import metrics
from .goldfile import CorpusQuestion, Record, StaffQuestion
from .model import Answer, Citation
from .question import understand
from .search import search

if TYPE_CHECKING:
    from collections.abc import Iterable

    from index.encoder import Encoder
    from index.snapshot import Snapshot

_DEPTH = 100  # passages ranked for a question over a corpus


class Asker(Protocol):
    """Whatever answers: `retrieval.answer.Assistant`."""

    def ask(self, text: str, previous: Sequence[str] = (), *, now: datetime) -> Answer:
        """Answer one question."""
        ...


@dataclass(frozen=True, slots=True)
class Judged:
    """One question and how its answer fared."""

    question: StaffQuestion
    answer: Answer
    rank: int | None  # of the first right citation, from 1; None when there is none or the question was refused
    took_ms: float

    @property
    def right(self) -> bool:
        """Answered by its first citation, or rightly refused."""
        return self.rank == 1 if self.question.gold else not self.answer.found


@dataclass(frozen=True, slots=True)
class Report:
    """Figures over questions with indexed documents; shares are 0..1."""

    questions: int
    answerable: int
    unanswerable: int
    hit_1: float  # share of the answerable whose first citation is right
    hit_3: float  # … one of the first three
    mrr: float
    refused_right: int  # of the unanswerable
    answered_wrong: int  # unanswerable, yet answered
    false_refusals: int  # answerable, yet refused
    p50_ms: float
    p95_ms: float
    judged: tuple[Judged, ...]


# With diacritics and without: between them they touch everything that is read on first use.
_WARMING = ("Hạn báo cáo kết quả là khi nào, gửi về đâu?", "ai ky ke hoach thi dua va khen thuong cua tinh")


def evaluate(questions: Sequence[StaffQuestion], assistant: Asker, now: datetime) -> Report:
    """Ask every question and judge the answers.

    A hit is a citation of the gold file whose passage contains the gold quote after collapsing white space.
    The clock runs warm: what the first questions load (model, tables of the language) is loaded before.
    """
    for text in _WARMING:
        assistant.ask(text, (), now=now)
    judged = tuple(_judge(question, assistant, now) for question in questions)
    answerable = [one for one in judged if one.question.gold]
    rest = [one for one in judged if not one.question.gold]
    took = [one.took_ms for one in judged]
    return Report(
        questions=len(judged),
        answerable=len(answerable),
        unanswerable=len(rest),
        hit_1=metrics.mean([float(one.rank == 1) for one in answerable]),
        hit_3=metrics.mean([float(one.rank is not None and one.rank <= 3) for one in answerable]),
        mrr=metrics.mean([1.0 / one.rank if one.rank else 0.0 for one in answerable]),
        refused_right=sum(not one.answer.found for one in rest),
        answered_wrong=sum(one.answer.found for one in rest),
        false_refusals=sum(not one.answer.found for one in answerable),
        p50_ms=metrics.percentile(took, 0.50),
        p95_ms=metrics.percentile(took, 0.95),
        judged=judged,
    )


def _judge(question: StaffQuestion, assistant: Asker, now: datetime) -> Judged:
    began = time.perf_counter()
    answer = assistant.ask(question.text, question.previous, now=now)
    took_ms = (time.perf_counter() - began) * 1000
    ranks = (rank for rank, citation in enumerate(answer.citations, start=1) if _is_right(citation, question))
    return Judged(question, answer, next(ranks, None) if answer.found else None, took_ms)


def _is_right(citation: Citation, question: StaffQuestion) -> bool:
    passage = collapse(normalise(citation.passage))
    return any(citation.file == gold.file and collapse(normalise(gold.quote)) in passage for gold in question.gold)


@dataclass(frozen=True, slots=True)
class CorpusReport:
    """Figures over a corpus of passages; the names on the command line are in `figures`."""

    ndcg_10: float
    mrr_10: float
    recall_100: float
    p50_ms: float
    p95_ms: float
    index_seconds: float
    passages: int

    def figures(self) -> dict[str, float | int]:
        """Return the report under the names of the command-line contract."""
        return {
            "ndcg@10": round(self.ndcg_10, 4),
            "mrr@10": round(self.mrr_10, 4),
            "recall@100": round(self.recall_100, 4),
            "p50_ms": round(self.p50_ms, 2),
            "p95_ms": round(self.p95_ms, 2),
            "index_seconds": round(self.index_seconds, 1),
            "passages": self.passages,
        }


def evaluate_corpus(
    questions: Sequence[CorpusQuestion],
    records: Iterable[Record],
    folder: Path,
    now: datetime,
    *,
    folded: bool = False,
    encoder: Encoder | None = None,
    progress: Callable[[str, int, int], None] | None = None,
) -> CorpusReport:
    """Index `records` in `folder` (empty, the caller's to remove) and rank them for every question.

    `folded` strips the diacritics from the questions first.
    """
    from index.corpus import build_corpus  # what only building needs is not loaded by those who ask

    began = time.perf_counter()
    rows = ((record.id, record.title, record.text) for record in records)
    snapshot = build_corpus(rows, folder, encoder=encoder, progress=progress)
    index_seconds = time.perf_counter() - began
    return rank_corpus(questions, snapshot, now, folded=folded, index_seconds=index_seconds)


def rank_corpus(
    questions: Sequence[CorpusQuestion],
    snapshot: Snapshot,
    now: datetime,
    *,
    folded: bool = False,
    index_seconds: float = 0.0,
) -> CorpusReport:
    """Rank the records of a snapshot made by `index.corpus.build_corpus` for every question."""
    ranked: list[tuple[list[str], frozenset[str]]] = []
    took: list[float] = []
    for question in questions:
        began = time.perf_counter()
        ids = _ranked_ids(fold(question.text) if folded else question.text, snapshot, now)
        took.append((time.perf_counter() - began) * 1000)
        ranked.append((ids, question.relevant))
    return CorpusReport(
        ndcg_10=metrics.mean([metrics.ndcg(ids, relevant, 10) for ids, relevant in ranked]),
        mrr_10=metrics.mean([metrics.reciprocal_rank(ids, relevant, 10) for ids, relevant in ranked]),
        recall_100=metrics.mean([metrics.recall(ids, relevant, _DEPTH) for ids, relevant in ranked]),
        p50_ms=metrics.percentile(took, 0.50),
        p95_ms=metrics.percentile(took, 0.95),
        index_seconds=index_seconds,
        passages=len(snapshot),
    )


def _ranked_ids(text: str, snapshot: Snapshot, now: datetime) -> list[str]:
    """Return the ids of the records in the order of their best passages."""
    hits = search(understand(text, (), snapshot, now), snapshot, _DEPTH)
    owners = (int(snapshot.document_of[hit.passage]) for hit in hits)
    return list(dict.fromkeys(snapshot.documents[owner].file for owner in owners))
