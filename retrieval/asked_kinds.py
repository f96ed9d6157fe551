"""Which kinds of documents a question names: "chỉ thị đó", "theo quyết định nào"."""

from __future__ import annotations

import re
from functools import lru_cache

from knowledge.kinds import CODELESS, KINDS
from knowledge.text import fold

# Kinds whose names are everyday words ("báo cáo", "thông báo", "chương trình", "luật", "thư") name a document only
# with a determiner or a number beside them.
_EVERYDAY = {
    "báo cáo",
    "thông báo",
    "chương trình",
    "hướng dẫn",
    "quy định",
    "thư",
    "luật",
    "hợp đồng",
    "đề án",
    "dự án",
}


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    names = sorted({*KINDS.values(), *CODELESS}, key=len, reverse=True)
    return re.compile(r"\b(" + "|".join(re.escape(fold(name)) for name in names) + r")\b(?:\s+(\S+))?(?:\s+(\S+))?")


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    return {fold(name): name for name in (*CODELESS, *KINDS.values())}


def asked_kinds(question: str) -> tuple[str, ...]:
    """Return the names of the kinds of documents `question` mentions as documents, in order, without repeats."""
    found: dict[str, None] = {}
    text, start = fold(question), 0
    while match := _pattern().search(text, start):
        name = _names()[match.group(1)]
        following = (match.group(2) or "").strip("?,.")
        pointed = following in {"nao", "do", "nay", "so", "tren", "gi"} or any(c.isdigit() for c in following)
        if name not in _EVERYDAY or pointed:
            found.setdefault(name)
        start = match.end(1)
    return tuple(found)
