"""The same question as it is typed on a phone, in a hurry, by an old keyboard, or read off a scan.

Eight ways to spoil a question without changing what it asks. Each takes the text and a seeded random generator and
returns another spelling; a text it cannot apply to comes back unchanged.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable
from itertools import pairwise

from knowledge.text import fold
from retrieval import abbreviations
from retrieval.syllable import is_syllable, split_tone

Perturbation = Callable[[str, random.Random], str]

_WORD = re.compile(r"[^\W\d_]+")
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_TELEX = {"ă": "aw", "â": "aa", "ê": "ee", "ô": "oo", "ơ": "ow", "ư": "uw", "đ": "dd"}


def no_diacritics(text: str, rng: random.Random) -> str:
    """As typed with the Vietnamese keyboard off."""
    return fold(text)


def decomposed(text: str, rng: random.Random) -> str:
    """As some phones send it."""
    return unicodedata.normalize("NFD", text)


def new_tone_placement(text: str, rng: random.Random) -> str:
    """Tone marks on the main vowel: "hòa" → "hoà", "thủy" → "thuỷ"."""
    moved = re.sub(
        "(?<![qQ])([oO](?=.[aeAE])|[uU](?=.[yY]))([\u0300\u0301\u0303\u0309\u0323])([aeyAEY])(?![\\w\u0300-\u036f])",
        r"\1\3\2",
        unicodedata.normalize("NFD", text),
    )
    return unicodedata.normalize("NFC", moved)


def one_typo(text: str, rng: random.Random) -> str:
    """One slip of a finger in one word of three letters or more."""
    words = _plain_words(text, 3)
    if not words:
        return text
    word = rng.choice(words)
    typed = _slip(word.group(), rng)
    return text[: word.start()] + typed + text[word.end() :]


def _slip(word: str, rng: random.Random) -> str:
    kind = rng.choice(("swap", "drop", "double", "beside"))
    place = rng.randrange(1, len(word))
    if kind == "swap":
        return word[: place - 1] + word[place] + word[place - 1] + word[place + 1 :]
    if kind == "drop":
        return word[:place] + word[place + 1 :]
    if kind == "double":
        return word[:place] + word[place - 1] + word[place:]
    return word[:place] + _beside(word[place], rng) + word[place + 1 :]


def _beside(letter: str, rng: random.Random) -> str:
    bare = fold(letter)
    for row in _ROWS:
        at = row.find(bare)
        if at >= 0:
            return rng.choice([row[i] for i in (at - 1, at + 1) if 0 <= i < len(row)])
    return letter


def telex_leftover(text: str, rng: random.Random) -> str:
    """One word whose keys were not turned into marks: "thưởng" → "thuwongr"."""
    words = [word for word in _plain_words(text, 3) if word.group() != fold(word.group())]
    if not words:
        return text
    word = rng.choice(words)
    return text[: word.start()] + telex(word.group().lower()) + text[word.end() :]


def telex(word: str) -> str:
    """Return the keys that type `word` in Telex, the tone last; "ươ" is typed with one w, as most do."""
    toneless, tone = split_tone(word)
    return toneless.replace("ươ", "uwo").translate({ord(k): v for k, v in _TELEX.items()}) + tone


def abbreviated(text: str, rng: random.Random) -> str:
    """The longest phrase that has an abbreviation in its place; where there is none, abbreviations spelled out."""
    words = list(_WORD.finditer(text))
    for size in range(abbreviations.LONGEST, 1, -1):
        for first in range(len(words) - size + 1):
            run = words[first : first + size]
            short = abbreviations.short_form(tuple(word.group().lower() for word in run))
            gaps = [text[a.end() : b.start()] for a, b in pairwise(run)]
            if short and all(gap == " " for gap in gaps):
                return text[: run[0].start()] + short.upper() + text[run[-1].end() :]
    return spelled_out(text)


def spelled_out(text: str) -> str:
    """Replace abbreviations that have one meaning by it; those within symbols of documents stay."""

    def full(match: re.Match[str]) -> str:
        found = abbreviations.meanings(match.group(), capitals=True)
        return " ".join(found[0].words) if len(found) == 1 and match.group().isupper() else match.group()

    return re.sub(r"(?<![\w/-])[A-ZĐ]{2,}(?:&[A-ZĐ]+)?(?![\w/-])", full, text)


def upper_case(text: str, rng: random.Random) -> str:
    """With the caps lock on."""
    return text.upper()


def recognition_noise(text: str, rng: random.Random) -> str:
    """As read off a bad scan: one letter of a word in ten has another mark, a comma or a full stop strays in."""
    letters = list(text)
    for word in _plain_words(text, 2):
        if rng.random() < 0.1:
            place = rng.randrange(word.start(), word.end())
            letters[place] = _misread(letters[place], rng)
    if rng.random() < 0.5:
        gaps = [i for i, letter in enumerate(letters) if letter == " "]
        if gaps:
            letters[rng.choice(gaps)] = rng.choice((" ,", ". ", "  ", " - "))
    return "".join(letters)


def _misread(letter: str, rng: random.Random) -> str:
    pairs = {
        "ư": "u",
        "ơ": "o",
        "ô": "ó",
        "ê": "é",
        "ă": "á",
        "â": "á",
        "đ": "d",
        "ổ": "ỗ",
        "ủ": "ú",
        "ế": "ề",
        "i": "l",
    }
    return pairs.get(letter, letter)


def _plain_words(text: str, least: int) -> list[re.Match[str]]:
    """Vietnamese words that are neither abbreviations nor parts of symbols."""
    return [
        match
        for match in _WORD.finditer(text)
        if len(match.group()) >= least and is_syllable(match.group().lower()) and not match.group().isupper()
    ]


ALL: dict[str, Perturbation] = {
    "no diacritics": no_diacritics,
    "NFD": decomposed,
    "tone placement": new_tone_placement,
    "one typo": one_typo,
    "telex": telex_leftover,
    "abbreviations": abbreviated,
    "upper case": upper_case,
    "recognition noise": recognition_noise,
}
