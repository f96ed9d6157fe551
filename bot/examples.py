"""Questions a newcomer may try, made from what the indexed documents say. Pure: cards in, questions out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from knowledge.document import Header, ObligationKind

if TYPE_CHECKING:
    from index.card import DocumentCard


def candidates(cards: Sequence[DocumentCard]) -> Iterator[str]:
    """Yield questions that the documents should answer; neighbours ask different things of different documents."""
    left = [dict(_questions(card)) for card in cards]
    while any(left):
        asked: set[str] = set()
        for questions in filter(None, left):
            kind = next((kind for kind in questions if kind not in asked), next(iter(questions)))
            asked.add(kind)
            yield questions.pop(kind)


def _questions(card: DocumentCard) -> Iterator[tuple[str, str]]:
    """Yield kind and wording of what can be asked about one document."""
    name = _asked_name(card.header)
    if name is None:
        return
    reports = [duty for duty in card.obligations if duty.kind is ObligationKind.REPORT]
    if any(duty.when is not None and duty.when.due is not None for duty in reports):
        yield "deadline", f"Hạn báo cáo của {name} là khi nào?"
    if card.header.signer is not None and card.header.signer.name:
        yield "signer", f"Ai ký {name}?"
    if reports and reports[0].to:
        yield "addressee", f"Báo cáo theo {name} gửi về đâu?"
    if card.period is not None and card.period.due is not None:
        yield "period", f"{name[:1].upper()}{name[1:]} thực hiện đến khi nào?"
    if card.references:
        yield "bases", f"{name[:1].upper()}{name[1:]} căn cứ những văn bản nào?"


def _asked_name(header: Header) -> str | None:
    """Return the document as one would name it in a question; None when nothing tells it from others."""
    kind = header.kind or "văn bản"
    if header.symbol:
        return f"{kind} {header.symbol}"
    return f"{kind} của {header.issuer}" if header.issuer else None
