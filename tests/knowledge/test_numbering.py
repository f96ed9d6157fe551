"""The grammar of labels, one line at a time."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.numbering import Label, Level, follows, read_labels, roman, to_roman


@pytest.mark.parametrize(
    ("line", "level", "written"),
    [
        ("Phần I", Level.PART, "Phần I"),
        ("PHẦN THỨ NHẤT", Level.PART, "Phần thứ nhất"),
        ("Chương II", Level.CHAPTER, "Chương II"),
        ("CHƯƠNG 3. ĐIỀU KHOẢN THI HÀNH", Level.CHAPTER, "Chương 3"),
        ("Mục 2. QUYỀN VÀ NGHĨA VỤ", Level.DIVISION, "Mục 2"),
        ("Tiểu mục 1. Hồ sơ", Level.SUBDIVISION, "Tiểu mục 1"),
        ("Điều 5. Tiêu chuẩn", Level.ARTICLE, "Điều 5"),
        ("Điều 07: Hồ sơ", Level.ARTICLE, "Điều 7"),
        ("Điều 12a. Hồ sơ bổ sung", Level.ARTICLE, "Điều 12a"),
        ("Điêu 9. Tổ chức", Level.ARTICLE, "Điều 9"),
        ("PHỤ LỤC", Level.APPENDIX, "Phụ lục"),
        ("Phụ lục II: Danh mục", Level.APPENDIX, "Phụ lục II"),
        ("Mẫu số 01", Level.APPENDIX, "Mẫu số 01"),
        ("A. ĐỐI TƯỢNG", Level.LETTER, "A"),
        ("II- NỘI DUNG", Level.ROMAN, "II"),
        ("I.2. Yêu cầu", Level.NUMBER, "2"),
        ("1. Mục đích", Level.NUMBER, "1"),
        ("1.1 Mục tiêu", Level.NUMBER, "1.1"),
        ("(3) Kinh phí", Level.NUMBER, "3"),
        ("2. 100% hồ sơ được số hóa", Level.NUMBER, "2"),
        ("2. 05 xã đạt chuẩn", Level.NUMBER, "2"),
        ("đ) Kinh phí", Level.ALPHA, "đ"),
        ("(b) Hồ sơ", Level.ALPHA, "b"),
        ("a.1) Bản chính", Level.MINOR, "1"),
        ("ii) Bản sao", Level.MINOR, "ii"),
        ("- Quét sân", Level.BULLET, "-"),
        ("• Quét sân", Level.BULLET, "•"),
    ],
)
def test_likeliest_reading(line: str, level: Level, written: str) -> None:
    label = read_labels(line)[0]
    assert (label.level, label.written) == (level, written)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "Mục tiêu chung",
        "Phần mềm",
        "Phần năm 2025",
        "Chương trình hành động",
        "Chương II của Luật này",
        "Mục 1 Chương II của Luật này",
        "Điều 5 của Luật này",
        "Điều 8, Điều 9 và Điều 10",
        "Phụ lục I kèm theo Quyết định này",
        "Mẫu mã đẹp",
        "12.5 tỷ đồng",
        "1.000 đồng",
        "1. 000 đồng",
        "15/11/2025",
        "10.3.2025",
        "3 - 5 triệu",
        "2025. Năm của chuyển đổi",
        "-----",
        "-2025",
        "V/v dọn kho",
    ],
)
def test_no_label(line: str) -> None:
    assert read_labels(line) == ()


def test_letters_that_are_also_numbers_are_read_both_ways() -> None:
    assert [label.level for label in read_labels("V. KINH PHÍ")] == [Level.ROMAN, Level.LETTER]
    assert [label.level for label in read_labels("i) Ảnh")] == [Level.ALPHA, Level.MINOR]


@pytest.mark.parametrize(("one", "two"), [("c) x", "d) x"), ("d) x", "đ) x"), ("d) x", "e) x"), ("đ) x", "e) x")])
def test_points_in_either_alphabet(one: str, two: str) -> None:
    assert follows(read_labels(one)[0], read_labels(two)[0])


def test_a_lost_stroke_of_d() -> None:
    assert follows(read_labels("d) x")[0], read_labels("d) x")[0])
    assert not follows(read_labels("c) x")[0], read_labels("c) x")[0])


def test_article_a_comes_after_its_number() -> None:
    five, five_a, six = (read_labels(f"Điều {n}. X")[0] for n in ("5", "5a", "6"))
    assert follows(five, five_a) and follows(five_a, six) and not follows(five_a, five)


@given(st.integers(1, 399))
def test_roman_numbers_there_and_back(value: int) -> None:
    assert roman(to_roman(value)) == value


@pytest.mark.parametrize("text", ["IIII", "VX", "IC", "", "ABC"])
def test_what_is_no_roman_number(text: str) -> None:
    assert roman(text) == 0


@given(st.text(max_size=60))
def test_reading_never_fails(text: str) -> None:
    for label in read_labels(text):
        assert isinstance(label, Label)
        assert label.written and text.endswith(label.rest)
