"""How many chapters, articles, clauses or annexes a document has: "quy chế có bao nhiêu điều?", "Điều 5 mấy khoản?".

Counted in the tree of sections, where its numbers run from 1 without a gap: of an extract nothing is told.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from knowledge.document import Section, SectionKind, Span
from knowledge.numbering import roman
from knowledge.text import fold
from retrieval.fact import Fact, Meant, trimmed
from retrieval.facts_place import named_place
from retrieval.model import Wanted

# "mấy điều kiện", "bao nhiêu chương trình", "mấy khoản thu" count something else.
_ASKED = re.compile(
    r"\b(?:bao nhieu|may) (?P<part>chuong(?! trinh)|dieu(?! (?:kien|uoc|luat|tra|hanh|tri|duong|le))|phu luc"
    r"|khoan(?! (?:thu|chi|tien|dong|phi|vay|no|tro|ho|muc|kinh|von)))\b"
)
_KINDS = {
    "chuong": (SectionKind.CHAPTER, "chương"),
    "dieu": (SectionKind.ARTICLE, "điều"),
    "phu luc": (SectionKind.APPENDIX, "phụ lục"),
    "khoan": (SectionKind.CLAUSE, "khoản"),
}
_NUMBER = re.compile(r"(?:\d+|[IVXLC]+)\b")


def parts(question: str, documents: Sequence[Meant]) -> Fact | None:
    """Return how many of the parts asked for the document most surely meant has; None where that is not asked."""
    folded = fold(question)
    asked = list(dict.fromkeys(match["part"] for match in _ASKED.finditer(folded)))
    if not asked or not documents:
        return None
    meant = documents[0]
    said: dict[str, list[str]] = defaultdict(list)
    last: list[Section] = []
    for part in asked:
        kind, name = _KINDS[part]
        for within, sections in _within(meant, kind, named_place(question), folded).items():
            said[within].append(f"{len(sections)} {name}")
            last.append(sections[-1])
    if not said:
        return None
    statement = "; ".join(f"{_called(within, meant)} có {' và '.join(counts)}" for within, counts in said.items())
    places = tuple(meant.place(_first_line(meant, section)) for section in last)
    return Fact(Wanted.PASSAGE, f"{statement[:1].upper()}{statement[1:]}.", places, exact=True)


def _within(meant: Meant, kind: SectionKind, place: str | None, question: str) -> dict[str, list[Section]]:
    """Return the sections of `kind` by what they stand in: "" for the document itself, "Quy chế", "Điều 5".

    Where the question names one of these, only what stands there.
    """
    found: dict[str, list[Section]] = defaultdict(list)
    for section in meant.document.sections:
        if section.kind is kind and (kind is not SectionKind.APPENDIX or section.label.startswith("Phụ lục")):
            found[_container(section)].append(section)
    if kind is SectionKind.CLAUSE:
        wanted = [within for within in found if place is not None and within.split(", ")[-1] == place]
        found = {within: found[within] for within in wanted[:1]}
    named = [within for within in found if within and fold(within) in question]
    whole = {within: sections for within, sections in found.items() if _is_whole(sections)}
    return {within: whole[within] for within in named if within in whole} or whole


def _container(section: Section) -> str:
    before, _, _ = section.path.rpartition(", " if section.kind is not SectionKind.CLAUSE else ".")
    return before


def _is_whole(sections: Sequence[Section]) -> bool:
    numbers = [_number(section.label) for section in sections]
    return numbers == list(range(1, len(numbers) + 1))


def _number(label: str) -> int | None:
    match = _NUMBER.search(label)
    if match is None:
        return None
    return int(match.group()) if match.group().isdigit() else roman(match.group())


def _called(within: str, meant: Meant) -> str:
    """Return how people name it: "Điều 5 của Quy chế kèm theo Quyết định 198/QĐ-SNV"."""
    attached, _, article = within.rpartition(", ") if "Điều" in within else (within, "", "")
    whole = f"{attached} kèm theo {meant.name}" if attached else meant.name
    return f"{article} của {whole}" if article else whole


def _first_line(meant: Meant, section: Section) -> Span:
    text = meant.document.text
    span = trimmed(text, section.start, section.end)
    end = text.find("\n", span.start, span.end)
    return trimmed(text, span.start, span.end if end < 0 else end)
