"""Which document refers to which, as a drawing: ours on the left, what they cite on the right. Pure.

A cited document that is ours itself stands on the right too, marked as such: every line then runs one way.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bot import wording
from index.card import DocumentCard
from knowledge.document import Reference

WIDTH = 360  # a phone's width, so that letters keep their size there
_BOX, _ROW, _GAP = 148, 34, 10  # width of a box, height of a row, between boxes
_LETTERS = 21  # of a name that fit into a box
_SHOWN = 30  # cited documents of the drawing, those cited most; the table has all


@dataclass(frozen=True, slots=True)
class Node:
    """One document in the drawing."""

    name: str
    short: str  # as much as the box holds
    y: float  # middle of the box
    digest: str = ""  # of one of ours, to open it; "" otherwise


@dataclass(frozen=True, slots=True)
class Edge:
    """One document refers to another."""

    path: str  # of the SVG
    known: bool  # the cited document is ours


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: a document of ours and what it cites, with how often."""

    name: str
    digest: str
    cited: tuple[tuple[str, int, str], ...]  # name, times, digest of one of ours or ""


@dataclass(frozen=True, slots=True)
class Graph:
    """The drawing and its table."""

    ours: tuple[Node, ...]
    cited: tuple[Node, ...]
    edges: tuple[Edge, ...]
    rows: tuple[Row, ...]
    height: float
    left_out: int  # cited documents that the drawing has no room for
    box: int = _BOX


def graph(cards: Sequence[DocumentCard]) -> Graph:
    """Return who cites whom; documents that cite nothing are left out."""
    symbols = {card.header.symbol: card for card in cards if card.header.symbol}
    rows = [row for card in cards if (row := _row(card, symbols)).cited]
    totals: Counter[str] = Counter()
    digests: dict[str, str] = {}
    for row in rows:
        for name, times, digest in row.cited:
            totals[name] += times
            digests[name] = digest
    # In the order in which ours cite them, so that few lines cross.
    kept = {name for name, _ in totals.most_common(_SHOWN)}
    order = list(dict.fromkeys(name for row in rows for name, _, _ in row.cited if name in kept))
    height = max(len(rows), len(order)) * (_ROW + _GAP) + _GAP
    ours = _spread([(row.name, row.digest) for row in rows], height)
    cited = _spread([(name, digests[name]) for name in order], height)
    ends = dict(zip(order, cited, strict=True))
    edges = tuple(
        Edge(_curve(node.y, ends[name].y), bool(ends[name].digest))
        for node, row in zip(ours, rows, strict=True)
        for name, _, _ in row.cited
        if name in ends
    )
    return Graph(ours, cited, edges, tuple(rows), height, len(totals) - len(order))


def _row(card: DocumentCard, symbols: dict[str, DocumentCard]) -> Row:
    times: Counter[str] = Counter()
    digests: dict[str, str] = {}
    for one in card.references:
        known = symbols.get(one.symbol or "")
        if known is not None and known.digest == card.digest:
            continue
        name = wording.name(known.header) if known else _named(one)
        if name:
            times[name] += 1
            digests[name] = known.digest if known else ""
    cited = tuple((name, number, digests[name]) for name, number in times.items())
    return Row(wording.name(card.header), card.digest, cited)


def _named(one: Reference) -> str:
    kind = (one.kind or "văn bản").capitalize()
    if one.symbol:
        return f"{kind} {one.symbol}"
    if one.date:
        return f"{kind} {one.date.vietnamese()}"
    return f"{kind} của {one.issuer}" if one.issuer and one.kind else ""


def _spread(named: Sequence[tuple[str, str]], height: float) -> tuple[Node, ...]:
    step = height / max(len(named), 1)
    return tuple(
        Node(name, _short(name), round((position + 0.5) * step, 1), digest)
        for position, (name, digest) in enumerate(named)
    )


def _short(name: str) -> str:
    return name if len(name) <= _LETTERS else name[: _LETTERS - 1].rstrip() + "…"


def _curve(start: float, end: float) -> str:
    left, right = _BOX, WIDTH - _BOX
    middle = (left + right) / 2
    return f"M{left} {start}C{middle} {start} {middle} {end} {right} {end}"
