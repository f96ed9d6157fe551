"""Rows of tables: their heading, the unit of their figures, and answers from them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from retrieval.rows import heading_over, with_units
from tests.retrieval.indexed import Ask, asking

NOW = datetime(2026, 3, 20, 2, tzinfo=UTC)
SHARES = """Tỷ lệ góp vốn làm cầu phao như sau:

TT | Bến | Tỷ lệ góp (%) | Ghi chú
Tỉnh | Bến
1 | Bến Cây Gạo | 80 | 20 | Làm trong năm 2026
2 | Bến Lò Vôi | 65 | 35
Các bến bên hữu ngạn
3 | Bến Mả Ngói | 55 | 45

Việc này do thủ quỹ lo."""
FEES = """Đơn vị tính: nghìn đồng

| STT | Loại thuyền | Mức phí | Số lượng |
|-----|-------------|---------|---------|
| 1 | Thuyền nan | 15 | 40 |
| 2 | Từ 5 đến 10 chỗ | 30 - 45 | 12 |"""


def at(text: str, words: str) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)


@pytest.mark.parametrize("row", ["1 | Bến Cây Gạo", "3 | Bến Mả Ngói", "65 | 35"])
def test_the_heading_of_a_row_stands_above_its_table(row: str) -> None:
    heading = heading_over(SHARES, at(SHARES, row)[0])
    assert heading is not None
    assert SHARES[heading.start : heading.end] == "TT | Bến | Tỷ lệ góp (%) | Ghi chú\nTỉnh | Bến"


@pytest.mark.parametrize("words", ["Tỷ lệ góp vốn", "TT | Bến", "Tỉnh | Bến", "Các bến bên", "Việc này"])
def test_what_is_no_row_below_a_heading_has_none(words: str) -> None:
    assert heading_over(SHARES, at(SHARES, words)[0]) is None


def test_two_columns_are_a_table_where_a_line_is_drawn_below_the_first_row() -> None:
    text = "| LOẠI THUYỀN | KÝ HIỆU |\n|---|---|\n| Thuyền nan | TN |"
    heading = heading_over(text, text.index("| Thuyền"))
    assert heading is not None and text[heading.start : heading.end] == "| LOẠI THUYỀN | KÝ HIỆU |"
    assert heading_over(text.replace("|---|---|\n", ""), text.index("| Thuyền") - 10) is None


def test_signatures_above_are_no_rows_of_the_table() -> None:
    text = f"|\nNơi nhận:\n|\nCHỦ TỊCH\n|\nPHỤ LỤC\n{SHARES}"
    heading = heading_over(text, text.index("2 | Bến Lò Vôi"))
    assert heading is not None and text[heading.start :].startswith("TT | Bến")


def test_a_letterhead_is_no_table() -> None:
    text = "UBND TỈNH | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 12/KH-UBND | Bến Tre, ngày 3 tháng 4 năm 2026"
    assert heading_over(text, text.index("Số:")) is None


@pytest.mark.parametrize(
    ("text", "row", "told"),
    [
        (SHARES, "2 | Bến Lò Vôi | 65 | 35", "2 | Bến Lò Vôi | 65 % | 35"),
        (
            SHARES,
            "1 | Bến Cây Gạo | 80 | 20 | Làm trong năm 2026",
            "1 | Bến Cây Gạo | 80 % | 20 % | Làm trong năm 2026",
        ),
        (SHARES, "Cây Gạo | 80 | 20 |", "Cây Gạo | 80 % | 20 % |"),
        (SHARES, "Việc này do thủ quỹ lo.", "Việc này do thủ quỹ lo."),
        (FEES, "| 1 | Thuyền nan | 15 | 40 |", "| 1 | Thuyền nan | 15 nghìn đồng | 40 |"),
        (FEES, "| 2 | Từ 5 đến 10 chỗ | 30 - 45 | 12 |", "| 2 | Từ 5 đến 10 chỗ | 30 - 45 nghìn đồng | 12 |"),
    ],
)
def test_figures_are_told_with_the_unit_above_them(text: str, row: str, told: str) -> None:
    assert with_units(text, *at(text, row)) == told


@pytest.mark.parametrize(
    ("column", "told"),
    [
        ("Mức chi (nghìn đồng/người/ngày)", "12 nghìn đồng/người/ngày"),
        ("Số tiền triệu đồng", "12 triệu đồng"),
        ("Tỷ lệ %", "12 %"),
        ("Số hợp đồng", "12"),
        ("Số đồng chí", "12"),
        ("Thành viên hội đồng", "12"),
        ("Kế hoạch (năm 2026)", "12"),
        ("Kế hoạch (theo quý)", "12"),
    ],
)
def test_the_unit_of_a_column_is_what_its_heading_says(column: str, told: str) -> None:
    text = f"TT | Bến | {column}\n1 | Lò Vôi | 12"
    assert with_units(text, text.index("1 | Lò"), len(text)) == f"1 | Lò Vôi | {told}"


def test_a_whole_table_is_told_with_units() -> None:
    assert with_units(FEES, 0, len(FEES)).endswith(
        "| 15 nghìn đồng | 40 |\n| 2 | Từ 5 đến 10 chỗ | 30 - 45 nghìn đồng | 12 |"
    )


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    plan = f"KẾ HOẠCH\nLàm cầu phao năm 2026\n\n1. {SHARES}\n\n2. Phí qua cầu. {FEES}\n"
    return asking(tmp_path_factory.mktemp("rows"), {"cau-phao.txt": plan}, now=NOW)


@pytest.mark.parametrize("asked", ["Bến Mả Ngói góp bao nhiêu phần trăm?", "ben ma ngoi gop bao nhieu phan tram"])
def test_a_row_answers_and_is_read_below_its_heading(ask: Ask, asked: str) -> None:
    answer = ask(asked)
    assert answer.found
    assert answer.citations[0].quote == "3 | Bến Mả Ngói | 55 | 45"  # verbatim
    assert answer.citations[0].above == "TT | Bến | Tỷ lệ góp (%) | Ghi chú\nTỉnh | Bến"
    assert answer.answer.startswith("“TT | Bến | Tỷ lệ góp (%) | Ghi chú\nTỉnh | Bến\n3 | Bến Mả Ngói | 55 | 45”\n(")


WORKS = """DANH MỤC
Việc phải làm theo Chương trình 57-CT/BĐ về bến đò

TT | Tên việc | Nơi chủ trì | Hạn
{rows}
"""
ROWS = (
    "1 | Xây dựng, ban hành danh mục việc phải làm theo Chương trình 57-CT/BĐ | Ban Bến đò | 2026",
    *(
        f"{n} | Sửa lán chờ số {n} ở bến, quét vôi, lợp lại mái và thay bậc đá đã mòn sau mùa nước lớn | Đội {n} | 2026"
        for n in range(2, 22)
    ),
    "22 | Xây dựng Nội quy chèo đò, trong đó sửa những điều đã cũ | Đội Lái đò | 2027",
)


def test_of_the_rows_of_one_table_that_answers_which_says_what_is_asked(tmp_path: Path) -> None:
    ask = asking(tmp_path, {"viec.txt": WORKS.format(rows="\n".join(ROWS))}, now=NOW)
    answer = ask("Nơi nào chủ trì xây dựng Nội quy chèo đò trong danh mục việc phải làm theo Chương trình 57-CT/BĐ?")
    assert answer.citations[0].quote == ROWS[-1]
