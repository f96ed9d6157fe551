"""Makes office documents for samples and tests: one source text → .docx, .pdf, a scan.

A source is lines. `@left`, `@right`: the letterhead; `@center`: kind and subject; `@endleft`, `@endright`: recipients
and signature; `| a | b |`: a table row; anything else a paragraph.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pypdfium2
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm, Pt
from fpdf import FPDF, FontFace
from PIL import Image, ImageDraw, ImageFilter

FONTS = Path("/usr/share/fonts/truetype/dejavu")
_NUMBERED = re.compile(r"(?:(?P<roman>[IVX]+)\.|(?P<digit>\d+)\.|(?P<letter>[a-zđ])\)|(?P<dash>-)) (?P<text>.*)")


@dataclass
class Source:
    left: list[str] = field(default_factory=list)
    right: list[str] = field(default_factory=list)
    center: list[str] = field(default_factory=list)
    body: list[str | list[list[str]]] = field(default_factory=list)  # paragraphs and tables
    endleft: list[str] = field(default_factory=list)
    endright: list[str] = field(default_factory=list)

    def paragraphs(self) -> list[str]:
        return [block for block in self.body if isinstance(block, str)]


def parse(text: str) -> Source:
    source = Source()
    for line in text.strip().split("\n"):
        marked = re.match(r"@(\w+) ?(.*)", line)
        if marked:
            getattr(source, marked[1]).append(marked[2])
        elif line.startswith("|"):
            row = [cell.strip() for cell in line.strip("| ").split("|")]
            if source.body and isinstance(source.body[-1], list):
                source.body[-1].append(row)
            else:
                source.body.append([row])
        else:
            source.body.append(line)
    return source


def to_docx(source: Source, *, automatic_numbering: bool = False) -> bytes:
    """A Word file as offices write them: the frame in borderless tables, the title in centred bold paragraphs."""
    document = Document()
    document.styles["Normal"].font.name = "Times New Roman"
    document.styles["Normal"].font.size = Pt(14)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(30), Mm(20)
    number = _numbering(document) if automatic_numbering else None
    _docx_frame(document, source.left, source.right)
    for line in source.center:
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run(line).bold = True
    for block in source.body:
        if isinstance(block, list):
            table = document.add_table(rows=0, cols=len(block[0]), style="Table Grid")
            for row in block:
                for cell, text in zip(table.add_row().cells, row, strict=True):
                    cell.text = text
            continue
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        match = _NUMBERED.match(block) if number is not None else None
        if match:
            level = next(index for index, name in enumerate(("roman", "digit", "letter", "dash")) if match[name])
            xml = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
            paragraph._p.get_or_add_pPr().append(parse_xml(xml))
        paragraph.add_run(match["text"] if match else block)
    _docx_frame(document, source.endleft, source.endright)
    document.add_paragraph()  # Word ends every document with one
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _docx_frame(document: Document, left: Sequence[str], right: Sequence[str]) -> None:
    if not left and not right:
        return
    table = document.add_table(rows=1, cols=2)
    for cell, lines in zip(table.rows[0].cells, (left, right), strict=True):
        cell.text = "\n".join(lines)


def _numbering(document: Document) -> int:
    """Add the list of plans, I. 1. a) -, and return its number."""
    formats = (("upperRoman", "%1."), ("decimal", "%2."), ("lowerLetter", "%3)"), ("bullet", "-"))
    levels = "".join(
        f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{name}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for index, (name, text) in enumerate(formats)
    )
    part = document.part.numbering_part.element
    part.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{levels}</w:abstractNum>'))
    part.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    return 77


class _Paper(FPDF):
    numbered = True
    running = ""  # a header on every page

    def header(self) -> None:
        self.set_font("Serif", "", 11)
        if self.running:
            self.set_y(8)
            self.cell(0, 5, self.running, align="R", new_x="LMARGIN", new_y="NEXT")
        if self.numbered and self.page_no() > 1:
            self.set_y(12)
            self.cell(0, 5, str(self.page_no()), align="C", new_x="LMARGIN", new_y="NEXT")
        self.set_y(22)
        self.set_font("Serif", "", 13)


def to_pdf(source: Source, *, running: str = "", spacing: float = 2.0, indent: int = 10) -> bytes:
    """A PDF as a word processor makes it: justified lines, first-line indents, page numbers, a ruled table."""
    pdf = _Paper(format="A4")
    pdf.running = running
    pdf.add_font("Serif", "", FONTS / "DejaVuSerif.ttf")
    pdf.add_font("Serif", "B", FONTS / "DejaVuSerif-Bold.ttf")
    pdf.set_margins(30, 20, 20)
    pdf.set_auto_page_break(True, 22)
    pdf.add_page()
    _pdf_frame(pdf, source.left, source.right)
    pdf.ln(6)
    pdf.set_font("Serif", "B", 13)
    for line in source.center:
        pdf.multi_cell(0, 6.5, line, align="C", new_x="LMARGIN", new_y="NEXT")
    pdf.ln(4)
    pdf.set_font("Serif", "", 13)
    for block in source.body:
        if isinstance(block, list):
            with pdf.table(headings_style=FontFace(emphasis="BOLD"), line_height=6, padding=1) as table:
                for row in block:
                    table.row(row)
            pdf.ln(2)
        else:
            with (
                pdf.text_columns(line_height=1.35) as column,
                column.paragraph(text_align="J", first_line_indent=indent) as paragraph,
            ):
                paragraph.write(block)
            pdf.ln(spacing)
    pdf.ln(4)
    _pdf_frame(pdf, source.endleft, source.endright)
    return bytes(pdf.output())


def _pdf_frame(pdf: FPDF, left: Sequence[str], right: Sequence[str]) -> None:
    pdf.set_font("Serif", "", 10)
    top = pdf.get_y()
    if top > 240 and max(len(left), len(right)) > 3:
        pdf.add_page()
        pdf.set_font("Serif", "", 10)
        top = pdf.get_y()
    for lines, x, width, align in ((left, 22, 68, "L" if left[:1] == ["Nơi nhận:"] else "C"), (right, 92, 103, "C")):
        pdf.set_y(top)
        for line in lines:
            pdf.set_x(x)
            pdf.cell(width, 6, line, align=align, new_x="LMARGIN", new_y="NEXT")
    pdf.set_y(top + 6 * max(len(left), len(right)))
    pdf.set_font("Serif", "", 13)


def pictures(pdf: bytes, *, dpi: int = 200) -> list[Image.Image]:
    """The pages of a PDF as a scanner would see them at best."""
    document = pypdfium2.PdfDocument(pdf)
    return [page.render(scale=dpi / 72, grayscale=True).to_pil() for page in document]


def worn(image: Image.Image, *, angle: float = 0.0, blur: float = 0.0, specks: int = 0) -> Image.Image:
    """The same page after a bad day at the scanner."""
    image = image.rotate(angle, expand=False, fillcolor=255, resample=Image.Resampling.BICUBIC)
    if blur:
        image = image.filter(ImageFilter.GaussianBlur(blur))
    draw = ImageDraw.Draw(image)
    for at in range(specks):  # spread evenly and always the same
        x, y = (at * 7919) % image.width, (at * 104_729) % image.height
        draw.ellipse((x, y, x + 2, y + 2), fill=90)
    return image


def to_scan(images: Iterable[Image.Image]) -> bytes:
    """Pictures as a PDF without any text."""
    pdf = FPDF(format="A4")
    for image in images:
        pdf.add_page()
        pdf.image(image, 0, 0, 210)
    return bytes(pdf.output())


def black_and_white(images: Iterable[Image.Image]) -> Iterator[Image.Image]:
    """One bit a pixel, as office scanners are set: a tenth of the size."""
    for image in images:
        yield image.point(lambda value: 255 if value > 140 else 0).convert("1")
