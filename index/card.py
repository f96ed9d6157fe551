"""The card of a document: what lists, filters and facts need, without its text."""

from __future__ import annotations

import json
from dataclasses import dataclass

from knowledge import codec
from knowledge.document import Document, Finding, Header, Obligation, Reference, TimePhrase


@dataclass(frozen=True, slots=True)
class StoredCard:
    """A card as it is stored: without its place, which changes from snapshot to snapshot."""

    key: str  # stable through all versions of the document
    file: str  # base name of the source file
    digest: str  # sha256 of the file's bytes, hex
    header: Header
    period: TimePhrase | None
    obligations: tuple[Obligation, ...]
    references: tuple[Reference, ...]
    findings: tuple[Finding, ...]
    sections: int  # how many it has


@dataclass(frozen=True, slots=True)
class DocumentCard(StoredCard):
    """A document of a snapshot, without its text."""

    first: int  # its passages are [first, last) of the snapshot
    last: int


def card_of(document: Document, key: str) -> StoredCard:
    """Return the card of `document`."""
    return StoredCard(
        key=key,
        file=document.file,
        digest=document.digest,
        header=document.header,
        period=document.period,
        obligations=document.obligations,
        references=document.references,
        findings=document.findings,
        sections=len(document.sections),
    )


def place(card: StoredCard, first: int, last: int, others: tuple[Finding, ...]) -> DocumentCard:
    """Return `card` in one snapshot: with its passages' range and the findings that `others` cause."""
    return DocumentCard(
        key=card.key,
        file=card.file,
        digest=card.digest,
        header=card.header,
        period=card.period,
        obligations=card.obligations,
        references=card.references,
        findings=card.findings + others,
        sections=card.sections,
        first=first,
        last=last,
    )


def dumps(card: StoredCard) -> bytes:
    """Return `card` as compact JSON."""
    return json.dumps(codec.encode(card), ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def loads(record: bytes) -> StoredCard:
    """Return the card that `dumps` wrote. Raises StoredAnalysisError when it is of another format."""
    return codec.decode(StoredCard, json.loads(record))
