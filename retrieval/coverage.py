"""How much of what was asked stands in a passage: word by word, by pairs, another word for the same counting in part.

Knows nothing of ranking; a question and a snapshot in, shares 0..1 out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.lexical import LexicalIndex
from knowledge.text import fold, syllables

from .model import Question, Term

if TYPE_CHECKING:
    from index.snapshot import Snapshot

FULL_WEIGHT = 0.5  # terms below are guesses, other words and carried ones: not asked to be there themselves
_FOLDED_ONLY = 0.5  # what a word counts that stands there with other marks than those typed
_SUBSTITUTE = 0.7  # … of which another word for the same stands there


@dataclass(frozen=True, slots=True)
class Asked:
    """One word, or one pair of words, that an answer should have."""

    form: str  # as it was meant: "thưởng", "khen_thưởng"
    bare: str  # without marks
    weight: float  # its weight in the question times how telling it is
    substitutes: tuple[str, ...]  # bare words and pairs that stand for it


def asked_words(question: Question, snapshot: Snapshot) -> list[Asked]:
    """Return the words of `question` with their substitutes; of a question without any of full weight, all."""
    words = [term for term in question.terms if term.weight >= FULL_WEIGHT] or list(question.terms)
    return _weighed(words, _substitutes(question), snapshot)


def asked_pairs(question: Question, snapshot: Snapshot) -> list[Asked]:
    """Return the pairs of neighbouring words of `question`."""
    return _weighed([pair for pair in question.pairs if pair.weight >= FULL_WEIGHT], {}, snapshot)


def _weighed(terms: Sequence[Term], substitutes: dict[str, tuple[str, ...]], snapshot: Snapshot) -> list[Asked]:
    bare = [fold(term.text) for term in terms]
    rarity = _rarity(snapshot.folded, bare)
    return [
        Asked(term.text, form, term.weight * float(telling), substitutes.get(term.text, ()))
        for term, form, telling in zip(terms, bare, rarity, strict=True)
    ]


def _rarity(index: LexicalIndex, tokens: Sequence[str]) -> NDArray[np.float32]:
    """How telling tokens are: inverse document frequency, flattened so that one rare word is not everything."""
    held = index.frequencies(tokens)
    return np.sqrt(np.log(1 + (len(index) + 1) / (held + 0.5))).astype(np.float32)


def _substitutes(question: Question) -> dict[str, tuple[str, ...]]:
    """Return for each word what stands for the phrase it was typed in; a pair where the other word is two."""
    found: dict[str, list[str]] = {}
    other = [term for term in question.pairs if _is_other(term)]
    within = {part for pair in other for part in pair.text.split("_")}
    other += [term for term in question.terms if _is_other(term) and term.text not in within]
    for term in other:
        for word in syllables(term.typed):
            found.setdefault(word, []).append(fold(term.text))
    return {word: tuple(tokens) for word, tokens in found.items()}


def _is_other(term: Term) -> bool:
    """Not typed: none of its words is one of those it stands for."""
    return term.weight < FULL_WEIGHT and not set(term.text.split("_")) & set(syllables(term.typed))


def share(asked: Sequence[Asked], snapshot: Snapshot, rows: NDArray[np.int64], *, trusted: bool) -> NDArray[np.float32]:
    """Return float32 [len(rows)]: the share of `asked` that each passage with its context has.

    `trusted`: the marks were typed, so a word with other marks counts in part.
    """
    total = sum(one.weight for one in asked)
    if not total:
        return np.zeros(len(rows), dtype=np.float32)
    has = snapshot.folded.presence([one.bare for one in asked], rows).astype(np.float32)
    if trusted:
        exact = snapshot.accented.presence([one.form for one in asked], rows)
        has = np.where(exact, np.float32(1.0), np.float32(_FOLDED_ONLY) * has)
    tokens = list(dict.fromkeys(token for one in asked for token in one.substitutes))
    if tokens:
        instead = dict(zip(tokens, snapshot.folded.presence(tokens, rows), strict=True))
        for line, one in enumerate(asked):
            for token in one.substitutes:
                has[line] = np.maximum(has[line], np.float32(_SUBSTITUTE) * instead[token])
    weights = np.array([one.weight for one in asked], np.float32)
    return np.asarray((weights @ has) / np.float32(total), dtype=np.float32)


def share_of_text(asked: Sequence[Asked], text: str) -> float:
    """Return the share of `asked` that `text` itself has, whatever its marks."""
    total = sum(one.weight for one in asked)
    words = [fold(word) for word in syllables(text)]
    present, joined = set(words), f" {' '.join(words)} "
    found = 0.0
    for one in asked:
        if one.bare in present:
            found += one.weight
        elif any(f" {token.replace('_', ' ')} " in joined for token in one.substitutes):
            found += _SUBSTITUTE * one.weight
    return found / total if total else 0.0
