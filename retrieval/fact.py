"""What a fact is: a statement about a document, and the words it rests on.

The finders of facts (`facts_header`, `facts_cited`, `facts_duties`, `facts_lists`) all answer in these values.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.document import Document, Section, SectionKind, Span
from knowledge.sentences import sentences
from retrieval.model import Wanted

if TYPE_CHECKING:
    from index.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Place:
    """Verbatim words of one indexed document."""

    document: int  # position in the snapshot
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Fact:
    """An answer read off the analysed document instead of searched for."""

    wanted: Wanted
    statement: str  # Vietnamese, one sentence or a few lines; for what is missing, the reason of the refusal
    places: tuple[Place, ...]  # best first; of something missing, where it would have stood
    notes: tuple[str, ...] = ()
    told: bool = False  # the statement quotes the places itself
    exact: bool = False  # the places say what is asked, in whatever form they say it
    missing: bool = False  # the document has a place for the fact and leaves it open, or never states it


@dataclass(frozen=True, slots=True)
class Meant:
    """One document a question may be about, opened."""

    position: int  # in the snapshot
    document: Document
    confidence: float  # 0..1, how surely it is the one meant

    @property
    def name(self) -> str:
        """How a sentence refers to it: "Kế hoạch 912/KH-SNNMT", else kind with issuer, else the file's name."""
        return name_of(self.document)

    @property
    def head(self) -> str:
        """The words of its header that a question may name it by."""
        header = self.document.header
        return f"{header.title} {header.symbol or ''} {header.issuer or ''} {header.province or ''}"

    def place(self, span: Span | Section) -> Place:
        """Return the place of `span` in this document."""
        return Place(self.position, span.start, span.end)


def name_of(document: Document) -> str:
    """Return a short name for `document` that a reader recognises."""
    header = document.header
    kind = (header.kind or "văn bản").capitalize()
    if header.symbol:
        return f"{kind} {header.symbol}"
    if header.issuer:
        return f"{kind} của {header.issuer}"
    return f"{kind} “{header.subject}”" if header.subject else f"Văn bản {document.file}"


def frame(document: Document, kind: SectionKind) -> Span | None:
    """Return the span of the frame section(s) of `kind` that stand together, or None where there is none."""
    parts = [section for section in document.sections if section.kind is kind and section.end > section.start]
    if not parts:
        return None
    first = last = parts[0]
    for part in parts[1:]:
        if part.index != last.index + 1:
            break
        last = part
    return trimmed(document.text, first.start, last.end)


def trimmed(text: str, start: int, end: int) -> Span:
    """Return `[start, end)` without the white space at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def opened(snapshot: Snapshot, position: int, confidence: float) -> Meant:
    """Open the document at `position`."""
    return Meant(position, snapshot.document(position), confidence)


def sentence_around(document: Document, start: int, end: int) -> Span:
    """Return the sentence of its section that holds `[start, end)`; that range itself where none does."""
    section = document.section_at(start)
    for span in sentences(document.text, section.start, section.end):
        if span.start <= start < span.end:
            return span
    return Span(start, end)
