"""Vectors of passages: inner products of whole numbers with FAISS, eight bits each, memory-mapped.

Flat, not a graph: at 100,000 passages a search is half a millisecond, nothing is lost, and a part is written once and
kept. Of sixteen bits it took 1.1 ms and twice the memory, for cosines that differ by 0.001. The steps are the same in
every file, so what is copied from one to the next stays as it is.

Knows nothing of passages or of the model: rows of numbers in, rows and cosines out.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import faiss


_MOST = 127  # of a signed byte
_LARGEST = (
    8.0  # what a number of a unit row may be, in its root mean square over the row; the shipped model's reach 5.3
)


def steps(dimension: int) -> float:
    """Return how many whole numbers there are between 0 and 1 in unit rows of `dimension` numbers."""
    return _MOST * max(1.0, math.sqrt(dimension) / _LARGEST)


def rounded(vectors: NDArray[np.floating]) -> NDArray[np.int8]:
    """Return unit rows [n, d] in steps, as they are stored; rows that come from there come back exactly."""
    whole = np.rint(vectors * np.float32(steps(vectors.shape[-1])))
    return np.asarray(np.clip(whole, -_MOST, _MOST), dtype=np.int8)


def write_vectors(vectors: NDArray[np.int8], path: Path) -> None:
    """Write `rounded` rows to `path`."""
    faiss = _faiss()
    whole = faiss.ScalarQuantizer.QT_8bit_direct_signed
    index = faiss.IndexScalarQuantizer(vectors.shape[1], whole, faiss.METRIC_INNER_PRODUCT)
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
        return np.asarray(self.index.reconstruct_batch(stored.astype(np.int64)), np.float32) / steps(self.index.d)

    def search(self, query: NDArray[np.float32], k: int) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Return the `k` live rows nearest to `query` [d], by number among the live ones, and their cosines."""
        k = min(k, len(self))
        if not k:
            return np.zeros(0, np.int64), np.zeros(0, np.float32)
        asked, scale = rounded(query[None]).astype(np.float32), np.float32(steps(len(query)) ** 2)
        if self.live is None:
            products, rows = self.index.search(asked, k)
            return rows[0].astype(np.int64), products[0] / scale
        faiss = _faiss()
        chosen = faiss.SearchParameters(sel=faiss.IDSelectorBatch(self.live.astype(np.int64)))
        products, rows = self.index.search(asked, k, params=chosen)
        return np.searchsorted(self.live, rows[0]).astype(np.int64), products[0] / scale


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
