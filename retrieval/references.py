"""Every document that the indexed ones are or cite, by its symbol and by its number.

Knows nothing of questions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.document import Header, Reference
from knowledge.symbols import symbol_key, symbol_number, symbol_year

if TYPE_CHECKING:
    from index.snapshot import Snapshot

_CONSOLIDATED = "/VBHN-"
_LAWS = frozenset(("luật", "bộ luật", "pháp lệnh", "hiến pháp"))
_TWICE, _SOMETIMES, _OFTEN = 2, 3, 6  # times that an article cites what it prints, and nothing else, and others, a law
_MOSTLY = 0.4  # share of all that it cites


@dataclass(frozen=True, slots=True)
class Mention:
    """One reference with the document it stands in."""

    position: int  # of the citing document in the snapshot
    reference: Reference


class ReferenceIndex:
    """Every mention of another document, by its symbol; built once for a snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._mentions: dict[str, list[Mention]] = {}
        self._own: dict[str, int] = {}
        self._numbered: dict[tuple[int | None, str | None], dict[str, int | None]] = {}  # to symbols with their years
        self._begun: set[tuple[str, ...]] = set()
        for position, card in enumerate(snapshot.documents):
            if card.header.symbol:
                self._own.setdefault(symbol_key(card.header.symbol), position)
                self._note(card.header.symbol, card.header.kind, card.header.date.year if card.header.date else None)
            if (same := consolidated(card.header, card.references)) is not None:
                self._own.setdefault(symbol_key(same), position)
            for reference in card.references:
                if reference.symbol:
                    self._mentions.setdefault(symbol_key(reference.symbol), []).append(Mention(position, reference))
                    self._note(reference.symbol, reference.kind, reference.date.year if reference.date else None)

    def _note(self, symbol: str, kind: str | None, year: int | None) -> None:
        written = self._numbered.setdefault((symbol_number(symbol), kind), {})
        written[symbol] = symbol_year(symbol) or year or written.get(symbol)
        self._begun.add(_beginning(symbol))

    def own(self, symbol: str) -> int | None:
        """Return the indexed document whose own number is `symbol`."""
        return self._own.get(symbol_key(symbol))

    def mentions(self, symbol: str) -> Sequence[Mention]:
        """Return every mention of `symbol` in the indexed documents, in order."""
        return self._mentions.get(symbol_key(symbol), ())

    def knows(self, symbol: str) -> bool:
        """Tell whether some document is or cites `symbol`, or one that begins so: the end is often mistyped."""
        return self.own(symbol) is not None or bool(self.mentions(symbol)) or _beginning(symbol) in self._begun

    def numbered(self, kind: str, number: int, year: int | None) -> list[str]:
        """Return the symbols of the documents of `kind` with `number`, of `year` where one is given."""
        found = self._numbered.get((number, kind), {})
        return [symbol for symbol, written in found.items() if year is None or written in (None, year)]


def consolidated(header: Header, references: Sequence[Reference]) -> str | None:
    """Return the symbol of the document whose words a consolidated text ("…/VBHN-…") has, cited first of its kind."""
    if header.symbol is None or _CONSOLIDATED not in header.symbol:
        return None
    return next((one.symbol for one in references if one.symbol and one.kind == header.kind), None)


def printed(header: Header, references: Sequence[Reference]) -> str | None:
    """Return the symbol of the one document that a text without number is an article on, or a codification of.

    Cited time and again, and hardly another, laws far more often, for rules of any kind rest on one; a plan without
    number that carries another out is of a kind of its own.
    """
    if header.symbol or header.symbol_draft:
        return None
    cited = Counter(symbol_key(one.symbol) for one in references if one.symbol)
    if not cited:
        return None
    key, times = cited.most_common(1)[0]
    first = next(one for one in references if one.symbol and symbol_key(one.symbol) == key)
    share = times / cited.total()
    needed = _OFTEN if first.kind in _LAWS else _SOMETIMES if share < 1.0 else _TWICE
    alone = times >= needed and share >= _MOSTLY
    return first.symbol if alone and (header.kind is None or (header.kind == first.kind and share == 1.0)) else None


def _beginning(symbol: str) -> tuple[str, ...]:
    """Number, year where there is one, and the first letters of the codes."""
    parts = symbol_key(symbol).split("/")
    codes = next((place for place, part in enumerate(parts) if not part.isdigit()), len(parts))
    return (*parts[:codes], "".join(parts[codes : codes + 1])[:2])
