"""How answers name places and documents in Vietnamese."""

from __future__ import annotations

import re

from knowledge.document import Document
from knowledge.wording import say_place as say_place  # answers and findings name a place alike

_SUBJECT = 80  # characters of a subject that are enough to know the document by


def say_document(document: Document) -> str:
    """Return kind, number, issuer and date of `document` in one phrase, as far as it has them."""
    header = document.header
    kind = (header.kind or "văn bản").capitalize()
    words = f"{kind} {header.symbol}" if header.symbol else kind
    if not header.symbol and header.subject and not header.date:  # nothing else tells it from others of its kind
        words += f" “{one_line(plain(header.subject), _SUBJECT)}”"
    elif not (header.symbol or header.subject or header.issuer):
        words += f" {document.file}"
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
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+.!|>~-])")
_LINK = re.compile(r"!?\[([^\[\]\n]*)\]\((?:https?:|[^()\s]*[./])[^()\s]*\)")
_TAG = re.compile(r"</?(?:a|b|br|center|div|em|font|i|img|p|span|strong|sub|sup|u)(?:\s[^<>]*)?/?>", re.IGNORECASE)


def plain(quote: str) -> str:
    """Return a quotation as people read it: marks of markdown and HTML left out, blank lines as one line break."""
    bare = _EMPHASIS.sub("", _LINK.sub(r"\1", _TAG.sub("", quote)))
    return re.sub(r"\n\s*\n+", "\n", _ESCAPED.sub(r"\1", bare)).strip()
