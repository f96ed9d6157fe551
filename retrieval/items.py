"""Numbered parts that a text speaks of one after the other: "Đợt 1: …", "Đợt 2: …"; "3.4. Nhóm đối tượng số 3, 4 …".

What stands under "Đợt 2" answers nothing about "đợt 3", whatever words it shares. Strings and sentences in, spans out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from knowledge.document import Document, Span
from knowledge.sentences import sentences
from knowledge.text import fold

_NOUNS = (
    "dot|vong|giai doan|buoc|nhom|nhom doi tuong|doi tuong|lan|hoc ky|ky|phuong an|truong hop|hang|loai|chang|luot"
    "|khoa|cum|khu vuc|vung|khoi|bang|phan thi|noi dung"
)
_NUMBER = r"(?:so )?(?P<number>\d{1,2}(?:(?:,| va) \d{1,2})*|[ivx]{1,4}|thu (?:nhat|hai|ba|tu|nam))"
_ASKED = re.compile(rf"\b(?P<noun>{_NOUNS}) {_NUMBER}\b(?! (?:thang|nam(?! \d{{4}})|ngay|nguoi|lan|%|trieu|dong|diem))")
_FEWEST = 2  # parts of one kind, of which a text speaks apart
_LONGEST_SECTION = 8000  # characters of a section that are looked through for a numbered part


Item = tuple[str, frozenset[str]]  # noun and numbers without marks: "doi tuong", {"3", "4"}


def asked_item(question: str) -> Item | None:
    """Return the numbered part that `question` names; None where it names none."""
    match = _ASKED.search(fold(" ".join(question.lower().split())))
    return (match["noun"], _numbers(match["number"])) if match else None


def narrowed(windows: Sequence[tuple[Document, Span]], question: str) -> list[Span | None]:
    """Return of each window what its section says of the numbered part that `question` names.

    None where it names none, where a section does not speak of several, and where a window before has it already.
    """
    item = asked_item(question)
    if item is None:
        return [None] * len(windows)
    found: list[Span | None] = []
    for document, within in windows:
        section = document.section_at(within.start)
        end = min(max(section.end, within.end), section.start + _LONGEST_SECTION)
        own = stretch(document.text, list(sentences(document.text, section.start, end)), item)
        found.append(own if own not in found else None)
    return found


def stretch(text: str, parts: Sequence[Span], item: Item) -> Span | None:
    """Return what the sentences `parts` of `text` say of `item`: from where it opens one to where another number does.

    None where they do not speak of several such parts, or not of this one.
    """
    noun, asked = item
    opening = re.compile(rf"\W*(?:\d[\d.]*[.)]?\s+|[a-zđ][.)]\s+)?(?:{_NOUNS} )?{noun} {_NUMBER}(?![/.\d])")
    opened = [
        (_numbers(match["number"]), index)
        for index, part in enumerate(parts)
        if (match := opening.match(fold(" ".join(part.of(text).lower().split()))))
    ]
    if len({found for found, _ in opened}) < _FEWEST:
        return None
    ends = [*(index for _, index in opened), len(parts)]
    for (found, _), (first, after) in zip(opened, pairwise(ends), strict=True):
        if asked <= found:
            return Span(parts[first].start, parts[after - 1].end)
    return None


def _numbers(words: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", words)) - {"va", "thu"}
