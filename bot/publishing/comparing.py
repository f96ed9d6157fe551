"""Two documents beside each other: a new version and the one before, what replaces and what is replaced, what amends.

Functions of analysed documents, values in and words out.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from bot import wording
from knowledge.document import NUMBERED_SECTIONS, Document, Section, SectionKind
from knowledge.related import jaccard, shingles
from retrieval.wording import one_line

_NAMED, _AMENDED = 4, 4  # places that are named, of one kind of change; amended places that are quoted
_QUOTED = 110  # characters
# "Sửa đổi, bổ sung điểm b khoản 2 Điều 5 …", "Bãi bỏ Điều 7"; not the article's own heading, "Điều 1. Sửa đổi …".
_ALTERS = re.compile(r"(?:sửa đổi|bổ sung|thay thế|bãi bỏ|hủy bỏ|huỷ bỏ|đính chính|điều chỉnh)[^\n]*", re.IGNORECASE)
_PLACE = re.compile(
    r"(?:điểm\s+(?P<point>[a-zđ])\s*,?\s+)?(?:khoản\s+(?P<clause>\d+)\s*,?\s+)?"
    r"(?:điều\s+(?P<article>\d+[a-zđ]?)|mục\s+(?P<heading>[ivx]+(?:\.\d+)*))\b(?!\s*\.\s)",
    re.IGNORECASE,
)


def changes(before: Document, after: Document) -> str:
    """Return what is different between two versions, in words: "2 mục sửa (II.1, II.3), 1 nhiệm vụ mới"."""
    old, new = _texts(before), _texts(after)
    altered = [path for path in new if path in old and old[path] != new[path]]
    parts = [
        _counted(after, altered, "mục sửa"),
        _counted(after, [path for path in new if path not in old], "mục thêm"),
        _counted(before, [path for path in old if path not in new], "mục bỏ"),
        *_duties(before, after),
    ]
    return ", ".join(part for part in parts if part) or "nội dung không đổi"


def replaced(before: Document, after: Document) -> str:
    """Return how a document compares with the one it replaces, in words: "giống 62 %, 1 nhiệm vụ mới"."""
    vocabulary: dict[str, int] = {}
    alike = jaccard(shingles(before, vocabulary), shingles(after, vocabulary))
    return ", ".join([f"giống {100 * alike:.0f} %", *(part for part in _duties(before, after) if part)])


def amended(before: Document, after: Document) -> Iterator[str]:
    """Yield the places of `before` that `after` changes, each with what it says now."""
    by_cite = {one.cite.lower(): one for one in reversed(before.sections) if one.kind in NUMBERED_SECTIONS}
    found: dict[int, Section] = {}
    for said in _ALTERS.finditer(after.text):
        for place in _PLACE.finditer(said.group()):
            section = by_cite.get(_cite(place))
            if section is not None:
                found[section.index] = section
    for section in list(found.values())[:_AMENDED]:
        span = before.subtree(section.index)
        now = one_line(before.text[span.start : span.end].replace("**", ""), _QUOTED)
        yield f"{wording.place(section.cite)} đang ghi: “{now}”"
    if len(found) > _AMENDED:
        yield f"và {len(found) - _AMENDED} chỗ nữa"


def _cite(place: re.Match[str]) -> str:
    """Return how a place that is mentioned is cited, in small letters: "khoản 2 Điều 5" as "điều 5.2"."""
    base = f"điều {place['article']}" if place["article"] else place["heading"]
    return ".".join(part for part in (base, place["clause"], place["point"]) if part).lower()


def _texts(document: Document) -> dict[str, str]:
    return {one.path: " ".join(document.text[one.start : one.end].split()) for one in document.sections}


def _counted(document: Document, paths: Collection[str], what: str) -> str:
    if not paths:
        return ""
    cites = dict.fromkeys(
        one.cite for one in document.sections if one.path in paths and one.kind is not SectionKind.NOISE
    )
    named = [wording.place(cite) for cite in cites]
    more = ", …" if len(named) > _NAMED else ""
    return f"{len(paths)} {what} ({', '.join(named[:_NAMED])}{more})"


def _duties(before: Document, after: Document) -> tuple[str, str]:
    """Return how many duties came and went, in words; "" for none."""
    had, has = _stated(before), _stated(after)
    new, gone = len(has - had), len(had - has)
    return f"{new} nhiệm vụ mới" if new else "", f"{gone} nhiệm vụ không còn" if gone else ""


def _stated(document: Document) -> set[tuple[str, str, str]]:
    return {(one.who or "", one.what, one.when.text if one.when else "") for one in document.obligations}
