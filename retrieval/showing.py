"""What of the passages found is shown: the sentence that has the form asked for, each place once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from knowledge.document import Document
from knowledge.sentences import sentences

from .evidence import Evidence
from .expected import form_asked
from .model import Citation, Question

_AS_TELLING = 0.5  # share of the best sentence's evidence that one of the right form must have


def showing_form(question: Question, lead: Citation, document: Document, evidence: Evidence) -> Citation:
    """Quote the sentence of the same passage that has the form asked for, where it is about as telling."""
    form = form_asked(question)
    if form is None or form.shows(lead.quote):
        return lead
    start = document.text.find(lead.passage)
    if start < 0:
        return lead
    least = _AS_TELLING * evidence.score(lead.quote)
    showing = [
        span
        for span in sentences(document.text, start, start + len(lead.passage))
        if form.shows(span.of(document.text)) and evidence.score(span.of(document.text)) >= least
    ]
    if not showing:
        return lead
    best = max(showing, key=lambda span: (evidence.score(span.of(document.text)), -span.start))
    return replace(
        lead,
        section=document.section_at(best.start).cite,
        quote=best.of(document.text),
        start=best.start,
        end=best.end,
    )


def distinct(citations: Sequence[Citation], most: int) -> list[Citation]:
    """Keep the first `most` citations, one a stretch of text: a fact's words and the hit around them are one place."""
    kept: list[Citation] = []
    for citation in citations:
        if not any(
            citation.document == other.document and citation.start < other.end and other.start < citation.end
            for other in kept
        ):
            kept.append(citation)
    return kept[:most]
