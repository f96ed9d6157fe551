"""A snapshot made in memory from a few texts, for tests that need words, headers and passages but no files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from index.encoder import Encoder
from index.lexical import LexicalIndex, Part
from index.passage import Passage
from index.postings import build_postings
from index.tokens import both_tokens, tokens
from knowledge.document import Header, PartialDate, Reference, Signer
from knowledge.text import fold


def header(
    kind: str | None = "kế hoạch",
    symbol: str | None = None,
    issuer: str | None = None,
    province: str | None = None,
    subject: str | None = None,
    date: PartialDate | None = None,
    signer: str | None = None,
) -> Header:
    return Header(
        kind=kind,
        symbol=symbol,
        symbol_draft=None,
        issuer=issuer,
        issuer_inferred=False,
        place=province,
        province=province,
        date=date,
        subject=subject,
        signer=Signer(signer, "GIÁM ĐỐC") if signer else None,
        recipients=(),
        is_draft=symbol is None,
    )


@dataclass(frozen=True)
class Card:
    header: Header
    first: int
    last: int
    references: tuple[Reference, ...] = ()


@dataclass(frozen=True)
class Vocabulary:
    accented_df: dict[str, int]
    folded_df: dict[str, int]
    by_fold: dict[str, tuple[str, ...]]


class HashEncoder:
    """Words to vectors by hashing: alike texts are alike, nothing more."""

    name = "hash"
    dimension = 1024

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        rows = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for token in tokens(text, folded=True):
                row[crc32(token.encode()) % self.dimension] += 1
        return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)

    encode_passages = encode_queries


class Vectors:
    def __init__(self, rows: NDArray[np.float32]) -> None:
        self._rows = rows

    def search(self, query: NDArray[np.float32], k: int) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        cosines = self._rows @ query
        order = np.argsort(-cosines, kind="stable")[:k]
        return order.astype(np.int64), cosines[order]

    def similarities(self, query: NDArray[np.float32], rows: NDArray[np.int64]) -> NDArray[np.float32]:
        return self._rows[rows] @ query


@dataclass(eq=False)
class FakeSnapshot:
    """`index.snapshot.Snapshot` as far as retrieval reads it."""

    texts: Sequence[tuple[Header, Sequence[str]]]
    version: str = "fake"
    documents: list[Card] = field(default_factory=list)
    encoder: Encoder = field(default_factory=HashEncoder)

    def __post_init__(self) -> None:
        self._passages: list[Passage] = []
        for number, (head, texts) in enumerate(self.texts):
            first = len(self._passages)
            context = " › ".join(part for part in (head.title, head.symbol, head.issuer) if part)
            for place, text in enumerate(texts):
                start = len(self._passages)
                self._passages.append(Passage(f"{number}:{place}", number, str(place + 1), context, text, start, start))
            self.documents.append(Card(head, first, len(self._passages)))
        both = [both_tokens(f"{one.context}\n{one.text}") for one in self._passages]
        self.accented = LexicalIndex([Part(build_postings([accented for accented, _ in both]))])
        self.folded = LexicalIndex([Part(build_postings([folded for _, folded in both]))])
        heads = [f"{h.title} {h.symbol or ''} {h.issuer or ''} {h.province or ''}" for h, _ in self.texts]
        self.heads = LexicalIndex([Part(build_postings([tokens(head, folded=True) for head in heads]))])
        self.vectors = Vectors(self.encoder.encode_passages([one.text for one in self._passages]))
        self.document_of = np.array([one.document for one in self._passages], dtype=np.int32)
        self.vocabulary = _vocabulary([accented for accented, _ in both])

    def __len__(self) -> int:
        return len(self._passages)

    def passage(self, number: int) -> Passage:
        return self._passages[number]


def _vocabulary(rows: Sequence[Sequence[str]]) -> Vocabulary:
    accented: dict[str, int] = {}
    folded: dict[str, int] = {}
    by_fold: dict[str, set[str]] = {}
    for row in rows:
        words = {token for token in row if "_" not in token}
        for word in words:
            accented[word] = accented.get(word, 0) + 1
            by_fold.setdefault(fold(word), set()).add(word)
        for word in {fold(word) for word in words}:
            folded[word] = folded.get(word, 0) + 1
    ordered = {key: tuple(sorted(forms, key=lambda form: -accented[form])) for key, forms in by_fold.items()}
    return Vocabulary(accented, folded, ordered)
