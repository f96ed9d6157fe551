"""Ruled tables: lines drawn on a page → cells → the words in them.

Rules come from the paths of a PDF. Knows nothing of PDF files.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from knowledge.readers.placed import Cells, Word, rows_of

Box = tuple[float, float, float, float]  # left, top, right, bottom

_NEAR = 3.0  # points: rules this close are one, or touch
_MOST_CELLS = 20_000


@dataclass(frozen=True, slots=True)
class _Rule:
    at: float  # y of a horizontal rule, x of a vertical one
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Grid:
    """The rules of one table."""

    across: list[_Rule]
    down: list[_Rule]
    xs: list[float]  # where columns begin and end
    ys: list[float]  # where rows begin and end

    def holds(self, word: Word) -> bool:
        """Tell whether `word` stands in this table."""
        across = (word.left + word.right) / 2
        return self.xs[0] < across < self.xs[-1] and self.ys[0] < word.middle < self.ys[-1]

    def columns(self) -> list[Box]:
        """Return the box of each column; none where a cell reaches over several."""
        rows = list(pairwise(self.ys))
        if not all(_ruled(self.down, x, top, bottom) for x in self.xs[1:-1] for top, bottom in rows):
            return []
        return [(left, self.ys[0], right, self.ys[-1]) for left, right in pairwise(self.xs)]

    def fill(self, words: Sequence[Word]) -> Cells:
        """Return the table with `words`, all of which it holds, in its cells."""
        return Cells(_fill(self.across, self.down, self.xs, self.ys, words), self.ys[0], self.ys[-1])


def find_grids(rules: Iterable[Box]) -> list[Grid]:
    """Return the ruled tables of at least two columns on a page, top to bottom."""
    boxes = list(rules)
    flat = _merge([_Rule((b + d) / 2, a, c) for a, b, c, d in boxes if c - a > d - b])
    upright = _merge([_Rule((a + c) / 2, b, d) for a, b, c, d in boxes if c - a <= d - b])
    grids = [Grid(across, down, _stops(down), _stops(across)) for across, down in _networks(flat, upright)]
    tables = [g for g in grids if len(g.xs) > 2 and len(g.ys) > 1 and len(g.xs) * len(g.ys) <= _MOST_CELLS]
    return sorted(tables, key=lambda grid: grid.ys[0])


def find_tables(rules: Iterable[Box], words: Sequence[Word]) -> tuple[list[Cells], list[Word]]:
    """Return the ruled tables of a page, top to bottom, and the words that stand in none of them."""
    tables: list[Cells] = []
    rest = list(words)
    for grid in find_grids(rules):
        inside = [word for word in rest if grid.holds(word)]
        rest = [word for word in rest if not grid.holds(word)]
        if inside:
            tables.append(grid.fill(inside))
    return tables, rest


def _merge(rules: list[_Rule]) -> list[_Rule]:
    """Join rules that lie on one line and touch."""
    lines: list[list[_Rule]] = []
    for rule in sorted(rules, key=lambda rule: rule.at):
        if lines and rule.at - lines[-1][0].at <= _NEAR:
            lines[-1].append(rule)
        else:
            lines.append([rule])
    merged: list[_Rule] = []
    for line in lines:
        at = line[len(line) // 2].at
        merged.append(_Rule(at, min(rule.low for rule in line), -1.0))
        for rule in sorted(line, key=lambda rule: rule.low):
            last = merged[-1]
            if last.high < 0 or rule.low <= last.high + _NEAR:
                merged[-1] = _Rule(at, last.low, max(last.high, rule.high))
            else:
                merged.append(_Rule(at, rule.low, rule.high))
    return merged


def _networks(flat: list[_Rule], upright: list[_Rule]) -> list[tuple[list[_Rule], list[_Rule]]]:
    """Return the sets of rules that hang together by crossing each other."""
    group = list(range(len(flat) + len(upright)))

    def find(node: int) -> int:
        while group[node] != node:
            group[node] = group[group[node]]
            node = group[node]
        return node

    for i, rule in enumerate(flat):
        for j, other in enumerate(upright):
            crosses = rule.low - _NEAR <= other.at <= rule.high + _NEAR
            if crosses and other.low - _NEAR <= rule.at <= other.high + _NEAR:
                group[find(i)] = find(len(flat) + j)
    networks: dict[int, tuple[list[_Rule], list[_Rule]]] = {}
    for node in range(len(group)):
        across, down = networks.setdefault(find(node), ([], []))
        (across.append(flat[node]) if node < len(flat) else down.append(upright[node - len(flat)]))
    return list(networks.values())


def _stops(rules: list[_Rule]) -> list[float]:
    stops: list[float] = []
    for rule in sorted(rules, key=lambda rule: rule.at):
        if not stops or rule.at - stops[-1] > _NEAR:
            stops.append(rule.at)
    return stops


def _ruled(rules: list[_Rule], at: float, low: float, high: float) -> bool:
    """Tell whether a rule at `at` separates the cells on both sides of `[low, high]`."""
    centre = (low + high) / 2
    return any(abs(rule.at - at) <= _NEAR and rule.low - _NEAR <= centre <= rule.high + _NEAR for rule in rules)


def _fill(
    across: list[_Rule], down: list[_Rule], xs: list[float], ys: list[float], words: Sequence[Word]
) -> tuple[tuple[str, ...], ...]:
    """Return the cells of each row; a merged cell speaks once, in its first row and column."""
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    for row in range(len(ys) - 1):
        for column in range(len(xs) - 1):
            owner[row, column] = (row, column)
            if column and not _ruled(down, xs[column], ys[row], ys[row + 1]):
                owner[row, column] = owner[row, column - 1]
            elif row and not _ruled(across, ys[row], xs[column], xs[column + 1]):
                owner[row, column] = owner[row - 1, column]
    content: dict[tuple[int, int], list[Word]] = {}
    for word in words:
        cell = owner[_slot(ys, word.middle), _slot(xs, (word.left + word.right) / 2)]
        content.setdefault(cell, []).append(word)
    lines = []
    for row in range(len(ys) - 1):
        # A cell merged from above keeps its place, empty, so that the columns of this row stay in line.
        cells = [
            _text(content.get((row, column), [])) for column in range(len(xs) - 1) if owner[row, column][1] == column
        ]
        lines.append(tuple(cells))
    return tuple(cells for cells in lines if any(cells))


def _slot(stops: list[float], value: float) -> int:
    return max(index for index, stop in enumerate(stops[:-1]) if stop <= value)


def _text(words: list[Word]) -> str:
    return " ".join(piece.text for row in rows_of(words) for piece in row)
