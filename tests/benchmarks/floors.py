"""The plainest way to do the same work: what the program is compared with."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import bm25s
import faiss
import numpy as np
from numpy.typing import NDArray

from knowledge.text import syllables


def plain_bm25(texts: Sequence[str]) -> Callable[[str, int], list[int]]:
    """bm25s over syllables, as its manual has it."""
    index = bm25s.BM25()
    index.index([syllables(text) for text in texts], show_progress=False)

    def search(question: str, k: int) -> list[int]:
        known = [[word for word in syllables(question) if word in index.vocab_dict]]
        if not known[0]:
            return []
        rows, _ = index.retrieve(known, k=min(k, len(texts)), show_progress=False)
        return [int(row) for row in rows[0]]

    return search


def plain_faiss(vectors: NDArray[np.float32]) -> Callable[[NDArray[np.float32], int], object]:
    """A flat index of the same vectors, one thread."""
    faiss.omp_set_num_threads(1)
    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(np.ascontiguousarray(vectors, dtype=np.float32))
    return lambda query, k: index.search(query[None], k)
