"""A segment: documents that were indexed together, and everything needed to find and show them.

Written once and never changed. A later snapshot takes it over whole, and only says which of its documents no longer
count; that is what makes adding one document to a hundred thousand passages a matter of that document.

    documents.bin .npy   the analysed documents, zlib of knowledge.codec
    cards.bin .npy       their cards, JSON
    kin.bin .npy         what links them to other documents, JSON
    passages.bin .npy    [id, cite, context, text, start, end], JSON
    keys.json            [[key, fingerprint], …] of the documents
    owners.npy           int32 [passages]: the document of each
    syllables.txt        every accented syllable, one a line
    accented/ folded/    postings of the passages
    heads/               postings of the documents' own names, folded
    vectors.faiss

Knows nothing of snapshots: numbers here count within the segment.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index import card as cards
from index.card import StoredCard
from index.passage import Passage
from index.postings import Postings, mapped
from index.records import Records
from index.vectors import VectorPart
from knowledge import codec
from knowledge.document import Document

if TYPE_CHECKING:
    from index.kin import Kin

# Cards kept decoded, some 2 MB: what a server asks for again with every new snapshot. Most offices' documents all fit;
# those of a corpus of a hundred thousand records would take more memory than its passages.
_KEPT = 2_000


class Segment:
    """A segment on disk, memory-mapped; what is asked for is read then."""

    def __init__(self, folder: Path) -> None:
        """Open a segment. Raises OSError, ValueError or RuntimeError when it is damaged."""
        self.name = folder.name
        self.documents = Records(folder, "documents")
        self.passages = Records(folder, "passages")
        self.owners: NDArray[np.int32] = mapped(folder / "owners.npy")
        self.accented = Postings.load(folder / "accented")
        self.folded = Postings.load(folder / "folded")
        self.heads = Postings.load(folder / "heads")
        self._folder = folder
        self._syllables = (folder / "syllables.txt").read_bytes()  # an unlinked folder cannot be read later
        self._cards = Records(folder, "cards")
        self._kin = Records(folder, "kin")
        self._known: dict[int, StoredCard] = {}
        self.vectors = VectorPart.load(folder / "vectors.faiss")
        if not (
            len(self.documents) == len(self._cards) == len(self._kin) == len(self.heads)
            and len(self.passages) == len(self.owners) == len(self.accented) == len(self.folded) == len(self.vectors)
        ):
            raise ValueError(f"{folder}: its parts are of different sizes")

    @cached_property
    def syllables(self) -> list[str]:
        """Every accented syllable of its passages."""
        return self._syllables.decode().split("\n") if self._syllables else []

    @cached_property
    def keys(self) -> list[tuple[str, str]]:
        """(key, fingerprint) of its documents; read on first use, since only builds need it."""
        return [(key, print_) for key, print_ in json.loads((self._folder / "keys.json").read_bytes())]

    def document(self, number: int) -> Document:
        """Return a whole document. Raises StoredAnalysisError when it is of another format."""
        return codec.loads(zlib.decompress(self.documents[number]).decode("utf-8", "surrogatepass"))

    def card(self, number: int) -> StoredCard:
        """Return the card of a document."""
        known = self._known.get(number)
        if known is None:
            known = cards.loads(self._cards[number])
            if len(self._known) < _KEPT:
                self._known[number] = known
        return known

    def card_record(self, number: int) -> bytes:
        """Return a card as it is stored, to be copied."""
        return self._cards[number]

    @cached_property
    def kins(self) -> list[Kin]:
        """What links each document to others; read on first use, since only builds need it."""
        from index.kin import loads

        records = self._kin.every()
        known = {record: loads(record) for record in set(records)}  # that of a loner is the same for all of them
        return [known[record] for record in records]

    def kin_record(self, number: int) -> bytes:
        """Return the same as it is stored, to be copied."""
        return self._kin[number]

    def passage(self, row: int, position: int) -> Passage:
        """Return a passage; `position` is its document's place in the snapshot."""
        return decode_passage(self.passages[row], position)

    def rows_of(self, number: int) -> range:
        """Return the passages of a document."""
        first, last = np.searchsorted(self.owners, [number, number + 1]).tolist()
        return range(first, last)

    def count(self, numbers: Sequence[int]) -> int:
        """Return how many passages some documents have together."""
        return int(np.bincount(self.owners, minlength=len(self.documents))[list(numbers)].sum())


def encode_passage(passage: Passage) -> bytes:
    """Return a passage as it is stored."""
    fields = [passage.id, passage.cite, passage.context, passage.text, passage.start, passage.end]
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def decode_passage(record: bytes, position: int) -> Passage:
    """Return the passage that `encode_passage` stored, of the document at `position`."""
    identity, cite, context, text, start, end = json.loads(record)
    return Passage(identity, position, cite, context, text, start, end)
