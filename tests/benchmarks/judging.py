"""What `calibrate` learns from: the evidence for the passage that would be quoted first, and whether it answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from retrieval.answer import Assistant
from retrieval.deciding import Signs, signs
from retrieval.question import understand
from tests.benchmarks.offices import Office
from tests.benchmarks.sets import SAMPLES_NOW


@dataclass(frozen=True, slots=True)
class Judged:
    """The evidence for the passage that would be quoted first."""

    evidence: Signs
    kind: str  # of the question
    there: bool  # whether the passage answers it


def judged(several: Iterable[Office]) -> Iterator[Judged]:
    """Judge every question of `several` offices.

    An answerable question whose passage does not come first is left out: it tells nothing of a refusal.
    """
    for office in several:
        assistant = Assistant(office.snapshot)
        for asked in office.asked:
            question = understand(asked.text, (), office.snapshot, SAMPLES_NOW)
            hits = assistant.to_be_quoted(question) if question.terms else []
            if hits and (asked.file is None or hits[0].passage in office.rows(asked)):
                yield Judged(signs(question, hits, office.snapshot), asked.kind, asked.file is not None)
