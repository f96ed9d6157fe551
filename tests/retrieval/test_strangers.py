from __future__ import annotations

from dataclasses import replace
from typing import cast

import pytest

from index.snapshot import Snapshot
from retrieval.model import Question, Term, Wanted
from retrieval.strangers import unknown_name
from tests.retrieval.fakes import FakeSnapshot, header

SNAPSHOT = cast(
    Snapshot,
    FakeSnapshot(
        [
            (header(symbol="12/KH-SNV", issuer="Sở Nội vụ", province="Lam Sơn"), ["Sở Nội vụ báo cáo tỉnh Nghệ An."]),
            (header(symbol="13/KH-STC"), ["Trung tâm Tin học tài chính nâng cấp phần mềm."]),
        ]
    ),
)


def asked(text: str, *terms: Term) -> Question:
    return Question(text=text, terms=terms, accented=True, wanted=(Wanted.PASSAGE,), symbols=())


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("Tiêu chí thi đua của tỉnh Hà Giang là gì?", "Hà Giang"),
        ("tieu chi thi dua cua tinh ha giang", "Hà Giang"),
        ("Sở Giao thông vận tải phải làm gì?", "Sở Giao thông"),
        ("Chi cục Kiểm lâm khi nào báo cáo?", "Chi cục Kiểm lâm"),
        ("Báo cáo gửi Cục Lãnh khi nào?", "Cục Lãnh"),
        ("Bệnh viện Nhi đồng nộp báo cáo khi nào?", "Bệnh viện Nhi đồng"),
    ],
)
def test_a_name_that_stands_in_no_document(question: str, name: str) -> None:
    assert unknown_name(asked(question), SNAPSHOT) == name


@pytest.mark.parametrize(
    "question",
    [
        "Tỉnh Nghệ An báo cáo khi nào?",
        "Sở Nội vụ phải làm gì?",
        "sở tối đa được mấy người",
        "Sở NNMT khen thưởng ai?",
        "Trung tâm Tin học làm gì?",
        "hạn nộp báo cáo",
        # Where a name ends, and where who asks lives.
        "Sở Nội vụ trả lời ai?",
        "Trung tâm Tin chốt bao nhiêu tiền?",
        "Nhà em tận Cà Mau thì có nộp được không?",
        "Đội tôi ở Hà Giang, có ai lo vé xe không?",
    ],
)
def test_a_name_that_is_known_or_no_name_at_all(question: str) -> None:
    assert unknown_name(asked(question), SNAPSHOT) is None


def test_a_slip_makes_nobody_a_stranger() -> None:
    assert unknown_name(asked("Sở Npi vụ phải làm gì?"), SNAPSHOT) == "Sở Npi"
    assert unknown_name(asked("Sở Npi vụ phải làm gì?", Term("nội", 1.0, "npi")), SNAPSHOT) is None


def test_the_level_of_a_place_names_nobody() -> None:
    question = asked("Trung tâm Tin học huyện phải làm gì?")
    assert unknown_name(replace(question, units=("trung tâm tin học huyện",)), SNAPSHOT) is None
    assert unknown_name(replace(question, units=("trung tâm tin học thêu",)), SNAPSHOT) == "trung tâm tin học thêu"


def test_documents_may_have_a_short_form_as_it_was_typed() -> None:
    """What stands beside it there is "TTĐT", not what this is short for."""
    short = [Term(word, 1.0, "TTĐT") for word in ("thanh", "toán", "điện", "tử")]
    unit = "trung tâm tin học thanh toán điện tử"
    assert unknown_name(replace(asked("…", *short), units=(unit,)), SNAPSHOT) is None
    assert unknown_name(replace(asked("…"), units=(unit,)), SNAPSHOT) == unit
