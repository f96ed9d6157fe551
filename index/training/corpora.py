"""The official texts the shipped model learns from, read from the corpora folder; knows nothing of training."""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ARTICLES = "law-articles.jsonl.xz"
PROCEDURES = "procedures.jsonl.xz"
QUESTIONS = "law-questions-dev.jsonl.xz"  # for measuring only, never for training: their licence is research-only

# What a section of a procedure is called by the people who ask for it; sections that only hold codes of the
# portal they came from are left out.
_SECTIONS = {
    "Trình tự thực hiện": "trình tự thực hiện",
    "Thành phần hồ sơ": "thành phần hồ sơ",
    "Cách thức thực hiện": "cách thức thực hiện",
    "Đối tượng thực hiện": "đối tượng thực hiện",
    "Yêu cầu, điều kiện thực hiện": "yêu cầu, điều kiện thực hiện",
    "Cơ quan thực hiện": "cơ quan thực hiện",
    "Cơ quan có thẩm quyền": "cơ quan có thẩm quyền",
}


@dataclass(frozen=True, slots=True)
class Source:
    """One article of a law, or one section of an administrative procedure."""

    id: str  # the corpus's own
    group: str  # the law or the procedure it belongs to: held out as a whole, or not at all
    heading: str  # the title of the article or of the procedure; may be empty
    topic: str  # field of law, or what the section is called; may be empty
    text: str  # the body
    procedure: bool  # whether `topic` is the name of a section of a procedure


@dataclass(frozen=True, slots=True)
class Judged:
    """A question with the ids of the articles that answer it."""

    text: str  # as a citizen typed it
    relevant: frozenset[str]  # never empty


def read_articles(corpora: Path) -> list[Source]:
    """Return the articles of law, in the order of the file."""
    return [
        Source(row["id"], row["law"], row["title"].strip(), row["topic"].strip(), row["text"].strip(), False)
        for row in _rows(corpora / ARTICLES)
    ]


def read_procedures(corpora: Path) -> list[Source]:
    """Return the sections of procedures that say something, in the order of the file; [] where there is no file."""
    path = corpora / PROCEDURES
    rows = _rows(path) if path.is_file() else iter(())
    return [
        Source(
            row["id"],
            row["id"].split("#")[0],
            row["title"].strip(),
            _SECTIONS[row["section"]],
            row["text"].strip(),
            True,
        )
        for row in rows
        if row["section"] in _SECTIONS
    ]


def read_questions(corpora: Path) -> list[Judged]:
    """Return the citizens' questions; used by the measurement and by nothing that trains."""
    return [Judged(row["text"], frozenset(row["relevant"])) for row in _rows(corpora / QUESTIONS)]


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)
