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
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

TEMPLATE = Path(__file__).with_name("templates") / "bao_cao.docx"
_LEFT, _RIGHT = Mm(58), Mm(102)  # of the two columns of the header and of the end, 160 mm of text together
_OF_UNIT = (12, 56, 26, 40, 26)  # mm, the columns of the table of units
_CENTRE, _JUSTIFY = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY


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
    _field(number.add_run(), "PAGE")


def _header(document: Any) -> None:
    left, right = _columns(document)
    _line(left.paragraphs[0], "{{ office.parent }}", size=13)
    _line(left.add_paragraph(), "{{ office.name }}", size=13, bold=True)
    _rule(left.add_paragraph(), Mm(19))
    _line(left.add_paragraph(), "Số:        /BC-……", size=13)
    _line(right.paragraphs[0], "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", size=13, bold=True)
    _line(right.add_paragraph(), "Độc lập - Tự do - Hạnh phúc", size=14, bold=True)
    _rule(right.add_paragraph(), Mm(20))
    _line(right.add_paragraph(), "{{ office.place }}, ngày      tháng {{ month }} năm {{ year }}", size=14, italic=True)


def _title(document: Any) -> None:
    _line(document.add_paragraph(), "BÁO CÁO", size=14, bold=True, before=18)
    _line(document.add_paragraph(), "{{ subject }}", size=14, bold=True)
    _rule(document.add_paragraph(), Mm(55))


def _opening(document: Any) -> None:
    with _Repeated(document, "for basis in bases"):
        _body(document, "{{ basis }}", italic=True)
    _body(document, "{{ opening }}")
    _heading(document, "I. TÌNH HÌNH NỘP BÁO CÁO")
    with _Repeated(document, "for line in standing"):
        _body(document, "{{ line }}")


def _results(document: Any) -> None:
    """Every chapter: a heading, then its parts, each a heading, lines, quotations, and a table where it is a list."""
    with _Repeated(document, "for chapter in chapters"):
        _heading(document, "{{ chapter.title }}")
        with _Repeated(document, "for part in chapter.parts"):
            with _Repeated(document, "if part.group", "endif"):
                _body(document, "{{ part.group }}", bold=True, keep=True)
            with _Repeated(document, "if part.title", "endif"):
                _body(document, "{{ part.title }}", bold=True, italic=True, keep=True)
            with _Repeated(document, "for line in part.lines"):
                _body(document, "{{ line }}")
            with _Repeated(document, "if part.entries", "endif"):
                _entries(document)


def _entries(document: Any) -> None:
    """A table of as many columns as a repeat has prompts."""
    table = document.add_table(rows=4, cols=3)
    table.style, table.alignment = "Table Grid", WD_TABLE_ALIGNMENT.CENTER
    head, begin, row, end = table.rows
    _cells(head, "{%tc for name in part.columns %}", "{{ name }}", "{%tc endfor %}", bold=True)
    _cells(begin, "{%tr for entry in part.entries %}", "", "")
    _cells(row, "{%tc for value in entry %}", "{{ value }}", "{%tc endfor %}")
    _cells(end, "{%tr endfor %}", "", "")
    _repeat_heading(head)


def _units(document: Any) -> None:
    _heading(document, "{{ units_title }}")
    table = document.add_table(rows=4, cols=5)
    table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    head, begin, row, end = table.rows
    _cells(head, "TT", "Đơn vị", "Tình trạng", "Nộp lúc", "Ghi chú", bold=True)
    _cells(begin, "{%tr for unit in units %}", "", "", "", "")
    _cells(row, "{{ unit.number }}", "{{ unit.name }}", "{{ unit.state }}", "{{ unit.when }}", "{{ unit.note }}")
    _cells(end, "{%tr endfor %}", "", "", "", "")
    for cell in (row.cells[0], row.cells[3]):
        cell.paragraphs[0].alignment = _CENTRE
    for line in table.rows:
        for cell, width in zip(line.cells, _OF_UNIT, strict=True):
            cell.width = Mm(width)
    for column, width in zip(table.columns, _OF_UNIT, strict=True):
        column.width = Mm(width)
    _repeat_heading(head)


