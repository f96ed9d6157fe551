"""What the tests of duties share: duties written as one line each."""

from __future__ import annotations

from dataclasses import replace

from knowledge.document import Header, Obligation, PartialDate, Section, SectionKind
from knowledge.obligations import find_obligations
from knowledge.structure import parse_sections
from knowledge.text import normalise

HEADER = Header(None, None, None, None, False, None, None, None, None, None, (), False)


def line(duty: Obligation) -> str:
    """Return "kind | who | what | to whom | words of the time | meaning", with "-" for nothing."""
    when = duty.when
    meaning: list[str] = []
    if when is not None:
        meaning += [str(when.due)] if when.due else []
        meaning += [f"{when.day or ''}/{when.month or ''}"] if when.day or when.month else []
        meaning += [when.recurrence.value] if when.recurrence else []
        meaning += ["exclusive"] if when.exclusive else []
    words = when.text if when is not None else "-"
    parts = (duty.kind.value, duty.who or "-", duty.what, duty.to or "-", words, " ".join(meaning))
    return " | ".join(parts if when is not None else (*parts[:-1], "-")).rstrip()


def of_sentence(sentence: str) -> list[str]:
    """Return the duties of one sentence alone."""
    section = Section(0, None, SectionKind.PARAGRAPH, "", "đoạn 1", "", "", 0, len(sentence))
    return [line(duty) for duty in find_obligations(sentence, (section,), HEADER)]


def of_document(document: str, issued: PartialDate | None = None) -> list[str]:
    """Return the duties of a whole document, each after its place: "III.2 | report | …"."""
    text = normalise(document)
    sections = parse_sections(text)
    found = find_obligations(text, sections, replace(HEADER, date=issued))
    return [f"{sections[duty.section].cite} | {line(duty)}" for duty in found]
