"""How findings name places and documents in Vietnamese.

Values in, words out; decides nothing.
"""

from __future__ import annotations

import re

from knowledge.document import Document, Reference, Section

_FRAME = {
    "header": "phần đầu văn bản",
    "title": "trích yếu",
    "preamble": "phần căn cứ",
    "recipients": "nơi nhận",
    "signature": "phần ký",
    "noise": "phần thừa của văn bản",
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


def place(section: Section) -> str:
    """Return where `section` stands, as a sentence says it."""
    return say_place(section.cite) if section.cite else "phần đầu văn bản"


def places(sections: list[Section]) -> str:
    """Return "mục I.1", "mục I.1 và III.2", "mục I.1, II.4 và III.2", each place once."""
    named = list(dict.fromkeys(place(section) for section in sections))
    if len(named) > 1 and all(name.startswith("mục ") for name in named):
        named = [named[0], *(name.removeprefix("mục ") for name in named[1:])]
    return named[0] if len(named) == 1 else ", ".join(named[:-1]) + " và " + named[-1]


def upper_first(text: str) -> str:
    """Return `text` with its first letter large, the rest as it is."""
    return text[:1].upper() + text[1:]


def cited(document: Document, reference: Reference) -> str:
    """Return "Chỉ thị số 31-CT/TU", or the words of a mention without a symbol."""
    if reference.symbol is None:
        return " ".join(document.text[reference.start : reference.end].split())
    return f"{upper_first(reference.kind or 'văn bản')} số {reference.symbol}"


def titled(document: Document) -> str:
    """Return how a document is named to people: "Kế hoạch số 12/KH-SNV ngày 10/03/2025 (tệp ke-hoach.docx)"."""
    header = document.header
    if header.symbol:
        name = f"{upper_first(header.kind or 'văn bản')} số {header.symbol}"
        if header.date is not None and header.date.whole is not None:
            name += f" ngày {header.date.vietnamese()}"
    else:
        name = f"{upper_first(header.kind or 'văn bản')} “{header.subject}”" if header.subject else "Văn bản không số"
    return f"{name} (tệp {document.file})"
