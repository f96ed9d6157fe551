"""How the program fares on documents nobody tuned for: answers, header fields, duties.

`python -m tests.unseen.measure` prints one JSON object; `--misses` the failures too. The documents, questions and
gold figures of this folder were written before the program was asked anything.
"""

from __future__ import annotations

import argparse
import json
import re
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from index.build import update
from index.snapshot import SnapshotStore
from knowledge.analyse import analyse
from knowledge.document import Document, Obligation
from knowledge.text import collapse, fold, normalise
from retrieval.answer import Assistant
from retrieval.evaluate import Judged, Report, evaluate
from retrieval.goldfile import staff_questions

HERE = Path(__file__).resolve().parent
DOCUMENTS = HERE / "documents"
NOW = datetime(2026, 3, 20, 2, 0, tzinfo=UTC)

_FORMAL = re.compile(r"\b(?:ve viec|v/v|tinh|thanh pho)\b|[^\w\s/&-]")
_TITLES = re.compile(r"^(?:(?:gs|pgs|ts|ths|bs|cki|ckii)\.?\s*)+", re.I)


@dataclass(frozen=True, slots=True)
class Counts:
    """Right answers against what was found and what there was to find."""

    right: int
    found: int
    gold: int

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.right / (self.found + self.gold) if self.found + self.gold else 1.0


def read_documents() -> dict[str, Document]:
    """Analyse every document of the folder, by file name."""
    return {path.name: analyse(path) for path in sorted(DOCUMENTS.glob("*.txt"))}


def lines(name: str) -> list[dict[str, Any]]:
    """Read one of the gold files beside this module."""
    return [json.loads(line) for line in (HERE / name).read_text(encoding="utf-8").splitlines() if line.strip()]


def flat(text: str) -> str:
    """Return the text as passages are compared: normalised, white space collapsed."""
    return collapse(normalise(text))


def answers() -> Report:
    """Index the documents in a new home and ask every question."""
    with tempfile.TemporaryDirectory() as home:
        update(Path(home), [DOCUMENTS])
        snapshot = SnapshotStore(Path(home)).current()
        assert snapshot is not None
        return evaluate(staff_questions(HERE / "questions.jsonl"), Assistant(snapshot), NOW)


def header_misses(documents: dict[str, Document]) -> tuple[int, list[str]]:
    """Return how many fields were compared, and a line for each that is wrong."""
    compared, misses = 0, []
    for gold in lines("headers.jsonl"):
        header = documents[gold["file"]].header
        got = {
            "type": header.kind,
            "number": header.symbol,
            "issuer": header.issuer,
            "place": header.place,
            "date": header.date.iso() if header.date else None,
            "title": header.subject,
            "signer": header.signer.name if header.signer else None,
        }
        for field, value in got.items():
            compared += 1
            if _plain(value) != _plain(gold[field]):
                misses.append(f"{gold['file'][:2]} {field}: {value!r}, not {gold[field]!r}")
    return compared, misses


def duty_misses(documents: dict[str, Document]) -> tuple[Counts, list[str]]:
    """Compare duties with a time; a line for each that is missing, wrong or invented.

    A duty is found when its file, place, due date and recurrence agree and one phrase of time contains the other;
    what is marked optional in the gold file counts neither for nor against.
    """
    gold = [dict(line, used=False) for line in lines("obligations.jsonl")]
    found, misses = 0, []
    for file, document in documents.items():
        for duty in document.obligations:
            match = _match(gold, file, document, duty)
            if match is None and duty.when is not None:
                misses.append(f"{file[:2]} extra {_shown(document, duty)}")
            if (match is None and duty.when is not None) or (match is not None and not match.get("optional")):
                found += 1
            if match is not None:
                match["used"] = True
    needed = [line for line in gold if not line.get("optional")]
    misses += [
        f"{line['file'][:2]} missed {line['section']}: {line['when_text']}" for line in needed if not line["used"]
    ]
    return Counts(sum(line["used"] for line in needed), found, len(needed)), misses


