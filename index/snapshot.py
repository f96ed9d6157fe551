"""The index as it is asked: one version, immutable, memory-mapped; and where the newest one comes from.

Documents and passages are numbered through the segments in order; what no longer counts has no number.
Knows nothing of questions, and nothing of how a version is made.
"""

from __future__ import annotations

import logging
import threading
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import overload

import numpy as np
from numpy.typing import NDArray

from index.between import read_between
from index.card import DocumentCard, place
from index.encoder import Encoder, Vectors, load_encoder
from index.errors import DamagedIndex
from index.lexical import LexicalIndex, Part
from index.manifest import Manifest, SegmentEntry, current_stamp, read_current, read_manifest, versions
from index.passage import Passage
from index.segment import Segment
from index.vectors import VectorIndex, VectorPart
from index.vocabulary import Vocabulary
from knowledge.document import Document, Finding
from knowledge.errors import KnowledgeError

__all__ = ["DocumentCard", "Snapshot", "SnapshotStore"]

_LOG = logging.getLogger(__name__)
_KEPT = 32  # whole documents kept decoded: a question looks into a few, and the next one often into the same


class _Share:
    """A segment and which of its documents and passages count."""

    def __init__(self, segment: Segment, dead: Sequence[int]) -> None:
        self.segment = segment
        alive = np.ones(len(segment.documents), dtype=np.bool_)
        alive[list(dead)] = False
        whole = bool(alive.all())
        self.documents = np.flatnonzero(alive).astype(np.int32)
        self.rows = np.flatnonzero(alive[segment.owners]).astype(np.int32)
        self.live_documents = None if whole else self.documents
        self.live_rows = None if whole else self.rows


class Snapshot:
    """One version of the index. Read-only, so safe from any thread."""

    def __init__(
        self,
        manifest: Manifest,
        segments: Sequence[Segment],
        between: Mapping[str, tuple[Finding, ...]],
        load: Callable[[], Encoder],
    ) -> None:
        self.version = manifest.version
        self.manifest = manifest
        self._segments = tuple(segments)
        self._between = between  # findings that other documents cause, by the document's key
        self._load = load
        self._shares = [_Share(each, entry.dead) for each, entry in zip(segments, manifest.segments, strict=True)]
        self._documents_before = _sums([len(share.documents) for share in self._shares])
        self._rows_before = _sums([len(share.rows) for share in self._shares])
        self.document_of: NDArray[np.int32] = self._owners()
        self._firsts = np.searchsorted(self.document_of, np.arange(self._documents_before[-1] + 1))
        self.documents: Sequence[DocumentCard] = _Cards(self)
        self.accented = self._lexical("accented")
        self.folded = self._lexical("folded")
        self.heads = LexicalIndex([Part(share.segment.heads, share.live_documents) for share in self._shares])
        self.vectors = VectorIndex([VectorPart(s.segment.vectors.index, s.live_rows) for s in self._shares])
        syllables = (syllable for share in self._shares for syllable in share.segment.syllables)
        self.vocabulary = Vocabulary(syllables, self.accented, self.folded)
        self._decoded: OrderedDict[int, Document] = OrderedDict()

    def __len__(self) -> int:
        """Return the number of passages."""
        return self._rows_before[-1]

    def passage(self, number: int) -> Passage:
        """Return a passage, read when it is asked for."""
        share, row = self._find(number, self._rows_before)
        return share.segment.passage(int(share.rows[row]), int(self.document_of[number]))

    def document(self, number: int) -> Document:
        """Return a whole document, decoded when it is asked for and kept a while."""
        known = self._decoded.get(number)
        if known is None:
            share, local = self._find(number, self._documents_before)
            known = self._decoded[number] = share.segment.document(int(share.documents[local]))
            if len(self._decoded) > _KEPT:
                self._decoded.popitem(last=False)
        return known

    def card(self, number: int) -> DocumentCard:
        """Return the card of a document."""
        share, local = self._find(number, self._documents_before)
        stored = share.segment.card(int(share.documents[local]))
        others = self._between.get(stored.key, ())
        return place(stored, int(self._firsts[number]), int(self._firsts[number + 1]), others)

    @cached_property
    def encoder(self) -> Encoder:
        """What questions are encoded with, loaded on first use.

        Where the program's encoder is no longer the one the vectors were made with, cosines would be noise: then one
        that finds nothing alike, so that words alone decide until `tdkt index` has made the vectors anew.
        """
        encoder = self._load()
        if (encoder.name, encoder.dimension) == (self.manifest.encoder, self.manifest.dimension):
            return encoder
        _LOG.warning("index %s has vectors of %s, not of %s", self.version, self.manifest.encoder, encoder.name)
        return _Mute(self.manifest.encoder, self.manifest.dimension)

    def without(self, keys: Collection[str]) -> Snapshot:
        """Return this snapshot as if the documents of these keys were not in it; it shares what is on disk.

        No passage, word count or finding is left that would tell of them. Made in time linear in the documents.
        """
        left_out = [card for card in self.documents if card.key in keys]
        if not left_out:
            return self
        entries = [
            _narrowed(entry, share, keys) for share, entry in zip(self._shares, self.manifest.segments, strict=True)
        ]
        named = tuple(f"(tệp {card.file})" for card in left_out)  # as `knowledge.wording.titled` ends
        between = {
            key: tuple(one for one in findings if not any(name in one.message for name in named))
            for key, findings in self._between.items()
            if key not in keys
        }
        manifest = replace(self.manifest, segments=tuple(entries))
        return Snapshot(manifest, self._segments, between, lambda: self.encoder)

    def _owners(self) -> NDArray[np.int32]:
        owners = [np.zeros(0, dtype=np.int32)]
        for share, before in zip(self._shares, self._documents_before, strict=False):
            numbers = np.searchsorted(share.documents, share.segment.owners[share.rows])
            owners.append((numbers + before).astype(np.int32))
        return np.concatenate(owners)

    def _lexical(self, form: str) -> LexicalIndex:
        return LexicalIndex([Part(getattr(share.segment, form), share.live_rows) for share in self._shares])

    def _find(self, number: int, before: list[int]) -> tuple[_Share, int]:
        """Return the share that holds a document or passage, and its number there."""
        if not 0 <= number < before[-1]:
            raise IndexError(number)
        at = bisect_right(before, number) - 1
        return self._shares[at], number - before[at]


