"""Files of questions with their right answers, and of passages to rank: JSON Lines, perhaps compressed with xz.

Each line is checked once, here, and becomes a typed value. Knows nothing of how answers are made.
"""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from .errors import UnreadableQuestions


@dataclass(frozen=True, slots=True)
class Gold:
    """A stretch of text that answers."""

    file: str  # base name of the source file
    quote: str  # its words, up to white space


@dataclass(frozen=True, slots=True)
class StaffQuestion:
    """A question over indexed documents."""

    text: str
    previous: tuple[str, ...]  # earlier turns, oldest first
    gold: tuple[Gold, ...]  # any of them answers; empty: the documents do not answer it
    kind: str  # "plain", "typo", "followup" …: for reports only


@dataclass(frozen=True, slots=True)
class CorpusQuestion:
    """A question over given passages."""

    text: str
    relevant: frozenset[str]  # ids of the passages that answer it


@dataclass(frozen=True, slots=True)
class Record:
    """A passage to rank."""

    id: str
    title: str
    text: str


def staff_questions(path: Path) -> list[StaffQuestion]:
    """Read lines `{"q", "file", "quote", "prev"?, "also"?, "kind"?}`; `file: null` marks the unanswerable."""
    return [_staff_question(line, where) for line, where in _lines(path)]


def _staff_question(line: dict[str, Any], where: str) -> StaffQuestion:
    gold = [line, *line.get("also", [])] if line.get("file") else []
    previous = line.get("prev") or []
    return StaffQuestion(
        text=_text(line, "q", where),
        previous=tuple([previous] if isinstance(previous, str) else previous),
        gold=tuple(Gold(_text(item, "file", where), _text(item, "quote", where)) for item in gold),
        kind=str(line.get("kind", "")),
    )


def corpus_questions(path: Path) -> list[CorpusQuestion]:
    """Read lines `{"text", "relevant": [id]}`."""
    return [
        CorpusQuestion(_text(line, "text", where), frozenset(map(str, line.get("relevant", []))))
        for line, where in _lines(path)
    ]


def records(path: Path) -> Iterator[Record]:
    """Yield lines `{"id", "title"?, "text"}` one by one: a corpus need not fit in memory twice."""
    for line, where in _lines(path):
        yield Record(_text(line, "id", where), str(line.get("title") or ""), _text(line, "text", where))


def _lines(path: Path) -> Iterator[tuple[dict[str, Any], str]]:
    try:
        with _opened(path) as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    yield _object(line, f"{path.name}, dòng {number}"), f"{path.name}, dòng {number}"
    except (OSError, UnicodeDecodeError, lzma.LZMAError) as error:
        raise UnreadableQuestions(f"Không đọc được {path}: {error}. Hãy kiểm tra đường dẫn và định dạng.") from error


def _opened(path: Path) -> TextIO:
    return lzma.open(path, "rt", encoding="utf-8") if path.suffix == ".xz" else path.open(encoding="utf-8")


def _object(line: str, where: str) -> dict[str, Any]:
    try:
        value = json.loads(line)
    except json.JSONDecodeError as error:
        raise UnreadableQuestions(f"{where}: không phải JSON ({error.msg}). Mỗi dòng phải là một đối tượng.") from error
    if not isinstance(value, dict):
        raise UnreadableQuestions(f"{where}: không phải đối tượng JSON. Mỗi dòng phải là một đối tượng.")
    return value


def _text(line: dict[str, Any], field: str, where: str) -> str:
    value = line.get(field)
    if not isinstance(value, str) or not value.strip():
        raise UnreadableQuestions(f"{where}: thiếu trường “{field}”. Hãy bổ sung rồi chạy lại.")
    return value
