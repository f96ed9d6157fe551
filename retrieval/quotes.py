"""The words that answer: the shortest run of sentences that accounts for the question.

Verbatim always: what comes back are offsets into the document.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import islice

from knowledge.document import Document, Span
from knowledge.sentences import sentences
from knowledge.text import bare_syllables
from retrieval.evidence import Evidence
from retrieval.labelled import label_of
from retrieval.rows import opens_group

Nearness = Callable[[Sequence[str]], Sequence[float]]  # sentences → their cosines with the question

_MEANING = 1.0  # what a cosine counts beside the words of the question that a sentence has, the best sentence's being 1
MAX_QUOTE = 900  # characters; a phone shows about that much before one has to scroll
# A neighbouring sentence is worth quoting when it brings this share of what the best one already has.
_WORTH_ADDING = 0.25
_LABELLED = 2.0  # what the words of a sentence count where its label is made of asked ones alone
_SHORT = 60  # characters: below it a "sentence" is mostly a heading or a list's lead-in


def best_quote(
    document: Document, within: Span, evidence: Evidence, *, listing: bool = False, near: Nearness | None = None
) -> Span:
    """Return the most telling run of sentences inside `within`, see `best_quotes`."""
    return best_quotes([(document, within)], evidence, listing=listing, near=near)[0]


def best_quotes(
    windows: Sequence[tuple[Document, Span]],
    evidence: Evidence,
    *,
    listing: bool = False,
    near: Nearness | None = None,
) -> list[Span]:
    """Return of each window the most telling run of sentences: by their words, and by what they mean, says `near`.

    `listing` says that the question asks for several things ("gồm những gì"): then a list is quoted whole.
    A lead-in ending in a colon is never quoted without what it leads to.
    """
    parted = [list(sentences(document.text, within.start, within.end)) for document, within in windows]
    meant = _meant(windows, parted, near) if near is not None else [None] * len(parted)
    return [
        _best_run(document, within, parts, cosines, evidence, listing=listing) if parts else within
        for (document, within), parts, cosines in zip(windows, parted, meant, strict=True)
    ]


def _meant(
    windows: Sequence[tuple[Document, Span]], parted: Sequence[Sequence[Span]], near: Nearness
) -> list[Sequence[float] | None]:
    """Return the cosines of the sentences of each window, where there is a choice; all asked for at once."""
    asked = [
        part.of(document.text)
        for (document, _), parts in zip(windows, parted, strict=True)
        if len(parts) > 1
        for part in parts
    ]
    cosines = iter(near(asked) if asked else ())
    return [[*islice(cosines, len(parts))] if len(parts) > 1 else None for parts in parted]


def _best_run(
    document: Document,
    within: Span,
    parts: Sequence[Span],
    cosines: Sequence[float] | None,
    evidence: Evidence,
    *,
    listing: bool,
) -> Span:
    scores = [_words(evidence, part.of(document.text)) / _length_penalty(part) for part in parts]
    if cosines is not None:
        most = max(scores) or 1.0
        scores = [score / most + _MEANING * cosine for score, cosine in zip(scores, cosines, strict=True)]
    best = max(range(len(parts)), key=lambda i: (scores[i], -i))
    first, last = _complete(document, parts, best, listing)
    first, last = _extend(document, parts, evidence, first, last)
    return _whole_rows(document.text, within, Span(parts[first].start, parts[last].end))


def _words(evidence: Evidence, sentence: str) -> float:
    """Return what a sentence has of the question; more where it is labelled by it: "Giải cá nhân: gồm 37 giải"."""
    score = evidence.score(sentence)
    words = set(bare_syllables(label_of(sentence)))
    # "Hạn cuối nhận bài" was asked the turn before: most of the label must be of this one.
    labelled = words and words <= evidence.weights.keys() and 2 * len(words & evidence.asked) > len(words)
    return score * _LABELLED if labelled else score


def _whole_rows(text: str, within: Span, quote: Span) -> Span:
    """Widen a quote from a table to whole rows: half a row does not say whose its figures are."""
    start = max(text.rfind("\n", within.start, quote.start) + 1, within.start)
    end = text.find("\n", quote.end, within.end)
    end = within.end if end < 0 else end
    rows = " | " in text[start : quote.start] or " | " in text[quote.end : end]
    return Span(start, end) if rows and end - start <= MAX_QUOTE else quote


def _length_penalty(part: Span) -> float:
    """Damp long sentences a little: they hold more words of any question."""
    return float(max(1.0, ((part.end - part.start) / 240) ** 0.35))


def _complete(document: Document, parts: Sequence[Span], best: int, listing: bool) -> tuple[int, int]:
    """Widen the best sentence to what makes sense alone: a list with its lead-in, a heading with its text."""
    first = last = best
    text = document.text
    if _is_bullet(text, parts[best]) and listing:
        while first > 0 and _is_bullet(text, parts[first]):
            first -= 1
    if _leads(text, parts[first]):
        last = max(last, first + 1 if first + 1 < len(parts) else first)
        while last + 1 < len(parts) and _is_bullet(text, parts[last + 1]) and _fits(parts, first, last + 1):
            last += 1
    return first, last


def _extend(document: Document, parts: Sequence[Span], evidence: Evidence, first: int, last: int) -> tuple[int, int]:
    """Add neighbours while they account for words of the question that the quote lacks."""
    text = document.text
    score = evidence.score(text[parts[first].start : parts[last].end])
    for low, high in ((first, last + 1), (first - 1, last)):
        if low < 0 or high >= len(parts) or not _fits(parts, low, high):
            continue
        wider = evidence.score(text[parts[low].start : parts[high].end])
        if wider > score * (1 + _WORTH_ADDING):
            first, last, score = min(first, low), max(last, high), wider
    return first, last


def _fits(parts: Sequence[Span], first: int, last: int) -> bool:
    return parts[last].end - parts[first].start <= MAX_QUOTE


def _leads(text: str, part: Span) -> bool:
    """Tell whether this sentence only announces the next: it ends in a colon, asks, or is a bare heading, not a row."""
    words = part.of(text).rstrip("*_ ")
    if words.endswith("?"):
        return True  # pages that answer what they ask
    if words.endswith(":") or " | " in words:
        return words.endswith(":") or opens_group(text, part.start, part.end)
    return len(words) < _SHORT and words[-1:] not in ".;!?…”"


def _is_bullet(text: str, part: Span) -> bool:
    return part.of(text).lstrip("*_ ")[:1] in ("-", "+", "•", "–")
