"""What a reader must know beside the answer: draft, expired, contradiction, inferred issuer, doubtful words.

Only where it matters: a note is about a document that is quoted, and where it is about words, about these words.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from knowledge.document import Finding, FindingKind
from knowledge.findings import expiry
from knowledge.text import fold
from retrieval.fact import name_of
from retrieval.model import Citation, Question, Wanted

if TYPE_CHECKING:
    from index.snapshot import Snapshot

_WHOLE_DOCUMENT = (FindingKind.REPLACED, FindingKind.AMENDED)
_IN_THE_WORDS = (
    FindingKind.CONTRADICTION,
    FindingKind.CITED_LATER,
    FindingKind.PERIOD_CONFLICT,
    FindingKind.RECOGNITION,
    FindingKind.LOW_CONFIDENCE,
)
_MOST_NOTES = 5


def notes_for(question: Question, citations: Sequence[Citation], snapshot: Snapshot, today: date) -> tuple[str, ...]:
    """Return the notes on the documents and words that `citations` quote, most serious first."""
    notes: dict[str, None] = {}
    for position in dict.fromkeys(citation.document for citation in citations):
        if len(notes) >= _MOST_NOTES:
            break
        quoted = [citation for citation in citations if citation.document == position]
        for note in _of_document(question, position, quoted, snapshot, today):
            notes.setdefault(note)
    return tuple(notes)[:_MOST_NOTES]


def _of_document(
    question: Question, position: int, quoted: Sequence[Citation], snapshot: Snapshot, today: date
) -> list[str]:
    document = snapshot.document(position)
    card = snapshot.documents[position]
    notes = [finding.message for finding in card.findings if finding.kind in _WHOLE_DOCUMENT]
    if (expired := expiry(document, today)) is not None:
        notes.append(expired.message)
    if document.header.is_draft:
        notes.append(f"{name_of(document)} là bản dự thảo: chưa có số hoặc chưa ghi đủ ngày ban hành.")
    if document.header.issuer_inferred and Wanted.ISSUER in question.wanted[:1]:
        notes.append(f"Cơ quan ban hành ({document.header.issuer}) được suy ra từ nội dung, bản này mất phần đầu.")
    notes += [finding.message for finding in card.findings if _concerns(finding, quoted, question)]
    return notes


def _concerns(finding: Finding, quoted: Sequence[Citation], question: Question) -> bool:
    """Tell whether a finding is about the quoted words (or about the document whose number the question names)."""
    if finding.kind not in _IN_THE_WORDS:
        return False
    if finding.start is not None and finding.end is not None:
        inside = any(c.start < finding.end and finding.start < c.end for c in quoted)
    else:
        inside = bool(finding.quote) and any(finding.quote in c.quote for c in quoted if finding.quote)
    if inside:
        return True
    named = finding.kind in (FindingKind.CONTRADICTION, FindingKind.CITED_LATER)
    return named and any(fold(symbol) in fold(finding.message) for symbol in question.symbols)
