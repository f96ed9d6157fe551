"""Questions in everyday words, written one by one for passages of official texts: what templates cannot make.

Each passage has up to three: two that share hardly a word with it and one as staff would type it. `law-1.tsv` and
`law-2.tsv` point into the corpora, `office-1.tsv` and `office-2.tsv` bring the passages along: plans, letters,
regulations of made-up offices. Knows nothing of models.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from index.training.corpora import Source
from index.training.pairs import Pair
from index.training.perturb import as_typed
from knowledge.text import syllables

FOLDER = Path(__file__).with_name("written")
HELD_OUT = 0.12  # share of laws, and of the offices' passages, whose questions never train
_HEADED = 0.6  # how often the passage of a pair stands under its heading
_LONGEST = 140  # syllables of a passage with its heading
# Of each, what is dropped every time anew, in runs: else a few thousand passages are soon known by heart.
_QUESTION_DROPPED, _PASSAGE_DROPPED = 0.2, 0.4
_RUN = 4  # syllables dropped together at most: single ones would take pairs apart
_LEAST = 3  # syllables left, or nothing is dropped


@dataclass(frozen=True, slots=True)
class Written:
    """A passage and the questions it answers."""

    group: str  # what is held out as a whole: the law, or the passage itself
    heading: str  # what stands above the passage; may be empty
    passage: str
    questions: tuple[str, ...]  # with diacritics; never empty


def read_written(sources: Iterable[Source], folder: Path = FOLDER) -> list[Written]:
    """Return the passages of the files in their order, those of `sources` that are not there left out."""
    known = {source.id: source for source in sources}
    found: list[Written] = []
    for name, first, last, *questions in chain.from_iterable(map(_rows, sorted(folder.glob("law*.tsv")))):
        source = known.get(name)
        if source:
            found.append(
                Written(
                    source.group, source.heading, source.text[int(first) : int(last)], tuple(filter(None, questions))
                )
            )
    for heading, passage, *questions in chain.from_iterable(map(_rows, sorted(folder.glob("office*.tsv")))):
        found.append(Written(f"office: {passage}", heading, passage, tuple(filter(None, questions))))
    return found


def _rows(path: Path) -> Iterator[list[str]]:
    if path.is_file():
        with path.open(encoding="utf-8", newline="") as lines:
            yield from csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


def written_pairs(written: Sequence[Written], passes: int, folded: float, rng: random.Random) -> Iterator[Pair]:
    """Yield each question once a pass, typed as people type, `folded` of them without diacritics."""
    asked = [(one, question) for one in written for question in one.questions]
    for _ in range(passes):
        rng.shuffle(asked)
        for one, question in asked:
            words = as_typed(syllables(question), rng, folded=folded)
            passage = syllables(f"{one.heading} {one.passage}" if rng.random() < _HEADED else one.passage)
            if words and len(passage) > 4:
                kept = without_some(passage[:_LONGEST], _PASSAGE_DROPPED, rng)
                yield Pair(" ".join(without_some(words, _QUESTION_DROPPED, rng)), " ".join(kept))


def without_some(words: Sequence[str], share: float, rng: random.Random) -> list[str]:
    """Return `words` with about `share` of them dropped, in runs of up to four; all where under three are left."""
    kept: list[str] = []
    at = 0
    while at < len(words):
        run = words[at : at + rng.randint(1, _RUN)]
        at += len(run)
        if rng.random() >= share:
            kept += run
    return kept if len(kept) >= _LEAST else [*words]
