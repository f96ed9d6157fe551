"""Facts that are a part of the document under its own heading: criteria, forms of commendation."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.document import Section, Span
from knowledge.text import fold
from retrieval.evidence import Evidence
from retrieval.fact import Fact, Meant, trimmed
from retrieval.model import Wanted
from retrieval.quotes import MAX_QUOTE

# Headings as plans and regulations write them, most telling first.
_HEADINGS: dict[Wanted, tuple[re.Pattern[str], ...]] = {
    Wanted.AWARDS: (
        re.compile(r"hinh thuc (?:va muc )?khen thuong|hinh thuc khen|co cau giai|muc thuong|co cau khen"),
        re.compile(r"\bkhen thuong\b|\bgiai thuong\b"),
    ),
    Wanted.CRITERIA: (
        re.compile(r"\btieu chi\b"),
        re.compile(r"\btieu chuan\b|\bdieu kien\b"),
    ),
}
_NAMES = {Wanted.AWARDS: "Hình thức khen thưởng", Wanted.CRITERIA: "Tiêu chí"}


def under_heading(wanted: Wanted, documents: Sequence[Meant], evidence: Evidence, needed: float) -> Fact | None:
    """The part of the best meant document under the heading that `wanted` goes by.

    None where that part accounts for less than `needed` of the question: it is about something else then.
    """
    best: tuple[float, Meant, Section] | None = None
    for meant in documents:
        for rank, pattern in enumerate(_HEADINGS[wanted]):
            matching = [section for section in meant.document.sections if pattern.search(fold(section.heading))]
            if not matching:
                continue
            section = _narrowest(meant, matching, evidence)
            score = meant.confidence - 0.3 * rank + 0.01 * evidence.score(_chain(meant, section))
            if best is None or score > best[0]:
                best = (score, meant, section)
            break
    if best is None:
        return None
    _, meant, section = best
    span = meant.document.subtree(section.index)
    quote = trimmed(meant.document.text, span.start, span.end)
    if quote.end - quote.start > MAX_QUOTE or not section.heading:
        quote = _own(meant, section, quote)
    if evidence.coverage(f"{meant.head} {_chain(meant, section)} {span.of(meant.document.text)}") < needed:
        return None
    label = section.heading or _NAMES[wanted]
    return Fact(wanted, f"{label[:1]}{label[1:].lower() if label.isupper() else label[1:]}:", (meant.place(quote),))


def _narrowest(meant: Meant, matching: Sequence[Section], evidence: Evidence) -> Section:
    """Go down from the best matching heading while one part of it answers the question better than its neighbours.

    "Tiêu chí đối với cá nhân" asks for one of two sub-items; "tiêu chí" asks for both. Only words that the headings
    above do not already account for can tell the parts from each other.
    """
    deepest = [s for s in matching if not any(_within(meant, other, s) for other in matching if other is not s)]
    current = max(deepest, key=lambda s: (evidence.score(_chain(meant, s)), -s.index))
    while True:
        children = [child for child in meant.document.children(current.index) if child.label not in ("", "-", "+", "•")]
        if len(children) < 2:
            return current
        left = evidence.without(_chain(meant, current))
        scores = sorted(((left.score(_opening(meant, child)), -child.index) for child in children), reverse=True)
        if scores[0][0] <= scores[1][0] * 1.15 or scores[0][0] == 0:
            return current
        current = meant.document.sections[-scores[0][1]]


def _within(meant: Meant, inner: Section, outer: Section) -> bool:
    span = meant.document.subtree(outer.index)
    return outer.index < inner.index and inner.end <= span.end


def _chain(meant: Meant, section: Section) -> str:
    words = _opening(meant, section)
    while section.parent is not None:
        section = meant.document.sections[section.parent]
        words = f"{section.heading} {words}"
    return words


def _opening(meant: Meant, section: Section) -> str:
    return meant.document.text[section.start : min(section.end, section.start + 200)]


def _own(meant: Meant, section: Section, whole: Span) -> Span:
    """Return as much of a long part as fits a quote, ending where one of its sections ends."""
    end = section.end
    for inner in meant.document.sections[section.index + 1 :]:
        if inner.start >= whole.end or inner.end - section.start > MAX_QUOTE:
            break
        end = inner.end
    return trimmed(meant.document.text, section.start, end)
