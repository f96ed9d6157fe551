"""The words of one Word paragraph: runs in order, revisions as accepted, text boxes and notes set apart.

Knows nothing of tables, numbering and files.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from knowledge.encodings import from_font

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_VML = "{urn:schemas-microsoft-com:vml}"

# What was deleted or moved away is no text any more; field codes and properties never were.
_SKIPPED = frozenset(
    qn(name)
    for name in (
        "w:del",
        "w:moveFrom",
        "w:delText",
        "w:instrText",
        "w:pPr",
        "w:rPr",
        "w:sdtPr",
        "w:sdtEndPr",
        "w:object",
    )
)
# A soft hyphen is no text, but Word takes the "ư" of TCVN3, the same byte, for one; normalising drops what is left.
_PLAIN = {
    qn("w:softHyphen"): "\u00ad",
    qn("w:tab"): "\t",
    qn("w:br"): "\n",
    qn("w:cr"): "\n",
    qn("w:noBreakHyphen"): "-",
    qn("w:ptab"): "\t",
}
# Symbol fonts: the bullets and ticks people insert by hand.
_SYMBOLS = {"F0B7": "•", "F0A7": "▪", "F0D8": "➢", "F0FC": "✓", "F02D": "-", "F0AE": "→", "F0E0": "→", "F0A8": "□"}


@dataclass(slots=True)
class Inline:
    """What one paragraph says."""

    text: str = ""
    boxes: list[BaseOxmlElement] = field(default_factory=list)  # w:txbxContent of text boxes anchored in it
    notes: list[str] = field(default_factory=list)  # ids of its footnotes and endnotes, "footnote 2"


def read_inline(paragraph: BaseOxmlElement) -> Inline:
    """Return the text of `paragraph` with what hangs on it."""
    inline = Inline()
    _walk(paragraph, inline, font="")
    return inline


def chosen(alternatives: BaseOxmlElement) -> Iterator[BaseOxmlElement]:
    """Yield the one branch of a mc:AlternateContent that counts: the choice, or the fallback where there is none."""
    branch = alternatives.find(f"{_MC}Choice")
    if branch is None:
        branch = alternatives.find(f"{_MC}Fallback")
    if branch is not None:
        yield from branch


def is_alternatives(element: BaseOxmlElement) -> bool:
    """Tell whether `element` offers the same content twice, for newer and older programs."""
    return bool(element.tag == f"{_MC}AlternateContent")


def word_art(part: BaseOxmlElement) -> list[str]:
    """Return the words drawn as pictures in `part`: watermarks."""
    return [path.get("string", "") for path in part.iter(f"{_VML}textpath")]


def _walk(element: BaseOxmlElement, inline: Inline, font: str) -> None:
    for child in element:
        tag = child.tag
        if tag in _SKIPPED or not isinstance(tag, str):
            continue
        if tag == qn("w:t"):
            inline.text += from_font(child.text or "", font)
        elif tag in _PLAIN:
            inline.text += _PLAIN[tag]
        elif tag == f"{_MATH}t":
            inline.text += child.text or ""
        elif tag == qn("w:sym"):
            inline.text += _SYMBOLS.get((child.get(qn("w:char")) or "").upper(), "")
        elif tag in (qn("w:footnoteReference"), qn("w:endnoteReference")):
            kind = "footnote" if tag == qn("w:footnoteReference") else "endnote"
            inline.notes.append(f"{kind} {child.get(qn('w:id'))}")
        elif tag == qn("w:txbxContent"):
            inline.boxes.append(child)
        elif is_alternatives(child):
            for branch in chosen(child):
                _walk_wrapped(branch, inline, font)
        elif tag == qn("w:r"):
            if not _is_hidden(child):
                _walk(child, inline, _font(child) or font)
        else:
            _walk(child, inline, font)


def _walk_wrapped(element: BaseOxmlElement, inline: Inline, font: str) -> None:
    """Walk `element` itself, not only what is in it."""
    if element.tag == qn("w:r"):
        _walk(element, inline, _font(element) or font)
    elif element.tag not in _SKIPPED:
        _walk(element, inline, font)


def _is_hidden(run: BaseOxmlElement) -> bool:
    properties = run.find(qn("w:rPr"))
    hidden = None if properties is None else properties.find(qn("w:vanish"))
    return hidden is not None and hidden.get(qn("w:val")) not in ("0", "false")


def _font(run: BaseOxmlElement) -> str:
    properties = run.find(qn("w:rPr"))
    fonts = None if properties is None else properties.find(qn("w:rFonts"))
    return "" if fonts is None else fonts.get(qn("w:ascii")) or fonts.get(qn("w:hAnsi")) or ""
