"""How tests look at a read question."""

from __future__ import annotations

from retrieval import reading, terms
from retrieval.counts import SnapshotCounts
from tests.retrieval.fakes import FakeSnapshot


def content(text: str, snapshot: FakeSnapshot) -> str:
    """The full-weight words a question is searched by, in order."""
    known = SnapshotCounts(snapshot)
    found = terms.terms(reading.read(text, known), known)
    return " ".join(term.text for term in found if term.weight == 1.0)


def corrected(text: str, snapshot: FakeSnapshot) -> str:
    """The whole question as it was meant."""
    return reading.read(text, SnapshotCounts(snapshot)).text
