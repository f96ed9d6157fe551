"""One immutable part of a lexical index: which rows hold a term, and how strongly.

bm25s computes the scores. Its inverse document frequency is then divided out, because that half of the formula
changes for every term with every document added, while the other half

    f / (f + k1 · (1 − b + b · length / typical))        (Robertson & Zaragoza 2009, as in Lucene)

stays what it was for as long as the row does, given a fixed typical length instead of the collection's mean. So a
part is written once and kept, and scores are the same whether the documents came one by one or all at once.

Knows nothing of passages or questions: lists of tokens in, arrays out.
"""

from __future__ import annotations

import hashlib
import math
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

K1 = 0.9  # passages are short: the second mention of a word says little more than the first
B = 0.6
TYPICAL = 300.0  # tokens of a full passage with its context line, pairs included
# Strengths are stored in eight bits: half the file of float16, and no question of the law corpus ranks differently
# enough to see (nDCG@10 is the same in the third digit).
STEPS = 255
_FREQUENT = 3  # a term that more than one row in so many has is stored densely

# Two bytes a posting where the part has no more than 65,536 rows, as segments do: less to keep resident.
Rows: TypeAlias = NDArray[np.uint16] | NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Postings:
    """Terms × rows, column by column; every field is one .npy file of a folder.

    Most columns are sparse (CSC). The last ones are of terms that more than a third of the rows have: these are stored
    as a number a row, which takes no more bytes than the few numbers a posting, and is read five times as fast.
    """

    terms: NDArray[np.uint64]  # [terms] hashes, ascending
    columns: NDArray[np.int32]  # [terms] the column of each hash
    starts: NDArray[np.int64]  # [sparse + 1] where each sparse column begins in `rows` and `strengths`
    rows: Rows  # [postings] ascending within a column
    strengths: NDArray[np.uint8]  # [postings] the formula above, in steps of 1/255
    dense: NDArray[np.uint8]  # [dense, rows] the same of the other columns, 0 where a row has not the term
    held: NDArray[np.int32]  # [terms] how many rows hold the term of each column
    lengths: NDArray[np.int32]  # [rows] tokens a row has; its size is the number of rows

    def __len__(self) -> int:
        return len(self.lengths)

    def find(self, hashes: NDArray[np.uint64]) -> NDArray[np.int64]:
        """Return the column of each hash, -1 where no row has the term."""
        if not len(self.terms):
            return np.full(len(hashes), -1, dtype=np.int64)
        places = np.minimum(np.searchsorted(self.terms, hashes), len(self.terms) - 1)
        return np.where(self.terms[places] == hashes, self.columns[places], np.int32(-1)).astype(np.int64)

    def column(self, column: int) -> tuple[NDArray[np.integer[Any]], NDArray[np.uint8]]:
        """Return the rows that hold a term, ascending, and how strongly."""
        if column >= len(self.starts) - 1:
            strengths = self.dense[column - len(self.starts) + 1]
            rows = np.flatnonzero(strengths)
            return rows, strengths[rows]
        start, end = int(self.starts[column]), int(self.starts[column + 1])
        return self.rows[start:end], self.strengths[start:end]

    def add(self, column: int, weight: np.float32, scores: NDArray[np.float32]) -> None:
        """Add to the score of every row `weight` times how strongly it holds a term."""
        if column >= len(self.starts) - 1:
            scores += self.dense[column - len(self.starts) + 1] * weight
        else:
            rows, strengths = self.column(column)
            # Twice as fast as scores[rows] +=, and another sixth with indices of the native size.
            np.add.at(scores, rows.astype(np.intp), strengths * weight)

    def holds(self, column: int, rows: NDArray[np.integer[Any]]) -> NDArray[np.bool_]:
        """Return bool [len(rows)]: which of some rows hold a term."""
        if column >= len(self.starts) - 1:
            return np.asarray(self.dense[column - len(self.starts) + 1][rows] > 0)
        holders, _ = self.column(column)
        sought = rows.astype(holders.dtype)  # other types would be searched in a copy of the column
        found: NDArray[np.bool_] = holders.take(holders.searchsorted(sought), mode="clip") == sought
        return found

    def frequencies(self, columns: NDArray[np.int64], alive: NDArray[np.bool_] | None) -> NDArray[np.int64]:
        """Return in how many rows, of those `alive`, the term of each column stands; 0 for column -1."""
        if not len(self.terms):
            return np.zeros(len(columns), dtype=np.int64)
        if alive is None:
            held = self.held
        elif len(columns) > 1000:  # reading everything once beats thousands of short looks
            sparse = np.zeros(len(self.starts) - 1, dtype=np.int64)
            if len(self.rows):
                np.add.reduceat(alive[self.rows], self.starts[:-1], dtype=np.int64, out=sparse)
            held = np.concatenate((sparse, np.count_nonzero(self.dense[:, alive], axis=1)))
        else:
            counts = [np.count_nonzero(alive[self.column(column)[0]]) if column >= 0 else 0 for column in columns]
            return np.array(counts, dtype=np.int64)
        return np.where(columns >= 0, held[columns], 0)

    def save(self, folder: Path) -> None:
        """Write one .npy file a field into `folder`, which is made."""
        folder.mkdir(parents=True)
        for field in fields(self):
            np.save(folder / f"{field.name}.npy", getattr(self, field.name))

    @classmethod
    def load(cls, folder: Path) -> Postings:
        """Map what `save` wrote; nothing is read before it is asked for. Raises OSError or ValueError when damaged."""
        return cls(**{field.name: mapped(folder / f"{field.name}.npy") for field in fields(cls)})


