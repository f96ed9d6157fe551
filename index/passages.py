"""A document → the passages that are searched, scored and quoted.

Passages follow the section tree: a numbered section with its bullets is one passage where it fits, short siblings
are gathered, long texts are cut at sentence ends, and no passage reaches across two numbered sections of substance.
Every character that is neither white space nor noise is in exactly one passage: an overlap would count its words
twice and let one sentence crowd out its neighbours among the hits.

Knows nothing of indexes: a document in, passages out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from index.cutting import cut, trim
from index.passage import LONGEST, Passage
from index.window import passage_around
from knowledge.acronyms import defined, spelt_out
from knowledge.document import Document, Header, Section, SectionKind

__all__ = ["passage_around", "split"]

SUBSTANCE = 200  # a numbered section of so many characters says something of its own
_MOST_SPELT = 6  # abbreviations spelt out in one passage's context
GATHERED = 600  # shorter numbered siblings share a passage up to this size

_FRAME = frozenset(
    {SectionKind.HEADER, SectionKind.TITLE, SectionKind.PREAMBLE, SectionKind.RECIPIENTS, SectionKind.SIGNATURE}
)
_PLAIN = frozenset({SectionKind.BULLET, SectionKind.PARAGRAPH, SectionKind.TABLE})


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of text on its way to becoming a passage."""

    start: int
    end: int
    section: int  # the section it is cited by
    plain: bool  # bullets, paragraphs, rows: gathered up to the limit, since none has a number of its own
    light: bool = False  # made of short sections only
    closed: bool = False  # part of something larger that was cut: gathers no more

    @property
    def size(self) -> int:
        return self.end - self.start


def split(document: Document, position: int) -> list[Passage]:
    """Return the passages of `document`, in order; `position` is the document's place in the snapshot."""
    tree = _Tree(document)
    return [tree.passage(piece, position) for piece in tree.gather(tree.top(), None)]


