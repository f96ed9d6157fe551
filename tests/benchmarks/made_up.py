"""`python -m tests.benchmarks.made_up [OFFICE …]`: how the program fares in small offices made up for it.

Nine documents each, of different kinds and subjects, and 157 questions: in everyday words, as staff type, of matters
just beside what the documents say (near), of any other matter (far), small talk (idle). Documents and questions were
written together, by authors who saw neither the program nor any other set. `calibrate` learns from some of
these offices; the others, which are measured here unless some are named, judge.
"""

from __future__ import annotations

import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from index.build import update
from index.snapshot import Snapshot, SnapshotStore
from retrieval.answer import Assistant
from retrieval.evaluate import Judged, evaluate
from retrieval.goldfile import Gold, StaffQuestion
from tests.benchmarks.offices import Asked, Office

FOLDER = Path(__file__).with_name("made_up_offices")
NOW = datetime(2026, 4, 1, 2, 0, tzinfo=UTC)
LEARN = tuple("a1 a2 a3 b1 b2 b3 c1 c2 c3 f1 f2 g1 g2 h1 h2".split())
JUDGE = tuple("d1 d2 d3 e1 e2 e3".split())
_FIRST = 3


@dataclass(frozen=True, slots=True)
class Tally:
    """How the questions of one kind fared."""

    asked: int
    first: int  # answered by the first citation
    among: int  # … by one of the first three
    refused: int

    def __str__(self) -> str:
        return f"{self.asked} asked, first {self.first}, among three {self.among}, refused {self.refused}"


def made_up(names: Sequence[str]) -> Iterator[Office]:
    """Yield the offices of these names, each in a folder that is gone with the next."""
    for name in names:
        with tempfile.TemporaryDirectory() as home:
            yield Office(_indexed(name, Path(home)), tuple(_asked(name)))


def _indexed(name: str, home: Path) -> Snapshot:
    update(home, sorted((FOLDER / name).glob("??.txt")))
    snapshot = SnapshotStore(home).current()
    assert snapshot is not None
    return snapshot


def _asked(name: str) -> Iterator[Asked]:
    for line in (FOLDER / name / "questions.tsv").read_text(encoding="utf-8").splitlines():
        kind, file, question, answer = line.split("\t")
        yield Asked(question, kind, f"{file}.txt" if file else None, answer)


def fared(office: Office) -> dict[str, list[Judged]]:
    """Ask all questions of `office`; by kind."""
    questions = [
        StaffQuestion(one.text, (), (Gold(one.file, one.answer),) if one.file else (), one.kind) for one in office.asked
    ]
    found = defaultdict(list)
    for judged in evaluate(questions, Assistant(office.snapshot), NOW).judged:
        found[judged.question.kind].append(judged)
    return found


def tally(judged: Sequence[Judged]) -> Tally:
    """Count."""
    ranks = [one.rank for one in judged if one.rank is not None]
    refused = sum(not one.answer.found for one in judged)
    return Tally(len(judged), ranks.count(1), sum(rank <= _FIRST for rank in ranks), refused)


def main() -> None:
    """Print a line a kind."""
    together = defaultdict(list)
    for office in made_up(sys.argv[1:] or JUDGE):
        for kind, judged in fared(office).items():
            together[kind] += judged
    for kind, judged in together.items():
        print(f"{kind}: {tally(judged)}")


if __name__ == "__main__":
    main()
