"""Who holds an office is read off signatures, said to be so, and never guessed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from index.snapshot import Snapshot
from retrieval.answer import Assistant
from retrieval.facts_people import NOTE
from retrieval.model import Answer

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
Ask = Callable[[str], Answer]


@pytest.fixture(scope="module")
def ask(samples: Snapshot) -> Ask:
    assistant = Assistant(samples)
    return lambda text: assistant.ask(text, now=NOW)


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("Giám đốc Sở Nội vụ là ai?", "Trần Văn Bách"),
        ("giam doc so noi vu ten gi", "Trần Văn Bách"),
        ("Ai hiện là Phó Giám đốc Sở Tài chính?", "Đinh Thị Thu Hà"),
        ("Chủ tịch Ủy ban nhân dân tỉnh Lam Sơn tên là gì?", "Hoàng Minh Khải"),
        ("chu tich ubnd tinh lam son ten la gi", "Hoàng Minh Khải"),
    ],
)
def test_the_newest_signature_with_the_title_answers(ask: Ask, question: str, name: str) -> None:
    answer = ask(question)
    assert answer.found
    assert name in answer.answer
    assert NOTE in answer.notes


@pytest.mark.parametrize(
    "question",
    [
        "Phó Giám đốc Sở Nội vụ là ai?",  # nobody signed as such
        "Giám đốc Sở Tài chính là ai?",  # its deputy signed
        "Chủ tịch UBND tỉnh là ai?",  # of which province is not said
        "Giám đốc Sở Nội vụ tỉnh Hà Giang tên là gì?",
    ],
)
def test_who_signed_nothing_is_not_guessed(ask: Ask, question: str) -> None:
    assert not ask(question).found


def test_an_office_within_a_council_is_for_the_passages(ask: Ask) -> None:
    answer = ask("Chủ tịch Hội đồng thi đua khen thưởng là ai?")
    assert answer.found
    assert "Giám đốc Sở" in answer.answer
