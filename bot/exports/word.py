"""Paragraphs and tables of the Word template as Nghị định 30/2020/NĐ-CP has them look.

Knows python-docx and the XML it lacks words for; knows nothing of what stands in the report.
"""

from __future__ import annotations

from typing import Any

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

_LEFT, _RIGHT = Mm(58), Mm(102)  # of the two columns of the header and of the end, 160 mm of text together


def columns(document: Any) -> tuple[Any, Any]:
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


def line(
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
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def body(
    document: Any, text: str, *, bold: bool = False, italic: bool = False, keep: bool = False, before: int = 6
) -> None:
    """Add a paragraph of the body: justified, first line indented, six points apart."""
    paragraph = document.add_paragraph()
    run = paragraph.add_run(text)
    run.bold, run.italic = bold, italic
    shape = paragraph.paragraph_format
    paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    shape.first_line_indent, shape.space_before, shape.line_spacing = Mm(12.7), Pt(before), 1.15
    shape.space_after = Pt(3)  # a table may follow
    shape.keep_with_next = keep


def heading(document: Any, text: str) -> None:
    """Add the heading of a chapter."""
    body(document, text, bold=True, keep=True, before=10)


def cells(row: Any, *texts: str, bold: bool = False) -> None:
    """Fill the cells of a row."""
    for cell, text in zip(row.cells, texts, strict=True):
        paragraph = cell.paragraphs[0]
        line(paragraph, text, size=13, bold=bold, centred=bold)
        paragraph.paragraph_format.space_after = Pt(2)


def repeat_heading(row: Any) -> None:
    """Show the heading of a table again on each page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def rule(paragraph: Any, indent: Any) -> None:
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


def field(run: Any, code: str) -> None:
    """Put a Word field into a run."""
    for kind in ("begin", None, "end"):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = code
        run._r.append(element)
