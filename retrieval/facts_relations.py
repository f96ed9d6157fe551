"""What one document does to another: "thay thế văn bản nào", "bị văn bản nào thay thế", "sửa đổi quyết định nào"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.document import Reference
from knowledge.relations import Role, roles
from knowledge.text import fold
from retrieval.fact import Fact, Meant, sentence_around
from retrieval.model import Wanted

_DOCUMENT = r"(?:van ban|quyet dinh|ke hoach|chi thi|nghi dinh|thong tu|nghi quyet|quy che|quy dinh|luat|cong van)"
_REPLACES = re.compile(
    rf"\b(?:thay the|bai bo|thay cho|thay(?! doi))\b(?: \S+){{0,3}} (?:{_DOCUMENT} nao|cai nao|gi)\b"
)
_AMENDS = re.compile(rf"\b(?:sua doi|bo sung)\b(?: \S+){{0,4}} (?:{_DOCUMENT} nao|cai nao)\b")
# What is done to it stands in a consolidated text's own words, not among what it does.
_SUFFERS = re.compile(
    r"\b(?:bi|duoc)(?: \S+){0,2} (?:thay the|bai bo|thay|sua doi|bo sung)(?: \S+){0,3} (?:boi|bang|theo)\b"
)
_VERBS = {Role.REPLACES: "thay thế", Role.AMENDS: "sửa đổi, bổ sung"}


def relation(question: str, documents: Sequence[Meant]) -> Fact | None:
    """What the best meant document that replaces (amends) any other replaces (amends)."""
    folded = fold(question)
    role = Role.REPLACES if _REPLACES.search(folded) else Role.AMENDS if _AMENDS.search(folded) else None
    if role is None or _SUFFERS.search(folded):
        return None
    for meant in documents:
        pairs = zip(meant.document.references, roles(meant.document), strict=True)
        done = [reference for reference, played in pairs if played is role]
        if done:
            named = "; ".join(dict.fromkeys(_name(reference) for reference in done))
            places = tuple(dict.fromkeys(meant.place(sentence_around(meant.document, r.start, r.end)) for r in done))
            return Fact(Wanted.PASSAGE, f"{meant.name} {_VERBS[role]}: {named}.", places[:5])
    return None


def _name(reference: Reference) -> str:
    name = f"{reference.kind or 'văn bản'} số {reference.symbol}" if reference.symbol else (reference.kind or "văn bản")
    return f"{name} ngày {reference.date.vietnamese()}" if reference.date else name
