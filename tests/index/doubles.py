"""What stands in for slow or outside parts in the tests of this package."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from index.encoder import unit_rows
from knowledge.document import Document, Header, PartialDate
from knowledge.structure import parse_sections
from knowledge.text import normalise, syllables


class HashingEncoder:
    """The sum of one pseudo-random direction a syllable: deterministic, instant, alike for like words."""

    def __init__(self, name: str = "hashing-1", dimension: int = 32) -> None:
        self.name = name
        self.dimension = dimension
        self.encoded = 0  # passages asked for so far

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self._encode(texts)

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.encoded += len(texts)
        return self._encode(texts)

    def _encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        rows = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for syllable in syllables(text):
                row += _direction(syllable, self.dimension)
        return unit_rows(rows)


@cache
def _direction(syllable: str, dimension: int) -> NDArray[np.float32]:
    seed = int.from_bytes(hashlib.sha256(syllable.encode()).digest()[:8], "big")
    return np.random.default_rng(seed).standard_normal(dimension, dtype=np.float32)


PLAN = Header(
    kind="kế hoạch",
    symbol="15/KH-SVH",
    symbol_draft=None,
    issuer="Sở Văn hóa Bình Minh",
    issuer_inferred=False,
    place="Bình Minh",
    province="Bình Minh",
    date=PartialDate(2025, 2, 10),
    subject="Tổ chức Ngày hội đọc sách năm 2025",
    signer=None,
    recipients=(),
    is_draft=False,
)


def document(text: str, *, file: str = "ke-hoach.txt", header: Header = PLAN) -> Document:
    """Return `text` as a document with its sections and nothing else analysed."""
    text = normalise(text)
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Document(file, digest, text, header, parse_sections(text), (), (), None, ())
