"""A long text in parts that a channel takes: cut at line ends, else at sentence ends, else between words.

What a character costs is the channel's to say: escaped ones cost more, most platforms count UTF-16 units. Knows
nothing of any platform.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import accumulate

from knowledge.sentences import sentences

_LONGEST_CLUSTER = 32  # characters of one visible sign that are not torn apart

# What messengers drop, or what turns the writing direction of everything after it.
_HARMFUL = re.compile("[\x00-\x08\x0b-\x1f\x7f\u2028-\u202e\u2066-\u2069]")
_INVISIBLE = re.compile(
    "[\\s\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff]*"
)


def units(text: str) -> int:
    """Return the length of `text` in UTF-16 units."""
    return len(text) + sum(char > "\uffff" for char in text)


def cleaned(text: str) -> str:
    """Return `text` without characters that no message may hold."""
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")  # half an emoji is not UTF-8
    return _HARMFUL.sub(" ", whole.replace("\r\n", "\n").replace("\r", "\n")).replace("\t", " ")


def visible(text: str) -> bool:
    """Tell whether there is anything to see: messengers refuse what is not."""
    return not _INVISIBLE.fullmatch(text)


def split(text: str, longest: int, costs: Iterable[int] | None = None) -> Iterator[str]:
    """Yield parts of `text` that cost at most `longest`; `costs` has one number a character, by default UTF-16 units.

    Only white space is lost, at the cuts.
    """
    if costs is None:
        if 2 * len(text) <= longest:  # most replies
            if part := text.strip():
                yield part
            return
        costs = (2 if char > "\uffff" else 1 for char in text)
    sums = list(accumulate(costs, initial=0))
    start = 0
    while start < len(text):
        end = start
        while end < len(text) and sums[end + 1] - sums[start] <= longest:
            end += 1
        if end < len(text):
            end = _cut(text, start, end)
        if part := text[start:end].strip():
            yield part
        start = end


def _cut(text: str, start: int, end: int) -> int:
    """Return the best place to cut in (start, end]; text[start:end] is the most that fits."""
    middle = start + (end - start) // 2
    line = text.rfind("\n", middle, end + 1)
    if line > start:
        return line
    last = max((span.start for span in sentences(text, start, end)), default=start)
    if last > middle:
        return last
    for at in range(end, middle, -1):
        if text[at].isspace():
            return at
    for at in range(end, max(start, end - _LONGEST_CLUSTER), -1):
        if not _joined(text[at - 1], text[at]):
            return at
    return max(end, start + 1)


def _joined(before: str, after: str) -> bool:
    """Tell whether two characters belong to one sign: a letter and its mark, the parts of an emoji."""
    return unicodedata.combining(after) != 0 or after in "\u200d\ufe0f" or before == "\u200d" or "🏻" <= after <= "🏿"
