"""Text → tokens the grammar of time reads: syllables, numbers, marks, each with its place in the text.

Knows nothing of dates: that is `knowledge.time_grammar`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from knowledge.text import tone_placement

NUMBER = "#"  # stands for any number in the sets of first words
BREAK = "¶"  # between two paragraphs or before a new item: no phrase runs across

# A newline before a label or a bullet begins a new item; any other single newline may fall inside a phrase.
_BREAK = r"\n[^\S\n]*\n\s*|\n[^\S\n]*(?=(?:\d{1,2}|[a-zđ]|[IVX]{1,4})[.)]\s|[-+•*–]\s)|[.?!;]\s*\n\s*"
_DIGIT_O = r"(?<![^\W_])[OoIl]\d(?=\s?/\s?\d)|(?<!\d)\d[OoIl](?=\s?/\s?\d)"  # "O5/12/2025" from recognition
_TOKEN = re.compile(rf"(?P<brk>{_BREAK})|(?P<fix>{_DIGIT_O})|(?P<num>\d+)|(?P<word>(?:[^\W\d_][\u0300-\u036f]*)+)|\S")
_DIGITS = str.maketrans("OoIl", "0011")
_ACCENTED = re.compile(r"[^\x00-\x7f–—“”‘’…•]")  # typographic marks are no diacritics


@dataclass(frozen=True, slots=True)
class Token:
    """One syllable, number or mark."""

    key: str  # lower case, NFC, old tone placement; digits as written; the mark itself; BREAK
    number: int | None  # of a number (None also for numbers too long to be part of a time)
    digits: int  # how many digits a number has; 0 for words and marks
    start: int
    end: int
    word: bool


@dataclass(frozen=True, slots=True)
class Tokens:
    """A text cut up, and whether its words were typed without diacritics."""

    text: str
    items: tuple[Token, ...]
    plain: tuple[bool, ...]  # per token: its line has no diacritics at all

    def touches(self, index: int) -> bool:
        """Tell whether token `index` follows the one before it without a space."""
        return 0 < index < len(self.items) and self.items[index - 1].end == self.items[index].start


@lru_cache(maxsize=16384)
def _key(word: str) -> str:
    return tone_placement(word.lower())


def _token(match: re.Match[str]) -> Token:
    raw, start, end = match.group(), match.start(), match.end()
    kind = match.lastgroup
    if kind == "word":
        return Token(_key(raw), None, 0, start, end, True)
    if kind in ("num", "fix"):
        digits = raw.translate(_DIGITS)
        return Token(
            digits, int(digits) if len(digits) <= 4 and digits.isascii() else None, len(raw), start, end, False
        )
    return Token(BREAK if kind == "brk" else raw, None, 0, start, end, False)


def tokenise(text: str) -> Tokens:
    """Cut `text` into tokens; every character that is not white space belongs to exactly one of them."""
    items = tuple(_token(match) for match in _TOKEN.finditer(text))
    lines = [0, *(match.end() for match in re.finditer("\n", text)), len(text) + 1]
    plain: list[bool] = []
    line, bare = -1, False
    for token in items:
        while line + 1 < len(lines) - 1 and token.start >= lines[line + 1]:
            line += 1
            bare = not _ACCENTED.search(text, lines[line], min(lines[line + 1], len(text)))
        plain.append(bare)
    return Tokens(text, items, tuple(plain))
