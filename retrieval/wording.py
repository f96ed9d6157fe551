"""How answers name places and documents in Vietnamese."""

from __future__ import annotations

import re

from knowledge.document import Document
from knowledge.wording import say_place as say_place  # answers and findings name a place alike


def say_document(document: Document) -> str:
    """Return kind, number, issuer and date of `document` in one phrase, as far as it has them."""
    header = document.header
    kind = (header.kind or "văn bản").capitalize()
    words = f"{kind} {header.symbol}" if header.symbol else kind
    if header.issuer:
        words += f" của {header.issuer}"
    if header.date is not None:
        words += f" ngày {header.date.vietnamese()}" if header.date.whole else f" ({header.date.vietnamese()})"
    return words


def one_line(text: str, limit: int = 160) -> str:
    """Return `text` on one line, cut at a word with an ellipsis when longer than `limit` characters."""
    text = " ".join(text.split())
    if len(text) <= limit:
        return text
    return text[: limit - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"


_EMPHASIS = re.compile(r"\*{1,3}(?=\S)|(?<=\S)\*{1,3}")


def plain(quote: str) -> str:
    """Return a quotation as people read it: markdown's stars left out, runs of blank lines as one line break."""
    return re.sub(r"\n\s*\n+", "\n", _EMPHASIS.sub("", quote)).strip()
