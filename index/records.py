"""Many small byte strings in one file, each reachable by its number without reading the others.

Two files: `<name>.bin`, the records end to end, and `<name>.npy`, int64 [records + 1], where each begins.
Knows nothing of what the records mean.
"""

from __future__ import annotations

import os
import weakref
from itertools import pairwise
from pathlib import Path

import numpy as np

from index.postings import mapped


class RecordsWriter:
    """Writes records one after another; complete once closed."""

    def __init__(self, folder: Path, name: str) -> None:
        self._starts = folder / f"{name}.npy"
        self._file = (folder / f"{name}.bin").open("wb")
        self._offsets = [0]

    def __len__(self) -> int:
        return len(self._offsets) - 1

    def add(self, record: bytes) -> None:
        """Append one record."""
        self._file.write(record)
        self._offsets.append(self._offsets[-1] + len(record))

    def close(self) -> None:
        """Write the offsets: the records can be read then."""
        self._file.close()
        np.save(self._starts, np.array(self._offsets, dtype=np.int64))


class Records:
    """What a RecordsWriter wrote; a record is read when it is asked for. Safe from any thread.

    Read, not mapped: every touch of a mapped page brings in its neighbours, and a server that has shown a few hundred
    passages would have them all resident. An open file outlives the deletion of its name, as a mapping does.
    """

    def __init__(self, folder: Path, name: str) -> None:
        self._offsets = mapped(folder / f"{name}.npy")
        self._handle = os.open(folder / f"{name}.bin", os.O_RDONLY | os.O_CLOEXEC)
        weakref.finalize(self, os.close, self._handle)
        size = os.fstat(self._handle).st_size
        if not len(self._offsets) or self._offsets[-1] != size:
            raise ValueError(f"{folder / name}: {size} bytes do not fit the records' offsets")

    def __len__(self) -> int:
        return len(self._offsets) - 1

    def every(self) -> list[bytes]:
        """Return all records, read at once."""
        offsets = self._offsets.tolist()
        whole = memoryview(_read(self._handle, offsets[-1]))
        return [bytes(whole[start:end]) for start, end in pairwise(offsets)]

    def __getitem__(self, number: int) -> bytes:
        start, end = int(self._offsets[number]), int(self._offsets[number + 1])
        return os.pread(self._handle, end - start, start)


def _read(handle: int, size: int) -> bytes:
    """Return the first `size` bytes of a file; one call of the system gives 2 GB at most."""
    parts, place = [], 0
    while place < size and (part := os.pread(handle, size - place, place)):
        parts.append(part)
        place += len(part)
    return b"".join(parts)
