"""A document as blocks of runs, ready for a template: headings, paragraphs, tables, marked words.

Pure. Every character shown comes from `Document.text` by its offset, so the words marked are exactly the quotation;
only markdown's `**` is taken as emphasis and left out. Sections of noise are never shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from knowledge.document import NUMBERED_SECTIONS, Document, Section, SectionKind, Span

_LISTED_DEPTH = 2  # levels in the table of contents
_BLOCK = re.compile(r"[^\n]+(?:\n[^\n]+)*")  # lines without a blank one between them
_LINE = re.compile(r"[^\n]+")
_CELLS = re.compile(r" \| ")  # how knowledge.read writes a row
_STRONG = re.compile(r"\*\*")


DUTY, REFERENCE, DOUBTFUL = "duty", "reference", "doubtful"  # kinds of notes


@dataclass(frozen=True, slots=True)
class Note:
    """Words that mean something to whoever looks after the documents, or that may have been misread."""

    kind: str  # DUTY, REFERENCE, DOUBTFUL
    start: int  # in Document.text
    end: int


@dataclass(frozen=True, slots=True)
class Run:
    """Characters that look alike."""

    text: str
    strong: bool
    marked: bool
    first: bool  # the first marked run: where the page opens
    notes: tuple[str, ...] = ()  # kinds of the notes it lies in, each once


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a heading or a table."""

    level: int  # 2..6 of a heading; 0 for running text
    runs: tuple[Run, ...] = ()  # of a paragraph or heading
    rows: tuple[tuple[tuple[Run, ...], ...], ...] = ()  # of a table: rows of cells


@dataclass(frozen=True, slots=True)
class Shown:
    """One section as it is shown."""

    anchor: str  # "muc-12"
    kind: str  # SectionKind, for the style sheet
    depth: int  # how deep it stands in the tree
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the table of contents."""

    anchor: str
    label: str  # "II.3", "Điều 5"
    heading: str
    depth: int  # 0 or 1


@dataclass(frozen=True, slots=True)
class _Emphasis:
    """What stands out in a document."""

    marked: Span | None
    notes: tuple[Note, ...]

    def within(self, start: int, end: int) -> tuple[Note, ...]:
        return tuple(note for note in self.notes if note.start < end and start < note.end)


def lay_out(document: Document, marked: Span | None, notes: Sequence[Note] = ()) -> tuple[Shown, ...]:
    """Return the sections to show, in reading order, with the words of `marked` and of `notes` standing out."""
    depths = _depths(document.sections)
    emphasis = _Emphasis(marked and _tightened(document.text, marked), tuple(notes))
    shown = (
        Shown(
            anchor=f"muc-{section.index}",
            kind=section.kind.value,
            depth=depths[section.index],
            blocks=tuple(_blocks(document.text, section, depths[section.index], emphasis)),
        )
        for section in document.sections
        if section.kind is not SectionKind.NOISE
    )
    return tuple(section for section in shown if section.blocks)


def contents(document: Document) -> tuple[Entry, ...]:
    """Return the table of contents: headed sections of the upper levels."""
    depths = _depths(document.sections)
    return tuple(
        Entry(f"muc-{section.index}", section.label, section.heading, depths[section.index])
        for section in document.sections
        if section.kind in NUMBERED_SECTIONS and section.heading and depths[section.index] < _LISTED_DEPTH
    )


def _tightened(text: str, span: Span) -> Span:
    """Let the marked words begin at a character that is shown, since the page opens there."""
    start = span.start
    while start < span.end - 1 and text[start] in "* \n":
        start += 1
    return Span(start, span.end)


def _depths(sections: Sequence[Section]) -> list[int]:
    depths: list[int] = []
    for section in sections:
        depths.append(0 if section.parent is None else depths[section.parent] + 1)
    return depths


def _blocks(text: str, section: Section, depth: int, emphasis: _Emphasis) -> Iterator[Block]:
    for number, block in enumerate(_BLOCK.finditer(text, section.start, section.end)):
        span = Span(block.start(), block.end())
        if section.kind is SectionKind.TABLE:
            yield Block(0, rows=tuple(_rows(text, span, emphasis)))
        else:
            headed = number == 0 and _is_heading(section, span)
            yield Block(min(depth + 2, 6) if headed else 0, _runs(text, span, emphasis))


def _is_heading(section: Section, block: Span) -> bool:
    """Tell whether the section's first block is its heading alone; a heading may also begin a running paragraph."""
    room = len(section.label) + len(section.heading) + 12  # markup and punctuation around both
    return section.kind in NUMBERED_SECTIONS and bool(section.heading) and block.end - block.start <= room


def _rows(text: str, span: Span, emphasis: _Emphasis) -> Iterator[tuple[tuple[Run, ...], ...]]:
    for line in _LINE.finditer(text, span.start, span.end):
        gaps = list(_CELLS.finditer(text, line.start(), line.end()))
        starts = [line.start(), *(gap.end() for gap in gaps)]
        ends = [*(gap.start() for gap in gaps), line.end()]
        yield tuple(_runs(text, Span(start, end), emphasis) for start, end in zip(starts, ends, strict=True))


def _runs(text: str, span: Span, emphasis: _Emphasis) -> tuple[Run, ...]:
    """Cut `span` where emphasis, marking or a note begins or ends."""
    marked, notes = emphasis.marked, emphasis.within(span.start, span.end)
    stars = [match.start() for match in _STRONG.finditer(text, span.start, span.end)]
    if len(stars) % 2:  # unbalanced: not emphasis but characters of the text
        stars = []
    edges = {span.start, span.end, *stars, *(star + 2 for star in stars)}
    if marked is not None:
        edges |= {edge for edge in (marked.start, marked.end) if span.start < edge < span.end}
    edges |= {edge for note in notes for edge in (note.start, note.end) if span.start < edge < span.end}
    cuts = sorted(edges)
    runs: list[Run] = []
    for start, end in pairwise(cuts):
        if any(star <= start < star + 2 for star in stars):
            continue
        inside = marked is not None and marked.start < end and start < marked.end
        strong = sum(star < start for star in stars) % 2 == 1
        first = inside and marked is not None and start <= marked.start
        kinds = tuple(sorted({note.kind for note in notes if note.start < end and start < note.end}))
        runs.append(Run(text[start:end], strong, inside, first, kinds))
    return tuple(runs)
