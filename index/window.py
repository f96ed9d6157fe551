"""The passage to show around a quotation: the widest stretch that is still one matter and still short.

Knows nothing of indexes or questions: a document and two offsets in, two offsets out.
"""

from __future__ import annotations

from index.cutting import cut, trim
from index.passage import LONGEST
from knowledge.document import Document, Section, SectionKind
from knowledge.sentences import sentences

_PLAIN = frozenset({SectionKind.BULLET, SectionKind.PARAGRAPH, SectionKind.TABLE})


def passage_around(document: Document, start: int, end: int) -> tuple[int, int]:
    """Return (start, end) of at most 1,200 characters around the quotation `[start, end)`.

    The widest section around it that fits, whole; bullets and paragraphs take in the neighbours that fit; in a
    section too long to show whole, the sentences around the quotation. A longer quotation is cut to its beginning.
    """
    start, end = trim(document.text, start, end)
    if end - start > LONGEST:
        return cut(document.text, start, end, LONGEST)[0]
    section = _widest(document, start, end)
    if section is None:
        return _sentences_around(document, start, end)
    window = _whole(document, section)
    if section.kind in _PLAIN:
        window = _with_neighbours(document, section, *window)
    return window


def _whole(document: Document, section: Section) -> tuple[int, int]:
    span = document.subtree(section.index)
    return trim(document.text, span.start, span.end)


def _widest(document: Document, start: int, end: int) -> Section | None:
    """Return the outermost section that holds the quotation and fits."""
    found = None
    index: int | None = document.section_at(start).index
    while index is not None:
        section = document.sections[index]
        low, high = _whole(document, section)
        if low <= start and end <= high and high - low <= LONGEST:
            found = section
        index = section.parent
    return found


def _with_neighbours(document: Document, section: Section, start: int, end: int) -> tuple[int, int]:
    """Widen to the plain siblings before and after, nearest first, while they fit."""
    siblings = [other for other in document.sections if other.parent == section.parent]
    place = siblings.index(section)
    before, after = siblings[:place][::-1], siblings[place + 1 :]
    while before or after:
        for side in (after, before):
            if not side:
                continue
            low, high = _whole(document, side[0])
            joined = min(start, low), max(end, high)
            between = document.text[end:low] if low >= end else document.text[high:start]
            near = side[0].kind in _PLAIN and not between.strip()  # a stamp or a page's foot may stand between
            if near and joined[1] - joined[0] <= LONGEST:
                start, end = joined
                side.pop(0)
            else:
                side.clear()
    return start, end


def _sentences_around(document: Document, start: int, end: int) -> tuple[int, int]:
    """Take in whole sentences around the quotation, within the smallest section that holds it."""
    text = document.text
    spans = list(sentences(text, *_within_reach(text, start, end, *_bounds(document, start, end))))
    for span in spans:  # the sentences it begins and ends in
        if span.start < end and start < span.end and max(end, span.end) - min(start, span.start) <= LONGEST:
            start, end = min(start, span.start), max(end, span.end)
    after = [span for span in spans if span.start >= end]
    before = [span for span in spans if span.end <= start][::-1]
    while before or after:
        for side in (after, before):
            if side and max(end, side[0].end) - min(start, side[0].start) <= LONGEST:
                start, end = min(start, side[0].start), max(end, side[0].end)
                side.pop(0)
            else:
                side.clear()
    return start, end


def _within_reach(text: str, start: int, end: int, low: int, high: int) -> tuple[int, int]:
    """Narrow [low, high) to the lines that a window around [start, end) may reach into.

    Sentences are the same from any line's beginning; those of a law of 200 pages took 50 ms to be told apart.
    """
    before = text.rfind("\n", low, max(low, start - LONGEST))
    after = text.find("\n", min(high, end + LONGEST), high)
    return (low if before < 0 else before), (high if after < 0 else after)


def _bounds(document: Document, start: int, end: int) -> tuple[int, int]:
    index: int | None = document.section_at(start).index
    while index is not None:
        low, high = _whole(document, document.sections[index])
        if low <= start and end <= high:
            return low, high
        index = document.sections[index].parent
    return start, end
