"""Official texts by the hundred thousand: what the benchmarks of speed and memory index."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from index.passage import LONGEST
from retrieval.goldfile import Record, records

FILES = ("law-articles", "procedures")


def many(corpora: Path, passages: int) -> Iterator[tuple[str, str, str]]:
    """Yield (id, title, text) until they make about so many passages; a long record is several.

    Articles of law, then procedures; beyond these the heading of one over halves of two others, so that words are as
    frequent, and as often beside each other, as in the real ones.
    """
    kept: list[Record] = []
    made = 0
    for file in FILES:
        for record in records(corpora / f"{file}.jsonl.xz"):
            if made >= passages:
                return
            made += _passages(record.title, record.text)
            kept.append(record)
            yield record.id, record.title, record.text
    chance = random.Random(1)
    number = 0
    while made < passages:
        heading, first, second = (chance.choice(kept) for _ in range(3))
        text = f"{first.text[: len(first.text) // 2]}\n{second.text[len(second.text) // 2 :]}"
        made += _passages(heading.title, text)
        number += 1
        yield f"mixed-{number}", heading.title, text


def _passages(title: str, text: str) -> int:
    return -(-len(f"{title}\n\n{text}") // LONGEST)
