"""Days as Vietnamese clerks type them: "15/11", "ngày 5 tháng 12", "hôm qua", "3 ngày trước"; and why a line is none.

Pure: `today` comes in. Days of the lunar calendar are refused: which day of the other calendar they are is a guess.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from bot.domain.numbers import parse_number
from knowledge.text import fold, normalise

_NUMERIC = re.compile(r"(?:ngay\s*|mung\s*|mong\s*)?(\d{1,2})\s*[/.\-]\s*(\d{1,2})(?:\s*[/.\-]\s*(\d{4}|\d{2}))?")
_WORDED = re.compile(r"(?:ngay\s*|mung\s*|mong\s*)?(.{1,20}?)\s+thang\s+(.{1,12}?)(?:\s+nam\s+(\d{4}))?")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_SOLID = re.compile(r"(\d\d)(\d\d)((?:19|20)\d\d)")
_RELATIVE = {
    "hom nay": 0, "nay": 0, "ngay hom nay": 0, "hom qua": -1, "qua": -1, "ngay hom qua": -1, "hom kia": -2,
    "mai": 1, "ngay mai": 1, "hom sau": 1, "ngay kia": 2, "mot": 2, "ngay mot": 2,
}  # fmt: skip
_AGO = re.compile(r"(?:cach day )?(\d{1,2}) ngay(?: truoc)?")
_PART_OF_DAY = re.compile(r"^(?:sang|trua|chieu|toi) (?=hom |nay$|qua$|mai$|ngay )")
_POLITE = re.compile(r"^(?:(?:da|thua|vao)\s+)+|(?:\s+(?:a|nhe))+$")
_BEHIND = re.compile(r"(?:\s+(?:vua roi|vua qua|nay|duong lich))+$")
_THIS_YEAR = {" nam nay": 0, " nam ngoai": -1, " nam sau": 1, " nam toi": 1}
_LUNAR = re.compile(r"\b(?:ram|am lich|thang gieng|thang chap|giao thua|tet|mung \w+$)")
_MONTHS = {"tu": 4}  # "tháng tư", which alone is no number


def parse_day(typed: str, today: date) -> date | None:
    """Return the day `typed` names; without a year, the one nearest to `today` ("15/11" typed in January is past)."""
    text = _plain(typed)
    if text in _RELATIVE or (text := _PART_OF_DAY.sub("", text)) in _RELATIVE:
        return today + timedelta(days=_RELATIVE[text])
    if match := _AGO.fullmatch(text):
        return today - timedelta(days=int(match[1])) if "truoc" in text or "cach" in text else None
    if match := _ISO.fullmatch(text):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    read = _numbers(text, today)
    if read is None:
        return None
    day, month, year = read
    if year is not None:
        return _day(year, month, day)
    candidates = [_day(year, month, day) for year in (today.year - 1, today.year, today.year + 1)]
    known = [candidate for candidate in candidates if candidate is not None]
    return min(known, key=lambda candidate: abs((candidate - today).days), default=None)


def why_no_day(typed: str, today: date) -> str:
    """Return what keeps `typed`, in which no day was found, from naming one; "" where nothing can be said."""
    text = _plain(typed)
    if _LUNAR.search(text):
        return "là ngày âm lịch, xin đổi ra ngày dương lịch"
    if _numbers(text, today) is not None:
        return "không có trong lịch"
    if re.fullmatch(r"(?:ngay\s*)?\d{1,2}", text):
        return "còn thiếu tháng"
    if re.fullmatch(r"(?:cuoi |dau |giua )?(?:thang\s*\d{1,2}(?:\s*(?:/|nam)\s*\d{4})?|\d{1,2}/\d{4}|thang nay)", text):
        return "còn thiếu ngày"
    return ""


def _plain(typed: str) -> str:
    return _POLITE.sub("", " ".join(fold(normalise(typed)).split()).strip(" .!")).strip(" .,!")


def _numbers(text: str, today: date) -> tuple[int, int, int | None] | None:
    """Return the day, month and year that are named, whether or not the calendar has them."""
    ending = next((words for words in _THIS_YEAR if text.endswith(words)), "")
    text = _BEHIND.sub("", text.removesuffix(ending))
    of_year = today.year + _THIS_YEAR[ending] if ending else None
    if match := _SOLID.fullmatch(text) or _NUMERIC.fullmatch(text):
        day, month = int(match[1]), int(match[2])
    elif match := _WORDED.fullmatch(text):
        counted = [_MONTHS.get(words) or parse_number(words) for words in (match[1], match[2])]
        if any(number is None or number != int(number) for number in counted):
            return None
        day, month = (int(number) for number in counted if number is not None)
    else:
        return None
    if match[3]:
        year = int(match[3])
        return day, month, year + 2000 if year < 100 else year
    return day, month, of_year


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
