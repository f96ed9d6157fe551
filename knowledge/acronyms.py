"""The abbreviations a document makes for itself: "Cố vấn học tập (CVHT)", "… (sau đây viết tắt là BVBMNN)".

Made once, they stand for the words ever after, and who asks with the words finds nothing of what says only "CVHT".
Strings in, strings out; knows nothing of sections. Abbreviations that everybody uses are retrieval.abbreviations'.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from knowledge.symbols import CAPITAL
from knowledge.text import fold, syllables

_LONGEST = 10  # letters
_MADE = re.compile(
    r"\(\s*(?:(?:sau|dưới) đây\s+)?(?:(?:được\s+)?(?:gọi|viết)(?:\s+(?:chung|tắt|gọn))*(?:\s+là)?\s*:?\s*)?"
    rf"[\"“']?(?P<letters>[{CAPITAL}]{{2,{_LONGEST}}})[\"”']?\s*\)"
)
# Words that letters pass over: "Bảo đảm an toàn và trật tự" may be BĐATTT.
_PASSED_OVER = frozenset({"va", "cua", "ve", "cac", "cho", "trong", "tai", "theo"})
_BEFORE = 160  # characters in which the words stand
# Never explained, "KKHT" stands for what the same document often says in words with these first letters.
_UNEXPLAINED = re.compile(rf"(?<![\w/-])[{CAPITAL}]{{3,{_LONGEST}}}(?![\w/-])")
_EVERYBODYS = frozenset({"UBND", "HĐND"})  # known to whoever asks, and in every line
_OFTEN, _CLEARLY = 3, 3  # times that both are said; how many times as often as any other words with these letters


def defined(text: str) -> dict[str, str]:
    """Return what the abbreviations that `text` makes stand for, by their letters: {"CVHT": "cố vấn học tập"}."""
    found: dict[str, str] = {}
    for match in _MADE.finditer(text):
        words = _spelt(match["letters"], text[max(0, match.start() - _BEFORE) : match.start()])
        if words is not None:
            found.setdefault(match["letters"], words)
    used = Counter(_UNEXPLAINED.findall(text))
    often = [letters for letters, times in used.items() if times >= _OFTEN and letters not in {*found, *_EVERYBODYS}]
    return found | _guessed(often, syllables(text)) if often else found


def _guessed(often: Sequence[str], words: Sequence[str]) -> dict[str, str]:
    """Return of each of `often` the words with these first letters that the document says most, where that is clear."""
    first = "".join(fold(word)[0] for word in words)
    found = {}
    for letters in often:
        size = len(letters)
        places = (match.start() for match in re.finditer(f"(?={fold(letters).lower()})", first))
        said = Counter(" ".join(words[at : at + size]) for at in places)
        (best, times), other = next(iter(said.most_common(1)), ("", 0)), sum(n for _, n in said.most_common(2)[1:])
        if times >= _OFTEN and times >= _CLEARLY * other:
            found[letters] = best
    return found


def _spelt(letters: str, before: str) -> str | None:
    """Return the last words of `before` whose first letters are `letters`; None where they are not."""
    words = syllables(before)
    at = len(words)
    for letter in reversed(fold(letters)):
        at -= 1
        while at > 0 and fold(words[at])[:1] != letter and fold(words[at]) in _PASSED_OVER:
            at -= 1
        if at < 0 or fold(words[at])[:1] != letter:
            return None
    return " ".join(words[at:])


def spelt_out(passage: str, known: Mapping[str, str]) -> list[str]:
    """Return the words of the abbreviations in `passage` that it does not spell out itself, in order."""
    if not known:
        return []
    used = dict.fromkeys(re.findall(rf"(?<!\w)[{CAPITAL}]{{2,{_LONGEST}}}(?!\w)", passage))
    said = " ".join(syllables(passage))
    return [known[letters] for letters in used if letters in known and known[letters] not in said]
