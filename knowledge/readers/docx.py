"""Word files (.docx) → text, in reading order, as Word shows them."""

from __future__ import annotations

import io
from collections.abc import Iterator

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.exceptions import OpcError
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from knowledge.encodings import repair
from knowledge.errors import UnreadableFile
from knowledge.readers import archive
from knowledge.readers.base import Extract, PageText, join_cells
from knowledge.readers.docx_numbering import Numbering, value
from knowledge.readers.docx_text import chosen, is_alternatives, read_inline, word_art
from knowledge.readers.frame import as_columns, is_frame, part_tabs
from knowledge.text import fold

_CORRUPT = "Tệp .docx bị hỏng, không mở được: hãy mở bằng Word rồi lưu lại (Save As), hoặc lấy lại bản gốc."
_WRAPPERS = frozenset(qn(name) for name in ("w:sdt", "w:sdtContent", "w:ins", "w:moveTo", "w:customXml", "w:smartTag"))
_DEEPEST = 8  # tables in tables; deeper ones are no document's


def extract(data: bytes) -> Extract:
    """Return the text of a Word file; raises UnreadableFile when it is corrupt or not safe to open."""
    archive.check(data)
    try:
        document = Document(io.BytesIO(data))
        reader = _Reader(document)
        text = repair("\n\n".join(part_tabs(list(reader.blocks(document.element.body)))))
        head, edges = _running(document, reader, text)
    # What python-docx and lxml let through for files that are not what they should be; lxml's own is a SyntaxError.
    except (OpcError, KeyError, ValueError, AttributeError, TypeError, SyntaxError, RecursionError) as error:
        raise UnreadableFile(_CORRUPT) from error
    text = "\n\n".join(part for part in (head, text) if part)
    return Extract(text, (PageText(text),), edges, author_breaks=True)


def _running(document: WordDocument, reader: _Reader, body: str) -> tuple[str, tuple[str, ...]]:
    """Return (the letterhead where it stands in a page header, all lines of headers and footers)."""
    head, edges = "", []
    for relation in document.part.rels.values():
        kind = relation.reltype.rsplit("/", 1)[-1]
        if kind not in ("header", "footer") or relation.is_external:
            continue
        element = relation.target_part.element
        text = repair("\n".join(reader.blocks(element)))
        edges += [*text.split("\n"), *word_art(element)]
        if kind == "header" and "cong hoa xa hoi" in fold(text) and "cong hoa xa hoi" not in fold(body):
            head = text
    return head, (*edges, *word_art(document.element.body))


