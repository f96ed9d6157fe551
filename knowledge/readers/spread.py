"""Tables written down the page, a cell below the other → a row on one line.

What a web page with a table becomes when each cell keeps its line breaks: a bar alone on a line before the first cell
of a row, between two cells and after the last one.

    |
    STT
    |
    Nội dung
    |
    Mức chi
    |
    |
    1
    …

Two bars with nothing between are the end of a row and the beginning of the next, or an empty cell: the number of cells
of the first row tells which. Letterheads and signatures that are written so are left alone: they place lines side by
side and have no rows. Strings in, strings out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from knowledge.readers.base import join_cells

_LEAST_COLUMNS, _LEAST_ROWS = 3, 3  # one of both: two lines of two cells are a letterhead
_HEADING = 6  # lines of a cell of the first row, at most: prose between two tables is longer
_CELL = 60  # lines of any cell
_MOST_CELLS = 50  # of a row: whatever the file, no more are looked through at each bar
_FRAME = re.compile(r"cộng h(?:òa|oà) xã\s+hội|đảng cộng sản|nơi nhận\s*:", re.IGNORECASE)
_SIDES = 2  # columns of a letterhead, of recipients and signature
_ORDINAL = re.compile(r"[\W_]*(?:\d{1,4}|[IVXLC]{1,6}|[A-Za-zđĐ]|[-+•])[\W_]*")  # what a row often begins with


def rows_together(lines: Sequence[str]) -> list[str]:
    """Return `lines` with each row of a table whose cells stand below each other on one line, "STT | Nội dung"."""
    bars = [at for at, line in enumerate(lines) if line.strip() == "|"]
    between = list(pairwise([*bars, len(lines)]))
    cells = [_cell(lines[bar + 1 : following]) for bar, following in between]
    heights = [following - bar - 1 for bar, following in between]
    out: list[str] = []
    done = bar = 0  # lines written; the bar a table may begin with
    while bar < len(bars):
        rows, after = _table(cells, heights, bar)
        if rows:
            out += [*lines[done : bars[bar]], *map(join_cells, rows)]
            done = bars[after] + 1
        bar = after + 1
    return [*out, *lines[done:]]


def _cell(lines: Sequence[str]) -> str:
    return " ".join(line.strip() for line in lines if line.strip())


def _table(cells: Sequence[str], heights: Sequence[int], first: int) -> tuple[list[Sequence[str]], int]:
    """Return (the rows of the table that begins at bar `first`, its last bar); no rows where it is none.

    `cells[i]` stands between bar i and the next one; behind the last bar is no cell.
    """
    end = _until_empty(cells, first)  # the bar that closes the last row
    frame = any(map(_FRAME.search, cells[first : first + _SIDES]))
    if frame:
        end = min(first + _SIDES, len(cells) - 1)
    elif end is None or max(heights[first:end]) > _HEADING:
        return [], first
    width = most = end - first  # cells of the headings; of the widest row there may be
    rows: list[Sequence[str]] = [cells[first:end]]
    while end + 2 < len(cells) and not cells[end]:
        begin = _behind_empty_row(cells, end + 1)
        after = _row(cells, heights, begin, width, most)
        if after is None:
            break
        row = cells[begin:after]
        rows.append(row)
        filled = sum(map(bool, row))
        # "Tỷ lệ (%)" above "Tỉnh | Xã": the rows below are wider than the headings.
        most = width + filled - 1 if len(rows) == 2 and filled < width else max(width, len(row))
        width, end = max(width, len(row)), after
    if frame:
        return [], end
    if (width < _LEAST_COLUMNS and len(rows) < _LEAST_ROWS) or width < 2 or len(rows) < 2:
        return [], first
    return rows, end


def _row(cells: Sequence[str], heights: Sequence[int], begin: int, width: int, most: int) -> int | None:
    """Return the bar that closes the row of which `begin` is the first cell; None where there is none.

    A row has `width` cells, and what follows is empty, or prose follows: the table is over. Else it ends at its first
    empty cell: one cell reaches over several columns there, or over fewer, up to `most`, than in the headings.
    """
    full, first_empty = begin + width, _until_empty(cells, begin)
    if first_empty is not None and full < first_empty <= begin + most:
        return first_empty
    short = first_empty if first_empty is not None and first_empty < full else None
    row = cells[begin:full]
    if full >= len(cells) or not any(row) or max(heights[begin:full]) > _CELL:
        return short
    if not cells[full]:
        shorter = short is not None and _follows(cells, short + 1) and not _follows(cells, full + 1)
        return short if shorter else full
    over = full == len(cells) - 1 or heights[full] > _HEADING or all(row)
    return full if over else short


def _behind_empty_row(cells: Sequence[str], begin: int) -> int:
    """Return where the row at `begin` begins, behind a row of nothing but one wide empty cell."""
    filled = next((at for at in range(begin, min(len(cells), begin + _MOST_CELLS)) if cells[at]), begin)
    return filled if filled >= begin + 2 and _begins(cells, filled) else begin


def _follows(cells: Sequence[str], begin: int) -> bool:
    """Tell whether a row that is counted begins at `begin`, or behind an empty row there."""
    return _begins(cells, _behind_empty_row(cells, begin))


def _begins(cells: Sequence[str], at: int) -> bool:
    """Tell whether a row that is counted may begin with the cell `at`."""
    return at < len(cells) and _ORDINAL.fullmatch(cells[at]) is not None


def _until_empty(cells: Sequence[str], begin: int) -> int | None:
    """Return the first place behind `begin` with nothing behind its bar; None where that is empty, or none is near."""
    last = min(len(cells), begin + _MOST_CELLS + 1)
    end = next((at for at in range(begin, last) if not cells[at]), begin)
    return end if begin < end else None
