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
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

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


class Pairs:
    """The table in memory."""

    def __init__(self, counts: Mapping[tuple[str, str], int]) -> None:
        self.after: dict[str, dict[str, int]] = defaultdict(dict)  # first → second → occurrences
        self.before: dict[str, dict[str, int]] = defaultdict(dict)  # second → first → occurrences
        for (first, second), seen in counts.items():
            self.after[first][second] = seen
            self.before[second][first] = seen
        self._after_total = {word: sum(found.values()) for word, found in self.after.items()}
        self._before_total = {word: sum(found.values()) for word, found in self.before.items()}
        self._usual: dict[tuple[str, bool], tuple[tuple[str, int], ...]] = {}

    def count(self, first: str, second: str) -> int:
        """Return how often `first second` was seen; 0 for fewer times than the table keeps."""
        return self.after.get(first, {}).get(second, 0)

    def total_after(self, first: str) -> int:
        """Return how often `first` was seen before anything."""
        return self._after_total.get(first, 0)

    def total_before(self, second: str) -> int:
        """Return how often `second` was seen after anything."""
        return self._before_total.get(second, 0)

    def frequency(self, word: str) -> int:
        """Return about how often a syllable was seen."""
        return max(self.total_after(word), self.total_before(word))

    def usual(self, beside: str, *, before: bool) -> tuple[tuple[str, int], ...]:
        """Return what makes up a good share of the syllables before (or after) `beside`, with its occurrences."""
        known = self._usual.get((beside, before))
        if known is None:
            table = self.before if before else self.after
            total = self.total_before(beside) if before else self.total_after(beside)
            found = table.get(beside, {}).items()
            known = tuple((word, often) for word, often in found if often >= max(USUAL_TIMES, USUAL_SHARE * total))
            self._usual[beside, before] = known
        return known

    def bound(self, first: str, second: str) -> bool:
        """Tell whether two syllables make a word: one in twenty of what stands beside either is the other."""
        seen = self.count(first, second)
        return bool(seen) and (seen * 20 >= self.total_after(first) or seen * 20 >= self.total_before(second))


def write(counts: Mapping[tuple[str, str], int]) -> bytes:
    """Return the file of a table."""
    vocabulary = sorted({word for pair in counts for word in pair})
    place = {word: index for index, word in enumerate(vocabulary)}
    keyed = sorted((place[first] * len(vocabulary) + place[second], seen) for (first, second), seen in counts.items())
    keys = np.array([key for key, _ in keyed], dtype=np.int64)
    levels = np.round(8 * np.log2([seen for _, seen in keyed])).astype(np.uint8)
    words = "\n".join(vocabulary).encode()
    gaps = np.diff(keys, prepend=0).astype("<u4")
    # Byte planes of the gaps one after the other: the high bytes are nearly all zero and vanish.
    planes = gaps.view(np.uint8).reshape(-1, 4).T.tobytes()
    body = _MAGIC + struct.pack("<I", len(words)) + words + struct.pack("<I", len(keys)) + planes + levels.tobytes()
    return lzma.compress(body, preset=9 | lzma.PRESET_EXTREME)


def read(content: bytes) -> dict[tuple[str, str], int]:
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
    firsts, seconds = np.divmod(keys, len(vocabulary))
    counts = np.round(np.exp2(levels / 8)).astype(np.int64)
    return {
        (vocabulary[first], vocabulary[second]): seen
        for first, second, seen in zip(firsts.tolist(), seconds.tolist(), counts.tolist(), strict=True)
    }


@cache
def known() -> Pairs:
    """Return the shipped table, loaded at the first call."""
    return Pairs(read(FILE.read_bytes()))
