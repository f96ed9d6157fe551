"""Small talk: what people type to try the assistant, and no document answers. Reads `data/small_talk.txt`."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.encoder import Encoder, WordEncoder
from knowledge.text import fold, fold_many

FILE = Path(__file__).parent / "data" / "small_talk.txt"
_NEAREST = 3  # utterances whose mean counts

Floats = NDArray[np.float32]


def like_small_talk(encoder: Encoder, query: Floats, words: str) -> float | None:
    """Return the mean cosine of the unit vector `query` [d] with the nearest small talk; None for slow encoders.

    `words`: what was encoded. What is a line of it but for the marks is surely some: "chao bot" was read as a porridge.
    """
    if not isinstance(encoder, WordEncoder):
        return None  # a thousand lines take others half a minute
    if fold(words) in _folded():
        return 1.0
    cosines = _utterances(encoder) @ query
    return float(np.partition(cosines, -_NEAREST)[-_NEAREST:].mean())


@lru_cache(maxsize=2)
def _utterances(encoder: Encoder) -> Floats:
    return encoder.encode_queries(_lines())


@lru_cache(maxsize=1)
def _folded() -> frozenset[str]:
    return frozenset(fold_many(_lines()))


def _lines() -> list[str]:
    lines = FILE.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]
