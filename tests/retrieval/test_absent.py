"""A document called by number that is not here: said so, and never answered from another one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from index.snapshot import Snapshot
from retrieval import naming
from retrieval.answer import Assistant
from retrieval.model import Answer
from retrieval.references import ReferenceIndex

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


@pytest.fixture(scope="module")
def ask(samples: Snapshot) -> Callable[[str], Answer]:
    assistant = Assistant(samples)
    return lambda text: assistant.ask(text, now=NOW)


@pytest.mark.parametrize(
    ("question", "called"),
    [
        ("Mục tiêu của Kế hoạch 555/KH-UBND là gì?", "555/KH-UBND"),
        ("muc tieu cua ke hoach 555/KH-UBND la gi", "555/KH-UBND"),
        ("Kế hoạch 5551 giao việc gì cho Văn phòng Sở?", ""),
        ("Chỉ thị 77 của tỉnh yêu cầu báo cáo khi nào?", "chỉ thị số 77"),
        ("chi thi 77 quy dinh gi", "chỉ thị số 77"),
    ],
)
def test_a_document_nobody_knows_is_refused_by_its_name(
    ask: Callable[[str], Answer], question: str, called: str
) -> None:
    answer = ask(question)
    assert not answer.found
    assert called in (answer.reason or "")


@pytest.mark.parametrize("question", ["Mục đích của kế hoạch 318/KH-UBND là gì?", "mục đích của kế hoạch 318 là gì"])
def test_a_document_that_is_only_cited_is_said_to_be_so(ask: Callable[[str], Answer], question: str) -> None:
    answer = ask(question)
    assert not answer.found
    assert "chưa có kế hoạch số 318/KH-UBND" in (answer.reason or "")
    assert "318/KH-UBND" in answer.citations[0].quote


def test_the_plan_that_carries_out_a_cited_one_answers_for_itself(ask: Callable[[str], Answer]) -> None:
    answer = ask("Kế hoạch của Sở Nội vụ thực hiện Kế hoạch 318/KH-UBND có mục đích gì?")
    assert answer.found
    assert answer.citations[0].number == "245/KH-SNV"


def test_what_is_cited_of_it_is_answered_by_its_number_alone(ask: Callable[[str], Answer]) -> None:
    answer = ask("kế hoạch 318 ban hành ngày nào?")
    assert answer.found
    assert "12/10/2026" in answer.answer


@pytest.mark.parametrize(
    "question", ["Kế hoạch 245 hạn báo cáo là khi nào?", "Kế hoạch 245/KH-SVN hạn báo cáo là khi nào?"]
)
def test_a_document_that_is_here_is_known_by_its_number_and_with_a_slip_at_its_end(
    ask: Callable[[str], Answer], question: str
) -> None:
    answer = ask(question)
    assert answer.found
    assert "20/11/2027" in answer.answer


def test_numbers_that_count_call_no_document() -> None:
    assert naming.surely_numbered("đề án 15 cấp độ") == ()
    assert naming.surely_numbered("kế hoạch 5 năm của tỉnh") == ()
    assert [one.number for one in naming.surely_numbered("kế hoạch số 87 của tỉnh nói gì")] == [87]


def test_every_mention_is_known_by_symbol_number_and_beginning(samples: Snapshot) -> None:
    references = ReferenceIndex(samples)
    assert references.numbered("kế hoạch", 318, None) == ["318/KH-UBND"]
    assert references.numbered("kế hoạch", 318, 1999) == []
    assert references.own("245/KH-SNV") is not None
    assert references.own("318/KH-UBND") is None
    assert references.mentions("318/KH-UBND")
    assert references.knows("318/KH-UBDN")
    assert not references.knows("319/KH-UBND")
