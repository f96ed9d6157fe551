"""The plainest way to do the same work: what the program is compared with."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import bm25s
import faiss
import numpy as np
from numpy.typing import NDArray

from knowledge.text import syllables


def plain_bm25(texts: Iterable[str]) -> Callable[[str, int], list[int]]:
    """bm25s over syllables, as its manual has it."""
    numbers: dict[str, int] = {}
    # Numbers rather than strings, as its tokenizer makes them: a million passages would not fit in memory otherwise.
    rows = [array("i", [numbers.setdefault(word, len(numbers)) for word in syllables(text)]) for text in texts]
    size = len(rows)
    index = bm25s.BM25()
    index.index((rows, numbers), show_progress=False)
    rows.clear()

    def search(question: str, k: int) -> list[int]:
        known = [[word for word in syllables(question) if word in numbers]]
        if not known[0]:
            return []
        found, _ = index.retrieve(known, k=min(k, size), show_progress=False)
        return [int(row) for row in found[0]]

    return search


def plain_faiss(blocks: Iterable[NDArray[np.float32]], dimension: int) -> Callable[[NDArray[np.float32], int], object]:
    """A flat index of the same vectors, one thread."""
    faiss.omp_set_num_threads(1)
    index = faiss.IndexFlatIP(dimension)
    for vectors in blocks:
        index.add(np.ascontiguousarray(vectors, dtype=np.float32))
    return lambda query, k: index.search(query[None], k)


def read_all(folder: Path) -> int:
    """Read every file under a folder once, in blocks; return the bytes."""
    return sum(len(block) for path in folder.rglob("*") if path.is_file() for block in _blocks(path))


def _blocks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while block := file.read(2**20):
            yield block
