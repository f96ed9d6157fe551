"""Which of the offered choices a typed line means: "1", "một", "so 2", the label in any spelling.

Buttons are not everywhere (Zalo has none), and people type even where they are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from bot.domain.numbers import parse_number
from knowledge.text import fold, normalise

_NUMBERED = re.compile(r"^(?:so|cau|muc|chon|phuong an|lua chon)?\s*\(?(\d{1,3})\)?[.):]?$")
_SEPARATORS = re.compile(r"\s*(?:[,;+&/]|\bva\b|\bvoi\b|\n)\s*")
# Labels differ in a letter or two when typed in a hurry; below this likeness it is another word (0..100).
_ALIKE = 86.0


def choose(typed: str, labels: Sequence[str]) -> int | None:
    """Return the position of the label that `typed` means, or None when it means none or more than one."""
    words = _plain(typed)
    if not words:
        return None
    if (number := _position(words, len(labels))) is not None:
        return number
    folded = [_plain(label) for label in labels]
    if words in folded:
        return folded.index(words)
    opening = [i for i, label in enumerate(folded) if len(words) >= 3 and re.match(re.escape(words) + r"\b", label)]
    if len(opening) == 1:
        return opening[0]
    within = [i for i, label in enumerate(folded) if len(words.split()) >= 2 and _says(label, words)]
    if len(within) == 1:
        return within[0]
    scored = sorted(((fuzz.ratio(words, label), -i) for i, label in enumerate(folded)), reverse=True)
    if scored and scored[0][0] >= _ALIKE and (len(scored) == 1 or scored[1][0] < scored[0][0] - 5):
        return -scored[0][1]
    return None


def choose_several(typed: str, labels: Sequence[str]) -> tuple[int, ...] | None:
    """Return the positions `typed` names ("1, 3", "đất đai; nước", "tất cả"), or None when a part is unclear."""
    if _plain(typed) in {"tat ca", "het", "ca hai", "toan bo"}:
        return tuple(range(len(labels)))
    whole = choose(typed, labels)
    if whole is not None:
        return (whole,)
    parts = [part for part in _SEPARATORS.split(fold(normalise(typed))) if part.strip()]
    if len(parts) == 1:
        parts = parts[0].split() if re.fullmatch(r"[\d\s]+", parts[0]) else parts
    found = [choose(part, labels) for part in parts]
    if not found or any(position is None for position in found):
        return None
    return tuple(sorted({position for position in found if position is not None}))


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[\w%/]+", fold(normalise(text))))


def _says(label: str, words: str) -> bool:
    """Tell whether `label` has `words` in it and does not deny them: "đồng ý" is not "Không đồng ý"."""
    return re.search(rf"(?<!\bkhong )(?<!\bchua )\b{re.escape(words)}(?!\w)", label) is not None


def _position(words: str, count: int) -> int | None:
    if match := _NUMBERED.match(words):
        number = int(match.group(1))
    else:
        counted = parse_number(words) if len(words.split()) <= 2 else None
        bare = words.removeprefix("so ").removeprefix("cau ")
        if counted is None or bare not in _NUMBER_WORDS:
            return None
        number = int(counted)
    return number - 1 if 1 <= number <= count else None


_NUMBER_WORDS = {"mot", "hai", "ba", "bon", "nam", "sau", "bay", "tam", "chin", "muoi"}
