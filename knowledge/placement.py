"""Where a label fits: the open items of the tree, and which of them can hold it.

A number goes on with an open list, or opens one under the innermost item that can hold it; "1." after "2)" and gaps
where recognition lost a number are allowed for, a stray number in running text is not. Knows nothing of running text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from knowledge.document import SectionKind
from knowledge.letters import is_upper
from knowledge.lines import Line
from knowledge.numbering import Label, Level, follows

# "I.2" stands in I, "A.2" in A, "1.2" in 1.
_HOLDERS = {"I": {Level.ROMAN}, "A": {Level.LETTER}}
_SIGNS = "*-+"  # a star is greater than a dash, a dash than a plus
# How many numbers a list may skip where recognition lost some; whole articles go missing in excerpts.
_GAP, _ARTICLE_GAP = 3, 400


@dataclass(slots=True, eq=False)
class Node:
    """A stretch of the body: an item with its label, a paragraph, a table."""

    parent: Node | None
    kind: SectionKind
    label: Label | None
    lines: list[Line] = field(default_factory=list)
    titled: bool = False  # lines after the first are its heading

    @property
    def level(self) -> Level:
        """Its label's level; a paragraph holds nothing, as a bullet of the lowest rank."""
        return self.label.level if self.label else Level.BULLET

    @property
    def text(self) -> str:
        """Its words on one line, label included."""
        return " ".join(line.text for line in self.lines)


class Chain:
    """The open items, outermost first: what the next line can belong to."""

    def __init__(self) -> None:
        self.open: list[Node] = []
        self._closed: dict[tuple[Level, str], Label] = {}  # the last label of every list left behind

    def clear(self) -> None:
        """Close everything: what follows belongs to none of it."""
        self.open, self._closed = [], {}

    def push(self, node: Node, above: Sequence[Node]) -> None:
        """Make `node` the innermost open item, under `above`; a paragraph or a table opens nothing."""
        if node.level is Level.APPENDIX and node.label is not None:
            self.clear()
        for left in self.open[len(above) :]:
            if left.label is not None:
                self._closed[left.label.level, left.label.style] = left.label
        self.open = [*above, node] if node.label is not None else list(above)

    def items(self) -> list[Node]:
        """Return the open items that are not bullets: what an unnumbered paragraph can belong to."""
        return [node for node in self.open if node.level is not Level.BULLET]

    def expects(self, label: Label) -> bool:
        """Tell whether the label goes on with an open list."""
        return any(node.label and same_list(node.label, label) and follows(node.label, label) for node in self.open)

    def place(self, line: Line, label: Label, *, finished: bool) -> list[Node] | None:
        """Return the open nodes above the label, outermost first; None where it fits nowhere.

        `finished`: the line before is a whole sentence or a heading.
        """
        if label.level is Level.BULLET:
            return self._place_bullet(label)
        if label.level is Level.APPENDIX:
            return []
        for depth in range(len(self.open) - 1, -1, -1):
            sibling = self.open[depth].label
            if sibling is not None and same_list(sibling, label) and follows(sibling, label):
                return self.open[:depth]
        for depth in range(len(self.open) - 1, -1, -1):
            sibling = self.open[depth].label
            if sibling and sibling.level is label.level and len(label.values) == 1 and follows(sibling, label):
                return self.open[:depth]  # "1." then "2)": one list, typed carelessly
        above = self._above(label)
        if label.first and self._can_restart(line, label):
            return above
        return above if self._tolerated(line, label, above, finished=finished) else None

    def _can_restart(self, line: Line, label: Label) -> bool:
        """Tell whether a label that opens a list can do so here: no second "Điều 1" or "Chương I" in one document."""
        if label.level in {Level.ARTICLE, Level.CHAPTER, Level.PART, Level.ROMAN}:
            repeated = any(
                node.label and node.level is label.level and node.label.values == label.values for node in self.open
            )
            return not repeated or (bool(line.blanks) and line.upper)
        return label.level is not Level.LETTER or is_upper(label.rest) or len(label.rest) < 100

    def _tolerated(self, line: Line, label: Label, above: list[Node], *, finished: bool) -> bool:
        """Tell whether a number that neither goes on nor begins anew is still a label."""
        if label.level is Level.MINOR and len(label.values) > 1:
            return bool(above) and above[-1].level is Level.ALPHA
        # "Điều 14. Hồ sơ …": a number, a stop and a capital are a heading even after a line without its full stop.
        strong = (finished or label.level is Level.ARTICLE) and (
            not label.rest[:1].islower() or label.level is Level.ALPHA
        )
        if not strong or not label.values:
            return False
        left = self._closed.get((label.level, label.style))
        if left is not None and follows(left, label):
            return True
        siblings = [node.label for node in self.open if node.label and same_list(node.label, label)]
        if siblings:
            step = label.values[-1] - siblings[-1].values[-1]
            wide = label.level in {Level.ARTICLE, Level.CHAPTER}
            return label.values[:-1] == siblings[-1].values[:-1] and 1 <= step <= (_ARTICLE_GAP if wide else _GAP)
        if label.level in {Level.ARTICLE, Level.CHAPTER, Level.DIVISION, Level.PART}:
            return True
        return bool(line.paragraph or line.blanks) and label.values[-1] <= _GAP + 1 and label.level is not Level.LETTER

    def _above(self, label: Label) -> list[Node]:
        """Return the open nodes that can hold a new list of this label."""
        if label.level is Level.NUMBER and len(label.values) > 1:
            prefix = label.values[:-1]
            for depth in range(len(self.open) - 1, -1, -1):
                held = self.open[depth].label
                if held and held.values == prefix and held.level in _HOLDERS.get(label.style[0], {Level.NUMBER}):
                    return self.open[: depth + 1]
        for depth in range(len(self.open) - 1, -1, -1):
            node = self.open[depth]
            if self._holds(node, label, innermost=depth == len(self.open) - 1):
                return self.open[: depth + 1]
        return []

    def _holds(self, node: Node, label: Label, *, innermost: bool) -> bool:
        """Tell whether `node` can hold a list that opens with `label`."""
        own = node.label
        if own is None or node.level is Level.BULLET:
            return False
        if {own.level, label.level} == {Level.LETTER, Level.ROMAN}:
            return True  # "A." over "I." or "I." over "A.": whichever came first
        if own.level < label.level:
            return True
        if own.level is label.level and not same_list(own, label):
            return len(own.values) <= len(label.values)
        # "3. Hồ sơ gồm:" over its own "1. … 2. …", "a) Nội dung:" over "1. … 2. …"
        return innermost and node.text.endswith(":") and own.level >= Level.NUMBER and label.first

    def _place_bullet(self, label: Label) -> list[Node]:
        """A bullet goes beside one with its sign, under one with another; a star holds dashes, a dash pluses."""
        outer = sum(node.level is not Level.BULLET for node in self.open)
        for depth in range(len(self.open) - 1, outer - 1, -1):
            own = self.open[depth].label
            if own is not None and own.style == label.style:
                return self.open[:depth]
        for depth in range(outer, len(self.open)):
            own = self.open[depth].label
            if own is not None and label.style in _SIGNS and own.style in _SIGNS[_SIGNS.index(label.style) :]:
                return self.open[:depth]
        return list(self.open)


def same_list(one: Label, other: Label) -> bool:
    """Tell whether two labels can be items of one list."""
    return one.level is other.level and one.style == other.style and len(one.values) == len(other.values)