class _Reader:
    """Reads the body of one document; numbering counts on from paragraph to paragraph."""

    def __init__(self, document: WordDocument) -> None:
        styles = {style.get(qn("w:styleId")): style for style in document.styles.element.findall(qn("w:style"))}
        self._styles = styles
        self._numbering = Numbering(_part(document, "numbering"), styles)
        self._notes = {
            f"{kind} {note.get(qn('w:id'))}": note
            for kind in ("footnote", "endnote")
            for note in _notes(_part(document, f"{kind}s"), kind)
        }
        self._noted = 0

    def blocks(self, container: BaseOxmlElement, depth: int = 0) -> Iterator[str]:
        """Yield paragraphs and tables; centred lines that follow each other come as one block of lines."""
        lines: list[str] = []  # of a centred block
        carried = ""  # text of a paragraph whose mark was deleted: it runs into the next
        after: list[str] = []  # text boxes and notes that hang on the paragraph
        for element in _children(container):
            if element.tag == qn("w:tbl"):
                yield from _flush(lines)
                yield from self._table(element, depth)
                continue
            text, hanging = self._paragraph(element, carried)
            after += hanging
            carried = text if _mark_is_deleted(element) else ""
            if carried:
                continue
            centred = bool(text) and self._is_centred(element)
            if not centred:
                yield from _flush(lines)
            if text:
                lines.append(text)
            if not centred:
                yield from _flush(lines)
            if after:
                yield from _flush(lines)
                yield from after
                after.clear()
        yield from _flush([*lines, carried] if carried else lines)
        yield from after

    def _paragraph(self, paragraph: BaseOxmlElement, carried: str) -> tuple[str, list[str]]:
        """Return (text with its label, what hangs on it: text boxes and notes)."""
        if (value(paragraph, "w:pPr/w:pStyle") or "").upper().startswith("TOC"):
            return "", []  # a table of contents repeats the headings
        inline = read_inline(paragraph)
        label = self._numbering.label(paragraph)
        text = "\n".join(_trim(line) for line in inline.text.split("\n")).strip(" \n")
        after = ["\n".join(self.blocks(box, _DEEPEST)) for box in inline.boxes]
        after += [self._note(note) for note in inline.notes]
        if carried or label:
            text = " ".join(part for part in (carried, label if text.strip() else "", text.strip()) if part)
        return (text if text.strip() else ""), [part for part in after if part]

    def _note(self, name: str) -> str:
        note = self._notes.get(name)
        text = " ".join(self.blocks(note)) if note is not None else ""
        if not text:
            return ""
        self._noted += 1
        return f"[{self._noted}] {text}"

    def _is_centred(self, paragraph: BaseOxmlElement) -> bool:
        alignment = value(paragraph, "w:pPr/w:jc")
        style = value(paragraph, "w:pPr/w:pStyle")
        for _ in range(10):
            if alignment is not None or not style:
                break
            element = self._styles.get(style)
            alignment, style = value(element, "w:pPr/w:jc"), value(element, "w:basedOn")
        return alignment == "center"

    def _table(self, table: BaseOxmlElement, depth: int) -> Iterator[str]:
        rows = [self._row(row, depth) for row in _children(table) if row.tag == qn("w:tr") and not _is_deleted_row(row)]
        if is_frame(rows, bordered=self._has_borders(table)):
            yield from as_columns(rows)
        elif all(len(row) <= 1 for row in rows):
            yield from ("\n".join(row[0]) for row in rows if row and row[0])  # a box around paragraphs
        else:
            yield "\n".join(line for row in rows if (line := join_cells([" ".join(cell) for cell in row])))

    def _row(self, row: BaseOxmlElement, depth: int) -> list[list[str]]:
        """Return the lines of each cell; a cell merged from above is there, empty."""
        cells: list[list[str]] = []
        for cell in _children(row):
            if cell.tag != qn("w:tc"):
                continue
            merged = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
            if merged is not None and merged.get(qn("w:val")) != "restart":
                cells.append([])
            elif depth < _DEEPEST:
                cells.append([line for block in self.blocks(cell, depth + 1) for line in block.split("\n") if line])
        return cells

    def _has_borders(self, table: BaseOxmlElement) -> bool:
        own = table.find(f"{qn('w:tblPr')}/{qn('w:tblBorders')}")
        if own is None:
            style = self._styles.get(value(table, "w:tblPr/w:tblStyle") or "")
            own = None if style is None else style.find(f"{qn('w:tblPr')}/{qn('w:tblBorders')}")
        sides = [] if own is None else list(own)
        sides += [side for borders in table.iter(qn("w:tcBorders")) for side in borders]
        return any(side.get(qn("w:val")) not in (None, "nil", "none") for side in sides)


def _trim(line: str) -> str:
    """Return `line` with single spaces; its tabs stay, one each, until it is known what they part."""
    pieces = [" ".join(piece.split()) for piece in line.split("\t")]
    return "\t".join([pieces[0], *filter(None, pieces[1:])])


def _flush(lines: list[str]) -> Iterator[str]:
    if lines:
        yield "\n".join(lines)
        lines.clear()


def _children(container: BaseOxmlElement) -> Iterator[BaseOxmlElement]:
    """Yield the paragraphs, tables, rows or cells in `container`, through content controls and insertions."""
    for child in container:
        if child.tag in _WRAPPERS:
            yield from _children(child)
        elif is_alternatives(child):
            yield from chosen(child)
        elif child.tag in (qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")):
            yield child


def _mark_is_deleted(paragraph: BaseOxmlElement) -> bool:
    marks = paragraph.find(f"{qn('w:pPr')}/{qn('w:rPr')}")
    return marks is not None and marks.find(qn("w:del")) is not None


def _is_deleted_row(row: BaseOxmlElement) -> bool:
    return row.find(f"{qn('w:trPr')}/{qn('w:del')}") is not None


def _part(document: WordDocument, kind: str) -> BaseOxmlElement | None:
    """Return the root of the document's part of this kind ("numbering", "footnotes"), None where it has none."""
    for relation in document.part.rels.values():
        if relation.reltype.rsplit("/", 1)[-1] == kind and not relation.is_external:
            return parse_xml(relation.target_part.blob)
    return None


def _notes(part: BaseOxmlElement | None, kind: str) -> list[BaseOxmlElement]:
    """Return the notes of a part, its separators aside."""
    notes = [] if part is None else part.findall(qn(f"w:{kind}"))
    return [note for note in notes if note.get(qn("w:type")) in (None, "normal")]
