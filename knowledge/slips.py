"""How one syllable turns into another under character recognition or a hurried hand.

Pairs of syllables in, a kind of slip out; knows nothing of texts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from knowledge.text import fold


@dataclass(frozen=True, slots=True)
class Suspect:
    """A stretch of text that was probably meant otherwise."""

    start: int
    end: int
    likely: str | None  # what it may have been, in lower case; None where only the doubling is certain


class Slip(IntEnum):
    """How one syllable turns into another, the likeliest first."""

    MARK = 1  # another tone or diacritic: "cô" for "cổ"
    LETTER = 2  # one letter lost, added, or taken for one that looks alike: "bìu" for "biểu", "lài" for "tài"
    VOWEL = 3  # the same consonants around another vowel: "hưởng" for "hăng"


_ALIKE = {frozenset(pair) for pair in "ao eo ec co un nm hb hn lt il it rt vy gq gy uv dc".split()}
_ONSET = re.compile(r"(?:ngh|ng|nh|gh|gi|kh|ch|ph|th|tr|qu|[bcdghklmnprstvx])?")
_CODA = re.compile(r"(?:ch|ng|nh|[cmnpt])?$")


@lru_cache(maxsize=65536)
def slip(found: str, meant: str) -> Slip | None:
    """Return how `meant` may have become `found`; None where it hardly can, or where both are spellings of one."""
    if found == meant:
        return None
    one, other = fold(found), fold(meant)
    if one == other:
        return Slip.MARK
    if one.replace("y", "i") == other.replace("y", "i"):  # "kỉ niệm" and "kỷ niệm" are both right
        return None
    if len(other) >= 3 and _one_letter(one, other):
        return Slip.LETTER
    if min(len(one), len(other)) < 3:
        return None
    same = _start(one) == _start(other) and _finish(one) == _finish(other)
    return Slip.VOWEL if same else None


def _start(word: str) -> str:
    match = _ONSET.match(word)
    return match.group() if match else ""


def _finish(word: str) -> str:
    match = _CODA.search(word)
    return match.group() if match else ""


def _one_letter(one: str, other: str) -> bool:
    if abs(len(one) - len(other)) > 1:
        return False
    short, long = sorted((one, other), key=len)
    same = next((place for place, pair in enumerate(zip(short, long, strict=False)) if pair[0] != pair[1]), len(short))
    if len(short) < len(long):
        return short[same:] == long[same + 1 :]
    return frozenset((short[same], long[same])) in _ALIKE and short[same + 1 :] == long[same + 1 :]
