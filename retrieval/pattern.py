"""Regular expressions for Vietnamese as it is typed: a marked letter also matches its bare form, never another mark.

"ký" matches "ký" and "ky" but not "kỳ", so one readable pattern serves text with and without diacritics and does
not confuse words for people who type them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cached_property, lru_cache
from typing import Any

from knowledge.text import fold, normalise, tone_placement

# For character classes. À to Ỹ is no range of capitals: small letters lie between them.
CAPITALS = "A-ZÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝĂĐĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"
SMALL = CAPITALS.lower()
_CAPITAL = f"[{CAPITALS}][{SMALL}]+"
# A name of two words and more, after one in small letters or a short form in capitals ("trường THCS Hoàng Lương").
# Where every word begins with a capital, names cannot be told.
NAME = re.compile(rf"\b(?P<before>[{SMALL}]+|[{CAPITALS}]{{2,}}) (?P<name>{_CAPITAL}(?: {_CAPITAL})+)(?!\w)")


def lenient(pattern: str) -> str:
    """Return `pattern` with every marked letter replaced by a class of it and its bare letter."""
    letters = []
    for char in normalise(pattern):
        bare = fold(char)
        letters.append(char if bare == char.lower() else f"[{char}{bare}]")
    return "".join(letters)


def whole_words(pattern: str) -> str:
    """Return `pattern` so that it matches whole words, its tone marks placed as in normalised text."""
    return rf"(?<![^\W_])(?:{tone_placement(pattern)})(?![^\W_])"


class Lazy:
    """A regular expression that is compiled when a text first comes that may hold a match.

    There are hundreds, and compiling them takes longer than an answer: a command that asks once waits for few of them.
    """

    def __init__(
        self,
        pattern: str,
        *,
        write: Callable[[str], str] = str,
        needs: str = "",
        flags: re.RegexFlag = re.NOFLAG,
    ) -> None:
        """Take what `write` turns into the expression, and into the quicker one that every match `needs` somewhere."""
        self._write, self._flags = write, flags
        self._pattern, self._needed = pattern, needs

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self._write(self._pattern), self._flags)

    @cached_property
    def _needs(self) -> re.Pattern[str]:
        return re.compile(self._write(self._needed), self._flags)

    def _may(self, text: str) -> bool:
        return not self._needed or self._needs.search(text) is not None

    def search(self, text: str) -> re.Match[str] | None:
        """As re.Pattern.search."""
        return self._compiled.search(text) if self._may(text) else None

    def match(self, text: str) -> re.Match[str] | None:
        """As re.Pattern.match."""
        return self._compiled.match(text) if self._may(text) else None

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """As re.Pattern.fullmatch."""
        return self._compiled.fullmatch(text) if self._may(text) else None

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """As re.Pattern.finditer."""
        return self._compiled.finditer(text) if self._may(text) else iter(())

    def findall(self, text: str) -> list[Any]:
        """As re.Pattern.findall: strings, or tuples of them."""
        return self._compiled.findall(text) if self._may(text) else []

    def sub(self, replacement: str, text: str, count: int = 0) -> str:
        """As re.Pattern.sub."""
        return self._compiled.sub(replacement, text, count) if self._may(text) else text

    def split(self, text: str) -> list[str]:
        """As re.Pattern.split, for patterns without groups."""
        return self._compiled.split(text) if self._may(text) else [text]


def _lenient_words(pattern: str) -> str:
    return lenient(whole_words(pattern))


@lru_cache(maxsize=1024)
def compiled(pattern: str, needs: str = "") -> Lazy:
    """Return a pattern written in accented lower-case Vietnamese; it matches whole words of normalised text.

    `needs`: words one of which stands in whatever it matches, where there are some.
    """
    return Lazy(pattern, write=_lenient_words, needs=needs)
