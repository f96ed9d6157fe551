"""Everyday words and the official ones for the same thing: staff ask in the first, documents speak in the second.

Reads `data/thesaurus.txt`, which tells its own format, and finds in a question the stretches that have other words.
Facts of the language, no more than that: whether a document has them is for the search to see.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from knowledge.text import fold, fold_many, tone_placement

from . import stopwords

FILE = Path(__file__).parent / "data" / "thesaurus.txt"
CLOSE, RELATED = 1.0, 0.5  # how much of a word its other word is
_FIELD = re.compile(r"\[[^\[\]]+\]")
_WORD = re.compile(r"[^\W_]+")  # as knowledge.text.syllables cuts them

Phrase = tuple[str, ...]
Joined = Callable[[str, str], bool]


class BadThesaurus(ValueError):
    """A line of the thesaurus that says nothing, or not what it should."""


@dataclass(frozen=True, slots=True)
class Match:
    """A stretch of a question, words [start, end), and the other words for it with how close each is, 0..1."""

    start: int
    end: int
    others: tuple[tuple[Phrase, float], ...]


class Thesaurus:
    """All relations, by the phrase that is asked."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.others = _directed(lines)
        self.longest = max(map(len, self.others), default=0)
        official = {phrase for others in self.others.values() for phrase in others}
        pairs = (head for head in self.others if len(head) == 2)  # longer ones are turns of speech, "tiền lấy đâu ra"
        self._compounds = frozenset((*pairs, *(pair for phrase in official for pair in pairwise(phrase))))
        self._bare = _unambiguous(self.others)

    def matches(self, words: Sequence[str], joined: Joined, *, marked: bool) -> list[Match]:
        """Return the stretches of `words` (corrected syllables) that have others, in order, without overlaps.

        Longer stretches win: in "vướng mắc" nothing is looked up for "mắc". `joined` tells of two neighbouring words
        that documents use as one: no single syllable is taken out of such a pair. Unless `marked`, diacritics were
        put back by guess, so a phrase is also found by its bare letters where those can mean no other.
        """
        taken = [False] * len(words)
        found: list[Match] = []
        for size in range(min(self.longest, len(words)), 0, -1):
            for start in range(len(words) - size + 1):
                if any(taken[start : start + size]):
                    continue
                head = self._head(tuple(words[start : start + size]), marked=marked)
                if head is None or (size == 1 and self._bound(words, start, joined)):
                    continue
                found.append(Match(start, start + size, tuple(self.others[head].items())))
                taken[start : start + size] = [True] * size
        return sorted(found, key=lambda match: match.start)

    def _head(self, stretch: Phrase, *, marked: bool) -> Phrase | None:
        if stretch in self.others:
            return stretch
        return None if marked or len(stretch) == 1 else self._bare.get(fold(" ".join(stretch)))

    def _bound(self, words: Sequence[str], place: int, joined: Joined) -> bool:
        """The word is half of a compound: "dạy" of "giảng dạy"."""
        pairs = pairwise(words[max(place - 1, 0) : place + 2])
        return any(pair in self._compounds or joined(*pair) for pair in pairs)


@cache
def thesaurus() -> Thesaurus:
    """Return the shipped thesaurus, read at the first call."""
    return Thesaurus(FILE.read_text(encoding="utf-8").splitlines())


def relations(lines: Iterable[str]) -> Iterator[tuple[int, list[Phrase], list[tuple[Phrase, float]]]]:
    """Yield (number of the line, what is asked, other words with how close they are) of every line that has any."""
    # All at once: word by word it takes five times as long, and every cold start waits for it.
    written = tone_placement("\n".join(lines).lower()).split("\n")
    for number, line in enumerate(written, 1):
        text = line.strip()
        if not text or text.startswith("#") or _FIELD.fullmatch(text):
            continue
        asked, arrow, official = text.partition(">")
        if bool(arrow) == ("=" in text):
            raise BadThesaurus(f"line {number} needs either > or =: {text}")
        members = re.split(r"[,=]", asked) if not arrow else asked.split(",")
        heads = [_phrase(member, number) for member in members]
        if arrow:
            yield number, heads, [_other(member, number) for member in official.split(",")]
        else:
            yield number, heads, [(head, CLOSE) for head in heads]


def _other(member: str, number: int) -> tuple[Phrase, float]:
    name = member.strip()
    return _phrase(name.removeprefix("~"), number), RELATED if name.startswith("~") else CLOSE


def _phrase(member: str, number: int) -> Phrase:
    phrase = tuple(_WORD.findall(member))
    if not phrase:
        raise BadThesaurus(f"line {number} has an empty member")
    return phrase


def _directed(lines: Iterable[str]) -> dict[Phrase, dict[Phrase, float]]:
    found: dict[Phrase, dict[Phrase, float]] = {}
    for number, heads, others in relations(lines):
        for head in heads:
            if len(head) == 1 and stopwords.is_common(head[0]):
                raise BadThesaurus(f"line {number}: {head[0]!r} is a function word")
            known = found.setdefault(head, {})
            for other, strength in others:
                if other == head:
                    continue
                # One syllable means many things; beside a longer phrase it is only a hint.
                strength = min(strength, RELATED) if len(other) == 1 < len(head) else strength
                known[other] = max(known.get(other, 0.0), strength)
    return {head: others for head, others in found.items() if others}


def _unambiguous(others: Mapping[Phrase, Mapping[Phrase, float]]) -> dict[str, Phrase]:
    """The phrases asked by their bare letters, those left out that are another phrase's letters, too."""
    phrases = list({phrase for head, official in others.items() for phrase in (head, *official)})
    bare = fold_many(map(" ".join, phrases))
    times = Counter(bare)
    return {form: phrase for form, phrase in zip(bare, phrases, strict=True) if times[form] == 1 and phrase in others}
