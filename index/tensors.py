"""One tensor of a safetensors file, mapped rather than read: of a table of 19 MB a question touches a few rows.

The format: eight bytes little-endian, so many bytes of JSON, {name: {"dtype", "shape", "data_offsets"}}, then the data.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

_TYPES = {"F16": "<f2", "F32": "<f4"}


def mapped_tensor(file: Path, name: str) -> NDArray[np.floating]:
    """Return a tensor of a file; changes to it stay in memory.

    Raises OSError, KeyError or ValueError when there is no such tensor of 16 or 32 bits a number.
    """
    with file.open("rb") as opened:
        size = int.from_bytes(opened.read(8), "little")
        about = json.loads(opened.read(size))[name]
    start, end = about["data_offsets"]
    shape = tuple(int(length) for length in about["shape"])
    kind = np.dtype(_TYPES[about["dtype"]])
    if end - start != kind.itemsize * int(np.prod(shape)) or 8 + size + end > file.stat().st_size:
        raise ValueError(f"{file}: {name} is cut short")
    # As a plain ndarray: every operation on the memmap subclass costs microseconds of bookkeeping.
    return np.asarray(np.memmap(file, kind, mode="c", offset=8 + size + start, shape=shape))
