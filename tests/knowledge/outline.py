"""The section tree as text that can be read and compared."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from knowledge.document import Section, SectionKind
from knowledge.structure import parse_sections
from knowledge.text import normalise

DOCUMENTS = Path(__file__).parent / "documents"


def outline(sections: Sequence[Section]) -> str:
    """Return one line a section: its depth as dots, kind, path, heading."""
    depths: list[int] = []
    lines = []
    for section in sections:
        depth = 0 if section.parent is None else depths[section.parent] + 1
        depths.append(depth)
        heading = f" | {section.heading}" if section.heading else ""
        lines.append(f"{'. ' * depth}{section.kind.value} {section.path}{heading}")
    return "\n".join(lines) + "\n"


def paths(text: str) -> list[str]:
    """Return the paths of a text's sections."""
    return [section.path for section in parse_sections(normalise(text))]


def check_invariants(text: str, sections: Sequence[Section]) -> None:
    """Fail unless the sections partition the text, in order, with unique paths and parents before children."""
    assert "".join(text[section.start : section.end] for section in sections) == text
    assert [section.index for section in sections] == list(range(len(sections)))
    assert all(section.start < section.end for section in sections)
    assert len({section.path for section in sections}) == len(sections)
    for section in sections:
        if section.parent is not None:
            parent = sections[section.parent]
            assert parent.index < section.index
            # What lies under a section is one stretch, broken by noise alone: Document.subtree counts on it.
            between = (other for other in sections[parent.index + 1 : section.index])
            assert all(other.kind is SectionKind.NOISE or _is_under(sections, other, parent.index) for other in between)


def _is_under(sections: Sequence[Section], section: Section, ancestor: int) -> bool:
    at = section.parent
    while at is not None and at != ancestor:
        at = sections[at].parent
    return at == ancestor


if __name__ == "__main__":  # pragma: no cover - writes the outlines anew, to be read before they are committed
    for file in sorted(DOCUMENTS.glob("*.txt")):
        file.with_suffix(".outline").write_text(outline(parse_sections(normalise(file.read_text()))), "utf-8")
