"""When something is due, as people type it: "15/12 17:00", "9h sáng 5/12", "thứ sáu tuần sau", "hết tháng".

Pure: `now` comes in, and gives the zone of what goes out. A day without a time means the end of the working day.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, datetime, time, timedelta

from bot.domain.days import parse_day
from knowledge.text import fold, normalise

END_OF_WORK = time(17, 0)

_TIME = re.compile(
    r"\b(?:luc\s*|vao\s*)?(?P<hour>\d{1,2})\s*(?::|h|g(?:io)?)\s*(?P<minute>\d{2})?\b\s*(?P<half>ruoi\b)?\s*(?:phut\b\s*)?"
    r"(?P<part>sang|trua|chieu|toi)?\b"
)
_WEEKDAYS = {
    "hai": 0, "2": 0, "ba": 1, "3": 1, "tu": 2, "4": 2, "nam": 3, "5": 3, "sau": 4, "6": 4, "bay": 5, "7": 5,
}  # fmt: skip
_WEEKDAY = re.compile(r"(?:thu|t)\s*(?P<day>hai|ba|tu|nam|sau|bay|[2-7])(?:\s+tuan\s+(?P<week>nay|sau|toi))?")
_SUNDAY = re.compile(r"(?:chu nhat|cn)(?:\s+tuan\s+(?P<week>nay|sau|toi))?")
_IN_DAYS = re.compile(r"(?:sau\s+)?(?P<count>\d{1,3}) (?P<unit>ngay|tuan)(?:\s+(?:nua|toi|sau))?")
_END_OF_MONTH = re.compile(
    r"(?:cuoi|het) thang(?:\s+(?P<month>nay|sau|toi|\d{1,2}))?(?:\s*(?:/|nam)\s*(?P<year>\d{4}))?"
)
_BEFORE = re.compile(r"^(?:(?:han|han nop|den|cham nhat|truoc|het|vao|ngay)\s+)+(?=\S)")


def parse_due(typed: str, now: datetime, default: time = END_OF_WORK) -> datetime | None:
    """Return the moment `typed` names, in the zone of `now`; None where it names none. It may be in the past.

    A day without a time is taken to mean its `default`.
    """
    text = " ".join(fold(normalise(typed)).replace(",", " ").split()).strip(" .")
    at, text = _time_in(text, default)
    if at is None:
        return None
    day = _day_in(text, now.date()) if text else now.date()
    return datetime.combine(day, at, now.tzinfo) if day else None


def _time_in(text: str, default: time) -> tuple[time | None, str]:
    """Return the time of day and what is left of `text`; no time where its numbers are none."""
    match = _TIME.search(text)
    if match is None:
        return default, text
    hour, minute = int(match["hour"]), int(match["minute"] or (30 if match["half"] else 0))
    if match["part"] in ("chieu", "toi") and hour < 12:
        hour += 12
    rest = " ".join((text[: match.start()] + " " + text[match.end() :]).split()).strip(" -–")
    rest = re.sub(r"\s+(?:ngay|vao|luc)$", "", rest)
    if (hour, minute) == (24, 0):
        return time(23, 59), rest
    return (time(hour, minute) if hour < 24 and minute < 60 else None), rest


def _day_in(text: str, today: date) -> date | None:
    for words in (text, _BEFORE.sub("", text)):
        day = _relative(words, today) or parse_day(words, today)
        if day is not None:
            return day
    return None


def _relative(text: str, today: date) -> date | None:
    if match := _WEEKDAY.fullmatch(text):
        return _weekday(_WEEKDAYS[match["day"]], match["week"], today)
    if match := _SUNDAY.fullmatch(text):
        return _weekday(6, match["week"], today)
    if text in ("tuan sau", "tuan toi"):
        return today + timedelta(weeks=1)
    if match := _IN_DAYS.fullmatch(text):
        return today + timedelta(days=int(match["count"]) * (7 if match["unit"] == "tuan" else 1))
    if match := _END_OF_MONTH.fullmatch(text):
        return _end_of_month(match["month"], match["year"], today)
    return None


def _weekday(weekday: int, week: str | None, today: date) -> date:
    """Return that day of this week or the next; without a week, the first one after `today`."""
    monday = today - timedelta(days=today.weekday())
    if week is None:
        return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    return monday + timedelta(days=weekday + (0 if week == "nay" else 7))


def _end_of_month(month: str | None, year: str | None, today: date) -> date | None:
    if month is None or month in ("nay", "sau", "toi"):
        later = 0 if month in (None, "nay") else 1
        months = today.year * 12 + today.month - 1 + later
        of_year, number = months // 12, months % 12 + 1
    else:
        number = int(month)
        of_year = int(year) if year else today.year + (number < today.month)
    if not 1 <= number <= 12 or not 1 <= of_year <= 9999:
        return None
    return date(of_year, number, monthrange(of_year, number)[1])
