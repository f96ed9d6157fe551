"""The line "Khánh Hòa, ngày 27 tháng 3 năm 2025" in all the states in which it comes.

Strings in, values out; knows nothing of documents.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass

from knowledge.document import PartialDate

_BLANK = r"[\s.…_·-]*"
_DAY = rf"{_BLANK}(?P<d>[\dOoIl]{{1,2}}|\d \d)?{_BLANK}"  # "2 6": recognition and old converters part digits
_LINE = re.compile(
    r"(?:(?P<place>[^\W\d_][^\n|,;:]{1,44}?)\s*[,.;]\s*)?"
    r"(?<!\w)ng[aàáạâ]y"
    rf"(?:{_DAY}th[aá]ng{_BLANK}(?P<m>\d{{1,2}}|\d \d)?{_BLANK}n[aăâ]m{_BLANK}(?P<y>\d{{2,4}})?(?P<open>[.…_]+)?"
    r"|\s*(?P<nd>\d{1,2})\s?[/.-]\s?(?P<nm>\d{1,2})\s?[/.-]\s?(?P<ny>\d{4}))(?!\d)",
    re.IGNORECASE,
)
_SMALL_START = re.compile(r"^[a-zà-ỹđ]")


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where and when, as far as the line says."""

    place: str | None
    date: PartialDate | None  # None where even the year is open
    end: int

    @property
    def whole(self) -> bool:
        """Day, month and year are all there."""
        return self.date is not None and self.date.whole is not None


def find_dateline(text: str, *, placed: bool) -> Dateline | None:
    """Return the first dateline in `text`; `placed`: only one that names its place before the date."""
    for match in _LINE.finditer(text):
        place = _place(match["place"])
        if placed and place is None:
            continue
        year = match["y"] or match["ny"]
        month = _number(match["m"] or match["nm"])
        day = _number(match["d"] or match["nd"])
        date = possible(int(year), month, day) if year and len(year) == 4 else None
        return Dateline(place, date, match.end())
    return None


def _number(digits: str | None) -> int | None:
    """Return a day or a month, "O5" and "l2" of recognition included."""
    if not digits:
        return None
    repaired = digits.replace(" ", "").translate(str.maketrans("OoIl", "0011"))
    return int(repaired) or None


def possible(year: int, month: int | None, day: int | None) -> PartialDate | None:
    """Return the date as far as the calendar knows it: 31/02/2025 is only a month; None outside 1945..2100."""
    if not 1945 <= year <= 2100:
        return None
    if month is None or not 1 <= month <= 12:
        return PartialDate(year)
    if day is None or not 1 <= day <= calendar.monthrange(year, month)[1]:
        return PartialDate(year, month)
    return PartialDate(year, month, day)


def _place(raw: str | None) -> str | None:
    """Return the place before the date, letterhead on the same line cut off."""
    if raw is None:
        return None
    words = " ".join(raw.replace("*", " ").split())
    # "Số: 12/KH-SNV Khánh Hòa", "Độc lập - Tự do - Hạnh phúc Khánh Hòa": columns come out as one line.
    words = (
        re.sub(r"^.*(?:[Pp]húc|\d|[A-ZĐ]{3,})(?:[-/][A-ZĐ&]+)*\s+", "", words)
        if re.search(r"\d|phúc", words)
        else words
    )
    words = words.strip(" -–—.|_/")
    if not words or len(words.split()) > 7 or not words[0].isupper():
        return None
    return words
