"""Words that character recognition, or a hurried hand, probably got wrong: "cô vũ" for "cổ vũ", "trên trên".

A noisy channel (Kernighan, Church & Gale, 1990) with the context as judge (Golding & Schabes, 1996), made strict
because a false alarm costs an admin more than a miss: a syllable is suspected where

1. it stands beside its neighbours as official texts never do (knowledge.pairs), and
2. a syllable that a slip easily turns into it (another tone or diacritic, one letter that looks alike) belongs there.

Besides: a fixed phrase of the office with one word amiss ("vi người nghèo"), a small word written twice, "GD" for "GĐ"
(knowledge.phrases). Nothing is ever corrected: a suspect is shown with what it may have been. Knows nothing of
documents.
"""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.pairs import Pairs, Token, known, runs
from knowledge.phrases import amiss, doubled, frame_lines, titles
from knowledge.slips import Slip, Suspect, slip
from knowledge.syllable import is_syllable

RARE = 60  # occurrences: a syllable seen less often is suspicious by itself


def find_suspects(text: str, pairs: Pairs | None = None) -> tuple[Suspect, ...]:
    """Return the suspects of `text` in order, never overlapping."""
    table = known() if pairs is None else pairs
    found: list[Suspect] = []
    for run in runs(text):
        found.extend(doubled(run))
        found.extend(amiss(run, table))
        if len(run) < 3 or not all(token.typed.isascii() for token in run):  # a run typed without diacritics
            found.extend(_strange_pairs(run, table))
    found.extend(titles(text))
    found.extend(frame_lines(text))
    return _apart(found)


def _apart(found: list[Suspect]) -> tuple[Suspect, ...]:
    kept: list[Suspect] = []
    for suspect in sorted(found, key=lambda one: (one.start, -one.end)):
        if not kept or suspect.start >= kept[-1].end:
            kept.append(suspect)
    return tuple(kept)


def _strange_pairs(run: list[Token], table: Pairs) -> Iterator[Suspect]:
    words = [token.word for token in run]
    for place, token in enumerate(run):
        if not _judged(run, place):
            continue
        options = []
        if place + 1 < len(run) and not (run[place + 1].typed[0].isupper() and not token.typed.isupper()):
            tied = place + 2 < len(run) and table.bound(words[place + 1], words[place + 2])
            before = words[place - 1] if place else None
            if meant := _meant(table, token.word, words[place + 1], before, tied, forward=True):
                options.append((meant, place, f"{meant[2]} {words[place + 1]}"))
        if place:
            tied = place > 1 and table.bound(words[place - 2], words[place - 1])
            after = words[place + 1] if place + 1 < len(run) else None
            if meant := _meant(table, token.word, words[place - 1], after, tied, forward=False):
                options.append((meant, place - 1, f"{words[place - 1]} {meant[2]}"))
        if options:
            _, first, likely = max(options)
            yield Suspect(run[first].start, run[first + 1].end, likely)


def _judged(run: list[Token], place: int) -> bool:
    """Tell whether the syllable is a word at all: no name, no abbreviation, no stretch without diacritics."""
    typed = run[place].typed
    if not is_syllable(run[place].word) or (typed.isupper() and len(typed) <= 4):
        return False
    if typed[0].isupper() and not typed.isupper() and place:
        return False
    around = run[max(0, place - 2) : place + 3]
    return len(around) < 3 or not all(token.typed.isascii() for token in around)


def _meant(
    table: Pairs, word: str, beside: str, other: str | None, tied: bool, *, forward: bool
) -> tuple[int, float, str] | None:
    """Return the best syllable for the place of `word` next to `beside`, with its rank; None where `word` may stand.

    `other` is the neighbour on the far side, `tied` tells that `beside` makes a word with the syllable beyond it.
    """
    frequency = table.frequency(word)
    if (tied and frequency >= RARE) or not is_syllable(beside):
        return None
    if 0 < frequency < RARE and other is not None and is_syllable(other) and not table.frequency(other):
        return None  # a rare syllable beside one never seen is a rare word ("cồng chiêng"), not two slips
    seen = table.count(word, beside) if forward else table.count(beside, word)
    if seen > 10:
        return None
    far = 0
    if other is not None:
        far = table.count(other, word) if forward else table.count(word, other)
    total = table.total_before(beside) if forward else table.total_after(beside)
    best: tuple[int, float, str] | None = None
    for meant, often in table.usual(beside, before=forward):
        kind = slip(word, meant)
        if kind is None:
            continue
        common = frequency * 20 >= table.frequency(meant) or frequency >= 1500
        if _convincing(kind, often, total, seen=seen, far=far, rare=frequency < RARE, common=common):
            best = max(best or (-9, 0.0, ""), (-int(kind), often / total, meant))
    return best


def _convincing(kind: Slip, often: int, total: int, *, seen: int, far: int, rare: bool, common: bool) -> bool:
    """Weigh one correction.

    It stands `often` beside the neighbour, of `total` syllables that do; what is written was `seen` there, and `far`
    times with its other neighbour; it is a `rare` syllable, or a `common` one (compared with the correction). The
    thresholds were set on law texts held out from the table: about three false alarms in 100,000 words.
    """
    share = often / total
    if seen and (kind is not Slip.MARK or often < 5000 * seen):
        return False
    if kind is Slip.VOWEL:
        return share >= 0.5 and total <= 1500
    if far:
        return False
    if kind is Slip.LETTER:
        return rare and share >= 0.1
    return rare or not common or share >= 0.15  # USUAL_SHARE at least, all of them
