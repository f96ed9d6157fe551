"""Labels of headings that character recognition misreads, put right where the sequence proves what they were.

"I." comes out as "L", "III." as "HI." or "II.", "5." as "5,". A label is what the structure of a document hangs on, so
it is mended, and only it: the words of the document stay as they were read.
"""

from __future__ import annotations

import re
from itertools import pairwise

from knowledge.stitching import is_upper

_ROMAN = "I II III IV V VI VII VIII IX X XI XII XIII XIV XV".split()
# A token at the head of a line that may have been a Roman number: its strokes, and what they are mistaken for.
_ROMANISH = re.compile(r"([IVXLHl1|]{1,6})([.,]?) (?=\S)")
_STROKES = str.maketrans("l1|", "III")
_COMMA = re.compile(r"(\d{1,2}), (?=[^\W\d_])")
_NUMBER = re.compile(r"(\d{1,2})[.,] ")


def mend(text: str) -> str:
    """Return recognised `text` with its labels put right: Roman ones of headings, Arabic ones of any line."""
    lines = text.split("\n")
    numbers = [(at, int(match[1])) for at, line in enumerate(lines) if (match := _NUMBER.match(line))]
    # "1." twice in a row, the first over capitals: that one was a Roman "I.".
    twice = {at for (at, number), (_, after) in pairwise(numbers) if number == after == 1}
    roman, number = 0, 0  # the last ones seen
    for at, line in enumerate(lines):
        match = _ROMANISH.match(line)
        if match and _is_heading(line[match.end() :]) and (at in twice or not _is_count(match[1], number)):
            mended = _mend_roman(match[1], bool(match[2]) or is_upper(line[match.end() :]), match[2], roman)
            if mended:
                lines[at] = f"{mended}. {line[match.end() :]}"
                roman, number = _ROMAN.index(mended) + 1, 0
                continue
        comma = _COMMA.match(line)
        if comma and int(comma[1]) == number + 1:
            lines[at] = f"{comma[1]}. {line[comma.end() :]}"
        if counted := _NUMBER.match(lines[at]):
            number = int(counted[1])
    return "\n".join(lines)


def _is_heading(words: str) -> bool:
    return is_upper(words) or (words[0].isupper() and len(words) < 80)


def _is_count(token: str, last: int) -> bool:
    """Tell whether `token` is an Arabic number in its place: "1." may head a section, "11." follow "10."."""
    return token.isdigit() and (len(token) == 1 or int(token) == last + 1)


def _mend_roman(token: str, sure: bool, stop: str, last: int) -> str | None:
    """Return the Roman number `token` must have been after number `last`, None where it may be something else."""
    expected = _ROMAN[last] if last < len(_ROMAN) else ""
    # "L" is "I." run together, "IIL" "III.": with the stop still there it is a number of its own.
    strokes = token[:-1] + "I" if token.endswith("L") and not stop else token
    if expected in {
        strokes.translate(_STROKES),
        strokes.translate(_STROKES).replace("H", "II"),
        strokes.replace("H", "I"),
    }:
        return expected
    # One stroke lost: a second "II." after II is III, never after anything else.
    strokes = strokes.translate(_STROKES).replace("H", "II")
    return expected if sure and expected[:-1] == strokes and last and _ROMAN[last - 1] == strokes else None
