"""Whether letters spell a Vietnamese syllable, and how Vietnamese a text looks.

Detection of encodings and of broken text layers rests on this: the wrong decoding of a Vietnamese text is full of
letters that no syllable can have. Phonotactics only, no dictionary; knows nothing of files.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")  # huyền, sắc, ngã, hỏi, nặng

_ONSET = "(?:ngh|ng|nh|gh|gi|kh|ch|ph|th|tr|qu|b|c|d|đ|g|h|k|l|m|n|p|r|s|t|v|x)?"
# Rhymes that end in a vowel or a glide, then the nuclei that take a final consonant.
_OPEN = (
    "uyêu|oai|oay|oao|oeo|uây|uyu|uya|uôi|ươi|ươu|iêu|yêu|uyê|ai|ay|ao|au|ây|âu|eo|êu|iu|oi|ôi|ơi|ui|ưi|ưu|ia|ya|ua|ưa"
    "|oa|oe|uê|uơ|uy|a|e|ê|i|o|ô|ơ|u|ư|y"
)
_NUCLEUS = "uyê|oă|oa|oe|oo|uâ|uê|uy|iê|yê|uô|ươ|a|ă|â|e|ê|i|o|ô|ơ|u|ư|y"
_CODA = "ch|ng|nh|c|k|m|n|p|t"  # k in names of places: Đắk Lắk
_SYLLABLE = re.compile(f"{_ONSET}(?:(?:{_OPEN})|(?:{_NUCLEUS})(?:{_CODA}))")
# "gì", "giữ", "gìn": the i of gi is the vowel itself.
_GI = re.compile(f"gi(?:{_CODA})?")

_WORD = re.compile(r"[^\s\"'“”‘’()\[\]{}<>.,;:!?/|*_…–—-]+")


@lru_cache(maxsize=65536)
def is_syllable(word: str) -> bool:
    """Tell whether `word` is spelled as a Vietnamese syllable may be, in any case, with at most one tone mark."""
    plain, tones = _TONES.subn("", unicodedata.normalize("NFD", word.lower()))
    if tones > 1:
        return False
    plain = unicodedata.normalize("NFC", plain)
    return bool(_SYLLABLE.fullmatch(plain) or _GI.fullmatch(plain))


def _words(text: str) -> list[str]:
    return _WORD.findall(text)


def accented_share(text: str) -> tuple[int, int]:
    """Return (words with non-ASCII characters that are syllables, words with non-ASCII characters).

    Plain ASCII words are the same in every legacy encoding and tell nothing.
    """
    accented = [word for word in _words(text) if not word.isascii()]
    return sum(map(is_syllable, accented)), len(accented)


def vietnamese_share(text: str) -> float:
    """Return the share of the words of letters in `text` that are Vietnamese syllables, 0.0 for no words at all."""
    words = [word for word in _words(text) if not word.isdigit()]
    return sum(map(is_syllable, words)) / len(words) if words else 0.0


def diacritic_share(text: str) -> float:
    """Return the share of words that carry a Vietnamese letter; real Vietnamese prose has about three in four."""
    words = [word for word in _words(text) if not word.isdigit()]
    return sum(1 for word in words if not word.isascii() and is_syllable(word)) / len(words) if words else 0.0
