"""How answers name places and documents in Vietnamese."""

from __future__ import annotations

import re

from knowledge.document import Document

_FRAME = {
    "header": "phần đầu văn bản",
    "title": "trích yếu",
    "preamble": "phần căn cứ",
    "recipients": "nơi nhận",
    "signature": "phần ký",
}
_ARTICLE = re.compile(
    r"(?:(?P<within>.+), )?Điều (?P<article>\d+[a-zđ]?)(?:\.(?P<clause>\d+[a-zđ]?))?(?:\.(?P<point>[a-zđ]))?"
)


def say_place(cite: str) -> str:
    """Return a section's citation as a sentence says it: "mục III.2", "điểm a khoản 2 Điều 5", "phần căn cứ"."""
    if cite in _FRAME:
        return _FRAME[cite]
    if match := _ARTICLE.fullmatch(cite):
        parts = [
            f"điểm {match['point']}" if match["point"] else "",
            f"khoản {match['clause']}" if match["clause"] else "",
        ]
        within = f" của {match['within']}" if match["within"] else ""
        return " ".join(part for part in [*parts, f"Điều {match['article']}"] if part) + within
    if re.match(r"(?:[IVXLC]+|\d+|[A-ZĐ]|[a-zđ])(?:\.|$|,)", cite):
        return f"mục {cite}"
    return cite


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
