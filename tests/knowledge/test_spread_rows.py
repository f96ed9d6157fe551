"""Tables whose cells stand below each other, as web pages with tables are copied."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.read import read
from knowledge.readers.base import join_cells
from knowledge.readers.spread import rows_together

LETTERHEAD = """|
**UBND XÃ ĐỒNG SẬY
-------
|
**CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM**
Độc lập - Tự do - Hạnh phúc
|
|
Số: 31/KH-UBND
|
*Đồng Sậy, ngày 4 tháng 3 năm 2026*
|
**KẾ HOẠCH**
Nạo vét kênh mương năm 2026"""


def spread(*rows: tuple[str, ...]) -> str:
    """Return a table as it is copied from a web page."""
    return "\n".join("|\n" + "".join(f"{cell}\n|\n" if cell else "|\n" for cell in row).rstrip("\n") for row in rows)


HEADINGS = ("**TT**", "**Tuyến kênh**", "**Chiều dài\n(m)**", "**Hạn**")
ROWS = (
    ("1", "Kênh N2 từ cống\nÔng Bảy đến đập Tràn", "1.250", "15/4/2026"),
    ("2", "Kênh Sậy Già", "", "30/4/2026"),
    ("3", "Kênh Bờ Vùng", "480", ""),
)


def test_a_row_comes_on_one_line_and_an_empty_cell_keeps_its_place() -> None:
    lines = f"Các tuyến kênh:\n{spread(HEADINGS, *ROWS)}\nKinh phí do xã chi.".split("\n")
    assert rows_together(lines) == [
        "Các tuyến kênh:",
        "**TT** | **Tuyến kênh** | **Chiều dài (m)** | **Hạn**",
        "1 | Kênh N2 từ cống Ông Bảy đến đập Tràn | 1.250 | 15/4/2026",
        "2 | Kênh Sậy Già | | 30/4/2026",
        "3 | Kênh Bờ Vùng | 480",
        "Kinh phí do xã chi.",
    ]


@pytest.mark.parametrize(
    ("rows", "third"),
    [
        ((HEADINGS, ROWS[0], ("II", "Kênh nội đồng"), ROWS[1]), "II | Kênh nội đồng"),
        ((HEADINGS, ROWS[0], ("Kênh nội đồng",), ROWS[1]), "Kênh nội đồng"),
        ((("TT", "Xã", "Tỷ lệ"), ("Tỉnh", "Xã"), ("1", "Mái Dầm", "80", "20")), "1 | Mái Dầm | 80 | 20"),
    ],
)
def test_a_cell_may_reach_over_several_columns(rows: tuple[tuple[str, ...], ...], third: str) -> None:
    lines = rows_together(spread(*rows).split("\n"))
    assert lines[2] == third
    assert len(lines) == len(rows)


@pytest.mark.parametrize("below", [(("Tỉnh", "Xã"), ("",)), (("Tỉnh", "Xã", ""),)])
def test_an_empty_row_or_cell_below_the_headings_is_none(below: tuple[tuple[str, ...], ...]) -> None:
    rows = (("TT", "Xã", "Tỷ lệ"), *below, ("1", "Mái Dầm", "80", "20"), ("2", "Ba Chúc", "70", "30"))
    assert rows_together(spread(*rows).split("\n"))[2:] == ["1 | Mái Dầm | 80 | 20", "2 | Ba Chúc | 70 | 30"]


def test_two_tables_with_text_between_stay_apart() -> None:
    text = f"{spread(HEADINGS, ROWS[0])}\n**II. Công cụ**\n{spread(('STT', 'Tên'), ('1', 'Cuốc'), ('2', 'Xẻng'))}\nHết."
    lines = rows_together(text.split("\n"))
    assert lines[1:] == [join_cells(ROWS[0]), "**II. Công cụ**", "STT | Tên", "1 | Cuốc", "2 | Xẻng", "Hết."]


@pytest.mark.parametrize("text", [LETTERHEAD, "Không có bảng nào.", "", "|", "a\n|", "|\n|\n|", "|\na\n|\n|\nb\n|"])
def test_what_is_no_table_with_rows_stays(text: str) -> None:
    assert rows_together(text.split("\n")) == text.split("\n")


CELL = st.text("abđươ 12/.", min_size=1, max_size=12).map(str.strip).filter(bool)


@given(st.integers(3, 6).flatmap(lambda n: st.lists(st.lists(CELL, min_size=n, max_size=n), min_size=2, max_size=8)))
def test_a_table_comes_back_row_by_row(rows: list[list[str]]) -> None:
    lines = ["Trước bảng.", *spread(*map(tuple, rows)).split("\n"), "Sau bảng."]
    assert rows_together(lines) == ["Trước bảng.", *map(join_cells, rows), "Sau bảng."]


@given(st.lists(st.sampled_from(["|", "a", "b c", ""]), max_size=40))
def test_no_word_is_lost_whatever_comes(lines: list[str]) -> None:
    assert " ".join(rows_together(lines)).replace("|", " ").split() == " ".join(lines).replace("|", " ").split()


@pytest.mark.parametrize("lines", [["|", "a"] * 100_000, ["|"] * 200_000, [*(["|", "a"] * 100_000), "|", "|"]])
def test_a_file_of_nothing_but_bars_takes_no_longer_than_it_is_long(lines: list[str]) -> None:
    began = time.perf_counter()
    assert rows_together(lines) == lines
    assert time.perf_counter() - began < 60  # a second; looking to the end of the file at each bar takes ten minutes


@pytest.mark.parametrize("name", ["bang.txt", "bang.md"])
def test_a_file_with_such_a_table_is_read(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_text(f"{LETTERHEAD}\n{spread(HEADINGS, *ROWS)}\nKinh phí do xã chi.\n", "utf-8")
    assert "2 | Kênh Sậy Già | | 30/4/2026" in read(file).text.split("\n")
