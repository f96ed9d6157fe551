from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from fpdf import FPDF
from hypothesis import given
from hypothesis import strategies as st

from knowledge.errors import SecretDocument, UnreadableFile
from knowledge.read import Reading, read
from knowledge.readers import pdf as reader
from knowledge.readers.flow import Placed, compose
from knowledge.readers.grid import find_tables
from knowledge.readers.labels import mend
from knowledge.readers.placed import Cells, Flow, Side, Word, arrange, rows_of
from tests.knowledge.legacy import tcvn3
from tests.knowledge.office_files import FONTS, Source, parse, to_pdf

LONG = (
    "Các đơn vị rà soát toàn bộ cây xanh trên những tuyến đường do mình quản lý, lập danh sách cây già cỗi, cây"
    " nghiêng, dễ đổ; xây dựng phương án chặt hạ hoặc chống đỡ, trồng thay thế trước mùa mưa bão, gắn với việc trồng"
    " mới ở các khu nhà theo kế hoạch của Ủy ban nhân dân tỉnh và nghị quyết của Hội đồng nhân dân các cấp."
)


class Pages:
    """Writes a PDF into the test's folder and reads it."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "a.pdf"

    def read(self, data: bytes) -> Reading:
        self.path.write_bytes(data)
        return read(self.path)


@pytest.fixture
def pages(tmp_path: Path) -> Pages:
    return Pages(tmp_path)


def blank(size: int = 12) -> FPDF:
    pdf = FPDF(format="A4")
    pdf.add_font("Serif", "", FONTS / "DejaVuSerif.ttf")
    pdf.set_font("Serif", "", size)
    pdf.add_page()
    return pdf


@pytest.mark.parametrize("indent", [10, 0])
def test_paragraphs_run_over_lines_and_pages_without_furniture(pages: Pages, indent: int) -> None:
    words = LONG.split()
    # Turned by a few words each: a line that stood at the foot of every page would be a running footer.
    body = [f"{number}. Sở: {' '.join(words[4 * number :] + words[: 4 * number])}." for number in range(1, 15)]
    reading = pages.read(
        to_pdf(Source(center=["KẾ HOẠCH"], body=[*body]), running="Sở Xây dựng", indent=indent, spacing=4)
    )
    assert len(reading.pages) > 2
    assert reading.text.split("\n\n") == ["KẾ HOẠCH", *body]


def test_a_title_over_several_lines_is_one(pages: Pages) -> None:
    title = "Ra quân trồng cây, chăm sóc cây xanh và chỉnh trang các khu nhà ở mới trên địa bàn tỉnh Lam Sơn năm 2026"
    reading = pages.read(to_pdf(Source(center=["KẾ HOẠCH", title], body=[LONG])))
    assert reading.text.split("\n\n") == ["KẾ HOẠCH", title, LONG]


def test_a_letterhead_whose_columns_nearly_touch(pages: Pages) -> None:
    pdf = blank(11)
    pdf.text(15, 20, "ỦY BAN NHÂN DÂN TỈNH LAM SƠN")
    pdf.text(15 + pdf.get_string_width("ỦY BAN NHÂN DÂN TỈNH LAM SƠN") + 3, 20, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    pdf.text(35, 26, "SỞ XÂY DỰNG")
    pdf.text(115, 26, "Độc lập - Tự do - Hạnh phúc")
    pdf.text(35, 33, "Số:          /KH-SXD")
    pdf.text(110, 35, "Lam Sơn, ngày        tháng        năm 2026")
    assert pages.read(bytes(pdf.output())).text == (
        "ỦY BAN NHÂN DÂN TỈNH LAM SƠN\nSỞ XÂY DỰNG\nSố: /KH-SXD\n\n"
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nLam Sơn, ngày tháng năm 2026"
    )


def test_the_national_header_broken_in_a_narrow_column(pages: Pages) -> None:
    pdf = blank(11)
    for y, left, right in ((20, "SỞ XÂY DỰNG", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA"), (26, "Số: 1/KH-SXD", "VIỆT NAM")):
        pdf.text(20, y, left)
        pdf.text(110 if y == 20 else 130, y, right)
    assert pages.read(bytes(pdf.output())).text.endswith("\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")


ROWS = [
    ["STT", "Nội dung", "Đơn vị chủ trì", "Thời hạn"],
    ["1", "Rà soát cây xanh trên các tuyến đường chính", "Phòng Hạ tầng", "30/4/2026"],
    ["2", "Trồng thay thế cây đã chặt hạ; chăm sóc, bảo vệ cây trong hai năm đầu", "Trung tâm Cây xanh", "Quý III"],
]


def test_a_ruled_table_is_one_row_a_line(pages: Pages) -> None:
    reading = pages.read(to_pdf(Source(body=["Phân công như sau:", ROWS, "Hết."])))
    assert reading.text == "Phân công như sau:\n\n" + "\n".join(map(" | ".join, ROWS)) + "\n\nHết."


def test_a_table_over_several_pages_prints_its_head_once(pages: Pages) -> None:
    rows = [ROWS[0], *([str(number), *ROWS[2][1:]] for number in range(1, 40))]
    reading = pages.read(to_pdf(Source(body=[rows])))
    assert len(reading.pages) > 1
    assert reading.text == "\n".join(map(" | ".join, rows))


def test_a_row_cut_by_the_page_is_put_together(pages: Pages) -> None:
    def word(left: float, top: float, text: str) -> Word:
        return Word(left, top, left + 8 * len(text), top + 10, text)

    grid = [(0.0, y, 300.0, y) for y in (0.0, 20.0, 40.0)] + [(x, 0.0, x, 40.0) for x in (0.0, 40.0, 300.0)]
    first, _ = find_tables(
        grid, [word(5, 5, "STT"), word(45, 5, "Việc"), word(5, 25, "1"), word(45, 25, "Trồng cây ở các")]
    )
    second, _ = find_tables(grid, [word(45, 5, "khu nhà ở"), word(5, 25, "2"), word(45, 25, "Báo cáo")])
    text, _ = compose([Placed((), tuple(first)), Placed((), tuple(second))])
    assert text == "STT | Việc\n1 | Trồng cây ở các khu nhà ở\n2 | Báo cáo"


def test_cells_merged_in_a_ruled_table(pages: Pages) -> None:
    pdf = blank()
    with pdf.table(first_row_as_headings=False) as table:
        row = table.row()
        row.cell("A", rowspan=2)
        row.cell("b và c", colspan=2)
        row = table.row()
        row.cell("d")
        row.cell("e")
        table.row(["F", "g", "h"])
    assert pages.read(bytes(pdf.output())).text == "A | b và c\n| d | e\nF | g | h"


def test_rows_of_three_columns_without_rules(pages: Pages) -> None:
    pdf = blank()
    for y, cells in (
        (30, ("STT", "Nội dung", "Hạn")),
        (38, ("1", "Trồng cây", "30/4")),
        (46, ("2", "Báo cáo", "30/6")),
    ):
        for x, text in zip((20, 60, 150), cells, strict=True):
            pdf.text(x, y, text)
    assert pages.read(bytes(pdf.output())).text == "STT | Nội dung | Hạn\n1 | Trồng cây | 30/4\n2 | Báo cáo | 30/6"


def test_two_columns_of_running_text(pages: Pages) -> None:
    pdf = blank(10)
    with pdf.text_columns(ncols=2, gutter=12, text_align="J", line_height=1.2) as columns:
        for number in range(1, 18):
            columns.write(f"Đoạn {number}. {LONG}\n\n")
    text = pages.read(bytes(pdf.output())).text
    assert [text.index(f"Đoạn {number}.") for number in range(1, 18)] == sorted(
        text.index(f"Đoạn {number}.") for number in range(1, 18)
    )
    assert text.count(LONG) >= 15


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_a_turned_page_reads_as_it_is_shown(pages: Pages, angle: int) -> None:
    """A landscape table: letters drawn on their side on an upright page, which a viewer then turns."""
    pdf = blank()
    with pdf.rotation(angle, 105, 148):
        pdf.text(60, 140, "Phân công như sau:")
        pdf.text(60, 148, "1. Phòng Hạ tầng rà soát cây xanh.")
    document = pypdfium2.PdfDocument(bytes(pdf.output()))
    document[0].set_rotation(angle)
    document.save(str(pages.path))
    assert read(pages.path).text == "Phân công như sau:\n\n1. Phòng Hạ tầng rà soát cây xanh."


def test_a_text_layer_in_a_legacy_encoding_is_decoded(pages: Pages) -> None:
    # No "ư" by itself: its byte is a soft hyphen, which this PDF maker takes for one.
    text = "Các đơn vị trồng cây bóng mát, giữ gìn vệ sinh ở những khu nhà mới và báo cáo kết quả cuối tháng sáu."
    pdf = FPDF()
    pdf.set_font("Helvetica", size=11)
    pdf.add_page()
    pdf.multi_cell(0, 6, tcvn3(text).decode("latin-1"))
    assert pages.read(bytes(pdf.output())).text == text


def test_an_annotation_may_be_a_stamp(pages: Pages) -> None:
    pdf = blank()
    pdf.text(20, 30, "Nội dung của văn bản.")
    pdf.free_text_annotation("TỐI MẬT", x=20, y=10, w=40, h=10)
    with pytest.raises(SecretDocument):
        pages.read(bytes(pdf.output()))


def test_a_pdf_locked_against_changes_only_is_read(pages: Pages) -> None:
    pdf = blank()
    pdf.text(20, 30, "Nội dung của văn bản.")
    pdf.set_encryption(owner_password="giu")
    assert pages.read(bytes(pdf.output())).text == "Nội dung của văn bản."


def test_too_many_pages_and_too_much_time_are_refused(pages: Pages, monkeypatch: pytest.MonkeyPatch) -> None:
    data = to_pdf(parse("\n".join([LONG] * 20)))
    monkeypatch.setattr(reader, "_MOST_PAGES", 1)
    with pytest.raises(UnreadableFile, match="trang: hãy tách"):
        pages.read(data)
    monkeypatch.undo()
    monkeypatch.setattr(reader, "_TIMEOUT", 0.001)
    with pytest.raises(UnreadableFile, match="quá lâu"):
        pages.read(data)


def test_blank_pages_between_are_no_matter(pages: Pages) -> None:
    pdf = blank()
    pdf.text(20, 30, "Trang đầu.")
    pdf.add_page()
    pdf.add_page()
    pdf.text(20, 30, "Trang cuối.")
    reading = pages.read(bytes(pdf.output()))
    assert reading.text == "Trang đầu.\n\nTrang cuối." and len(reading.pages) == 3


_WORD = st.builds(
    lambda left, top, width, height, text: Word(left, top, left + width, top + height, text),
    st.floats(0, 500),
    st.floats(0, 700),
    st.floats(1, 80),
    st.floats(5, 15),
    st.text(alphabet="aĐ1.-", min_size=1, max_size=6),
)


@given(st.lists(_WORD, max_size=40))
def test_no_word_on_a_page_is_lost(words: list[Word]) -> None:
    said: list[str] = []
    for block in arrange(rows_of(words)):
        match block:
            case Flow(lines):
                said += [line.text for line in lines]
            case Side(left, right):
                said += [line.text for line in (*left, *right)]
            case Cells(rows):
                said += [cell for row in rows for cell in row]
    assert sorted(" ".join(said).split()) == sorted(word.text for word in words)


@pytest.mark.parametrize(
    ("read_as", "meant"),
    [
        ("L MỤC ĐÍCH\nII. NỘI DUNG", "I. MỤC ĐÍCH\nII. NỘI DUNG"),
        ("I. MỤC ĐÍCH\nIL NỘI DUNG\nHI. TỔ CHỨC", "I. MỤC ĐÍCH\nII. NỘI DUNG\nIII. TỔ CHỨC"),
        ("I. MỤC ĐÍCH\nII. NỘI DUNG\nII. TỔ CHỨC", "I. MỤC ĐÍCH\nII. NỘI DUNG\nIII. TỔ CHỨC"),
        ("I. MỤC ĐÍCH\n11. NỘI DUNG", "I. MỤC ĐÍCH\nII. NỘI DUNG"),
        ("1. MỤC ĐÍCH\n1. Một\nI. NỘI DUNG", "I. MỤC ĐÍCH\n1. Một\nII. NỘI DUNG"),
        ("I. MỘT\nII. HAI\nHIL BA\nIV BỐN", "I. MỘT\nII. HAI\nIII. BA\nIV. BỐN"),
        ("1. Một\n2, Hai\n3. Ba", "1. Một\n2. Hai\n3. Ba"),
        ("1. MỤC ĐÍCH\n2. NỘI DUNG", "1. MỤC ĐÍCH\n2. NỘI DUNG"),
        ("10. MỘT\n11. HAI", "10. MỘT\n11. HAI"),
        ("Năm 2026, 5, Sở", "Năm 2026, 5, Sở"),
        ("3, Sở Xây dựng", "3, Sở Xây dựng"),
        ("I. MỘT\nV. NĂM", "I. MỘT\nV. NĂM"),
        ("Lê Văn Tám ký", "Lê Văn Tám ký"),
    ],
)
def test_labels_misread_by_recognition_are_mended_where_the_sequence_proves_them(read_as: str, meant: str) -> None:
    assert mend(read_as) == meant