def _end(document: Any) -> None:
    _body(document, "{{ closing }}", before=10)
    _line(document.add_paragraph(), "", size=6)
    left, right = _columns(document)
    _line(left.paragraphs[0], "Nơi nhận:", size=12, bold=True, italic=True, centred=False)
    for recipient in ("- ……………………;", "- Các đơn vị có tên trong báo cáo;", "- Lưu: VT, ……"):
        _line(left.add_paragraph(), recipient, size=11, centred=False)
    _line(right.paragraphs[0], "{{ office.signer }}", size=14, bold=True)
    for _ in range(4):
        _line(right.add_paragraph(), "", size=14)
    _line(right.add_paragraph(), "………………………", size=14, bold=True)


class _Repeated:
    """Paragraphs between a docxtpl tag and its end, each tag in a paragraph that vanishes with it."""

    def __init__(self, document: Any, tag: str, end: str = "endfor") -> None:
        self._document, self._tag, self._end = document, tag, end

    def __enter__(self) -> None:
        self._document.add_paragraph(f"{{%p {self._tag} %}}")

    def __exit__(self, *_: object) -> None:
        self._document.add_paragraph(f"{{%p {self._end} %}}")


def _columns(document: Any) -> tuple[Any, Any]:
    """Add a table of two columns without lines, and return its cells."""
    table = document.add_table(rows=1, cols=2)
    table.autofit, table.alignment = False, WD_TABLE_ALIGNMENT.CENTER
    for column, width in zip(table.columns, (_LEFT, _RIGHT), strict=True):
        column.width = column.cells[0].width = width
    margins = OxmlElement("w:tblCellMar")
    for side in ("w:left", "w:right"):
        edge = OxmlElement(side)
        edge.set(qn("w:w"), "0")
        edge.set(qn("w:type"), "dxa")
        margins.append(edge)
    properties = table._tbl.tblPr
    look = properties.find(qn("w:tblLook"))  # the schema wants the margins before it
    properties.append(margins) if look is None else look.addprevious(margins)
    return table.rows[0].cells[0], table.rows[0].cells[1]


def _line(
    paragraph: Any,
    text: str,
    *,
    size: int,
    bold: bool = False,
    italic: bool = False,
    centred: bool = True,
    before: int = 0,
) -> None:
    """Fill a paragraph of the frame around the body."""
    run = paragraph.add_run(text)
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)
    paragraph.paragraph_format.space_before = Pt(before)
    if centred:
        paragraph.alignment = _CENTRE


def _body(
    document: Any, text: str, *, bold: bool = False, italic: bool = False, keep: bool = False, before: int = 6
) -> None:
    """Add a paragraph of the body: justified, first line indented, six points apart."""
    paragraph = document.add_paragraph()
    run = paragraph.add_run(text)
    run.bold, run.italic = bold, italic
    shape = paragraph.paragraph_format
    paragraph.alignment = _JUSTIFY
    shape.first_line_indent, shape.space_before, shape.line_spacing = Mm(12.7), Pt(before), 1.15
    shape.space_after = Pt(3)  # a table may follow
    shape.keep_with_next = keep


def _heading(document: Any, text: str) -> None:
    _body(document, text, bold=True, keep=True, before=10)


def _cells(row: Any, *texts: str, bold: bool = False) -> None:
    for cell, text in zip(row.cells, texts, strict=True):
        paragraph = cell.paragraphs[0]
        _line(paragraph, text, size=13, bold=bold, centred=bold)
        paragraph.paragraph_format.space_after = Pt(2)


def _repeat_heading(row: Any) -> None:
    """Show the heading of a table again on each page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _rule(paragraph: Any, indent: Any) -> None:
    """Draw the short line under a heading: the border of an empty paragraph, `indent` from either side."""
    shape = paragraph.paragraph_format
    shape.left_indent = shape.right_indent = indent
    shape.line_spacing, shape.space_before, shape.space_after = Pt(4), Pt(2), Pt(4)
    borders, line = OxmlElement("w:pBdr"), OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")


def _field(run: Any, code: str) -> None:
    """Put a Word field into a run."""
    for kind in ("begin", None, "end"):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = code
        run._r.append(element)


def main() -> None:
    """Write the template."""
    TEMPLATE.parent.mkdir(exist_ok=True)
    build().save(str(TEMPLATE))


if __name__ == "__main__":
    main()
