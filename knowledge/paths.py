"""How people cite a place: "III.2.a", "Điều 5.2.a", "Phụ lục I.2", "II.3, gạch đầu dòng 2".

Knows nodes and labels; nothing of the text.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from knowledge.document import SectionKind
from knowledge.numbering import Label, Level, is_unnumbered

_NAMED = {Level.APPENDIX, Level.PART, Level.CHAPTER, Level.DIVISION, Level.SUBDIVISION}


@dataclass(frozen=True, slots=True)
class Place:
    """The path of a section and the shorter form people use."""

    path: str
    cite: str


class Paths:
    """Gives out paths, each once."""

    def __init__(self) -> None:
        self._taken: Counter[str] = Counter()
        self._counts: Counter[tuple[str, str]] = Counter()

    def frame(self, kind: SectionKind) -> Place:
        """Return the place of a section of the frame: "preamble"."""
        return Place(self._unique(kind.value), kind.value)

    def item(self, label: Label, above: list[tuple[Label, Place]]) -> Place:
        """Return the place of a labelled item under `above`, outermost first."""
        path = self._unique(_join(label, above))
        return Place(path, path)

    def counted(self, word: str, above: Place | None, *, inside: Place | None = None, skip: int = 0) -> Place:
        """Return the place of the next bullet, paragraph or table under `above`: "II.3, gạch đầu dòng 2".

        `inside`: the bullet it is nested in, "II.3, gạch đầu dòng 2.1"; `skip`: how many count already.
        """
        if inside is not None:
            self._counts[inside.path, word] += 1
            path = self._unique(f"{inside.path}.{self._counts[inside.path, word]}")
            return Place(path, above.cite if above else path)
        base = above.path if above else ""
        if not self._counts[base, word]:
            self._counts[base, word] = skip
        self._counts[base, word] += 1
        path = f"{word} {self._counts[base, word]}"
        path = self._unique(f"{base}, {path}" if base else path)
        return Place(path, above.cite if above else path)

    def _unique(self, path: str) -> str:
        """A list that begins anew in one place gets its second "1" marked "(2)"."""
        given = path
        while self._taken[given]:
            self._taken[path] += 1
            given = f"{path} ({self._taken[path]})"
        self._taken[given] += 1
        return given


def _join(label: Label, above: list[tuple[Label, Place]]) -> str:
    """Return the path of `label`: from its Điều on, else from the outermost number; chapters and parts by name."""
    if label.level is Level.ARTICLE or label.level is Level.CHAPTER:
        # People cite the Điều, not the Chương it stands in; only a document within the document is named.
        holder = [
            place
            for held, place in above
            if held.level is Level.APPENDIX or (held.level is Level.PART and label.level is Level.CHAPTER)
        ]
        return f"{holder[-1].path}, {label.written}" if holder else label.written
    if not above:
        return label.written
    held, place = above[-1]
    written = label.written
    if held.level is Level.NUMBER and len(label.values) > 1 and held.values == label.values[:-1]:
        written = str(label.values[-1])
    if held.level in _NAMED or is_unnumbered(held):
        numbered = held.level is Level.APPENDIX and label.level is Level.NUMBER and held.written[-1:].isalnum()
        return f"{place.path}{'.' if numbered and ' ' in held.written else ', '}{written}"
    return f"{place.path}.{written}"
