"""How much of what was asked stands in a passage: word by word, by pairs, another word for the same counting in part.

Knows nothing of ranking; a question and a snapshot in, shares 0..1 out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.lexical import LexicalIndex
from knowledge.text import bare_syllables, fold

from .model import Question, Term

if TYPE_CHECKING:
    from index.snapshot import Snapshot

FULL_WEIGHT = 0.5  # terms below are guesses, other words and carried ones: not asked to be there themselves
_FOLDED_ONLY = 0.5  # what a word counts that stands there with other marks than those typed
_SUBSTITUTE = 0.8  # … of which another word for the same stands there, the closest there is


Substitutes = tuple[tuple[tuple[str, ...], float], ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """One word, or one pair of words, that an answer should have."""

    form: str  # as it was meant: "thưởng", "khen_thưởng"
    bare: str  # without marks
    weight: float  # its weight in the question times how telling it is
    substitutes: Substitutes  # bare tokens that stand for it together, and how far


def asked_words(question: Question, snapshot: Snapshot) -> list[Asked]:
    """Return the words of `question` with their substitutes; of a question without any of full weight, all."""
    words = [term for term in question.terms if term.weight >= FULL_WEIGHT] or list(question.terms)
    return _weighed(words, _substitutes(question), snapshot)


def asked_pairs(question: Question, snapshot: Snapshot) -> list[Asked]:
    """Return the pairs of neighbouring words of `question`."""
    return _weighed([pair for pair in question.pairs if pair.weight >= FULL_WEIGHT], _substitutes(question), snapshot)


def _weighed(terms: Sequence[Term], substitutes: dict[str, Substitutes], snapshot: Snapshot) -> list[Asked]:
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


def _substitutes(question: Question) -> dict[str, Substitutes]:
    """Return for each word and each pair of words what stands for the phrase it was typed in."""
    found: dict[str, Substitutes] = {}
    for concept in question.concepts:
        instead = tuple((tuple(map(fold, one.tokens)), _SUBSTITUTE * one.strength) for one in concept.alternatives)
        for token in (*concept.words, *map("_".join, pairwise(concept.words))):
            found[token] = instead
    return found


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
    tokens = list(dict.fromkeys(token for one in asked for phrase, _ in one.substitutes for token in phrase))
    if tokens:
        instead = dict(zip(tokens, snapshot.folded.presence(tokens, rows), strict=True))
        for line, one in enumerate(asked):
            for phrase, worth in one.substitutes:
                whole = np.logical_and.reduce([instead[token] for token in phrase])
                has[line] = np.maximum(has[line], np.float32(worth) * whole)
    weights = np.array([one.weight for one in asked], np.float32)
    return np.asarray((weights @ has) / np.float32(total), dtype=np.float32)


def share_of_text(asked: Sequence[Asked], text: str) -> float:
    """Return the share of `asked` that `text` itself has, whatever its marks."""
    total = sum(one.weight for one in asked)
    words = bare_syllables(text)
    present, joined = set(words), f" {' '.join(words)} "
    found = 0.0
    for one in asked:
        if one.bare in present:
            found += one.weight
        else:
            found += one.weight * max(
                (worth for phrase, worth in one.substitutes if _said(phrase, joined)), default=0.0
            )
    return found / total if total else 0.0


def _said(phrase: Sequence[str], joined: str) -> bool:
    """Tell whether the words of `phrase`, a word or its pairs in order, stand in `joined` side by side."""
    first, *rest = phrase
    words = [*first.split("_"), *(pair.partition("_")[2] for pair in rest)]
    return f" {' '.join(words)} " in joined
