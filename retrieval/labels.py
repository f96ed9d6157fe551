"""Numbered things a question is about: "Điều 45", "Phụ lục V", "đợt 3", "bão số 5".

What the documents say of đợt 2 is no answer to a question about đợt 3, however alike the words are.
"""

from __future__ import annotations

import re

from knowledge.text import fold

_NUMBER = r"(?:\d{1,3}|[ivx]{1,5})"
_LABELLED = re.compile(
    r"\b(?P<label>dieu|khoan|phu luc|mau(?: so)?|chuong|dot|bao so|ky hop thu|lan thu|khoa|hang|tieu chi so|buoc)"
    rf" (?P<number>{_NUMBER})(?![\w/.-]*[/-])\b"
)


def missing_label(question: str, text: str) -> str | None:
    """Return the first numbered thing that `question` names and `text` does not, as typed; None when all stand."""
    folded, known = fold(question), " ".join(fold(text).split())
    for match in _LABELLED.finditer(folded):
        label = match["label"].removesuffix(" so")
        if re.search(rf"\b{label}\b", known) is None and label not in ("dieu", "khoan", "phu luc", "chuong"):
            continue  # the document has no such numbered things at all: the word was meant otherwise
        if re.search(rf"\b{label}(?: so)? 0?{match['number']}\b", known) is None:
            if label == "khoan" and re.search(rf"(?m)^\s*{match['number']}\.", text):
                continue
            return question[match.start() : match.end()]
    return None
