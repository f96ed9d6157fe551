"""Questions that name a place: "Điều 5 quy chế nói gì", "khoản 2 Điều 6", "mục III.2 của kế hoạch".

The place itself is the answer; where the question asks something more, the sentence of the place that says it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.document import Section, Span
from knowledge.text import fold
from retrieval.evidence import Evidence
from retrieval.fact import Fact, Meant, trimmed
from retrieval.model import Wanted
from retrieval.quotes import MAX_QUOTE, best_quote
from retrieval.wording import say_place

_ARTICLE = re.compile(
    r"(?:\bdiem (?P<point>[a-z])\)?,? (?:cua )?)?(?:\bkhoan (?P<clause>\d{1,2}),? (?:cua )?)?"
    r"\bdieu (?P<article>\d{1,3}[a-z]?)\b(?:[, ]+khoan (?P<clause_after>\d{1,2})\b)?"
)
_ITEM = re.compile(
    r"\b(?:muc|phan|tiet) (?P<item>[ivx]{1,5}(?:[.\s]\d{1,2})?(?:[.\s][a-z]\b)?|\d{1,2}(?:\.\d{1,2})+|\d{1,2}\b)"
)
_APPENDIX = re.compile(r"\bphu luc (?P<number>[ivx]{1,5}|\d{1,2})\b")
# What asks for the place as a whole rather than for something in it.
_WHOLE = re.compile(r"\b(?:noi gi|noi ve|quy dinh gi|quy dinh the nao|ghi gi|la gi|noi dung|nhu the nao|ve gi)\b")


def named_place(question: str) -> str | None:
    """Return the place a question names as sections cite themselves, "Điều 5.2.a", "III.2"; None when it names none."""
    folded = fold(question)
    if match := _ARTICLE.search(folded):
        point = _as_typed(question, match, "point")
        parts = [match["article"], match["clause"] or match["clause_after"], point]
        return "Điều " + ".".join(part for part in parts if part)
    if match := _APPENDIX.search(folded):
        return f"Phụ lục {match['number'].upper()}"
    if match := _ITEM.search(folded):
        first, *rest = re.split(r"[.\s]", match["item"])
        return ".".join([first.upper(), *rest])
    return None


def at_place(question: str, documents: Sequence[Meant], evidence: Evidence) -> Fact | None:
    """The words at the place `question` names, in the first of the `documents` that has such a place."""
    cite = named_place(question)
    if cite is None:
        return None
    for meant in documents:
        section = _find(meant, cite, question)
        if section is None:
            continue
        whole = meant.document.subtree(section.index)
        span = trimmed(meant.document.text, whole.start, whole.end)
        if not _WHOLE.search(fold(question)) and evidence.coverage(span.of(meant.document.text)) > 0.3:
            span = best_quote(meant.document, span, evidence)
        elif span.end - span.start > MAX_QUOTE:
            span = _whole_sections(meant, section, span)
        said = say_place(cite)
        return Fact(Wanted.PASSAGE, f"{said[:1].upper()}{said[1:]}, {meant.name}:", (meant.place(span),))
    return None


def _find(meant: Meant, cite: str, question: str) -> Section | None:
    """Return the section at `cite`; of a decision and the regulation it carries, the one that the question names."""
    found = [s for s in meant.document.sections if s.path == cite or s.path.endswith(f", {cite}") or s.cite == cite]
    folded = fold(question)
    for section in found:
        within = section.path.removesuffix(cite).rstrip(", ")
        if within and fold(within).split(" (")[0] in folded:
            return section
    return found[0] if found else None


def _whole_sections(meant: Meant, section: Section, whole: Span) -> Span:
    """Return as many whole sections of a long place as a quotation holds."""
    end = section.end
    for inner in meant.document.sections[section.index + 1 :]:
        if inner.start >= whole.end or inner.end - section.start > MAX_QUOTE:
            break
        end = inner.end
    return trimmed(meant.document.text, section.start, end)


def _as_typed(question: str, match: re.Match[str], group: str) -> str | None:
    """Return a group as typed, since folding makes one letter of điểm d and điểm đ."""
    if match[group] is None:
        return None
    return question[match.start(group) : match.end(group)].lower()
