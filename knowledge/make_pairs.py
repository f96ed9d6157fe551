"""Make knowledge/data/pairs.xz, the pairs of syllables that knowledge.recognition knows.

    python -m knowledge.make_pairs ../shared/corpora knowledge/data/pairs.xz

Source: the texts of law articles and of administrative procedures in `corpora` (official texts, no copyright under
Article 15 of the Law on Intellectual Property), and the project's own knowledge.office_words. What is kept is only how
often two syllables stand side by side. Takes about a minute; the same input makes the same bytes.
"""

from __future__ import annotations

import json
import lzma
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from knowledge.office_words import WORDS
from knowledge.pairs import runs, write
from knowledge.syllable import is_syllable
from knowledge.text import normalise

FEWEST = 3  # pairs seen less often are left out: half of all, and among them most misprints of the sources
OFFICE = 100  # occurrences that a word of the office is given where the sources have fewer


def texts(corpora: Path) -> Iterator[str]:
    """Yield every text of the corpora."""
    for name in ("law-articles.jsonl.xz", "procedures.jsonl.xz"):
        with lzma.open(corpora / name, "rt", encoding="utf-8") as lines:
            for line in lines:
                yield json.loads(line)["text"]


def count(source: Iterator[str]) -> Counter[tuple[str, str]]:
    """Count the pairs of neighbouring syllables."""
    pairs: Counter[tuple[str, str]] = Counter()
    for text in source:
        for run in runs(normalise(text)):
            words = [token.word for token in run]
            pairs.update(pairwise(words))
    kept = {pair: seen for pair, seen in pairs.items() if seen >= FEWEST and all(map(is_syllable, pair))}
    for first, second in WORDS:
        kept[first, second] = max(kept.get((first, second), 0), OFFICE)
    return Counter(kept)


def main(corpora: str, output: str) -> None:
    """Write the table."""
    table = count(texts(Path(corpora)))
    Path(output).write_bytes(write(table))
    print(f"{len(table):,} pairs, {Path(output).stat().st_size:,} bytes")


if __name__ == "__main__":
    main(*sys.argv[1:])
