"""The section tree as duties see it: what stands above, beside and before a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from knowledge.deadlines import find_times
from knowledge.document import PartialDate, Section, SectionKind, Span, TimePhrase
from knowledge.duty_parties import subject
from knowledge.sentences import sentences

_LABEL = re.compile(
    r"(?:[-+•*–]\s*|\(?(?:\d{1,3}(?:\.\d{1,3})*|[a-zđ]\d?|[IVXLC]+)[.)/-]\**\s+"
    r"|(?:Điều|Mục|Khoản)\s+\d+\w?[.:]?\**\s*|[*#]+|\s+)+"
)


@dataclass(frozen=True, slots=True)
class Tree:
    """A document's sections with what is asked of them."""

    text: str
    sections: Sequence[Section]
    issued: PartialDate | None  # the document's own date

    def begin(self, place: Span | Section) -> int:
        """Return where the words of a sentence or section begin, after its label or bullet."""
        label = _LABEL.match(self.text, place.start, place.end)
        return label.end() if label is not None else place.start

    def times(self, start: int, end: int) -> tuple[TimePhrase, ...]:
        """Return the phrases of time in `text[start:end]`, their offsets in the whole text."""
        return tuple(
            replace(time, start=time.start + start, end=time.end + start)
            for time in find_times(self.text[start:end], issued=self.issued)
        )

    def sentences(self, section: Section) -> Iterator[Span]:
        """Yield the sentences of the section's own text."""
        return sentences(self.text, section.start, section.end)

    def words(self, section: Section) -> str:
        """Return the heading of the section, or its own text without its label."""
        return section.heading or self.text[self.begin(section) : section.end].strip(" :*\n")

    def subject(self, sentence: Span) -> str | None:
        """Return who acts in the sentence, or None."""
        begin = self.begin(sentence)
        found = subject(self.text, begin, sentence.end, self.times(begin, sentence.end))
        return found.of(self.text) if found is not None else None

    def parent(self, section: Section) -> Section | None:
        """Return the section around `section`."""
        return self.sections[section.parent] if section.parent is not None else None

    def around(self, section: Section) -> Iterator[Section]:
        """Yield `section`, then the sections around it, from the inside out."""
        place: Section | None = section
        while place is not None:
            yield place
            place = self.parent(place)

    def under(self, section: Section, pattern: re.Pattern[str]) -> bool:
        """Tell whether the section or one around it has a heading that fits `pattern`."""
        return any(
            pattern.match(place.heading) or (place.kind is SectionKind.APPENDIX and pattern.match(place.label))
            for place in self.around(section)
        )

    def before(self, section: Section) -> Section | None:
        """Return the paragraph just before `section` or before the list it belongs to, under the same parent.

        A letter without headings asks in its first paragraph: there the preamble counts too.
        """
        index = section.index - 1
        while index >= 0 and self.sections[index].parent == section.parent:
            other = self.sections[index]
            asks = other.kind is SectionKind.PREAMBLE and section.kind is SectionKind.PARAGRAPH
            if other.kind is SectionKind.PARAGRAPH or asks:
                return other
            if other.kind is not section.kind:
                return None
            index -= 1
        return None

    def siblings(self, section: Section) -> Iterator[Section]:
        """Yield the items of the list `section` belongs to, itself included."""
        for other in self.sections[max(0, section.index - 8) : section.index + 9]:
            if other.parent == section.parent and other.kind is section.kind and section.parent is not None:
                yield other
