"""The passage: what is searched, scored and quoted."""

from __future__ import annotations

from dataclasses import dataclass

LONGEST = 1200  # characters of a passage: what the command-line contract promises, and what a chat message bears


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of one document that makes sense alone, with the context that places it."""

    id: str  # stable while the document's text is: "<document digest, 12 hex>:<start>-<end>"
    document: int  # position in Snapshot.documents
    cite: str  # Section.cite of where it stands: "III.2", "Điều 5.2.a", "preamble"
    # Kind, symbol, issuer, subject, abbreviations in it spelt out, then the headings above it, joined by " › ".
    context: str
    text: str  # verbatim Document.text[start:end], at most 1,200 characters
    start: int
    end: int
