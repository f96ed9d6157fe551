"""Texts → numbers of tokens, for a vocabulary of whole syllables and pairs of neighbouring ones.

What the Unigram model of `tokenizers` says of such a vocabulary, without its tree of letters, which takes 80 MB for the
shipped one and a tenth of a second to build. Knows nothing of vectors.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path

_TOKEN = re.compile("▁([^▁]+)▁(?:▁([^▁]+)▁)?")  # as index.training.vocabulary.token_of makes them


class WholeWords:
    """A vocabulary whose every token is one syllable or two."""

    def __init__(self, vocabulary: Sequence[tuple[str, float]], unknown: int) -> None:
        """Take (token, score) by number. Raises ValueError when a token is of another shape."""
        self.unknown = unknown
        # What the library takes for a letter that begins no token (its K_UNK_PENALTY below the least score).
        self._letter = min((score for _, score in vocabulary), default=0.0) - 10.0
        # word → its number and score, and the words that may stand behind it with the number and score of the two
        self._known: dict[str, tuple[int, float, dict[str, tuple[int, float]]]] = {}
        pairs: dict[str, dict[str, tuple[int, float]]] = {}
        alone: dict[str, tuple[int, float]] = {}
        for number, (token, score) in enumerate(vocabulary):
            if number == unknown:
                continue
            match = _TOKEN.fullmatch(token)
            if match is None:
                raise ValueError(token)
            first, second = match.groups()
            if second is None:
                alone[first] = number, score
            else:
                pairs.setdefault(first, {})[second] = number, score
        nobody: dict[str, tuple[int, float]] = {}
        for word in {**alone, **pairs}:
            # A word known only as the first of two scores by its letters when it stands alone.
            found = alone.get(word, (unknown, self._letter * (len(word) + 2)))
            self._known[word] = (*found, pairs.get(word, nobody))

    def encode(self, words: Sequence[str]) -> list[int]:
        """Return the tokens of normalised syllables: of all ways to cut them the best (Kudo 2018), by Viterbi."""
        before, here = 0.0, 0.0  # what the best way to cut one word fewer scores, and all words so far
        known, unknown, letter = self._known.get, self.unknown, self._letter
        ends: list[int] = []  # for every word, the token it ends …
        doubled: list[bool] = []  # … and whether that began with the word before
        behind: dict[str, tuple[int, float]] | None = None  # what may stand behind the last word
        for word in words:
            entry = known(word)
            pair = behind.get(word) if behind else None
            if entry is None:
                number, alone, behind = unknown, here + letter * (len(word) + 2), None
            else:
                number, score, behind = entry
                alone = here + score
            both = pair is not None and before + pair[1] >= alone
            if both and pair is not None:
                number, alone = pair[0], before + pair[1]
            ends.append(number)
            doubled.append(both)
            before, here = here, alone
        found: list[int] = []
        at = len(words) - 1
        while at >= 0:
            found.append(ends[at])
            at -= 2 if doubled[at] else 1
        found.reverse()
        return found


class AnyTokens:
    """Any other vocabulary, cut by the library."""

    def __init__(self, file: Path) -> None:
        from tokenizers import Tokenizer  # only those who bring another model pay

        self._tokenizer = Tokenizer.from_file(str(file))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self.unknown: int | None = self._tokenizer.token_to_id("<unk>")

    def encode(self, words: Sequence[str]) -> list[int]:
        """Return the tokens of normalised syllables."""
        return list(self._tokenizer.encode(" ".join(words), add_special_tokens=False).ids)


def load_words(file: Path) -> WholeWords | AnyTokens:
    """Return what cuts texts as the `tokenizer.json` in `file` does, given syllables that are normalised already."""
    model = json.loads(file.read_bytes())["model"]
    if model["type"] == "Unigram" and not model.get("byte_fallback"):
        try:
            return WholeWords(model["vocab"], model["unk_id"])
        except ValueError:
            pass  # tokens of another shape
    return AnyTokens(file)
