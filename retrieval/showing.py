"""What of the passages found is shown: the sentence that has the form asked for, each place once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from knowledge.document import Document
from knowledge.sentences import sentences

from .evidence import Evidence
from .expected import Expected, form_asked
from .model import Citation, Hit, Question

if TYPE_CHECKING:
    from index.passage import Passage
    from index.snapshot import Snapshot

_CELL = 80  # characters: a line so short may be a cell of a table that lost its rows …
_CELLS = 3  # … whose figures stand in one of the next so many
_BEHIND, _BEHIND_LABELLED = 0.8, 4.0  # points by which a passage of the right form may follow, and one so labelled
# Coverage of the best passage: with less, something is asked that the document does not speak of ("bế giảng ngày nào").
_ALL_BUT_A_WORD = 0.8
# What notices call the place where an answer of this form stands: "1. Thời gian: 8 giờ 00 ngày …", "VII. HỌC PHÍ".
_TIME = r"thời gian|thời hạn|thời điểm|lịch|ngày giờ|giờ"
_LABELS = {
    "giờ": _TIME,
    "ngày, tháng": _TIME,
    "thời hạn": _TIME,
    "số ngày, tháng": _TIME,
    "địa điểm": r"địa điểm|địa chỉ|nơi",
    "số tiền": r"kinh phí|học phí|lệ phí|chi phí|mức|giá|giải thưởng|cơ cấu giải",
    "số điện thoại": r"liên hệ|liên lạc|điện thoại",
    "địa chỉ thư điện tử": r"liên hệ|liên lạc|địa chỉ|email",
}
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
    label = _LABELS.get(form.name)
    labelled = re.compile(rf"\W*(?:\w{{1,4}}[.)]\s*)?(?:{label})\b[^:\n]{{0,40}}:", re.IGNORECASE) if label else None
    showing = [
        span
        for span in sentences(document.text, start, start + len(lead.passage))
        if form.shows(words := span.of(document.text))
        and (evidence.score(words) >= least or (labelled is not None and labelled.match(words)))
    ]
    if not showing:
        return _with_its_cells(lead, document, form)
    best = max(showing, key=lambda span: (evidence.score(span.of(document.text)), -span.start))
    return replace(
        lead,
        section=document.section_at(best.start).cite,
        quote=best.of(document.text),
        start=best.start,
        end=best.end,
    )


def _with_its_cells(lead: Citation, document: Document, form: Expected) -> Citation:
    """Quote on to the cell that has the form, where a table came out as one short line a cell."""
    stop = document.text.find(lead.passage) + len(lead.passage)
    end = lead.start
    for count, cell in enumerate(sentences(document.text, lead.start, stop)):
        text = cell.of(document.text)
        if len(text) > _CELL or (cell.start >= lead.end and count > _CELLS):
            return lead
        end = cell.end
        if cell.start >= lead.end and form.shows(text):
            return replace(lead, quote=document.text[lead.start : end], end=end)
    return lead


def form_first(question: Question, hits: Sequence[Hit], snapshot: Snapshot, *, labelled_only: bool) -> list[Hit]:
    """Put first the passage of the best one's document that has the form asked for; to be asked where the best has not.

    A notice says what it is about in its title and under every heading; when and where stands under one of them, in
    words that repeat nothing of that. `labelled_only`: the best has the form, but among the legal bases, where some
    other document's date stands.
    """
    form = form_asked(question)
    if form is None or hits[0].coverage < _ALL_BUT_A_WORD:
        return list(hits)
    first = snapshot.passage(hits[0].passage)
    label = _LABELS.get(form.name)
    found: list[tuple[bool, float, int]] = []
    for place, hit in enumerate(hits[1:], 1):
        passage = snapshot.passage(hit.passage)
        behind = hits[0].points - hit.points
        if passage.document != first.document or behind > _BEHIND_LABELLED or not form.shows(passage.text):
            continue
        labelled = label is not None and _is_labelled(label, passage)
        if labelled or (behind <= _BEHIND and not labelled_only):
            found.append((labelled, hit.points, -place))
    if not found:
        return list(hits)
    chosen = -max(found)[2]
    return [hits[chosen], *hits[:chosen], *hits[chosen + 1 :]]


def _is_labelled(label: str, passage: Passage) -> bool:
    heading = passage.context.rpartition(" › ")[2]
    labelled = rf"(?im)^\W*(?:\w{{1,4}}[.)]\s*)?(?:{label})\b[^:\n]{{0,40}}:"
    return (
        re.search(labelled, passage.text) is not None
        or re.match(rf"(?i)\W*(?:\w+\W+)?(?:{label})\b", heading) is not None
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
