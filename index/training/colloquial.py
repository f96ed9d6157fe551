"""How staff and citizens say what documents write: general Vietnamese, put into synthetic questions while training.

The contextual model learns from these that a question need share no word with its answer. Knows nothing of models or
of the search, which has a thesaurus of its own in `retrieval`.
"""

from __future__ import annotations

import random
from collections import defaultdict
from pathlib import Path

from knowledge.text import syllables

_TABLE = Path(__file__).with_name("colloquial.txt")


def _parse() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for line in _TABLE.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        written, _, said = line.partition(" = ")
        found[" ".join(syllables(written))] += [" ".join(syllables(phrase)) for phrase in said.split(" | ")]
    # Longest first, so that "cấp giấy phép" is not taken apart by "cấp".
    return {phrase: tuple(found[phrase]) for phrase in sorted(found, key=lambda phrase: (-len(phrase), phrase))}


COLLOQUIAL = _parse()
_LONGEST = max(len(phrase.split()) for phrase in COLLOQUIAL)


def reworded(words: list[str], chance: float, rng: random.Random) -> list[str]:
    """Return `words` with each phrase of the table said in another way with that chance, the longest phrase first."""
    out: list[str] = []
    position = 0
    while position < len(words):
        for size in range(min(_LONGEST, len(words) - position), 0, -1):
            others = COLLOQUIAL.get(" ".join(words[position : position + size]))
            if others and rng.random() < chance:
                out += rng.choice(others).split()
                position += size
                break
        else:
            out.append(words[position])
            position += 1
    return out


def thinned(words: list[str], passage: frozenset[str], chance: float, rng: random.Random) -> list[str]:
    """Return `words` with those that `passage` also has dropped with that chance each; at least three words stay."""
    kept = [word for word in words if word not in passage or rng.random() >= chance]
    return kept if len(kept) >= 3 else words
