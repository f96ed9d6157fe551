"""Many small byte strings in one file, each reachable by its number without reading the others.

Two files: `<name>.bin`, the records end to end, and `<name>.npy`, int64 [records + 1], where each begins.
Knows nothing of what the records mean.
"""

from __future__ import annotations

import mmap
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
    """What a RecordsWriter wrote, memory-mapped: a record is read when it is asked for."""

    def __init__(self, folder: Path, name: str) -> None:
        self._offsets = mapped(folder / f"{name}.npy")
        with (folder / f"{name}.bin").open("rb") as file:
            # An empty file cannot be mapped. A mapping outlives the deletion of its file.
            size = file.seek(0, 2)
            self._bytes = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if size else b""
        if not len(self._offsets) or self._offsets[-1] != size:
            raise ValueError(f"{folder / name}: {size} bytes do not fit the records' offsets")

    def __len__(self) -> int:
        return len(self._offsets) - 1

    def __getitem__(self, number: int) -> bytes:
        return self._bytes[self._offsets[number] : self._offsets[number + 1]]
