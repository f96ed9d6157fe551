from __future__ import annotations

import pytest

from retrieval.labels import missing_label

TEXT = """Điều 2. Đối tượng
1. Các phòng.
2. Các đơn vị.
Đợt 2 tổ chức sau cơn bão số 3. Phụ lục I kèm theo. Đại hội lần thứ XX."""


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("Điều 45 quy định gì?", "Điều 45"),
        ("phu luc v co gi", "phu luc v"),
        ("Đợt 3 tổ chức khi nào?", "Đợt 3"),
        ("khắc phục hậu quả bão số 5 ra sao", "bão số 5"),
        ("Đại hội lần thứ XXI bàn gì", "lần thứ XXI"),
        ("Điều 2 nói gì", None),
        ("khoản 2 Điều 2", None),
        ("đợt 2 và bão số 3", None),
        ("Hạng 2 được thưởng gì?", None),
        ("Nghị quyết Đại hội lần thứ XX", None),
        ("Kế hoạch 12/KH-SNV nói gì", None),
    ],
)
def test_a_numbered_thing_must_stand_in_the_text(question: str, missing: str | None) -> None:
    assert missing_label(question, TEXT) == missing