def _match(gold: list[dict[str, Any]], file: str, document: Document, duty: Obligation) -> dict[str, Any] | None:
    return next((line for line in gold if not line["used"] and _agrees(line, file, document, duty)), None)


def _agrees(line: dict[str, Any], file: str, document: Document, duty: Obligation) -> bool:
    if line["file"] != file or duty.when is None:
        return False
    here, there = collapse(duty.when.text).lower(), line["when_text"].lower()
    if here not in there and there not in here:
        return False
    if line.get("optional"):
        return True
    due = duty.when.due.isoformat() if duty.when.due else None
    recurrence = str(duty.when.recurrence) if duty.when.recurrence else None
    cite = document.sections[duty.section].cite
    placed = line["section"] is None or _place(cite) == _place(line["section"])
    return placed and due == line["due"] and line["recurrence"] in (recurrence, "daily") and line["kind"] == duty.kind


def _place(cite: str) -> str:
    """Leave what two spellings of one place share: "Phần II, 1" and "PHẦN II.1", "Quy chế, Điều 5.2" and "Điều 5.2"."""
    place = re.sub(r"phan |, (?=\d|[ivx]+\b)", lambda m: "." if m[0] == ", " else "", fold(cite).lower())
    return "" if "doan" in place else place.rpartition(", ")[2]


def _shown(document: Document, duty: Obligation) -> str:
    when = duty.when
    assert when is not None
    return (
        f"{document.sections[duty.section].cite} {duty.kind} {when.text!r} {when.due} {when.recurrence}: {duty.what!r}"
    )


def _plain(value: str | None) -> str | None:
    """Fold away what the layout leaves free: case, "Về việc", the word before a province, quotation marks, titles."""
    if value is None:
        return None
    text = fold(normalise(_TITLES.sub("", value))).lower()
    text = text.replace("uy ban nhan dan", "ubnd").replace("hoi dong nhan dan", "hdnd")
    return collapse(_FORMAL.sub(" ", text))


def by_kind(judged: Iterable[Judged]) -> dict[str, str]:
    """Right answers out of questions, for each kind of question."""
    groups: dict[str, list[Judged]] = defaultdict(list)
    for one in judged:
        groups[one.question.kind].append(one)
    return {kind: f"{sum(one.right for one in ones)}/{len(ones)}" for kind, ones in groups.items()}


def figures(report: Report, documents: dict[str, Document]) -> dict[str, object]:
    """Every figure of this folder under the name a benchmark prints."""
    compared, header = header_misses(documents)
    duties, _ = duty_misses(documents)
    return {
        "questions": report.questions,
        "hit@1": round(report.hit_1, 4),
        "hit@3": round(report.hit_3, 4),
        "refusals_right": round(report.refused_right / report.unanswerable, 4),
        "refusals_wrong": round(report.false_refusals / report.answerable, 4),
        "header": round(1 - len(header) / compared, 4),
        "duties_precision": round(duties.right / duties.found, 4),
        "duties_recall": round(duties.right / duties.gold, 4),
        "duties_f1": round(duties.f1, 4),
        "by_kind": by_kind(report.judged),
    }


def _missed(one: Judged) -> str:
    asked = " / ".join((*one.question.previous, one.question.text))
    wanted = f"{one.question.gold[0].file[:2]} {one.question.gold[0].quote}" if one.question.gold else "nothing"
    got = [f"{citation.file[:2]} {citation.section}: {citation.quote[:90]!r}" for citation in one.answer.citations[:3]]
    verdict = "answered" if one.answer.found else f"refused ({one.answer.reason})"
    return "\n    ".join([f"[{one.question.kind}, rank {one.rank}] {asked}", f"wanted {wanted}", verdict, *got])


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the figures, and the failures when asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--misses", action="store_true", help="list what went wrong")
    documents, report = read_documents(), answers()
    if parser.parse_args(arguments).misses:
        print(*header_misses(documents)[1], *duty_misses(documents)[1], sep="\n")
        print(*(_missed(one) for one in report.judged if not one.right), sep="\n")
    print(json.dumps(figures(report, documents), ensure_ascii=False))


if __name__ == "__main__":
    main()
