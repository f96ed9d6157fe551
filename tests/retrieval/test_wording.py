from __future__ import annotations

import pytest

from retrieval.wording import one_line, plain, say_place


@pytest.mark.parametrize(
    ("cite", "said"),
    [
        ("III.2", "mục III.2"),
        ("II.4.a", "mục II.4.a"),
        ("2", "mục 2"),
        ("Điều 5", "Điều 5"),
        ("Điều 5.2", "khoản 2 Điều 5"),
        ("Điều 5.2.đ", "điểm đ khoản 2 Điều 5"),
        ("Quy chế, Điều 5.2.a", "điểm a khoản 2 Điều 5 của Quy chế"),
        ("preamble", "phần căn cứ"),
        ("signature", "phần ký"),
        ("Phụ lục I.2", "Phụ lục I.2"),
    ],
)
def test_places_are_said_as_people_say_them(cite: str, said: str) -> None:
    assert say_place(cite) == said


def test_a_long_line_is_cut_at_a_word() -> None:
    assert one_line("một hai\nba", 40) == "một hai ba"
    assert one_line("một hai ba bốn năm", 12) == "một hai ba…"
    assert len(one_line("chữ " * 100, 50)) <= 50


def test_a_quotation_is_read_without_the_marks_of_markdown_and_html() -> None:
    quote = 'Điều 30\\. **Báo cáo** <img src="a.png" alt="x"/>về [Trung tâm](https://a.vn/b) <br>5 < 6 [1]'
    assert plain(quote) == "Điều 30. Báo cáo về Trung tâm 5 < 6 [1]"
