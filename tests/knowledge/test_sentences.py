from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.sentences import sentences


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Một câu. Hai câu.", ["Một câu.", "Hai câu."]),
        ("1. Mục đích của đợt này. Hai.", ["1. Mục đích của đợt này.", "Hai."]),
        ("II. MỤC ĐÍCH\nNội dung", ["II. MỤC ĐÍCH", "Nội dung"]),
        ("Theo TP. Huế và V.I. Lênin. Hết.", ["Theo TP. Huế và V.I. Lênin.", "Hết."]),
        ("Thu 1.250 hồ sơ. Chi 3.5 triệu.", ["Thu 1.250 hồ sơ.", "Chi 3.5 triệu."]),
        ("Triển khai thực hiện./. Nơi nhận:", ["Triển khai thực hiện./.", "Nơi nhận:"]),
        ("trang fanpage ... của Sở. Xong", ["trang fanpage ... của Sở.", "Xong"]),
        ("Nói “tốt.” Rồi đi.", ["Nói “tốt.”", "Rồi đi."]),
        ("", []),
        (
            "9h50 - 10h20 | 3. Tập xe chỉ | Tổ dệt. | Kho",
            ["9h50 - 10h20 | 3. Tập xe chỉ | Tổ dệt.", "| Kho"],
        ),
    ],
)
def test_where_sentences_end(text: str, parts: list[str]) -> None:
    assert [span.of(text) for span in sentences(text)] == parts


@given(st.text(alphabet="aB1. \n;“”…đ", max_size=80))
def test_no_character_is_lost_or_repeated(text: str) -> None:
    spans = list(sentences(text))
    assert "".join("".join(span.of(text).split()) for span in spans) == "".join(text.split())
    assert all(first.end <= second.start for first, second in itertools.pairwise(spans))
