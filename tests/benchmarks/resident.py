"""`python -m tests.benchmarks.resident FOLDER`: load an index, answer 50 questions; milliseconds, MiB, own MiB.

A process of its own, so that what building left in memory is not counted.
"""

from __future__ import annotations

import sys
from pathlib import Path

from index.snapshot import SnapshotStore
from retrieval.answer import Assistant
from retrieval.goldfile import staff_questions
from tests.benchmarks.figures import memory, timed
from tests.benchmarks.staff import SAMPLE_QUESTIONS, SAMPLES_NOW


def main(folder: Path) -> None:
    questions = [question.text for question in staff_questions(SAMPLE_QUESTIONS)][:50]
    with timed() as loading:
        snapshot = SnapshotStore(folder).current()
        assert snapshot is not None
        assistant = Assistant(snapshot)
        assistant.ask(questions[0], now=SAMPLES_NOW)
    for question in questions:
        assistant.ask(question, now=SAMPLES_NOW)
    held = memory()
    print(loading.seconds * 1000, held.resident, held.own)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
