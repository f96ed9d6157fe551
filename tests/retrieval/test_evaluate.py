from __future__ import annotations

import json
import lzma
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from retrieval.errors import UnreadableQuestions
from retrieval.evaluate import evaluate
from retrieval.goldfile import Gold, StaffQuestion, corpus_questions, records, staff_questions
from retrieval.model import Answer, Citation

NOW = datetime(2025, 11, 3, 2, 0, tzinfo=UTC)


def citation(file: str, passage: str) -> Citation:
    return Citation(file, None, "", None, "I.1", passage, passage, 1.0, 0, 0, len(passage))


class Scripted:
    """Answers from a script: found or not, and what it cites."""

    def __init__(self, script: dict[str, tuple[bool, list[Citation]]]) -> None:
        self.script = script
        self.previous: list[tuple[str, ...]] = []

    def ask(self, text: str, previous: Sequence[str] = (), *, now: datetime) -> Answer:
        if text in self.script:
            self.previous.append(tuple(previous))
        found, citations = self.script.get(text, (False, []))  # the warm-up's own questions
        return Answer(text, found, None if found else "không", "…", tuple(citations), (), 1.0)


def question(text: str, *gold: Gold) -> StaffQuestion:
    return StaffQuestion(text, (), gold, "")


def test_figures() -> None:
    right, wrong = citation("a.txt", "Hạn  là\nngày 5."), citation("a.txt", "khác")
    gold = Gold("a.txt", "Hạn là ngày 5")
    asker = Scripted(
        {
            "first": (True, [right, wrong]),
            "second": (True, [wrong, citation("b.txt", "Hạn là ngày 5"), right]),
            "missed": (True, [wrong]),
            "refused": (False, [right]),
            "absent": (False, [wrong]),
            "absent too": (True, [wrong]),
        }
    )
    asked = [question(text, gold) for text in ("first", "second", "missed", "refused")]
    report = evaluate([*asked, question("absent"), question("absent too")], asker, NOW)
    assert (report.questions, report.answerable, report.unanswerable) == (6, 4, 2)
    assert (report.hit_1, report.hit_3) == (0.25, 0.5)
    assert report.mrr == pytest.approx((1 + 1 / 3) / 4)
    assert (report.refused_right, report.answered_wrong, report.false_refusals) == (1, 1, 1)
    assert [one.right for one in report.judged] == [True, False, False, False, True, False]
    assert report.p50_ms <= report.p95_ms


def test_any_of_several_gold_passages_will_do_and_turns_are_passed_on() -> None:
    asker = Scripted({"q": (True, [citation("b.txt", "hai")])})
    asked = StaffQuestion("q", ("trước",), (Gold("a.txt", "một"), Gold("b.txt", "hai")), "followup")
    assert evaluate([asked], asker, NOW).hit_1 == 1.0
    assert asker.previous == [("trước",)]


def test_no_questions() -> None:
    report = evaluate([], Scripted({}), NOW)
    assert report.hit_1 == report.mrr == report.p95_ms == 0.0


def write(path: Path, *lines: object) -> Path:
    path.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines) + "\n", encoding="utf-8")
    return path


def test_files_of_questions(tmp_path: Path) -> None:
    path = write(
        tmp_path / "q.jsonl",
        {"q": "hỏi", "file": "a.txt", "quote": "đáp", "prev": ["trước"], "also": [{"file": "b.txt", "quote": "nữa"}]},
        {"q": "không có", "file": None, "quote": None},
    )
    first, second = staff_questions(path)
    assert first == StaffQuestion("hỏi", ("trước",), (Gold("a.txt", "đáp"), Gold("b.txt", "nữa")), "")
    assert second.gold == ()


def test_files_of_a_corpus_may_be_compressed(tmp_path: Path) -> None:
    path = tmp_path / "p.jsonl.xz"
    path.write_bytes(lzma.compress('{"id": "1", "title": "T", "text": "văn bản"}\n'.encode()))
    assert [(record.id, record.title, record.text) for record in records(path)] == [("1", "T", "văn bản")]
    asked = corpus_questions(write(tmp_path / "q.jsonl", {"text": "hỏi", "relevant": ["1", "2"]}))
    assert asked[0].relevant == {"1", "2"}


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"{", "dòng 1"), (b"[]", "dòng 1"), (b'{"file": "a"}', "“q”"), (b"\xff\xfe\x00", "Không đọc được")],
)
def test_bad_files_say_where_and_what(tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "q.jsonl"
    path.write_bytes(content)
    with pytest.raises(UnreadableQuestions, match=says):
        staff_questions(path)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UnreadableQuestions, match="Không đọc được"):
        staff_questions(tmp_path / "none.jsonl")
