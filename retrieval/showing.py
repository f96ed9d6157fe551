"""The sentence of a passage that has the form asked for: the percentage, the amount, the date."""

from __future__ import annotations

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
