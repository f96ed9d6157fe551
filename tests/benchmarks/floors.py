"""The plainest way to do the same work: what the program is compared with."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import bm25s
import faiss
import numpy as np

from index.snapshot import Snapshot
from knowledge.text import syllables

_BLOCK = 20_000  # vectors copied at a time


class PlainWords:
    """bm25s over syllables, as its manual has it."""

    def __init__(self, texts: Iterable[str]) -> None:
        numbers: dict[str, int] = {}
        # Numbers rather than strings, as its tokenizer makes them: a million passages would not fit in memory.
        rows = [array("i", [numbers.setdefault(word, len(numbers)) for word in syllables(text)]) for text in texts]
        self.size = len(rows)
        self.index = bm25s.BM25()
        self.index.index((rows, numbers), show_progress=False)

    def search(self, question: str, k: int) -> list[int]:
        known = [[word for word in syllables(question) if word in self.index.vocab_dict]]
        if not known[0]:
            return []
        found, _ = self.index.retrieve(known, k=min(k, self.size), show_progress=False)
        return [int(row) for row in found[0]]


def plain_bm25(texts: Iterable[str]) -> Callable[[str, int], list[int]]:
    return PlainWords(texts).search


class Plain:
    """Both plain indexes over the passages of a snapshot; vectors in a flat FAISS index, one thread."""

    def __init__(self, snapshot: Snapshot) -> None:
        passages = map(snapshot.passage, range(len(snapshot)))
        self.words = PlainWords(f"{passage.context} {passage.text}" for passage in passages)
        faiss.omp_set_num_threads(1)
        self.vectors = faiss.IndexFlatIP(snapshot.encoder.dimension)
        for first in range(0, len(snapshot), _BLOCK):
            self.vectors.add(snapshot.vectors.rows(np.arange(first, min(first + _BLOCK, len(snapshot)))))

    def save(self, folder: Path) -> None:
        """Write both, for `python -m tests.benchmarks.plain`."""
        self.words.index.save(folder / "words")
        faiss.write_index(self.vectors, str(folder / "vectors.faiss"))


def read_all(folder: Path) -> int:
    """Read every file under a folder once, in blocks; return the bytes."""
    return sum(len(block) for path in folder.rglob("*") if path.is_file() for block in _blocks(path))


def _blocks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while block := file.read(2**20):
            yield block
