"""Which tokens the model knows and how text is cut into them.

Tokens are whole syllables and words of two syllables ("thi đua"), each in its accented and in its folded form,
so that a question typed without diacritics has vectors of its own. The result is a plain `tokenizers` Unigram model:
whoever loads the folder with sentence-transformers gets the same tokens as this project.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tokenizers import Regex, Tokenizer, models, normalizers

from index.training.perturb import ABBREVIATIONS, EVERYDAY
from knowledge.text import fold

UNKNOWN = "<unk>"
_TELLING = 40  # occurrences from which on cohesion says something
_UNSEEN = -13.0  # score of a word that official texts hardly have: it seldom stands there by chance
EDGE = "▁"  # stands before and after every syllable, so that "91" is no part of "912" nor "chó" of "chót"


@dataclass(frozen=True, slots=True)
class Counts:
    """How often syllables and adjacent pairs occur in the texts to learn from."""

    syllables: Counter[str]
    pairs: Counter[tuple[str, str]]  # within one clause: a pair never straddles punctuation


def count(clauses: Iterable[Sequence[str]]) -> Counts:
    """Count over clauses given as lists of normalised syllables."""
    syllables: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    for clause in clauses:
        syllables.update(clause)
        pairs.update(pairwise(clause))
    return Counts(syllables, pairs)


def cohesion(pair: tuple[str, str], counts: Counts) -> float:
    """Return the normalised pointwise mutual information of a pair, -1 to 1 (Bouma 2009)."""
    total = counts.syllables.total()
    together = counts.pairs[pair] / total
    apart = counts.syllables[pair[0]] * counts.syllables[pair[1]] / total**2
    return math.log(together / apart) / -math.log(together)


def choose_tokens(
    counts: Counts, words: Collection[str], asked: Counts | None = None, least: int = 5
) -> list[tuple[str, float]]:
    """Return (token, score) for the Unigram model, the unknown token first, then the most frequent first.

    `words`: what is known to be a word, one or two syllables; other pairs are no tokens, however often seen. `asked`:
    counted over written questions, whose everyday words official texts may hardly have. `least`: a syllable seen less
    often in official texts is unknown.

    Every syllable scores -10 and every pair between -16 and -12 by its cohesion: a pair always beats its two
    syllables, and of two overlapping pairs the more cohesive wins.
    """
    syllables = [word for word, seen in counts.syllables.most_common() if seen >= least]
    tokens: dict[str, float] = {}
    said = [word for word, seen in asked.syllables.items() if seen > 1 and not word.isdigit()] if asked else []
    single = sorted({syllable for word in words for syllable in word.split()})
    for word in (*syllables, *map(fold, syllables), *_typed_words(), *said, *map(fold, said)):
        tokens.setdefault(token_of(word), -10.0)
    for word in (*single, *map(fold, single)):
        tokens.setdefault(token_of(word), -10.0)
    pairs = {word: _pair_score((first, second), counts) for word in sorted(words) for first, second in _two(word)}
    for accented in (True, False):
        for word, score in pairs.items():
            token = token_of(*word.split())
            tokens.setdefault(token if accented else fold(token), score)
    return [(UNKNOWN, -100.0), *tokens.items()]


def _two(word: str) -> Iterable[tuple[str, str]]:
    """Yield the syllables of a word of two."""
    first, *others = word.split()
    if len(others) == 1:
        yield first, others[0]


def _pair_score(pair: tuple[str, str], counts: Counts) -> float:
    seen = counts.pairs[pair] >= _TELLING
    return -16.0 + 4.0 * max(cohesion(pair, counts), 0.1) if seen else _UNSEEN


def token_of(*words: str) -> str:
    """Return the token of a syllable or of adjacent syllables: ("thi", "đua") → "▁thi▁▁đua▁"."""
    return "".join(f"{EDGE}{word}{EDGE}" for word in words)


def _typed_words() -> Iterable[str]:
    """Yield the syllables that synthetic questions are worded with, which official texts may never use."""
    says = (phrase for phrases in EVERYDAY.values() for phrase in phrases)
    for word in sorted({word for text in (*ABBREVIATIONS.values(), *says) for word in text.split()}):
        yield word
        yield fold(word)


def make_tokenizer(tokens: Sequence[tuple[str, float]]) -> Tokenizer:
    """Return a Unigram tokenizer over `tokens`, normalising as `knowledge.text.syllables` does."""
    tokenizer = Tokenizer(models.Unigram([*tokens], unk_id=0, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.NFC(),
            normalizers.Lowercase(),
            normalizers.Replace(Regex(r"[^\p{L}\p{N}]+"), " "),  # not \w: this engine counts combining marks in
            *(normalizers.Replace(Regex(new), old) for new, old in _old_tones()),
            normalizers.Strip(),
            normalizers.Replace(Regex("$"), EDGE),
            normalizers.Replace(" ", EDGE + EDGE),
            normalizers.Prepend(EDGE),
        ]
    )
    return tokenizer


def _old_tones() -> Iterable[tuple[str, str]]:
    """Yield (pattern, replacement) that move tone marks to the old place, as `knowledge.text.tone_placement` does."""
    old = "òa óa õa ỏa ọa òe óe õe ỏe ọe òy óy õy ỏy ọy ùy úy ũy ủy ụy".split()
    new = "oà oá oã oả oạ oè oé oẽ oẻ oẹ oỳ oý oỹ oỷ oỵ uỳ uý uỹ uỷ uỵ".split()
    return ((rf"(?<!q){after}(?!\w)", before) for after, before in zip(new, old, strict=True))
