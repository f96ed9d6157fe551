"""Questions a newcomer may try, made from what the indexed documents say. Pure: cards in, questions out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING

from knowledge.document import Header, ObligationKind

if TYPE_CHECKING:
    from index.card import DocumentCard


def examples(cards: Sequence[DocumentCard], most: int = 4) -> tuple[str, ...]:
    """Return up to `most` questions that the documents answer, of different kinds and over different documents."""
    # The nth document starts with its nth kind of question, so that the first few differ in both.
    each = [_rotated(list(_questions(card)), number) for number, card in enumerate(cards)]
    mixed = [question for row in zip_longest(*each) for question in row if question]
    return tuple(dict.fromkeys(mixed))[:most]


def _questions(card: DocumentCard) -> Iterator[str]:
    name = _asked_name(card.header)
    if name is None:
        return
    reports = [duty for duty in card.obligations if duty.kind is ObligationKind.REPORT]
    if any(duty.when is not None and duty.when.due is not None for duty in reports):
        yield f"Hạn báo cáo của {name} là khi nào?"
    if card.header.signer is not None and card.header.signer.name:
        yield f"Ai ký {name}?"
    if reports and reports[0].to:
        yield f"Báo cáo theo {name} gửi về đâu?"
    if card.period is not None and card.period.due is not None:
        yield f"{name[:1].upper()}{name[1:]} thực hiện đến khi nào?"
    if card.references:
        yield f"{name[:1].upper()}{name[1:]} căn cứ những văn bản nào?"


def _asked_name(header: Header) -> str | None:
    """Return the document as one would name it in a question; None when nothing tells it from others."""
    kind = header.kind or "văn bản"
    if header.symbol:
        return f"{kind} {header.symbol}"
    return f"{kind} của {header.issuer}" if header.issuer else None


def _rotated(items: list[str], by: int) -> list[str]:
    by = by % len(items) if items else 0
    return items[by:] + items[:by]