def mapped(path: Path) -> NDArray[Any]:
    """Return the array of an .npy file, read-only and memory-mapped."""
    # As a plain ndarray: every operation on the memmap subclass costs microseconds of bookkeeping.
    return np.asarray(np.load(path, mmap_mode="r", allow_pickle=False))


def term_hashes(terms: Sequence[str]) -> NDArray[np.uint64]:
    """Return 64-bit hashes; two of a million terms share one with a chance below 1 in 10 million."""
    digests = b"".join(hashlib.blake2b(term.encode(), digest_size=8).digest() for term in terms)
    return np.frombuffer(digests, dtype="<u8").astype(np.uint64)


class PostingsBuilder:
    """Collects rows of tokens, four bytes a token, and turns them into postings at the end."""

    def __init__(self, typical: float = TYPICAL) -> None:
        self._typical = typical  # the length at which a row is neither favoured nor held back
        self._numbers: dict[str, int] = {}
        self._rows: list[array[int]] = []

    def add(self, tokens: Iterable[str]) -> None:
        """Add the next row."""
        numbers = self._numbers
        self._rows.append(array("i", [numbers.setdefault(token, len(numbers)) for token in tokens]))

    def finish(self) -> Postings:
        """Return the postings of all rows; the builder is spent."""
        lengths = np.fromiter((len(row) for row in self._rows), dtype=np.int32, count=len(self._rows))
        if not self._numbers:
            return _empty(lengths)
        hashes = term_hashes(list(self._numbers))
        self._numbers.clear()  # half a million strings, no longer needed while the matrix is made
        order = np.argsort(hashes)
        starts, holders, strengths = _score(self._rows, len(hashes), float(lengths.mean()), self._typical)
        self._rows.clear()
        return pack(hashes[order], order, starts, holders, strengths, lengths)


def pack(
    terms: NDArray[np.uint64],
    columns: NDArray[np.integer[Any]],
    starts: NDArray[np.int64],
    rows: Rows,
    strengths: NDArray[np.uint8],
    lengths: NDArray[np.int32],
) -> Postings:
    """Return postings given as sparse columns only, those of frequent terms made dense; columns are renumbered."""
    sizes = np.diff(starts).astype(np.int32)
    frequent = _FREQUENT * sizes > len(lengths)
    dense = np.zeros((int(frequent.sum()), len(lengths)), dtype=np.uint8)
    for place, column in enumerate(np.flatnonzero(frequent).tolist()):
        start, end = starts[column], starts[column + 1]
        dense[place][rows[start:end]] = strengths[start:end]
    places = np.empty(len(sizes), dtype=np.int32)
    places[~frequent] = np.arange(len(sizes) - len(dense))
    places[frequent] = np.arange(len(sizes) - len(dense), len(sizes))
    kept = np.repeat(~frequent, sizes)
    return Postings(
        terms=terms,
        columns=places[columns],
        starts=np.concatenate(([0], np.cumsum(sizes[~frequent], dtype=np.int64))),
        rows=rows[kept],
        strengths=strengths[kept],
        dense=dense,
        held=np.concatenate((sizes[~frequent], sizes[frequent])),
        lengths=lengths,
    )


def build_postings(rows: Iterable[Iterable[str]], typical: float = TYPICAL) -> Postings:
    """Return the postings of `rows` of tokens."""
    builder = PostingsBuilder(typical)
    for row in rows:
        builder.add(row)
    return builder.finish()


def _score(
    ids: list[array[int]], terms: int, mean: float, typical: float
) -> tuple[NDArray[np.int64], Rows, NDArray[np.uint8]]:
    import bm25s  # only building needs it: 0.2 s that a question does not pay

    # bm25s measures lengths against their mean. The same curve against the typical length, in its two parameters:
    k1 = K1 * (1 - B) + K1 * B * mean / typical
    b = 1 - K1 * (1 - B) / k1
    matrix = bm25s.BM25(k1=k1, b=b, method="lucene").build_index_from_ids(list(range(terms)), ids, show_progress=False)
    starts = np.asarray(matrix["indptr"], dtype=np.int64)
    frequencies = np.diff(starts)
    idf = np.array([inverse_frequency(len(ids), int(n)) for n in frequencies], dtype=np.float32)
    shares = matrix["data"] / np.repeat(idf, frequencies)
    # A posting is never worth nothing, however long its row: the least step says that the term is there.
    strengths = np.clip(np.rint(shares * STEPS), 1, STEPS).astype(np.uint8)
    holders = np.asarray(matrix["indices"], dtype=np.int32)
    narrow = len(ids) <= np.iinfo(np.uint16).max + 1
    return starts, holders.astype(np.uint16) if narrow else holders, strengths


def inverse_frequency(rows: int, holding: int) -> float:
    """Return ln(1 + (N − n + 0.5) / (n + 0.5)), never negative (Robertson & Zaragoza 2009, as in Lucene)."""
    return math.log(1 + (rows - holding + 0.5) / (holding + 0.5))


def _empty(lengths: NDArray[np.int32]) -> Postings:
    return Postings(
        terms=np.zeros(0, np.uint64),
        columns=np.zeros(0, np.int32),
        starts=np.zeros(1, np.int64),
        rows=np.zeros(0, np.int32),
        strengths=np.zeros(0, np.uint8),
        dense=np.zeros((0, len(lengths)), np.uint8),
        held=np.zeros(0, np.int32),
        lengths=lengths,
    )
