"""Finding one's way in a document: the section people mean when they cite a place, and its text.

Sections of noise (leaked paths, stamps) are never shown.
"""

from __future__ import annotations

from knowledge.document import Document, Section, SectionKind


def cited_section(document: Document, offset: int) -> Section:
    """Return the section that the citation of the words at `offset` names: for a bullet, the heading above it."""
    section = document.section_at(offset)
    while section.path != section.cite and section.parent is not None:
        section = document.sections[section.parent]
    return section


def whole_section(document: Document, offset: int) -> str:
    """Return the text of the section cited for the words at `offset`, with everything under it."""
    span = document.subtree(cited_section(document, offset).index)
    inside = (section for section in document.sections if span.start <= section.start and section.end <= span.end)
    return "".join(
        document.text[section.start : section.end] for section in inside if section.kind is not SectionKind.NOISE
    ).strip()
