"""The Word template of the consolidated report, made anew: `python -m bot.exports.template`.

Layout of a báo cáo by Nghị định 30/2020/NĐ-CP, Phụ lục I: A4, margins 20 mm above and below, 30 mm left, 20 mm
right; Times New Roman; national header and motto, issuing office, symbol, place and date, kind and subject, body of
14 points justified, recipients and signature, page numbers centred above from the second page on. What is filled in
are docxtpl's tags; what they hold is decided in `bot.exports.docx`.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from bot.exports.word import body, cells, columns, field, heading, line, repeat_heading, rule

TEMPLATE = Path(__file__).with_name("templates") / "bao_cao.docx"
_OF_UNIT = (12, 56, 26, 40, 26)  # mm, the columns of the table of units
_CENTRE = WD_ALIGN_PARAGRAPH.CENTER


def build() -> Any:
    """Return the template as a python-docx document."""
    document = Document()
    _page(document)
    _header(document)
    _title(document)
    _opening(document)
    _results(document)
    _units(document)
    _end(document)
    # The day is part of the file: the same script makes the same properties.
    properties = document.core_properties
    properties.title, properties.author, properties.comments = "Báo cáo tổng hợp", "tdkt", ""
    properties.created = properties.modified = datetime(2026, 1, 1)
    return document


def _page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = section.right_margin = Mm(20)
    section.left_margin = Mm(30)
    section.header_distance = section.footer_distance = Mm(10)
    section.different_first_page_header_footer = True
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(14)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:eastAsia", "w:cs"):  # Vietnamese letters must not fall to another font
        fonts.set(qn(script), "Times New Roman")
    style.paragraph_format.space_after = Pt(0)
    number = section.header.paragraphs[0]
    number.alignment = _CENTRE
    field(number.add_run(), "PAGE")


def _header(document: Any) -> None:
    left, right = columns(document)
    line(left.paragraphs[0], "{{ office.parent }}", size=13)
    line(left.add_paragraph(), "{{ office.name }}", size=13, bold=True)
    rule(left.add_paragraph(), Mm(19))
    line(left.add_paragraph(), "Số:        /BC-……", size=13)
    line(right.paragraphs[0], "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", size=13, bold=True)
    line(right.add_paragraph(), "Độc lập - Tự do - Hạnh phúc", size=14, bold=True)
    rule(right.add_paragraph(), Mm(20))
    line(right.add_paragraph(), "{{ office.place }}, ngày      tháng {{ month }} năm {{ year }}", size=14, italic=True)


def _title(document: Any) -> None:
    line(document.add_paragraph(), "BÁO CÁO", size=14, bold=True, before=18)
    line(document.add_paragraph(), "{{ subject }}", size=14, bold=True)
    rule(document.add_paragraph(), Mm(55))


def _opening(document: Any) -> None:
    with _Repeated(document, "for basis in bases"):
        body(document, "{{ basis }}", italic=True)
    body(document, "{{ opening }}")
    heading(document, "I. TÌNH HÌNH NỘP BÁO CÁO")
    with _Repeated(document, "for line in standing"):
        body(document, "{{ line }}")


def _results(document: Any) -> None:
    """Every chapter: a heading, then its parts, each a heading, lines, quotations, and a table where it is a list."""
    with _Repeated(document, "for chapter in chapters"):
        heading(document, "{{ chapter.title }}")
        with _Repeated(document, "for part in chapter.parts"):
            with _Repeated(document, "if part.group", "endif"):
                body(document, "{{ part.group }}", bold=True, keep=True)
            with _Repeated(document, "if part.title", "endif"):
                body(document, "{{ part.title }}", bold=True, italic=True, keep=True)
            with _Repeated(document, "for line in part.lines"):
                body(document, "{{ line }}")
            with _Repeated(document, "if part.entries", "endif"):
                _entries(document)


def _entries(document: Any) -> None:
    """A table of as many columns as a repeat has prompts."""
    table = document.add_table(rows=4, cols=3)
    table.style, table.alignment = "Table Grid", WD_TABLE_ALIGNMENT.CENTER
    head, begin, row, end = table.rows
    cells(head, "{%tc for name in part.columns %}", "{{ name }}", "{%tc endfor %}", bold=True)
    cells(begin, "{%tr for entry in part.entries %}", "", "")
    cells(row, "{%tc for value in entry %}", "{{ value }}", "{%tc endfor %}")
    cells(end, "{%tr endfor %}", "", "")
    repeat_heading(head)


def _units(document: Any) -> None:
    heading(document, "{{ units_title }}")
    table = document.add_table(rows=4, cols=5)
    table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    head, begin, row, end = table.rows
    cells(head, "TT", "Đơn vị", "Tình trạng", "Nộp lúc", "Ghi chú", bold=True)
    cells(begin, "{%tr for unit in units %}", "", "", "", "")
    cells(row, "{{ unit.number }}", "{{ unit.name }}", "{{ unit.state }}", "{{ unit.when }}", "{{ unit.note }}")
    cells(end, "{%tr endfor %}", "", "", "", "")
    for cell in (row.cells[0], row.cells[3]):
        cell.paragraphs[0].alignment = _CENTRE
    for each in table.rows:
        for cell, width in zip(each.cells, _OF_UNIT, strict=True):
            cell.width = Mm(width)
    for column, width in zip(table.columns, _OF_UNIT, strict=True):
        column.width = Mm(width)
    repeat_heading(head)


def _end(document: Any) -> None:
    body(document, "{{ closing }}", before=10)
    line(document.add_paragraph(), "", size=6)
    left, right = columns(document)
    line(left.paragraphs[0], "Nơi nhận:", size=12, bold=True, italic=True, centred=False)
    for recipient in ("- ……………………;", "- Các đơn vị có tên trong báo cáo;", "- Lưu: VT, ……"):
        line(left.add_paragraph(), recipient, size=11, centred=False)
    line(right.paragraphs[0], "{{ office.signer }}", size=14, bold=True)
    for _ in range(4):
        line(right.add_paragraph(), "", size=14)
    line(right.add_paragraph(), "………………………", size=14, bold=True)


class _Repeated:
    """Paragraphs between a docxtpl tag and its end, each tag in a paragraph that vanishes with it."""

    def __init__(self, document: Any, tag: str, end: str = "endfor") -> None:
        self._document, self._tag, self._end = document, tag, end

    def __enter__(self) -> None:
        self._document.add_paragraph(f"{{%p {self._tag} %}}")

    def __exit__(self, *_: object) -> None:
        self._document.add_paragraph(f"{{%p {self._end} %}}")


def main() -> None:
    """Write the template."""
    TEMPLATE.parent.mkdir(exist_ok=True)
    build().save(str(TEMPLATE))


if __name__ == "__main__":
    main()
