"""What single documents of a snapshot are called, read when first asked for and kept.

A snapshot can have a hundred thousand documents, a question looks at a few dozen: nothing here goes through all.
Knows nothing of questions.
"""

from __future__ import annotations

import re
import weakref
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from knowledge.document import Header, Reference
from knowledge.kinds import kind_of_symbol
from knowledge.symbols import symbol_key, symbol_number, symbol_year
from knowledge.text import bare_syllables, fold, syllables

from . import naming, provinces
from .references import printed

if TYPE_CHECKING:
    from index.snapshot import Snapshot

_MOST = 2_500  # headers kept for one snapshot, some 5 MB; then it starts anew
_IN_QUOTES = re.compile(r"[“\"]([^“”\"]{12,})[”\"]")  # a word or two in quotation marks name nothing


@dataclass(frozen=True, slots=True)
class Called:
    """A document's header in the forms that names in questions are compared with; all words folded."""

    key: str | None  # symbol_key of its symbol
    number: int | None  # 912 of "912/KH-SNNMT"
    kind: str | None  # accented, as in knowledge.kinds
    date: date | None
    years: frozenset[int]  # of issue, of the symbol, in the subject
    places: frozenset[str]  # provinces.key of its province and of where it was dated
    issuer: tuple[str, ...]  # without its province, without "tỉnh" and "và"
    signer: str | None
    quoted: tuple[str, ...]  # names between quotation marks in the subject: movements, contests
    words: frozenset[str]  # all words it is called by


def called(header: Header, references: Sequence[Reference] = ()) -> Called:
    """Prepare a header for comparison; a text without number is called by that of the document it prints."""
    own = header.symbol or printed(header, references)
    symbol = header.symbol or header.symbol_draft
    year = symbol_year(header.symbol) if header.symbol else None
    years = {header.date.year if header.date else None, year, *naming.years(header.subject or "")}
    named = (header.kind, symbol, header.issuer, header.province, header.place, header.subject)
    issuer = [fold(word) for word in provinces.without(syllables(header.issuer or ""))]
    return Called(
        key=symbol_key(own) if own else None,
        number=symbol_number(own) if own else None,
        kind=header.kind or (kind_of_symbol(symbol or own or "") if symbol or own else None),
        date=header.date.whole if header.date else None,
        years=frozenset(year for year in years if year is not None),
        places=frozenset(provinces.key(name) for name in (header.province, header.place) if name),
        issuer=tuple(word for word in issuer if word not in ("tinh", "va")),
        signer=_joined(header.signer.name) if header.signer and header.signer.name else None,
        quoted=tuple(_joined(name) for name in _IN_QUOTES.findall(header.subject or "")),
        words=frozenset(bare_syllables(" ".join(filter(None, named)))),
    )


def _joined(text: str) -> str:
    return " ".join(syllables(fold(text)))


class Headers:
    """The documents of one snapshot by what they are called."""

    def __init__(self, snapshot: Snapshot) -> None:
        # Not the snapshot itself: this is kept for as long as the snapshot is, and must not be why it is.
        self._snapshot = weakref.ref(snapshot)
        self._known: dict[int, Called] = {}

    def __getitem__(self, document: int) -> Called:
        known = self._known.get(document)
        if known is None:
            snapshot = self._snapshot()
            if snapshot is None:
                raise LookupError("the snapshot is gone")
            if len(self._known) >= _MOST:
                self._known.clear()
            card = snapshot.documents[document]
            known = self._known[document] = called(card.header, card.references)
        return known


_PREPARED: weakref.WeakKeyDictionary[Snapshot, Headers] = weakref.WeakKeyDictionary()


def headers(snapshot: Snapshot) -> Headers:
    """Return the names of the documents of `snapshot`, the same object for as long as it is loaded."""
    prepared = _PREPARED.get(snapshot)
    if prepared is None:
        prepared = _PREPARED[snapshot] = Headers(snapshot)
    return prepared
