"""Regular expressions for Vietnamese as it is typed: a marked letter also matches its bare form, never another mark.

"ký" matches "ký" and "ky" but not "kỳ", so one readable pattern serves text with and without diacritics and does
not confuse words for people who type them.
"""

from __future__ import annotations

import re
from functools import lru_cache

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


@lru_cache(maxsize=1024)
def compiled(pattern: str) -> re.Pattern[str]:
    """Compile a pattern written in accented lower-case Vietnamese; it matches whole words of normalised text."""
    return re.compile(rf"(?<![^\W_])(?:{lenient(tone_placement(pattern))})(?![^\W_])")
