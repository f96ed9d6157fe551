"""The second look at the best candidates: their own words, the heading above them, the frame of a document."""

from __future__ import annotations

import numpy as np
import pytest

from index.passage import Passage
from retrieval import fusion
from retrieval.closer import labelled, look, shown
from retrieval.model import Question, Wanted

HEADINGS = [
    "Quy chế 12/QC-VP của Văn phòng › Chương II › Điều 5. Mượn xe công",
    "Quy chế 12/QC-VP của Văn phòng › Chương II › Điều 6. Giữ gìn cây xanh quanh nhà ăn",
    "",
]


def asking(text: str) -> Question:
    return Question(text, (), accented=True, wanted=(Wanted.PASSAGE,), symbols=(), meant=text.lower())


def passages(*contexts: str) -> list[Passage]:
    return [Passage(f"p{n}", 0, "Điều 5", context, "Làm như sau.", 0, 12) for n, context in enumerate(contexts)]


def test_who_says_what_a_heading_says_means_what_stands_under_it() -> None:
    seen = look(passages(*HEADINGS), asking("muốn mượn xe công thì làm thế nào"))
    assert seen.headed[0] == 0.5  # "mượn xe", "xe công" of "Điều 5", "5 Mượn", …
    assert seen.headed[1] == seen.headed[2] == 0
    score = fusion.closer(seen.headed, seen.frame)
    assert score[0] > score[1] == score[2]


def test_a_heading_is_recognised_without_marks_and_with_old_tones() -> None:
    asked = ["muon xe cong", "MƯỢN XE CÔNG"]
    shares = {float(look(passages(HEADINGS[0]), asking(text)).headed[0]) for text in asked}
    assert shares == {0.5}


def test_only_the_nearest_heading_counts() -> None:
    """The name of the document stands above all its passages: it tells none of them apart."""
    seen = look(passages(HEADINGS[0]), asking("quy chế 12 của văn phòng, chương II"))
    assert seen.headed[0] == 0


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("**TRÔNG COI BẾN THUYỀN**", True),
        ("Phụ lục\nTRÔNG COI BẾN THUYỀN\n(Ban hành kèm theo Quyết định số 7/QĐ-BT ngày 3/2/2031)", True),
        ("TRÔNG COI BẾN THUYỀN.", False),
        ("Trông coi bến thuyền", False),
        ("TRÔNG COI BẾN THUYỀN\n\nBan giữ bến trông coi.", False),
    ],
)
def test_the_name_of_a_chapter_alone_is_frame(text: str, heading: bool) -> None:
    there = [Passage("p", 0, "Chương II", "", text, 0, len(text))]
    assert look(there, asking("ai trông coi bến thuyền")).frame.tolist() == [float(heading)]


def test_what_has_the_form_asked_for_comes_before_what_has_not() -> None:
    texts = ["Thưởng theo quy định.", "Thưởng 500.000 đồng.", "Thưởng 10% quỹ."]
    there = [Passage(f"p{n}", 0, "Điều 5", "", text, 0, len(text)) for n, text in enumerate(texts)]
    paid = shown(there, asking("Được thưởng bao nhiêu tiền?"))
    assert paid.tolist() == [0, 1, 0]
    assert shown(there, asking("Thưởng cho ai?")).tolist() == [0, 0, 0]
    order, points = np.array([2, 0, 1]), np.array([0.5, 0.4, 0.6], np.float32)
    assert fusion.followed(order, points, paid).tolist() == [2, 1, 0]  # the first stays the first


def test_a_label_is_said_by_who_asks_for_what_stands_behind_it() -> None:
    texts = [
        "1. Cơ quan chỉ đạo: Tỉnh đoàn.\na) Thành phần: mỗi xã 2 người.",
        "- **Cơ quan chỉ đạo** cuộc thi họp hằng tuần.",
        "Cơ quan giúp việc: Văn phòng.",
        "Mở cửa lúc 7:30.",
    ]
    places = [Passage(f"p{n}", 0, "Điều 5", "", text, 0, len(text)) for n, text in enumerate(texts)]
    assert labelled(places, asking("co quan chi dao cua cuộc thi là ai")).tolist() == pytest.approx([1, 0, 1 / 3, 0])
    assert labelled(places, asking("thành phần gồm những ai")).tolist() == [1, 0, 0, 0]
