"""Tables that only place things side by side: the letterhead on top, recipients and signature at the end.

Their columns are read one after the other, so that the issuer, the symbol, the place and date and the signer each
stand on a line of their own. Knows nothing of file formats.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from knowledge.text import fold

_TELLTALE = re.compile(r"cong hoa xa hoi chu nghia|dang cong san viet nam|doc lap\W+tu do|(?:^|\n)\W*noi nhan[^\n]*:")
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
