"""From a question that was read to what is searched for: words and pairs, each with its weight.

Besides the words as they were meant: second readings, short and long forms at lower weights; other words for the same
apart from them, by concept. Knows nothing of which document is meant.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from knowledge.text import fold, syllables

from . import abbreviations, stopwords, thesaurus
from .lattice import Counts
from .model import Alternative, Concept, Term
from .reading import Reading, Word

_ALSO = 0.35  # weight of a second reading, of the short form beside the long one and the other way round
_SAID_SO = 0.5  # how close other words are still for what documents also say as it was typed
_BOUND = 0.1  # share of the passages with a word that have it beside another, from which the two are one
_CLOSE = 2.5  # how far behind the best a second reading may be, in nats


def terms(reading: Reading, counts: Counts) -> list[Term]:
    """Return what is searched for: every content word with its weight, then second readings and short forms."""
    found: list[Term] = []
    also: list[Term] = []
    for run in _runs(reading):
        weights = stopwords.weights([part for part, _ in run])
        found.extend(Term(part, weight, word.typed) for (part, word), weight in zip(run, weights, strict=True))
    for word in reading.words:
        also.extend(() if word.asks else _second(word, counts))
    if all(term.weight < 1.0 for term in found):  # all the same searched for, as what it is: hardly a question
        found = [Term(term.text, stopwords.POINTING, term.typed) for term in found]
    also.extend(_short_forms(found, counts))
    return _distinct([*found, *also])


def concepts(reading: Reading, counts: Counts) -> list[Concept]:
    """Return the stretches of the question that have other words which the index has.

    Words that ask take part: "bao lâu" is "thời hạn" though nobody looks for "bao".
    """
    parts = [(part, word) for word in reading.words for part in word.best]
    words = [part for part, _ in parts]
    found = []
    for match in thesaurus.thesaurus().matches(words, _joined(counts), marked=reading.marked):
        if any(
            word.fixed or (word.asks and match.end == match.start + 1) for _, word in parts[match.start : match.end]
        ):
            continue
        words_held = _held(words[match.start : match.end], counts)
        others = [
            Alternative(phrase, strength * (_SAID_SO if words_held else 1.0))
            for phrase, strength in match.others
            if all(map(counts.count, phrase)) and not _within(phrase, words)
        ]
        if others:
            found.append(Concept(tuple(words[match.start : match.end]), tuple(others)))
    return found


def _close(concept: Concept) -> bool:
    return any(one.strength >= thesaurus.CLOSE for one in concept.alternatives)


def _held(words: Sequence[str], counts: Counts) -> bool:
    """Tell whether documents use the very words, side by side: then others are needed less."""
    return all(map(counts.count, words)) and all(counts.pair(first, second) for first, second in pairwise(words))


def _joined(counts: Counts) -> thesaurus.Joined:
    """Tell of two words whether documents use them as one: often enough side by side for the rarer of them."""

    def joined(first: str, second: str) -> bool:
        return counts.pair(first, second) > _BOUND * min(counts.count(first), counts.count(second))

    return joined


def _within(phrase: Sequence[str], words: Sequence[str]) -> bool:
    """The question has the phrase itself."""
    return f" {' '.join(phrase)} " in f" {' '.join(words)} "


def _runs(reading: Reading) -> list[list[tuple[str, Word]]]:
    """The syllables with their words, parted by words that ask."""
    runs: list[list[tuple[str, Word]]] = [[]]
    for word in reading.words:
        if word.asks:
            runs.append([])
        else:
            runs[-1].extend((part, word) for part in word.best)
    return runs


def _second(word: Word, counts: Counts) -> list[Term]:
    if word.fixed:
        return []
    best = {fold(part) for part in word.best}
    typed = "".join(syllables(word.typed))
    second = [Term(typed, _ALSO, word.typed)] if fold(typed) not in best and counts.forms(fold(typed)) else []
    for other in word.readings[1:]:
        if other.behind <= _CLOSE:
            weight = _ALSO * math.exp(-other.behind / _CLOSE)
            second.extend(Term(part, weight, word.typed) for part in other.words if fold(part) not in best)
    return second


def _short_forms(found: Sequence[Term], counts: Counts) -> list[Term]:
    """Documents also write "ủy ban nhân dân" as "UBND"."""
    words = [term.text for term in found]
    short = []
    for start in range(len(words)):
        for end in range(start + 2, min(len(words), start + abbreviations.LONGEST) + 1):
            form = abbreviations.short_form(tuple(words[start:end]))
            if form and counts.forms(fold(form)):
                short.append(Term(form, _ALSO, " ".join(words[start:end])))
    return short


def _distinct(found: Sequence[Term]) -> list[Term]:
    """One term a word, at its greatest weight, where it first stood."""
    kept: dict[str, Term] = {}
    for term in found:
        known = kept.get(term.text)
        if known is None or known.weight < term.weight:
            kept[term.text] = term
    return list(kept.values())


def pairs(reading: Reading, counts: Counts) -> list[Term]:
    """Return the adjacent syllables of the reading, "kế_hoạch", weighted by both; words that ask part them."""
    found = []
    for run in _runs(reading):
        weights = stopwords.weights([part for part, _ in run])
        for (first, word), (second, _), one, other in zip(run, run[1:], weights, weights[1:], strict=False):
            found.append(Term(f"{first}_{second}", math.sqrt(one * other), word.typed))
    return _distinct(found)


def unknown(reading: Reading, counts: Counts, concepts: Sequence[Concept]) -> tuple[str, ...]:
    """Return the content words, as typed, that no document has: evidence against an answer.

    Words typed without marks count when no document has them with any marks either; words for which documents have
    others do not count.
    """
    said = {word for concept in concepts if _close(concept) for word in concept.words}
    return tuple(
        word.typed
        for word in reading.words
        if not word.asks
        and not stopwords.is_joining(word.best[0])
        and said.isdisjoint(word.best)
        and not any(counts.count(part) if reading.marked else counts.forms(fold(part)) for part in word.best)
    )
