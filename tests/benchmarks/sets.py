"""Documents with questions of staff over them: shipped ones, and the customer's where they are beside the checkout."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """A folder of documents, a file of questions over them, and when they are asked."""

    name: str
    documents: Path
    questions: Path
    now: datetime

    @property
    def here(self) -> bool:
        return self.documents.is_dir() and self.questions.is_file()


SAMPLES = ROOT / "knowledge" / "samples"
SAMPLE_QUESTIONS = ROOT / "tests" / "retrieval" / "questions" / "samples.jsonl"
_UNSEEN = ROOT / "tests" / "unseen"
SAMPLES_NOW = datetime(2026, 12, 1, 2, 0, tzinfo=UTC)
UNSEEN_NOW = datetime(2026, 3, 20, 2, 0, tzinfo=UTC)
SEEDS_NOW = datetime(2025, 11, 1, 2, 0, tzinfo=UTC)

SETS = (
    QuestionSet("samples", SAMPLES, SAMPLE_QUESTIONS, SAMPLES_NOW),
    QuestionSet("unseen", _UNSEEN / "documents", _UNSEEN / "questions.jsonl", UNSEEN_NOW),
    QuestionSet("dev", SHARED / "seeds", SHARED / "questions" / "dev.jsonl", SEEDS_NOW),
)
