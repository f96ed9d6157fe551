"""What the documents of one snapshot are called, prepared once for looking them up by name.

Knows nothing of questions: symbols, provinces and issuers in, positions of documents out.
"""

from __future__ import annotations

import weakref
from collections import defaultdict
from typing import TYPE_CHECKING

from knowledge.document import Header
from knowledge.kinds import kind_of_symbol
from knowledge.symbols import symbol_key, symbol_number, symbol_year
from knowledge.text import fold, syllables

from . import provinces

if TYPE_CHECKING:
    from index.snapshot import Snapshot


class Headers:
    """Documents by symbol, by number, by province; the words of their issuers."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.by_symbol: dict[str, list[int]] = defaultdict(list)  # symbol_key → documents
        self.by_number: dict[int, list[int]] = defaultdict(list)  # 912 of "912/KH-SNNMT" → documents
        self.by_province: dict[str, list[int]] = defaultdict(list)  # provinces.key → documents
        self.by_signer: dict[str, list[int]] = defaultdict(list)  # folded name → documents
        self._list: list[Header] = []
        for position, card in enumerate(snapshot.documents):
            self._add(position, card.header)

    def _add(self, position: int, header: Header) -> None:
        self._list.append(header)
        if header.symbol:
            self.by_symbol[symbol_key(header.symbol)].append(position)
            number = symbol_number(header.symbol)
            if number is not None:
                self.by_number[number].append(position)
        for name in {provinces.key(name) for name in (header.province, header.place) if name}:
            self.by_province[name].append(position)
        if header.signer and header.signer.name:
            self.by_signer[" ".join(syllables(fold(header.signer.name)))].append(position)

    def __getitem__(self, document: int) -> Header:
        return self._list[document]

    def __len__(self) -> int:
        return len(self._list)

    def kind(self, document: int) -> str | None:
        """Return the kind of a document, from its symbol where the title is lost."""
        header = self._list[document]
        symbol = header.symbol or header.symbol_draft
        return header.kind or (kind_of_symbol(symbol) if symbol else None)

    def years(self, document: int) -> set[int]:
        """Return the years a document is called by: of issue, and of its symbol."""
        header = self._list[document]
        years = {header.date.year} if header.date else set()
        year = symbol_year(header.symbol) if header.symbol else None
        return years | {year} if year else years


_PREPARED: weakref.WeakKeyDictionary[Snapshot, Headers] = weakref.WeakKeyDictionary()


def headers(snapshot: Snapshot) -> Headers:
    """Return the prepared names of `snapshot`, made at the first question after it was loaded."""
    prepared = _PREPARED.get(snapshot)
    if prepared is None:
        prepared = _PREPARED[snapshot] = Headers(snapshot)
    return prepared
