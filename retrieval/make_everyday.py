"""Make retrieval/data/everyday.xz, the pairs of syllables of everyday speech that retrieval.language knows.

    python -m retrieval.make_everyday ../shared/corpora retrieval/data/everyday.xz

Source: the written questions of index/training/written, those held out left aside. What is kept is only how often two
syllables stand side by side. Takes seconds; the same input makes the same bytes.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

from index.train import is_held_out
from index.training.corpora import read_articles, read_procedures
from index.training.written import HELD_OUT, read_written
from knowledge.pairs import runs, write
from knowledge.syllable import is_syllable
from knowledge.text import normalise

FEWEST = 2  # pairs seen once are left out: more than half, and half of the misprints


def count(questions: Iterable[str]) -> Counter[tuple[str, str]]:
    """Count the pairs of neighbouring syllables."""
    pairs: Counter[tuple[str, str]] = Counter()
    for question in questions:
        for run in runs(normalise(question)):
            pairs.update(pairwise(token.word for token in run))
    return Counter({pair: seen for pair, seen in pairs.items() if seen >= FEWEST and all(map(is_syllable, pair))})


def main(corpora: str, output: str) -> None:
    """Write the table."""
    written = read_written([*read_articles(Path(corpora)), *read_procedures(Path(corpora))])
    taught = (one for one in written if not is_held_out(one.group, HELD_OUT))
    table = count(question for one in taught for question in one.questions)
    Path(output).write_bytes(write(table))
    print(f"{len(table):,} pairs, {Path(output).stat().st_size:,} bytes")


if __name__ == "__main__":
    main(*sys.argv[1:])
