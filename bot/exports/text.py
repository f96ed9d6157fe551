"""Text as office files can hold it: nothing XML forbids, nothing that turns the line around, never a formula.

Knows nothing of reports.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from knowledge.text import normalise

# normalise drops control characters and marks; left for office files are lone surrogates and noncharacters, which
# XML cannot carry, and the isolates, which would turn a neighbour's words around.
_UNFIT = re.compile("[\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\u2066-\u2069]|[\U0001fffe\U0001ffff]")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_FORBIDDEN_IN_SHEET = re.compile(r"[\[\]:*?/\\]")
LONGEST_SHEET = 31  # characters; Excel refuses the workbook beyond
LONGEST_CELL = 32_767  # UTF-16 units, likewise


def clean(text: str) -> str:
    """Return `text` without what an office file cannot hold; every other character stays."""
    return _UNFIT.sub("", normalise(_UNFIT.sub("", text)))


def looks_like_formula(text: str) -> bool:
    """Tell whether a spreadsheet could take `text` for a formula or a command."""
    return text.startswith(_FORMULA)


def fitted(text: str) -> str:
    """Return `text` as one cell can hold it, saying how much is left out of one that is too long."""
    if len(text.encode("utf-16-le")) // 2 <= LONGEST_CELL:
        return text
    kept = text.encode("utf-16-le")[: 2 * (LONGEST_CELL - 60)].decode("utf-16-le", "ignore")
    return f"{kept}… (còn {len(text) - len(kept)} ký tự, xem trong hệ thống)"


def sheet_name(wanted: str, taken: Collection[str]) -> str:
    """Return a sheet's name like `wanted`: allowed, at most 31 characters, unlike those taken in any case."""
    plain = " ".join(_FORBIDDEN_IN_SHEET.sub(" ", clean(wanted)).split()).strip("' ") or "Bảng"
    used = {name.lower() for name in taken} | {"history"}  # Excel keeps "History" for itself
    name, number = _shortened(plain, LONGEST_SHEET), 1
    while name.lower() in used:
        number += 1
        name = f"{_shortened(plain, LONGEST_SHEET - len(str(number)) - 3)} ({number})"
    return name


def _shortened(text: str, length: int) -> str:
    if len(text) <= length:
        return text
    cut = text[: length - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut else cut).strip("' ") + "…"
