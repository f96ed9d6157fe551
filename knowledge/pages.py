"""Pages whose recognised words are doubtful: where each stands in the text, and which they were of a stored document.

A page's words are found again in the whole text by runs of words that occur once: stitching joins sentences over page
breaks and leaves furniture out, but moves nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from knowledge.document import Finding, FindingKind, Span

_RUN = 4  # words: rarely twice in a document
_LITTLE = 12  # characters
_WORD = re.compile(r"\w+")
_NUMBERS = re.compile(r"Trang ([\d, ]+):")


@dataclass(frozen=True, slots=True)
class DoubtfulPage:
    """A page to be compared with its picture."""

    number: int  # from 1
    span: Span | None  # of what was read there, in Document.text; None where it cannot be told


def find_pages(text: str, pages: Sequence[str | None]) -> tuple[Span | None, ...]:
    """Return where the words of each page stand in `text`; None for a page that is None, or not found again."""
    if not any(pages):  # most documents were never recognised
        return (None,) * len(pages)
    words = list(_WORD.finditer(text))  # folded one by one: folding a text may change its length
    once = _once([word.group().casefold() for word in words])
    found: list[Span | None] = []
    for page in pages:
        own = [word.casefold() for word in _WORD.findall(page or "")]
        places = [once[run] for run in _runs(own) if once.get(run) is not None]
        # What stands on every page (a stamp read as words, a heading cited elsewhere) may be found far away.
        near = [place for place in places if abs(place - median(places)) <= len(own)]
        last = min(max(near) + _RUN, len(words)) - 1 if near else 0
        found.append(_lines(text, words[min(near)].start(), words[last].end()) if near else None)
    return tuple(found)


def _lines(text: str, start: int, end: int) -> Span:
    """Return the span up to the ends of its lines, where little is missing: "1. ", a full stop."""
    first = text.rfind("\n", 0, start) + 1
    last = end + len(text[end:].partition("\n")[0])
    return Span(first if start - first <= _LITTLE else start, last if last - end <= _LITTLE else end)


def _runs(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    for at in range(len(words) - _RUN + 1):
        yield tuple(words[at : at + _RUN])


def _once(words: Sequence[str]) -> dict[tuple[str, ...], int]:
    """Return where each run stands that occurs only once."""
    places: dict[tuple[str, ...], int] = {}
    twice: set[tuple[str, ...]] = set()
    for at, run in enumerate(_runs(words)):
        if run in places:
            twice.add(run)
        places[run] = at
    return {run: at for run, at in places.items() if run not in twice}


def doubtful_pages(findings: Iterable[Finding]) -> tuple[DoubtfulPage, ...]:
    """Return the pages that findings of a document call doubtful, in order."""
    pages: dict[int, Span | None] = {}
    for one in findings:
        named = _NUMBERS.match(one.message) if one.kind is FindingKind.LOW_CONFIDENCE else None
        numbers = [int(number) for number in named[1].split(",") if number.strip().isdecimal()] if named else []
        whole = one.start is not None and one.end is not None and len(numbers) == 1
        for number in numbers:
            pages[number] = Span(one.start or 0, one.end or 0) if whole else None
    return tuple(DoubtfulPage(number, pages[number]) for number in sorted(pages))
