"""Provinces as questions name them: in any case, with or without diacritics, shortened.

The names are facts of `knowledge.provinces`; this is how they are recognised among typed words.
"""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.provinces import ALL, canonical
from knowledge.text import fold, tone_placement

_CITY = "Thành phố "
_KEYS = {tuple(fold(name.removeprefix(_CITY)).replace("-", " ").split()): name.removeprefix(_CITY) for name in ALL}
# Names that are also common words or a person's: they count only after a word for a place.
_DOUBTFUL = {("hue",), ("ho", "chi", "minh"), ("hoa", "binh"), ("cao", "bang")}
_PLACE_WORDS = {"tinh", "pho", "tp", "o", "tai", "dia", "ban", "so", "ubnd", "dan", "uy"}
_TYPED = {
    "daklak": "Đắk Lắk",
    "dacnong": "Đắk Nông",
    "hcm": "Hồ Chí Minh",
    "tphcm": "Hồ Chí Minh",
    "brvt": "Bà Rịa - Vũng Tàu",
}


def key(name: str) -> str:
    """Return what two spellings of a province share: "Thành phố Cần Thơ" and "can tho" agree."""
    return fold(canonical(name) or name).removeprefix("thanh pho ").replace("-", " ")


def named(words: Sequence[str], *, marked: bool) -> list[tuple[str, int, int]]:
    """Return the provinces named in `words` (normalised syllables) as (name, first word, past the last).

    With `marked` the accents that were typed must agree: "bình định" is a province, "bình đình" is not.
    """
    found: list[tuple[str, int, int]] = []
    bare = [fold(word) for word in words]
    position = 0
    while position < len(bare):
        size = _at(words, bare, position, marked=marked)
        if size:
            name = _KEYS.get(tuple(bare[position : position + size])) or _TYPED[bare[position]]
            found.append((name, position, position + size))
        position += size or 1
    return found


def _at(words: Sequence[str], bare: Sequence[str], position: int, *, marked: bool) -> int:
    for size in (4, 3, 2, 1):
        key_words = tuple(bare[position : position + size])
        if len(key_words) < size or key_words not in _KEYS:
            continue
        if key_words in _DOUBTFUL and (position == 0 or bare[position - 1] not in _PLACE_WORDS):
            continue
        spelled = tone_placement(_KEYS[key_words].lower()).replace("-", " ").split()
        typed = words[position : position + size]
        if marked and any(word not in (form, fold(form)) for word, form in zip(typed, spelled, strict=True)):
            continue
        return size
    return int(position < len(bare) and bare[position] in _TYPED)


def without(words: Sequence[str]) -> list[str]:
    """Return `words` (normalised syllables) without the provinces they name."""
    kept = list(words)
    for _, start, end in reversed(named(words, marked=False)):
        del kept[start:end]
    return kept