class _Tree:
    """One document with, for every section, where what is under it ends.

    A page's stamp or a leaked path may stand in the middle of a section: what follows it is under that section
    and yet begins a new stretch, so `stops` are of stretches, and passages never reach across.
    """

    def __init__(self, document: Document) -> None:
        self.document = document
        self.text = document.text
        self.acronyms = defined(self.text)
        self.stops = [0] * len(document.sections)  # index after the last section under each, without a break
        for section in reversed(document.sections):
            stop = section.index + 1
            while stop < len(self.stops) and document.sections[stop].parent == section.index:
                stop = self.stops[stop]
            self.stops[section.index] = stop

    def top(self) -> list[_Piece]:
        """Return the pieces of every stretch, in order."""
        pieces: list[_Piece] = []
        index = 0
        while index < len(self.stops):
            section = self.document.sections[index]
            if section.kind in _FRAME:
                spans = cut(self.text, section.start, section.end, LONGEST)
                pieces.extend(_Piece(start, end, index, plain=False, closed=True) for start, end in spans)
            elif section.kind is not SectionKind.NOISE:
                found = self.pieces(section)
                pieces.extend(found if section.kind in _PLAIN else map(_close, found))
            index = self.stops[index]
        return pieces

    def pieces(self, section: Section) -> list[_Piece]:
        """Return the pieces of a section with everything under it."""
        start, end = self._whole(section.index)
        under = self._children(section.index)
        plain = section.kind in _PLAIN
        if start < end <= start + LONGEST and not any(self._weighty(child) for child in under):
            return [_Piece(start, end, section.index, plain, light=end - start < SUBSTANCE)]
        if not under:
            spans = cut(self.text, start, end, LONGEST, rows=section.kind is SectionKind.TABLE)
            return [_Piece(start, end, section.index, plain, closed=True) for start, end in spans]
        below: list[_Piece] = []
        for child in under:
            found = self.pieces(child)
            below.extend(found if len(found) == 1 else map(_close, found))
        return self.gather(self._led(section, below), section.index)

    def _led(self, section: Section, below: list[_Piece]) -> list[_Piece]:
        """Put a section's own words before its children; a heading or a short lead-in goes with its first content."""
        own = cut(self.text, section.start, section.end, LONGEST)
        leads = [_Piece(start, end, section.index, plain=False, closed=True) for start, end in own]
        weighty = bool(leads) and leads[-1].size >= SUBSTANCE and not self._only_heading(section)
        if weighty or not leads or not below:
            return leads + below
        lead, first = leads.pop(), below[0]
        joined = [
            _Piece(start, end, first.section, first.plain, first.light, first.closed)
            for start, end in cut(self.text, lead.start, first.end, LONGEST)
        ]
        return leads + joined + below[1:]

    def gather(self, pieces: list[_Piece], parent: int | None) -> list[_Piece]:
        """Join short neighbours; `parent` is what joined pieces of different sections are cited by."""
        gathered: list[_Piece] = []
        for piece in pieces:
            last = gathered[-1] if gathered else None
            if last is not None and self._together(last, piece, parent):
                section = self._cited(last, piece, parent)
                light = last.light and piece.light
                gathered[-1] = _Piece(last.start, piece.end, section, last.plain and piece.plain, light)
            else:
                gathered.append(piece)
        return gathered

    def _together(self, first: _Piece, second: _Piece, parent: int | None) -> bool:
        size = second.end - first.start
        if first.closed or second.closed or size > LONGEST or self.text[first.end : second.start].strip():
            return False
        if first.plain and second.plain:
            return True
        if parent is None:  # a reader takes "I" and "II" for different matters
            return False
        if second.plain and second.size < SUBSTANCE:  # the closing words under the last item
            return True
        return first.light and second.light and size <= GATHERED

    @staticmethod
    def _cited(first: _Piece, second: _Piece, parent: int | None) -> int:
        larger = max(first, second, key=lambda piece: piece.size)
        if parent is None:
            return first.section
        return parent if larger.plain or larger.size < SUBSTANCE else larger.section

    def passage(self, piece: _Piece, position: int) -> Passage:
        section = self.document.sections[piece.section]
        text = self.text[piece.start : piece.end]
        # Who asks for "cố vấn học tập" finds what says only "CVHT", the document's own abbreviation.
        spelt = "; ".join(spelt_out(text, self.acronyms)[:_MOST_SPELT])
        named = " ".join(part for part in (head(self.document.header), f"({spelt})" if spelt else "") if part)
        return Passage(
            id=f"{self.document.digest[:12]}:{piece.start}-{piece.end}",
            document=position,
            cite=section.cite,
            context=" › ".join(part for part in (named, *self._above(piece)) if part),
            text=text,
            start=piece.start,
            end=piece.end,
        )

    def _above(self, piece: _Piece) -> Iterator[str]:
        """Yield the headings over a piece, outermost first, and a table's first row over the rows cut from it."""
        chain: list[Section] = []
        index: int | None = piece.section
        while index is not None:
            section = self.document.sections[index]
            chain.append(section)
            index = section.parent
        for section in reversed(chain):
            if section.heading:
                yield heading(section)
        section = self.document.sections[piece.section]
        if section.kind is SectionKind.TABLE and piece.start > section.start:
            first_row = self.text[section.start : section.end].strip().partition("\n")[0]
            if not self.text.startswith(first_row, piece.start):
                yield first_row[:GATHERED]

    def _children(self, index: int) -> list[Section]:
        under = self.document.sections[index + 1 : self.stops[index]]
        return [section for section in under if section.parent == index]

    def _whole(self, index: int) -> tuple[int, int]:
        sections = self.document.sections
        return trim(self.text, sections[index].start, sections[self.stops[index] - 1].end)

    def _weighty(self, section: Section) -> bool:
        start, end = self._whole(section.index)
        return section.kind not in _PLAIN and end - start >= SUBSTANCE

    def _only_heading(self, section: Section) -> bool:
        start, end = trim(self.text, section.start, section.end)
        return bool(section.heading) and end - start <= len(section.label) + len(section.heading) + 8


def _close(piece: _Piece) -> _Piece:
    return replace(piece, closed=True)


def head(header: Header) -> str:
    """Return the document's own line of context: kind, symbol, issuer, subject."""
    kind = (header.kind or "").capitalize()
    named = " ".join(part for part in (kind, header.symbol or header.symbol_draft) if part)
    return ", ".join(part for part in (named, header.issuer, header.subject) if part)


def heading(section: Section) -> str:
    """Return a heading with its label, "II. NHIỆM VỤ", "Điều 5. Phạm vi"."""
    label = section.label if section.kind is not SectionKind.BULLET else ""
    return f"{label}. {section.heading}" if label else section.heading
