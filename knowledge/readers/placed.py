"""Words at places on a page → lines in reading order: rows, side-by-side columns, table cells.

PDF text layers and character recognition both end here. Lengths are in any unit, y grows downwards; what is "wide" is
measured by the height of the letters. Knows nothing of PDF files and programs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from knowledge.stitching import is_kind_line, is_upper

# In heights of a line: a gap that separates columns, the least a corridor between two columns may narrow to, and the
# space below which rows cannot belong to one side-by-side block any more.
_COLUMN_GAP = 1.3
_CORRIDOR = 0.4
_BLOCK_GAP = 3.5
_SAME_ROW = 0.45
# Only a label so far: "1.", "a)", "-", "Điều 5." may stand a tab away from their text.
_LABEL_ONLY = re.compile(r"[IVXLH]+[.,)]?|(?:\d{1,3}(?:\.\d+)*|[a-zđ])[.,)]|[-–+•*]|Điều \d+[.:]")
# Blanks of a draft, left to be filled in by hand: "Số:      /KH-SNV", "ngày      tháng      năm 2026".
_BLANK_AFTER = re.compile(r"(?:.*\s)?(?:số:|ngày|tháng|năm|[.…_]+)", re.IGNORECASE)
_BLANK_BEFORE = re.compile(r"/.*|tháng|năm|\d+/.*|[.…_]+|20\d\d", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Word:
    """A word, or a run of words in a line with no wide gap in it."""

    left: float
    top: float
    right: float
    bottom: float
    text: str
    bold: bool = False
    parts: tuple[Word, ...] = ()  # the words of a run

    @property
    def height(self) -> float:
        """Height of the line it stands in."""
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        """Vertical middle."""
        return (self.top + self.bottom) / 2


Row = tuple[Word, ...]  # the pieces of one visual line, from left to right


@dataclass(frozen=True, slots=True)
class Flow:
    """Lines over the whole width, in order."""

    lines: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """Two columns side by side (the letterhead, recipients and signature): first the left lines, then the right."""

    left: tuple[Word, ...]
    right: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Cells:
    """Rows of cells of a table."""

    rows: tuple[tuple[str, ...], ...]
    top: float = 0.0
    bottom: float = 0.0


Block = Flow | Side | Cells


def merge(words: Sequence[Word]) -> Word:
    """Return the words of one line as one piece."""
    return Word(
        min(word.left for word in words),
        min(word.top for word in words),
        max(word.right for word in words),
        max(word.bottom for word in words),
        " ".join(word.text for word in words),
        all(word.bold for word in words),
        tuple(part for word in words for part in (word.parts or (word,))),
    )


def rows_of(words: Iterable[Word]) -> list[Row]:
    """Group words into visual lines, then each line into pieces at its wide gaps; top to bottom, left to right."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda word: (word.middle, word.left)):
        home = next(
            (
                row
                for row in rows[-3:]
                if abs(row[0].middle - word.middle) < _SAME_ROW * min(row[0].height, word.height)
            ),
            None,
        )
        if home is None:
            rows.append([word])
        else:
            home.append(word)
    return [_pieces(sorted(row, key=lambda word: word.left)) for row in rows]


def _pieces(words: list[Word]) -> Row:
    height = median(word.height for word in words)
    pieces = [[words[0]]]
    for before, word in pairwise(words):
        so_far = " ".join(piece.text for piece in pieces[-1])
        blank = _BLANK_AFTER.fullmatch(so_far) and _BLANK_BEFORE.match(word.text)
        if word.left - before.right > _COLUMN_GAP * height and not blank and not _LABEL_ONLY.fullmatch(so_far):
            pieces.append([word])
        else:
            pieces[-1].append(word)
    return tuple(merge(piece) for piece in pieces)


def arrange(rows: Sequence[Row]) -> list[Block]:
    """Return the rows of one page as blocks in reading order."""
    blocks: list[Block] = []
    flow: list[Word] = []
    rows = _part_narrow_heads(rows)
    at = 0
    while at < len(rows):
        end = _side_by_side(rows, at)
        row = rows[at]
        if end > at:
            _close(blocks, flow)
            blocks.append(_split(rows[at:end]))
            at = end
            continue
        if len(row) > 2:
            _close(blocks, flow)
            blocks.append(Cells((tuple(piece.text for piece in row),), row[0].top, row[0].bottom))
        else:
            flow.append(merge(row))
        at += 1
    _close(blocks, flow)
    return blocks


