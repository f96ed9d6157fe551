"""Tables of tasks in a plan: which column says what is to be done.

Rows are lines, cells are joined by " | " (see `knowledge.read`). Pure.
"""

from __future__ import annotations

import re

from knowledge.text import collapse, fold

_WHAT = (
    re.compile(r"noi dung|nhiem vu|cong viec|hoat dong|dau viec|giai phap"),
    re.compile(r"tieu chi|chi tieu|\bten\b|cong tac|san pham"),
)
_UNIT = re.compile(r"don vi tinh|\bdvt\b")
_NUMBERING = re.compile(r"[\s\d.IVXLCa-zđ)]{0,6}")


def table_tasks(text: str) -> tuple[str, ...]:
    """Return what each row of a table is about; a figure's unit of measure goes along: "Số sáng kiến (sáng kiến)"."""
    rows = [[collapse(cell.strip(" *")) for cell in line.strip(" |").split("|")] for line in text.splitlines()]
    rows = [row for row in rows if len(row) > 1 and not all(set(cell) <= set("-: ") for cell in row)]
    if len(rows) < 2:
        return ()
    heads = [fold(cell) for cell in rows[0]]
    what = next((at for pattern in _WHAT for at, head in enumerate(heads) if pattern.search(head)), None)
    unit = next((at for at, head in enumerate(heads) if _UNIT.search(head)), None)
    if what is None:
        what = max(range(len(heads)), key=lambda at: sum(len(row[at]) for row in rows[1:] if at < len(row)))
    found = []
    for row in rows[1:]:
        if what >= len(row) or _NUMBERING.fullmatch(row[what]):
            continue
        measure = row[unit] if unit is not None and unit < len(row) else ""
        found.append(f"{row[what].rstrip(' ;.')} ({measure})" if measure else row[what].rstrip(" ;."))
    return tuple(found)
