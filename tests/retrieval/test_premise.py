from __future__ import annotations

import pytest

from retrieval.premise import false_claim, is_confirming


@pytest.mark.parametrize(
    "question",
    [
        "Hằng năm phải nộp trước ngày 15/11 đúng không?",
        "bao cao nop truoc 15/11 dung khong",
        "Có phải Chánh Văn phòng ký không?",
        "hạn là 20/12 phải ko",
    ],
)
def test_a_question_that_asks_to_confirm(question: str) -> None:
    assert is_confirming(question)


@pytest.mark.parametrize(
    "question", ["Hạn báo cáo là khi nào?", "Đơn vị phải làm gì?", "ai phải báo cáo không kể ngày nghỉ"]
)
def test_a_question_that_asserts_nothing(question: str) -> None:
    assert not is_confirming(question)


@pytest.mark.parametrize(
    ("question", "text", "claim"),
    [
        ("nộp trước 15/11 đúng không?", "Hằng năm, các đơn vị nộp báo cáo.", "15/11"),
        ("nộp trước 15/11 đúng không?", "nộp trước ngày 15/11/2025", None),
        ("nộp trước ngày 15 tháng 11 đúng không?", "nộp trước ngày 15/11 hằng năm", None),
        ("nộp trước 15/11/2024 đúng không?", "nộp trước ngày 15/11/2025", "15/11/2024"),
        ("kế hoạch năm 2027 nộp trước 15/11 đúng không?", "nộp trước ngày 15/11", None),
        ("tối đa 20% đúng không?", "không quá 15% tổng số", "20%"),
        ("tối đa 15 % đúng không?", "không quá 15% tổng số", None),
        ("theo Quyết định 9/2024/QĐ-UBND đúng không?", "theo quy định", None),
        ("Tôi nung gạch 7 năm rồi, có phải thi tay nghề nữa không?", "thợ mới thi tay nghề", None),
        ("Tôi nghe nói thi 7 lần, có phải vậy không?", "thợ mới thi tay nghề", "7"),
    ],
)
def test_what_is_asserted_must_stand_in_the_text(question: str, text: str, claim: str | None) -> None:
    assert false_claim(question, text) == claim