def _narrowed(entry: SegmentEntry, share: _Share, keys: Collection[str]) -> SegmentEntry:
    """Return the entry of a segment as it is without the documents of these keys."""
    dead = [number for number in share.documents.tolist() if share.segment.card(number).key in keys]
    passages = int(np.isin(share.segment.owners, dead).sum())
    return SegmentEntry(entry.name, (*entry.dead, *dead), entry.documents - len(dead), entry.passages - passages)


def _sums(sizes: Sequence[int]) -> list[int]:
    return [0, *np.cumsum(sizes, dtype=np.int64).tolist()]


class _Cards(Sequence[DocumentCard]):
    """The cards of a snapshot, read when asked for."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._size = snapshot._documents_before[-1]

    def __len__(self) -> int:
        return self._size

    @overload
    def __getitem__(self, index: int) -> DocumentCard: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[DocumentCard]: ...

    def __getitem__(self, index: int | slice) -> DocumentCard | Sequence[DocumentCard]:
        if isinstance(index, slice):
            return [self._snapshot.card(number) for number in range(*index.indices(self._size))]
        return self._snapshot.card(index + self._size if index < 0 else index)


class _Mute:
    """An encoder whose vectors are like nothing."""

    def __init__(self, name: str, dimension: int) -> None:
        self.name = name
        self.dimension = dimension

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return np.zeros((len(texts), self.dimension), dtype=np.float32)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        return np.zeros((len(texts), self.dimension), dtype=np.float32)


class SnapshotStore:
    """The newest snapshot of a home; asks the disk whether it is still the newest. Thread-safe."""

    def __init__(self, home: Path, encoder: Callable[[], Encoder] = load_encoder) -> None:
        self._index = home / "index"
        self._make_encoder = encoder
        self._encoder: Encoder | None = None
        self._lock = threading.Lock()
        self._stamp: tuple[int, int, int] | None = None
        self._snapshot: Snapshot | None = None
        self._segments: dict[str, Segment] = {}  # of the snapshot in use: most go on into the next

    def current(self) -> Snapshot | None:
        """Return the newest snapshot, None while nothing was ever built. Costs one look at a file when nothing changed.

        A newest version that cannot be read leaves the one in use in place, or else the newest one on disk that can.
        Raises DamagedIndex where there is none.
        """
        with self._lock:
            stamp = current_stamp(self._index)
            if stamp != self._stamp:
                self._snapshot = self._newest()
                self._stamp = stamp
            return self._snapshot

    def _newest(self) -> Snapshot | None:
        newest = read_current(self._index)
        if newest is None:
            return None
        if self._snapshot is not None and self._snapshot.version == newest:
            return self._snapshot
        try:
            return self._open(newest)
        except DamagedIndex as error:
            if read_current(self._index) != newest:  # it was replaced, and removed, while it was being opened
                return self._newest()
            standby = self._snapshot or self._older(newest)
            if standby is None:
                raise
            _LOG.error("%s", error)
            return standby

    def _older(self, newest: str) -> Snapshot | None:
        for version in reversed(versions(self._index)):
            if version < newest:
                try:
                    return self._open(version)
                except DamagedIndex as error:
                    _LOG.error("%s", error)
        return None

    def _open(self, version: str) -> Snapshot:
        folder = self._index / version
        manifest = read_manifest(folder)
        segments: dict[str, Segment] = {}
        try:
            for entry in manifest.segments:
                segments[entry.name] = self._segments.get(entry.name) or Segment(folder / entry.name)
            snapshot = Snapshot(manifest, list(segments.values()), read_between(folder), self._shared_encoder)
        except (OSError, ValueError, RuntimeError, LookupError, KnowledgeError) as error:  # RuntimeError is FAISS's
            raise DamagedIndex(f"Chỉ mục {folder} hỏng ({error}); hãy chạy lại tdkt index.") from error
        self._segments = segments
        return snapshot

    def _shared_encoder(self) -> Encoder:
        with self._lock:
            if self._encoder is None:
                self._encoder = self._make_encoder()
            return self._encoder
