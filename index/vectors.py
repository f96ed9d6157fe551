"""Vectors of passages: exact inner products with FAISS, sixteen bits a number, memory-mapped.

Flat, not a graph: at 100,000 passages a search is 1.3 ms, nothing is lost, and a part is written once and kept.

Knows nothing of passages or of the model: rows of numbers in, rows and cosines out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import faiss


def write_vectors(vectors: NDArray[np.float32], path: Path) -> None:
    """Write float32 [n, d] unit rows to `path`, rounded to sixteen bits."""
    faiss = _faiss()
    index = faiss.IndexScalarQuantizer(vectors.shape[1], faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT)
    index.add(np.ascontiguousarray(vectors, dtype=np.float32))
    faiss.write_index(index, str(path))


def _faiss() -> ModuleType:
    """Import FAISS when vectors are first needed: 0.2 s that `tdkt --help` does not pay."""
    import faiss

    # With more threads, one query waits for threads to meet: 40 ms instead of 4 on two cores.
    faiss.omp_set_num_threads(1)
    return faiss


@dataclass(frozen=True, slots=True)
class VectorPart:
    """One file of vectors and which of its rows still count."""

    index: faiss.Index
    live: NDArray[np.int32] | None = None  # rows that count, ascending; None: all of them

    def __len__(self) -> int:
        return int(self.index.ntotal) if self.live is None else len(self.live)

    @classmethod
    def load(cls, path: Path, live: NDArray[np.int32] | None = None) -> VectorPart:
        """Map what `write_vectors` wrote. Raises RuntimeError (FAISS's own) when it is damaged."""
        faiss = _faiss()
        return cls(faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC), live)

    def rows(self, numbers: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return float32 [len(numbers), d]: the vectors of live rows, by their number among the live ones."""
        stored = numbers if self.live is None else self.live[numbers]
        return np.asarray(self.index.reconstruct_batch(stored.astype(np.int64)), dtype=np.float32)

    def search(self, query: NDArray[np.float32], k: int) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Return the `k` live rows nearest to `query` [d], by number among the live ones, and their cosines."""
        k = min(k, len(self))
        if not k:
            return np.zeros(0, np.int64), np.zeros(0, np.float32)
        if self.live is None:
            cosines, rows = self.index.search(query[None], k)
            return rows[0].astype(np.int64), cosines[0]
        faiss = _faiss()
        chosen = faiss.SearchParameters(sel=faiss.IDSelectorBatch(self.live.astype(np.int64)))
        cosines, rows = self.index.search(query[None], k, params=chosen)
        return np.searchsorted(self.live, rows[0]).astype(np.int64), cosines[0]


class VectorIndex:
    """The live vectors of its parts, numbered through in order. Read-only, so safe from any thread."""

    def __init__(self, parts: Sequence[VectorPart]) -> None:
        self._parts = tuple(parts)
        self._firsts = np.concatenate(([0], np.cumsum([len(part) for part in parts]))).astype(np.int64)

    def __len__(self) -> int:
        return int(self._firsts[-1])

    def search(self, query: NDArray[np.float32], k: int) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Return the at most `k` rows whose vectors are nearest to the unit vector `query` [d], best first.

        Returns (rows int64, cosines float32); equal cosines are ordered by row.
        """
        query = np.ascontiguousarray(query, dtype=np.float32)
        found = [part.search(query, k) for part in self._parts]
        if not found:
            return np.zeros(0, np.int64), np.zeros(0, np.float32)
        rows = np.concatenate([rows + first for (rows, _), first in zip(found, self._firsts, strict=False)])
        cosines = np.concatenate([cosines for _, cosines in found])
        order = np.lexsort((rows, -cosines))[:k]
        return rows[order], cosines[order]

    def rows(self, rows: NDArray[np.integer]) -> NDArray[np.float32]:
        """Return float32 [len(rows), d]: the stored vectors."""
        rows = np.asarray(rows, dtype=np.int64)
        vectors = np.empty((len(rows), self._parts[0].index.d if self._parts else 0), dtype=np.float32)
        owners = np.searchsorted(self._firsts, rows, side="right") - 1
        for number in np.unique(owners):
            mine = owners == number
            vectors[mine] = self._parts[number].rows(rows[mine] - self._firsts[number])
        return vectors

    def similarities(self, query: NDArray[np.float32], rows: NDArray[np.integer]) -> NDArray[np.float32]:
        """Return float32 [len(rows)]: the cosine of each row with the unit vector `query` [d]."""
        return self.rows(rows) @ np.asarray(query, dtype=np.float32) if len(rows) else np.zeros(0, np.float32)
