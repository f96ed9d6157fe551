"""Questions to real documents, of which only numbers are kept.

Rounds of real documents and questions were gathered by helpers who saw neither program nor other sets, and are not in
the repository, where no sentence from elsewhere is. What `calibrate` learns from are the signs (`retrieval.deciding`)
that the program saw in them, a row a question: `real_signs.tsv`. `python -m tests.benchmarks.real ROUND DOCUMENTS
QUESTIONS` writes those of one round anew, from a folder of documents and a file of questions as `tdkt evaluate` has it.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from dataclasses import astuple, fields
from pathlib import Path

from index.build import update
from index.snapshot import Snapshot, SnapshotStore
from knowledge.text import collapse, normalise
from retrieval.answer import Assistant
from retrieval.deciding import Signs, signs
from retrieval.goldfile import Gold, StaffQuestion, staff_questions
from retrieval.question import understand
from tests.benchmarks.judging import Judged
from tests.benchmarks.sets import SAMPLES_NOW

FILE = Path(__file__).with_name("real_signs.tsv")
_HEAD = ("round", "kind", "there", *(sign.name for sign in fields(Signs)))
_SHOWN = 60  # characters of a long quotation, at either end, by which a passage is known to have it


def real() -> dict[str, list[Judged]]:
    """Return the kept rows by their round. Raises ValueError where the signs are others."""
    head, *lines = FILE.read_text(encoding="utf-8").splitlines()
    if tuple(head.split("\t")) != _HEAD:
        raise ValueError(f"{FILE.name} has other signs than retrieval.deciding: write every round anew")
    found: dict[str, list[Judged]] = {}
    for line in lines:
        name, kind, there, *numbers = line.split("\t")
        found.setdefault(name, []).append(Judged(Signs(*map(float, numbers)), kind, there == "1"))
    return found


def seen(documents: Path, questions: Path) -> Iterator[Judged]:
    """Yield the evidence for what would be quoted first, for all of `questions` but follow-ups, as `judging.judged`."""
    with tempfile.TemporaryDirectory() as home:
        update(Path(home), [documents])
        snapshot = SnapshotStore(Path(home)).current()
        assert snapshot is not None
        assistant = Assistant(snapshot)
        for one in staff_questions(questions):
            question = understand(one.text, (), snapshot, SAMPLES_NOW)
            hits = assistant.to_be_quoted(question) if question.terms and not one.previous else []
            if hits and (not one.gold or _answers(one, hits[0].passage, snapshot)):
                yield Judged(signs(question, hits, snapshot), one.kind, bool(one.gold))


def _answers(asked: StaffQuestion, row: int, snapshot: Snapshot) -> bool:
    passage = snapshot.passage(row)
    file = Path(snapshot.documents[passage.document].file).name
    return any(gold.file == file and _has(_flat(passage.text), gold) for gold in asked.gold)


def _has(text: str, gold: Gold) -> bool:
    quote = _flat(gold.quote)
    return quote[:_SHOWN] in text or quote[-_SHOWN:] in text


def _flat(text: str) -> str:
    return collapse(normalise(text)).lower()


def main() -> None:
    """Put the rows of one round in the place of those it had."""
    name, documents, questions = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    kept = [line for line in FILE.read_text(encoding="utf-8").splitlines()[1:] if not line.startswith(f"{name}\t")]
    for one in seen(documents, questions):
        numbers = (f"{value:.4f}".rstrip("0").rstrip(".") for value in astuple(one.evidence))
        kept.append("\t".join((name, one.kind, str(int(one.there)), *numbers)))
    FILE.write_text("\n".join(["\t".join(_HEAD), *sorted(kept)]) + "\n", encoding="utf-8")
    print(f"{FILE.name}: {len(kept)} rows")


if __name__ == "__main__":
    main()
