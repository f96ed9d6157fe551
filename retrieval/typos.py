"""What a typed word may have been meant to be: marks left out or misplaced, Telex and VNI leftovers, slips of a key.

Proposals only, each with a cost on a natural log scale; which one fits is decided by the words beside it
(retrieval.lattice). Everything proposed is a word of the index, or two of them where a space was lost.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from functools import lru_cache

from knowledge.text import fold

from .language import Language
from .lattice import Candidate, Counts
from .syllable import is_bare_syllable, is_syllable, split_tone

# Costs: how much likelier a reading must be made by its neighbours before it is believed.
_BARE = 0.1  # marks left out where nothing carries marks
_NOT_AS_TYPED = 4.0  # nothing carries marks, and every document has the word with some
_BARE_AMONG_MARKED = 2.5  # marks left out where other words have them
_MARKS = 6.0  # other marks than those typed, although what was typed is a word of the index
_MARKS_OF_ABSENT = 5.0  # … although what was typed is a possible syllable
_MISPLACED = 0.5  # other marks, and what was typed is no syllable ("ngừoi")
_TELEX = 0.5
# Another letter, or two in each other's place, where what was typed is a word of the index, only a possible syllable,
# or no word at all.
_EDIT = {"present": 6.5, "possible": 5.5, "impossible": 3.0}
_SWAP = {"present": 6.0, "possible": 4.5, "impossible": 2.0}
# More, where the question carries marks and what was typed is a word as it stands; half as much where marks alone are
# changed, which slip more often. Of questions typed right throughout 2.5 % are misread instead of 8 %, and as many
# typos are mended; of words without marks among marked ones 55 % instead of 63 % (before everyday speech was counted).
_WITH_CARE = 2.0
_SPLIT = 2.0
_LONGEST = 24  # letters; two run-together syllables with telex leftovers have fewer, and edits grow with the square
_WIDEST = 6  # candidates kept for one word
_USUAL = 2  # words of the language thought of for each way to undo a slip

_VNI_TONES = {"1": "s", "2": "f", "3": "r", "4": "x", "5": "j"}


class Forms:
    """The words with given letters: those of the index, then those of the language."""

    def __init__(self, counts: Counts, language: Language | None) -> None:
        self._counts = counts
        self._language = language

    def __call__(self, bare: str, most: int) -> tuple[str, ...]:
        """Return all words of the index written with `bare`, and of the language the `most` usual."""
        own = self._counts.forms(bare)
        return own if self._language is None else (*own, *self._language.forms(bare)[:most])

    def has(self, word: str) -> bool:
        """Tell whether `word` is one of Vietnamese: a syllable with marks, or seen without any."""
        bare = word == fold(word)
        return self._language is not None and self._language.knows(word) if bare else is_syllable(word)


def candidates(word: str, counts: Counts, language: Language | None, *, marked: bool, settled: bool) -> list[Candidate]:
    """Return the ways to read `word` (one normalised syllable), as typed first.

    `language`: also think of words that the index does not have. `marked`: the question carries diacritics.
    `settled`: its neighbours vouch for it, no slip is looked for.
    """
    if len(word) > _LONGEST:
        return [Candidate((word,), 0.0)]
    forms = Forms(counts, language)
    bare_only = not marked and not counts.count(word) and bool(forms(fold(word), 1))
    found: dict[tuple[str, ...], float] = {(word,): _NOT_AS_TYPED if bare_only else 0.0}
    if word.isalpha():
        for words, cost in _proposals(word, counts, forms, marked=marked, settled=settled):
            if cost < found.get(words, 99.0):
                found[words] = cost
    elif any(char.isalpha() for char in word):
        for words, cost in _telex(word, forms):
            found.setdefault(words, cost)
    ranked = sorted(found.items(), key=lambda item: item[1] - _usual(item[0], counts))
    kept = [Candidate(words, cost) for words, cost in ranked[:_WIDEST]]
    own = Candidate((word,), found[(word,)])
    return kept if own in kept else [own, *kept[: _WIDEST - 1]]


def _usual(words: tuple[str, ...], counts: Counts) -> float:
    return min(counts.count(word) for word in words) / (counts.passages + 1)


def _proposals(
    word: str, counts: Counts, forms: Forms, *, marked: bool, settled: bool
) -> Iterator[tuple[tuple[str, ...], float]]:
    bare = fold(word)
    if settled and word != bare:
        return
    present = counts.count(word) > 0
    possible = present or is_syllable(word)
    care = _WITH_CARE if marked and forms.has(word) else 0.0
    cost = (_MARKS if present else _MARKS_OF_ABSENT if possible else _MISPLACED) + care / 2
    if word == bare:
        cost = _BARE_AMONG_MARKED + care if marked else _BARE
    for form in forms(bare, 0 if settled and marked else _WIDEST):
        yield (form,), _MISPLACED if split_tone(form) == split_tone(word) else cost
    if settled:
        return
    if present or (not marked and forms(bare, 1)):
        standing = "present"
    else:
        standing = "possible" if is_syllable(word) else "impossible"
        yield from _telex(word, forms)
        yield from _split(bare, counts)
    if len(bare) > 2:
        yield from ((words, slip + care) for words, slip in _edits(word, bare, forms, standing))


def _telex(word: str, forms: Forms) -> Iterator[tuple[tuple[str, ...], float]]:
    """Telex or VNI keys that were not turned into marks: "thuwongr", "khen thuong73"."""
    for bare, tone in _decoded(word):
        for form in forms(bare, _WIDEST):
            _, own = split_tone(form)
            if not tone or own == tone:
                yield (form,), _TELEX


@lru_cache(maxsize=4096)
def _decoded(word: str) -> tuple[tuple[str, str], ...]:
    tone = ""
    letters = []
    for position, char in enumerate(fold(word)):
        if char in _VNI_TONES:
            tone = _VNI_TONES[char]
        elif char in "6789":  # VNI: ^, horn, breve, bar
            continue
        elif char == "w" or (position and char in "sfrxj" and _is_tone_key(fold(word), position)):
            tone = tone if char == "w" else char
        else:
            letters.append(char)
    plain = re.sub(r"(aa|ee|oo|dd)", lambda match: match.group()[0], "".join(letters))
    tone = tone or split_tone(word)[1]
    return ((plain, tone),) if plain != fold(word) and is_bare_syllable(plain) else ()


def _is_tone_key(word: str, position: int) -> bool:
    """A tone key follows a vowel somewhere; an "s" or "r" that begins the syllable is a letter."""
    return any(char in "aeiouyw" for char in word[:position])


def _split(bare: str, counts: Counts) -> Iterator[tuple[tuple[str, ...], float]]:
    """A lost space: "khenthuong" is two words that stand side by side in the index."""
    for cut in range(2, len(bare) - 1):
        if not (is_bare_syllable(bare[:cut]) and is_bare_syllable(bare[cut:])):
            continue
        for first in counts.forms(bare[:cut]):
            for second in counts.forms(bare[cut:]):
                if counts.pair(first, second):
                    yield (first, second), _SPLIT


def _edits(word: str, bare: str, forms: Forms, standing: str) -> Iterator[tuple[tuple[str, ...], float]]:
    """Words one letter away: a letter missing, doubled, replaced, or two swapped."""
    _, tone = split_tone(word)
    for other, swapped in _neighbours(bare).items():
        for form in forms(other, 0 if standing == "present" else _USUAL):
            cost = (_SWAP if swapped else _EDIT)[standing]
            if word != bare and split_tone(form)[1] != tone:
                cost += 1.0  # the marks that were typed speak against it
            yield (form,), cost


@lru_cache(maxsize=4096)
def _neighbours(bare: str) -> dict[str, bool]:
    """Possible syllables one edit away, with whether the edit swaps two letters."""
    cuts = [(bare[:i], bare[i:]) for i in range(len(bare) + 1)]
    swaps = {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
    others = {a + b[1:] for a, b in cuts if b}
    for letter in string.ascii_lowercase:
        others |= {a + letter + b for a, b in cuts} | {a + letter + b[1:] for a, b in cuts if b}
    near = {form: False for form in others if is_bare_syllable(form)}
    near.update({form: True for form in swaps if is_bare_syllable(form)})
    near.pop(bare, None)
    return near