def _part_narrow_heads(rows: Sequence[Row]) -> list[Row]:
    """Part the lines of capitals that nearly touch above two columns: "UBND TỈNH LAM SƠN CỘNG HÒA XÃ HỘI …"."""
    parted = list(rows)
    for at in range(len(parted) - 2, -1, -1):
        band = _corridor(parted, at + 1)
        row = parted[at]
        if band is None or len(row) != 1 or not is_upper(row[0].text):
            continue
        for before, after in pairwise(row[0].parts):
            inside = before.right < band[1] and after.left > band[0]
            if inside and after.left - before.right > _CORRIDOR * row[0].height:
                cut = row[0].parts.index(after)
                parted[at] = (merge(row[0].parts[:cut]), merge(row[0].parts[cut:]))
                break
    return parted


def _close(blocks: list[Block], flow: list[Word]) -> None:
    if flow:
        blocks.append(Flow(tuple(flow)))
        flow.clear()


def _corridor(rows: Sequence[Row], at: int) -> tuple[float, float] | None:
    """Return the empty band between two columns that begin at row `at`, if two columns begin there."""
    row = rows[at]
    if len(row) == 2:
        return row[0].right, row[1].left
    if len(row) == 1 and at + 1 < len(rows) and len(rows[at + 1]) == 1:
        one, other = sorted((row[0], rows[at + 1][0]), key=lambda word: word.left)
        near = abs(one.middle - other.middle) < 1.5 * max(one.height, other.height)
        if near and other.left - one.right > _COLUMN_GAP * one.height:
            return one.right, other.left
    return None


def _side_by_side(rows: Sequence[Row], at: int) -> int:
    """Return the row after the side-by-side block that begins at `at`; `at` itself when none does."""
    band = _corridor(rows, at)
    if band is None:
        return at
    end = at + 1
    while end < len(rows) and len(rows[end]) <= 2:
        above, row = rows[end - 1], rows[end]
        if row[0].top - above[0].bottom > _BLOCK_GAP * row[0].height:
            break
        narrowed = None if is_kind_line(row[0].text) else _narrow(band, row)
        if narrowed is None:
            break
        band, end = narrowed, end + 1
    parted = [row for row in rows[at:end] if len(row) == 2]
    if all(_is_stretched(row, rows) for row in parted) and (parted or end == at + 1):
        return at
    return end


def _is_stretched(row: Row, rows: Sequence[Row]) -> bool:
    """Tell whether a row of two pieces is a justified line with one wide space rather than part of two columns."""
    left = min(piece.left for other in rows for piece in other)
    right = max(piece.right for other in rows for piece in other)
    spans = row[1].right > right - row[0].height and row[0].left < left + 4 * row[0].height
    return spans and row[1].left - row[0].right < 3 * row[0].height


def _narrow(band: tuple[float, float], row: Row) -> tuple[float, float] | None:
    """Return the part of the empty band that `row` leaves empty, None when it crosses the band."""
    low, high = band
    least = _CORRIDOR * row[0].height
    centre = (low + high) / 2
    for piece in row:
        if (piece.left + piece.right) / 2 < centre and piece.right <= high - least:
            low = max(low, piece.right)
        elif piece.left >= low + least and (piece.left + piece.right) / 2 >= centre:
            high = min(high, piece.left)
        else:
            return None
    return (low, high) if high - low >= least else None


def _split(rows: Sequence[Row]) -> Side:
    band = next(band for at in range(len(rows)) if (band := _corridor(rows, at)) is not None)
    for row in rows:
        band = _narrow(band, row) or band
    centre = sum(band) / 2
    pieces = [piece for row in rows for piece in row]
    left = tuple(piece for piece in pieces if (piece.left + piece.right) / 2 < centre)
    right = tuple(piece for piece in pieces if (piece.left + piece.right) / 2 >= centre)
    return Side(left, right)


def shift(word: Word, left: float) -> Word:
    """Return `word` moved to the left by `left`."""
    return replace(word, left=word.left - left, right=word.right - left)
