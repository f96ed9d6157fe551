"""Tables and tabs that only place things side by side: the letterhead on top, recipients and signature at the end.

Their columns are read one after the other, so that the issuer, the symbol, the place and date and the signer each
stand on a line of their own. Knows nothing of file formats.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from knowledge.stitching import is_kind_line
from knowledge.text import fold

_TELLTALE = re.compile(r"cong hoa xa hoi chu nghia|dang cong san viet nam|doc lap\W+tu do|(?:^|\n)\W*noi nhan[^\n]*:")
_RECIPIENTS = re.compile(r"\W*noi nhan\b[^:]{0,20}:")
_HEAD = 20  # blocks down which the letterhead may reach
_MOST_ROWS = 8
_MOST_COLUMNS = 3

Rows = Sequence[Sequence[Sequence[str]]]  # rows of cells of lines


def is_frame(rows: Rows, *, bordered: bool) -> bool:
    """Tell whether a table is a letterhead, or recipients beside a signature, rather than a table of facts."""
    if not rows or len(rows) > _MOST_ROWS or not 2 <= max(len(row) for row in rows) <= _MOST_COLUMNS:
        return False
    cells = ["\n".join(cell) for row in rows for cell in row]
    if any(_TELLTALE.search(fold(cell)) for cell in cells):
        return True
    # Without borders nobody sees a table: a date beside a symbol, two signatures beside each other.
    return not bordered and len(rows) <= 3


def as_columns(rows: Rows) -> Iterator[str]:
    """Yield the columns of a frame from left to right, each as one block of lines."""
    for column in range(max(len(row) for row in rows)):
        lines = [line for row in rows if column < len(row) for line in row[column]]
        if lines:
            yield "\n".join(lines)


def part_tabs(blocks: Sequence[str]) -> list[str]:
    """Return the blocks of a document with a letterhead and an end set with tabs, instead of a table, in columns.

    Elsewhere a tab is a space.
    """
    head = next((at for at, block in enumerate(blocks[:_HEAD]) if is_kind_line(block.strip().split("\n")[0])), 0)
    tail = next((at for at, block in enumerate(blocks) if _RECIPIENTS.match(fold(block))), len(blocks))
    parted = [*_columns(blocks[:head]), *blocks[head:tail], *_columns(blocks[tail:])]
    return [block.replace("\t", " ") for block in parted]


def _columns(blocks: Sequence[str]) -> list[str]:
    if not any("\t" in block for block in blocks):
        return list(blocks)
    cells = [re.split(r"\t+", line, maxsplit=1) for block in blocks for line in block.split("\n")]
    left = [cell[0] for cell in cells if cell[0]]
    right = [cell[1] for cell in cells if len(cell) > 1 and cell[1]]
    return ["\n".join(left), "\n".join(right)]
