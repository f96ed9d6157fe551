r"""Which syllables stand side by side in official Vietnamese, and how often.

The table is a file (made by knowledge.make_pairs) of this form, xz-compressed, numbers little-endian:

    b"PAIRS1\n"             name and version of the format
    uint32                 bytes of the vocabulary
    UTF-8                  the vocabulary, one syllable a line, in order of code points
    uint32                 number of pairs, n
    uint32 × n             differences between neighbouring keys, keys ascending; key = first × vocabulary + second
    uint8 × n              round(8 × log2(occurrences))

Knows nothing of errors: what a strange pair means is knowledge.recognition.
"""

from __future__ import annotations

import lzma
import re
import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.text import tone_placement

FILE = Path(__file__).parent / "data" / "pairs.xz"
USUAL_TIMES, USUAL_SHARE = 20, 0.03  # what `Pairs.usual` returns was seen so often, and so large a share
_MAGIC = b"PAIRS1\n"
_PIECE = re.compile(r"[^\W\d_]+|\d+|[^\w\s]|_|\n")


@dataclass(frozen=True, slots=True)
class Token:
    """One syllable in running text."""

    word: str  # lower case, old tone placement
    typed: str  # as it stands
    start: int
    end: int


def runs(text: str) -> Iterator[list[Token]]:
    """Yield the stretches of `text` that neither punctuation, digits nor line breaks interrupt, as tokens."""
    run: list[Token] = []
    for match in _PIECE.finditer(text):
        typed = match.group()
        if typed.isalpha():
            run.append(Token(tone_placement(typed.lower()), typed, match.start(), match.end()))
        elif run:
            yield run
            run = []
    if run:
        yield run


class _Side(dict[int, dict[str, int]]):
    """What stands on one side of each syllable, by its place, with how often; made when it is first asked for."""

    def __init__(
        self, places: NDArray[np.int64], others: NDArray[np.int64], seen: NDArray[np.int64], words: Sequence[str]
    ) -> None:
        """Take a row a pair, ascending by place: the syllable's, the other's, how often."""
        self._starts = np.searchsorted(places, np.arange(len(words) + 1))
        self._others, self._seen, self._words = others.astype(np.int32), seen.astype(np.int32), words
        self.totals: list[int] = np.bincount(places, seen, len(words)).astype(np.int64).tolist()

    def __missing__(self, place: int) -> dict[str, int]:
        row = slice(self._starts[place], self._starts[place + 1])
        others = (self._words[other] for other in self._others[row].tolist())
        made = self[place] = dict(zip(others, self._seen[row].tolist(), strict=True))
        return made


class Pairs:
    """The table in memory: arrays, of which what is asked for becomes dictionaries."""

    def __init__(self, vocabulary: Sequence[str], keys: NDArray[np.int64], seen: NDArray[np.int64]) -> None:
        """Take the syllables, each once; and of each pair the key, ascending, and how often it was seen."""
        self.words = tuple(vocabulary)
        self._place = {word: place for place, word in enumerate(vocabulary)}
        firsts, seconds = np.divmod(keys, max(len(vocabulary), 1))
        by_second = np.argsort(seconds, kind="stable")
        self._after = _Side(firsts, seconds, seen, self.words)
        self._before = _Side(seconds[by_second], firsts[by_second], seen[by_second], self.words)
        self._usual: dict[tuple[str, bool], tuple[tuple[str, int], ...]] = {}

    @classmethod
    def of(cls, counts: Mapping[tuple[str, str], int]) -> Pairs:
        """Return the table of pairs with how often each was seen."""
        vocabulary, keyed = _keyed(counts)
        return cls(vocabulary, np.array([key for key, _ in keyed], np.int64), np.array([n for _, n in keyed], np.int64))

    def count(self, first: str, second: str) -> int:
        """Return how often `first second` was seen; 0 for fewer times than the table keeps."""
        place = self._place.get(first)
        return 0 if place is None else self._after[place].get(second, 0)

    def total_after(self, first: str) -> int:
        """Return how often `first` was seen before anything."""
        place = self._place.get(first)
        return 0 if place is None else self._after.totals[place]

    def total_before(self, second: str) -> int:
        """Return how often `second` was seen after anything."""
        place = self._place.get(second)
        return 0 if place is None else self._before.totals[place]

    def frequency(self, word: str) -> int:
        """Return about how often a syllable was seen."""
        return max(self.total_after(word), self.total_before(word))

    def usual(self, beside: str, *, before: bool) -> tuple[tuple[str, int], ...]:
        """Return what makes up a good share of the syllables before (or after) `beside`, with its occurrences."""
        known = self._usual.get((beside, before))
        if known is None:
            place = self._place.get(beside)
            side = self._before if before else self._after
            total = 0 if place is None else side.totals[place]
            found = () if place is None else side[place].items()
            known = tuple((word, often) for word, often in found if often >= max(USUAL_TIMES, USUAL_SHARE * total))
            self._usual[beside, before] = known
        return known

    def bound(self, first: str, second: str) -> bool:
        """Tell whether two syllables make a word: one in twenty of what stands beside either is the other."""
        seen = self.count(first, second)
        return bool(seen) and (seen * 20 >= self.total_after(first) or seen * 20 >= self.total_before(second))


def _keyed(counts: Mapping[tuple[str, str], int]) -> tuple[list[str], list[tuple[int, int]]]:
    """Return the vocabulary, in order, and (key, occurrences), ascending."""
    vocabulary = sorted({word for pair in counts for word in pair})
    place = {word: index for index, word in enumerate(vocabulary)}
    pairs = counts.items()
    return vocabulary, sorted((place[first] * len(place) + place[second], seen) for (first, second), seen in pairs)


def write(counts: Mapping[tuple[str, str], int]) -> bytes:
    """Return the file of a table."""
    vocabulary, keyed = _keyed(counts)
    keys = np.array([key for key, _ in keyed], dtype=np.int64)
    levels = np.round(8 * np.log2([seen for _, seen in keyed])).astype(np.uint8)
    words = "\n".join(vocabulary).encode()
    gaps = np.diff(keys, prepend=0).astype("<u4")
    # Byte planes of the gaps one after the other: the high bytes are nearly all zero and vanish.
    planes = gaps.view(np.uint8).reshape(-1, 4).T.tobytes()
    body = _MAGIC + struct.pack("<I", len(words)) + words + struct.pack("<I", len(keys)) + planes + levels.tobytes()
    return lzma.compress(body, preset=9 | lzma.PRESET_EXTREME)


def read(content: bytes) -> Pairs:
    """Return the table of a file, occurrences rounded as they were stored; raises ValueError for another format."""
    body = lzma.decompress(content)
    if not body.startswith(_MAGIC):
        raise ValueError("not a table of pairs of this version")
    at = len(_MAGIC)
    (length,) = struct.unpack_from("<I", body, at)
    vocabulary = body[at + 4 : at + 4 + length].decode().split("\n")
    at += 4 + length
    (number,) = struct.unpack_from("<I", body, at)
    planes = np.frombuffer(body, np.uint8, 4 * number, at + 4).reshape(4, number)
    keys = np.cumsum(np.ascontiguousarray(planes.T).view("<u4").ravel().astype(np.int64))
    levels = np.frombuffer(body, np.uint8, number, at + 4 + 4 * number)
    return Pairs(vocabulary, keys, np.round(np.exp2(levels / 8)).astype(np.int64))


@cache
def known() -> Pairs:
    """Return the shipped table, loaded at the first call."""
    return read(FILE.read_bytes())
