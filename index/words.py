"""Texts → numbers of tokens, for a vocabulary of whole syllables and pairs of neighbouring ones.

What the Unigram model of `tokenizers` says of such a vocabulary, without its tree of letters, which takes 80 MB for the
shipped one and a tenth of a second to build. Knows nothing of vectors.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from itertools import chain, repeat
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Tokens = tuple[Ints, Ints]  # the tokens of all texts one behind the other, and how many each text has

# A line of tokens, as index.training.vocabulary.token_of makes them.
_TOKEN = re.compile(r"^▁([^▁\n]+)▁(?:▁([^▁\n]+)▁)?$", re.MULTILINE)
_NEW_WORD, _BETWEEN = 0, -1  # a word that is in no token; what stands between two texts, and for half a pair
_SEPARATOR = ""  # no word is empty


class WholeWords:
    """A vocabulary whose every token is one syllable or two.

    Words have numbers of their own here; two neighbours are looked for as one number in a sorted array.
    """

    def __init__(self, vocabulary: Sequence[tuple[str, float]], unknown: int) -> None:
        """Take (token, score) by number. Raises ValueError when a token is of another shape."""
        self.unknown = unknown
        # Over columns rather than token by token, for every cold start waits for it.
        tokens = np.array([number for number in range(len(vocabulary)) if number != unknown], np.int32)
        found = _TOKEN.findall("\n".join([vocabulary[number][0] for number in tokens.tolist()]))
        if len(found) != len(tokens):
            raise ValueError("a token is neither one word nor two")
        paired = np.array([second != "" for _, second in found], np.bool_)
        singles = [first for first, second in found if not second]
        pairs = [pair for pair in found if pair[1]]
        alone = dict(zip(singles, tokens[~paired].tolist(), strict=True))
        words = dict.fromkeys(chain(singles, chain.from_iterable(pairs)))
        self._number = dict(zip(words, range(_NEW_WORD + 1, _NEW_WORD + 1 + len(words)), strict=True))
        self._number[_SEPARATOR] = _BETWEEN
        self._token = np.array([unknown, *map(alone.get, words, repeat(unknown)), _BETWEEN], np.int32)
        scores = np.array([score for _, score in vocabulary])
        # What the library takes for a letter that begins no token (its K_UNK_PENALTY below the least score).
        letter = scores.min(initial=0.0) - 10.0
        single = scores[self._token[_NEW_WORD + 1 : -1]]
        for place, word in enumerate(words):
            if word not in alone:
                single[place] = letter * (len(word) + 2)
        ends = np.fromiter(map(self._number.__getitem__, chain.from_iterable(pairs)), np.int64, 2 * len(pairs))
        ends = ends.reshape(-1, 2)
        tokens = tokens[paired]
        gained = scores[tokens] - single[ends[:, 0] - 1] - single[ends[:, 1] - 1]
        keys = self._keys(ends[:, 0], ends[:, 1])
        order = np.argsort(keys)
        order = order[gained[order] >= 0]  # what two words say better one by one is never taken
        self._pairs, self._pair_token, self._gained = keys[order], tokens[order], gained[order]

    def encode(self, texts: Sequence[Sequence[str]]) -> Tokens:
        """Return the tokens of texts of normalised syllables: of all ways to cut them the best (Kudo 2018)."""
        words = [word for text in texts for word in (*text, _SEPARATOR)]
        numbers = np.fromiter(map(self._number.get, words, repeat(_NEW_WORD)), np.int64, len(words))
        tokens = self._token[numbers]
        at, pair = self._found(numbers)
        taken = _best(at, self._gained[pair])
        tokens[at[taken]] = self._pair_token[pair[taken]]
        left = np.ones(len(words), np.bool_)
        left[at[taken] + 1] = False
        ends = np.flatnonzero(numbers == _BETWEEN)
        left[ends] = False
        upto = np.cumsum(left, dtype=np.int64)[ends]
        return tokens[left].astype(np.int64), np.diff(upto, prepend=0)

    def _found(self, numbers: Ints) -> tuple[Ints, Ints]:
        """Return where two neighbours are a pair, and which."""
        if not len(self._pairs):
            return np.zeros(0, np.int64), np.zeros(0, np.int64)
        keys = self._keys(numbers[:-1], numbers[1:])
        place = np.minimum(np.searchsorted(self._pairs, keys), len(self._pairs) - 1)
        at = np.flatnonzero(self._pairs[place] == keys)
        return at, place[at]

    def _keys(self, first: Ints, second: Ints) -> Ints:
        # `_NEW_WORD` and `_BETWEEN` stand beside no word in a pair, so what they make is never found.
        return first * (len(self._token) + 1) + second


def _best(at: Ints, gained: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which of the pairs that begin at the words `at` to take, so that none share a word and the most is gained.

    Viterbi, over the few that overlap.
    """
    taken = np.ones(len(at), np.bool_)
    overlaps = np.diff(at) == 1
    for first in np.flatnonzero(overlaps & ~np.concatenate(([False], overlaps[:-1]))).tolist():
        last = first + 1
        while last < len(overlaps) and overlaps[last]:
            last += 1
        before, here = 0.0, 0.0
        ends = []
        for gain in gained[first : last + 1].tolist():
            both = before + gain >= here
            ends.append(both)
            before, here = here, before + gain if both else here
        place = last
        while place >= first:
            chosen = ends[place - first]
            taken[place] = chosen
            if chosen and place > first:
                taken[place - 1] = False
            place -= 2 if chosen else 1
    return taken


class AnyTokens:
    """Any other vocabulary, cut by the library."""

    def __init__(self, file: Path) -> None:
        from tokenizers import Tokenizer  # only those who bring another model pay

        self._tokenizer = Tokenizer.from_file(str(file))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self.unknown: int | None = self._tokenizer.token_to_id("<unk>")

    def encode(self, texts: Sequence[Sequence[str]]) -> Tokens:
        """Return the tokens of texts of normalised syllables."""
        ids = [self._tokenizer.encode(" ".join(words), add_special_tokens=False).ids for words in texts]
        flat = np.fromiter(chain.from_iterable(ids), np.int64)
        return flat, np.array([len(one) for one in ids], np.int64)


def load_words(file: Path) -> WholeWords | AnyTokens:
    """Return what cuts texts as the `tokenizer.json` in `file` does, given syllables that are normalised already."""
    model = json.loads(file.read_bytes())["model"]
    if model["type"] == "Unigram" and not model.get("byte_fallback"):
        try:
            return WholeWords(model["vocab"], model["unk_id"])
        except ValueError:
            pass  # tokens of another shape
    return AnyTokens(file)
