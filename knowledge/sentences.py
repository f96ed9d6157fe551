"""Where sentences end in administrative Vietnamese.

Strings in, offsets out; knows nothing of sections.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.document import Span

# A full stop ends a sentence unless it belongs to a label ("1.", "II.", "a."), an initial or abbreviation
# ("V.I. Lênin", "TP. Huế", "KT. GIÁM ĐỐC", "ThS. Lan") or an ellipsis in mid-sentence.
_STOP = re.compile(r"(?:[.!?…]+[”\"’')\]]*|\./\.)(?=\s|$)|\n+")
_LABEL = re.compile(r"(?:\d{1,3}(?:\.\d{1,3})*|[IVXLC]+|[a-zđ])")
_ABBREVIATION = re.compile(r"(?:^|[\s.(])(?:[A-ZĐ]|TP|Tp|tp|KT|TM|TL|TUQ|ThS|TS|PGS|GS|BS|NXB)$")


def _ends(text: str, match: re.Match[str], begin: int) -> bool:
    """Tell whether the punctuation `match` ends the sentence that began at `begin`."""
    if match.group().startswith("\n"):
        return True
    if match.group() == ".":
        before = text[begin : match.start()]
        # … and so does one in a cell of a table: "9h50 - 10h20 | 3. Giải lao".
        if _LABEL.fullmatch(before.rpartition("|")[2].strip()) or _ABBREVIATION.search(before):
            return False
    rest = text[match.end() : match.end() + 40].lstrip(" *_")
    return not rest or not rest[0].islower()


def sentences(text: str, start: int = 0, end: int | None = None) -> Iterator[Span]:
    """Yield the sentences of `text[start:end]` in order, trimmed of outer white space.

    A line break always ends one (stitching has joined what belongs together).
    Together they hold every character that is not white space, once.
    """
    end = len(text) if end is None else end
    begin = start
    for match in _STOP.finditer(text, start, end):
        if not _ends(text, match, begin):
            continue
        yield from _trimmed(text, begin, match.end())
        begin = match.end()
    yield from _trimmed(text, begin, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield Span(start, end)
