"""The JSON of the command line (`--json`): scripts depend on these shapes, see the README.

Values in, plain dicts out; answers are `retrieval.answer.to_json`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from bot.asking import Library

if TYPE_CHECKING:
    from index.build import BuildReport
    from index.card import DocumentCard
    from knowledge.document import Document, Finding, Obligation


def build_json(report: BuildReport) -> dict[str, Any]:
    """Return what `tdkt index --json` prints."""
    return {
        "documents": report.documents,
        "passages": report.passages,
        "added": report.added,
        "changed": report.changed,
        "removed": report.removed,
        "unchanged": report.unchanged,
        "refused": [{"file": refusal.file, "reason": refusal.reason} for refusal in report.refused],
        "seconds": round(report.seconds, 3),
    }


def document_json(card: DocumentCard, decided: Sequence[Finding] = ()) -> dict[str, Any]:
    """Return one element of `tdkt documents --json`; `decided` is what people decided on it, as findings."""
    header = card.header
    cited = [(reference.symbol, reference.date.iso() if reference.date else None) for reference in card.references]
    return {
        "file": card.file,
        "type": header.kind,
        "number": header.symbol,
        "issuer": header.issuer,
        "issuer_inferred": header.issuer_inferred,
        "place": header.place,
        "date": header.date.iso() if header.date else None,
        "title": header.title,
        "signer": header.signer.name if header.signer else None,
        "cites": [{"symbol": symbol, "date": date} for symbol, date in dict.fromkeys(cited) if symbol or date],
        "findings": [finding_json(finding) for finding in (*decided, *card.findings)],
        "sections": card.sections,
        "passages": card.last - card.first,
    }


def finding_json(finding: Finding) -> dict[str, Any]:
    """Return one element of a document's `findings`."""
    return {
        "kind": finding.kind.value,
        "section": finding.section,
        "message": finding.message,
        "quote": finding.quote,
    }


def obligations_json(library: Library) -> Iterator[dict[str, Any]]:
    """Yield the elements of `tdkt obligations --json`, document by document in reading order."""
    for position, card in enumerate(library.cards):
        if card.obligations:
            document = library.document(position)
            for obligation in card.obligations:
                yield _obligation_json(document, obligation)


def _obligation_json(document: Document, obligation: Obligation) -> dict[str, Any]:
    when = obligation.when
    return {
        "file": document.file,
        "section": document.sections[obligation.section].cite,
        "kind": obligation.kind.value,
        "who": obligation.who,
        "what": obligation.what,
        "to": obligation.to,
        "when_text": when.text if when else None,
        "due": when.due.isoformat() if when and when.due else None,
        "recurrence": when.recurrence.value if when and when.recurrence else None,
        "status": "proposed",  # until an admin confirms it; nothing is ever confirmed by the program
    }
