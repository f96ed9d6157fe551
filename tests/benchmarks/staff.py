"""Staff questions over documents: quality and speed on the samples, and on the customer's documents where they are."""

from __future__ import annotations

import random
import shutil
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from index.build import update
from index.snapshot import Snapshot, SnapshotStore
from knowledge.text import collapse, normalise
from retrieval.answer import Assistant
from retrieval.evaluate import Report, evaluate
from retrieval.goldfile import StaffQuestion, staff_questions
from retrieval.metrics import mean
from tests.benchmarks.figures import Figure, folder_mib, milliseconds, p50_p95, timed
from tests.benchmarks.floors import plain_bm25
from tests.benchmarks.sets import SAMPLE_QUESTIONS, SAMPLES, SAMPLES_NOW, SEEDS_NOW, SHARED
from tests.retrieval.perturb import ALL


def samples(*, quick: bool) -> Iterator[Figure]:
    """Everything about the sample documents."""
    questions = staff_questions(SAMPLE_QUESTIONS)
    home = Path(tempfile.mkdtemp(prefix="tdkt-bench-"))
    try:
        with timed() as reading:
            size = sum(len(path.read_bytes()) for path in SAMPLES.iterdir() if path.is_file())
        report = update(home, [SAMPLES])
        yield Figure("samples: index", report.passages / report.seconds, "passages/s")
        yield Figure("samples: index, whole", report.seconds, "s", reading.seconds)
        yield Figure("samples: source files", size / 2**20, "MiB")
        yield Figure("samples: home", folder_mib(home), "MiB")
        with timed() as loading:
            snapshot = SnapshotStore(home).current()
            assert snapshot is not None
            Assistant(snapshot).ask(questions[0].text, now=SAMPLES_NOW)
        yield Figure("samples: load and first answer", loading.seconds * 1000, "ms")
        yield from _asked("samples", questions, snapshot, SAMPLES_NOW)
        yield from _spoiled("samples", questions, snapshot, SAMPLES_NOW, quick=quick)
    finally:
        shutil.rmtree(home)


def seeds() -> Iterator[Figure]:
    """The customer's documents and questions."""
    home = Path(tempfile.mkdtemp(prefix="tdkt-bench-"))
    try:
        update(home, [SHARED / "seeds"])
        snapshot = SnapshotStore(home).current()
        assert snapshot is not None
        yield from _asked("dev", staff_questions(SHARED / "questions" / "dev.jsonl"), snapshot, SEEDS_NOW)
    finally:
        shutil.rmtree(home)


def _asked(name: str, questions: list[StaffQuestion], snapshot: Snapshot, now: datetime) -> Iterator[Figure]:
    assistant = Assistant(snapshot)
    report = evaluate(questions, assistant, now)
    plain = _plain(questions, snapshot)
    yield Figure(f"{name}: hit@1", report.hit_1, "share", mean([float(rank == 1) for rank in plain]))
    yield Figure(f"{name}: hit@3", report.hit_3, "share", mean([float(0 < rank <= 3) for rank in plain]))
    yield Figure(f"{name}: MRR", report.mrr, "share", mean([1 / rank if rank else 0.0 for rank in plain]))
    yield from _refusals(name, report)
    texts = [snapshot.passage(number).text for number in range(len(snapshot))]
    search = plain_bm25(texts)
    floor = milliseconds(lambda text: search(text, 10), [question.text for question in questions])
    yield from p50_p95(f"{name}: ask", [one.took_ms for one in report.judged], floor)


def _refusals(name: str, report: Report) -> Iterator[Figure]:
    yield Figure(f"{name}: unanswerable refused", report.refused_right / max(report.unanswerable, 1), "share")
    yield Figure(f"{name}: answerable refused", report.false_refusals / max(report.answerable, 1), "share")


def _plain(questions: list[StaffQuestion], snapshot: Snapshot) -> list[int]:
    """Ranks of the right passage by plain BM25 over the same passages, the last earlier turn put before a follow-up."""
    passages = [snapshot.passage(number) for number in range(len(snapshot))]
    search = plain_bm25([f"{passage.context} {passage.text}" for passage in passages])
    ranks = []
    for question in (question for question in questions if question.gold):
        found = search(" ".join([*question.previous[-1:], question.text]), 10)
        right = (
            rank
            for rank, number in enumerate(found, start=1)
            if any(
                snapshot.documents[passages[number].document].file == gold.file
                and collapse(normalise(gold.quote)) in collapse(passages[number].text)
                for gold in question.gold
            )
        )
        ranks.append(next(right, 0))
    return ranks


def _spoiled(
    name: str, questions: list[StaffQuestion], snapshot: Snapshot, now: datetime, *, quick: bool
) -> Iterator[Figure]:
    """How often a spoiled question is answered from the same place as the clean one."""
    assistant = Assistant(snapshot)

    def place(question: StaffQuestion, text: str) -> tuple[bool, object]:
        answer = assistant.ask(text, question.previous, now=now)
        first = answer.citations[0] if answer.citations else None
        return answer.found, first and (first.file, first.section)

    for spoil, change in ALL.items():
        same = [
            float(place(question, question.text) == place(question, change(question.text, random.Random(seed))))
            for question in (questions[::4] if quick else questions)
            for seed in range(1 if quick else 3)
        ]
        yield Figure(f"{name}: same answer, {spoil}", mean(same), "share")
