"""How often a question finds the same first passage however it is typed: `python -m tests.unseen.perturbed`.

Every answerable question over the documents of this folder and over the samples is asked as it stands and in each of
the eight spoiled spellings of `tests.retrieval.perturb`. Prints one JSON object: shares by kind of spelling.
"""

from __future__ import annotations

import json
import random
import tempfile
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from index.build import update
from index.snapshot import SnapshotStore
from retrieval.answer import Assistant
from retrieval.goldfile import StaffQuestion, staff_questions
from retrieval.metrics import mean
from retrieval.model import Citation
from tests.retrieval.perturb import ALL
from tests.unseen import measure

ROOT = Path(__file__).resolve().parents[2]
SAMPLES_NOW = datetime(2026, 12, 1, 2, 0, tzinfo=UTC)
SETS = (
    (measure.DOCUMENTS, measure.HERE / "questions.jsonl", measure.NOW),
    (ROOT / "knowledge" / "samples", ROOT / "tests" / "retrieval" / "questions" / "samples.jsonl", SAMPLES_NOW),
)
First = Callable[[StaffQuestion, str], Citation | None]


def shares(questions: Sequence[StaffQuestion], first: First, seed: int = 20) -> dict[str, list[float]]:
    """For each kind of spelling, 1 or 0 a question: whether `first` finds the passage it finds as typed."""
    rng = random.Random(seed)
    found: dict[str, list[float]] = {name: [] for name in ALL}
    for question in questions:
        usual = first(question, question.text)
        for name, spoil in ALL.items():
            found[name].append(float(_same(usual, first(question, spoil(question.text, rng)))))
    return found


def asking(assistant: Assistant, now: datetime) -> First:
    """The first citation of the assistant's answer, of a refusal its nearest passage."""

    def first(question: StaffQuestion, text: str) -> Citation | None:
        return next(iter(assistant.ask(text, question.previous, now=now).citations), None)

    return first


def _same(one: Citation | None, other: Citation | None) -> bool:
    """One passage, though it may be cut to another sentence that answers."""
    if one is None or other is None:
        return one is other
    return one.file == other.file and (one.passage in other.passage or other.passage in one.passage)


def main() -> None:
    """Print the shares by kind over all questions, and their mean."""
    found: dict[str, list[float]] = {name: [] for name in ALL}
    for documents, file, now in SETS:
        with tempfile.TemporaryDirectory() as home:
            update(Path(home), [documents])
            snapshot = SnapshotStore(Path(home)).current()
            assert snapshot is not None
            questions = [question for question in staff_questions(file) if question.gold]
            for name, same in shares(questions, asking(Assistant(snapshot), now)).items():
                found[name] += same
    by_kind = {name: round(mean(same), 4) for name, same in found.items()}
    print(json.dumps({**by_kind, "mean": round(mean(list(by_kind.values())), 4)}, ensure_ascii=False))


if __name__ == "__main__":
    main()
