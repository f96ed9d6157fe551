"""Cutting long text where it hurts least: lines, sentences, clauses, words, and only then anywhere.

Knows nothing of documents: a text and two offsets in, spans out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.sentences import sentences

_Span = tuple[int, int]

_CLAUSE = re.compile(r"[;:,–](?=\s)|\n")
_SPACE = re.compile(r"\s")
_LINE = re.compile(r"[^\n]*\S[^\n]*")


def trim(text: str, start: int, end: int) -> _Span:
    """Return the span without the white space at both ends; an empty one where there is nothing else."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def cut(text: str, start: int, end: int, longest: int, *, rows: bool = False) -> list[_Span]:
    """Return spans of at most `longest` characters, in order, that hold every character but the white space between.

    Of about even length, ending where a sentence does (`rows`: where a line does), unless one is too long by itself.
    """
    start, end = trim(text, start, end)
    if start == end:
        return []
    if end - start <= longest:
        return [(start, end)]
    wholes = _lines(text, start, end) if rows else ((span.start, span.end) for span in sentences(text, start, end))
    units = [unit for whole in wholes for unit in _shorten(text, *whole, longest)]
    # Filling up greedily would leave a stub at the end; the even share lets the last piece be as telling as the rest.
    share = (end - start) / -(-(end - start) // longest)
    return _fill(units, longest, share)


def _fill(units: list[_Span], longest: int, share: float) -> list[_Span]:
    filled: list[_Span] = []
    for start, end in units:
        if filled:
            first, last = filled[-1]
            if end - first <= longest and last - first < share:
                filled[-1] = (first, end)
                continue
        filled.append((start, end))
    return filled


def _lines(text: str, start: int, end: int) -> Iterator[_Span]:
    for match in _LINE.finditer(text, start, end):
        yield trim(text, match.start(), match.end())


def _shorten(text: str, start: int, end: int, longest: int) -> Iterator[_Span]:
    """Yield a sentence whole, or in pieces that end after a clause, else at a space, else at the limit."""
    while end - start > longest:
        stop = _last(_CLAUSE, text, start, start + longest) or _last(_SPACE, text, start, start + longest)
        stop = stop or start + longest
        yield trim(text, start, stop)
        start, _ = trim(text, stop, end)
    yield start, end


def _last(pattern: re.Pattern[str], text: str, start: int, end: int) -> int | None:
    """Return the end of the last match in the second half of the range: a cut earlier than that leaves a stub."""
    # One character more is looked at, for what must follow the punctuation.
    ends = [match.end() for match in pattern.finditer(text, start + (end - start) // 2, end + 1) if match.end() <= end]
    return ends[-1] if ends else None
