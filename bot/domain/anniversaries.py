"""Anniversaries that plans name, with the day they fall on: "kỷ niệm 95 năm ngày … (03/02/1930 - 03/02/2025)". Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_DAY = r"\d{1,2}\s*/\s*\d{1,2}\s*/\s*\d{4}"
# "80 năm Quốc khánh nước … (02/9/1945 - 02/9/2025)": the second day is the one that is kept.
_ANNIVERSARY = re.compile(
    rf"\b(?P<years>\d{{1,4}})\s+năm\s+(?P<what>[^\d();:.\n][^();:.\n]{{2,150}}?)\s*"
    rf"\(\s*(?:ngày\s+)?(?P<first>{_DAY})\s*[-–—]\s*(?:ngày\s+)?(?P<day>{_DAY})\s*\)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Anniversary:
    """One anniversary."""

    title: str  # "Kỷ niệm 80 năm Quốc khánh …"
    day: date


def anniversaries(text: str) -> Iterator[Anniversary]:
    """Yield the anniversaries that `text` names with both days, in order; those whose years do not add up are left."""
    for match in _ANNIVERSARY.finditer(text):
        first, day = _date(match["first"]), _date(match["day"])
        if first is not None and day is not None and day.year - first.year == int(match["years"]):
            what = " ".join(match["what"].split()).strip(" “”\"'")
            yield Anniversary(f"Kỷ niệm {int(match['years'])} năm {what}", day)


def _date(written: str) -> date | None:
    day, month, year = (int(part) for part in written.split("/"))
    try:
        return date(year, month, day)
    except ValueError:  # "31/02": a slip of the plan
        return None
