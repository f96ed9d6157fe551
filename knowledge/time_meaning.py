"""What a phrase of time means: captures of the grammar → dates, and never more than the words say.

A year that the phrase does not name stays unknown; "ngày ký", "ngày ban hành" and "năm nay" are dates only where the
document is dated itself.
"""

from __future__ import annotations

import calendar
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from knowledge.document import PartialDate, Recurrence, TimeKind, TimePhrase
from knowledge.time_limits import Limit
from knowledge.time_parser import Captures
from knowledge.time_points import Part


@dataclass(frozen=True, slots=True)
class Extent:
    """A point of time as far as it is known: one day, or a month, quarter, half or year."""

    begin: date | None
    end: date | None
    day: int | None = None  # as written, also where no year makes it a date
    month: int | None = None  # of the last day
    single: bool = False  # it is one day


@dataclass(frozen=True, slots=True)
class Reading:
    """What the grammar read at one place."""

    captures: Captures
    text: str
    start: int
    end: int
    issued: PartialDate | None

    def has(self, name: str) -> bool:
        """Tell whether the capture is there."""
        return name in self.captures

    def phrase(
        self,
        kind: TimeKind,
        *,
        begin: date | None = None,
        due: date | None = None,
        exclusive: bool = False,
        recurrence: Recurrence | None = None,
        day: int | None = None,
        month: int | None = None,
    ) -> TimePhrase:
        """Return the phrase with this meaning and the place read."""
        return TimePhrase(self.text, self.start, self.end, kind, begin, due, exclusive, recurrence, day, month)


def calendar_day(year: int | None, month: int | None, day: int | None) -> date | None:
    """Return the day of the calendar, or None where a part is missing or there is no such day."""
    if year is None or month is None or day is None:
        return None
    try:
        return date(year, month, day)
    except ValueError:  # "31/02/2025": written, but no day of the calendar
        return None


def _months(year: int | None, first: int, last: int, part: int | None) -> Extent:
    """Return the extent of months `first`..`last`, or of the named part: only an end has a last day."""
    if year is None:
        return Extent(None, None, month=last if part in (None, Part.END) else None)
    begin, end = date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1])
    if part is None:
        return Extent(begin, end, month=last)
    if part == Part.END:
        return Extent(None, end, month=last)
    return Extent(begin if part == Part.START else None, None)


def _year(captures: Captures, prefix: str, issued: PartialDate | None) -> int | None:
    year = captures.get(f"{prefix}year")
    if year is None and f"{prefix}this_year" in captures and issued is not None:
        return issued.year
    short = captures.get(f"{prefix}short_year")
    return 2000 + short if year is None and short is not None else year


def extent(captures: Captures, prefix: str, issued: PartialDate | None) -> Extent:
    """Return the point of time captured under `prefix` ("", "from.", "to.")."""
    year = _year(captures, prefix, issued)
    day, month = captures.get(f"{prefix}day"), captures.get(f"{prefix}month")
    part = captures.get(f"{prefix}part")
    if f"{prefix}issue_day" in captures:
        whole = issued.whole if issued is not None else None
        return Extent(whole, whole, single=True)
    if day is not None:
        known = calendar_day(year, month, day)
        sensible = calendar_day(2000 if year is None else year, month or 1, day) is not None
        return Extent(known, known, day if sensible else None, month if sensible else None, single=True)
    if f"{prefix}months" in captures:
        count = captures[f"{prefix}months"]
        return _months(year, 1, count, None) if part == Part.START else _months(year, 13 - count, 12, None)
    if f"{prefix}last_day" in captures:
        part = Part.END
    if f"{prefix}quarter" in captures:
        quarter = captures[f"{prefix}quarter"]
        return _months(year, 3 * quarter - 2, 3 * quarter, part)
    if month is not None:
        return _months(year, month, month, part) if 1 <= month <= 12 else Extent(None, None)
    if year is not None:
        return _months(year, 1, 12, part)
    return Extent(None, None)


# ---- one function for each production ------------------------------------------------------------------------------


def _deadline(reading: Reading) -> TimePhrase | None:
    captures = reading.captures
    point = extent(captures, "", reading.issued)
    before = captures["limit"] == Limit.BEFORE
    due = point.end
    if before and not point.single and captures.get("part") != Part.END:
        due = point.begin  # "trước tháng 12/2025": its first day is too late already
    begin = None if before or captures["limit"] == Limit.UNTIL else point.begin
    exclusive = before and not reading.has("clock")  # "trước 17 giờ ngày 05/12": the day itself still counts
    day, month = (point.day, point.month) if due is None else (None, None)
    return reading.phrase(TimeKind.DEADLINE, begin=begin, due=due, exclusive=exclusive, day=day, month=month)


def _point(reading: Reading) -> TimePhrase | None:
    point = extent(reading.captures, "", reading.issued)
    if reading.has("open_day"):  # the date line of a draft
        return reading.phrase(TimeKind.DATE, month=point.month if reading.has("month") else None)
    if not point.single:
        return reading.phrase(TimeKind.PERIOD, begin=point.begin, due=point.end, month=_open(point, point.month))
    if point.day is not None and point.month is None:
        return None  # "ngày 8": not a date
    return reading.phrase(TimeKind.DATE, due=point.end, day=_open(point, point.day), month=_open(point, point.month))


def _open(point: Extent, value: int | None) -> int | None:
    return value if point.end is None else None


def _as_of(reading: Reading) -> TimePhrase | None:
    return reading.phrase(TimeKind.DATE, due=extent(reading.captures, "", reading.issued).end)


def _span(reading: Reading) -> TimePhrase | None:
    captures = dict(reading.captures)
    if reading.has("school"):  # a school year is not made of calendar days
        return reading.phrase(TimeKind.PERIOD)
    if "to.month" not in captures and "to.day" in captures and "from.month" in captures:
        return None  # "từ ngày 01/11 đến ngày 15": of which month is not said
    for name in ("month", "year"):  # "từ ngày 01 đến ngày 15/11/2025", "từ tháng 3 đến tháng 11 năm 2025"
        if f"from.{name}" not in captures and f"to.{name}" in captures and _shares(captures, name):
            captures[f"from.{name}"] = captures[f"to.{name}"]
    start, stop = extent(captures, "from.", reading.issued), extent(captures, "to.", reading.issued)
    due, begin = stop.end, None if "open" in captures else start.begin
    if due is not None and begin is not None and begin > due:
        begin = None
    day, month = (stop.day, stop.month) if due is None else (None, None)
    return reading.phrase(
        TimeKind.PERIOD, begin=begin, due=due, exclusive=reading.has("exclusive"), day=day, month=month
    )


def _shares(captures: Captures, name: str) -> bool:
    """Tell whether the beginning of a span may borrow `name` from its end."""
    if name == "month":
        return "from.day" in captures
    return any(f"from.{unit}" in captures for unit in ("day", "month", "quarter"))


def _duration(reading: Reading) -> TimePhrase | None:
    origin = extent(reading.captures, "origin.", reading.issued)
    return reading.phrase(TimeKind.DEADLINE, begin=origin.begin)


def _onward(reading: Reading) -> TimePhrase | None:
    start = extent(reading.captures, "from." if reading.has("from.issue_day") else "", reading.issued)
    if start.begin is None and start.day is not None and start.month is None:
        return None
    return reading.phrase(TimeKind.PERIOD, begin=start.begin)


_EVERY = (
    ("every_week", Recurrence.WEEKLY),
    ("every_month", Recurrence.MONTHLY),
    ("every_quarter", Recurrence.QUARTERLY),
    ("every_half", Recurrence.HALF_YEARLY),
    ("every_year", Recurrence.YEARLY),
    ("every_other", Recurrence.UNSPECIFIED),
)


def _rhythm(reading: Reading) -> Recurrence:
    """Return the most frequent rhythm named: "hằng quý, 6 tháng, năm" is due every quarter."""
    return next((rhythm for name, rhythm in _EVERY if reading.has(name)), Recurrence.UNSPECIFIED)


def _recurrence(reading: Reading) -> TimePhrase | None:
    if reading.has("bare") and not (
        reading.has("every_year") and (reading.has("every_half") or reading.has("every_quarter"))
    ):
        return None  # "ngày, tháng, năm sinh"; "3 tháng, 6 tháng"
    return reading.phrase(TimeKind.RECURRENCE, recurrence=_rhythm(reading))


def _dated_recurrence(reading: Reading) -> TimePhrase | None:
    prefix = "to." if reading.has("to.day") else ""
    point = extent(reading.captures, prefix, reading.issued)
    rhythm = _rhythm(reading)
    if point.end is not None or (rhythm is Recurrence.YEARLY and point.day is not None and point.month is None):
        return None
    exclusive = reading.captures.get("limit") == Limit.BEFORE and not reading.has("clock")
    return reading.phrase(TimeKind.RECURRENCE, exclusive=exclusive, recurrence=rhythm, day=point.day, month=point.month)


def _on_request(reading: Reading) -> TimePhrase | None:
    return reading.phrase(TimeKind.ON_REQUEST, recurrence=Recurrence.ON_REQUEST)


def _unspecified(reading: Reading) -> TimePhrase | None:
    return reading.phrase(TimeKind.UNSPECIFIED, recurrence=Recurrence.UNSPECIFIED)


# The names are those of `knowledge.time_grammar.PRODUCTIONS`. A function returns None where the words fit the
# rule but say nothing ("trước ngày 15" of no month).
MEANING: dict[str, Callable[[Reading], TimePhrase | None]] = {
    "dated recurrence": _dated_recurrence,
    "span recurrence": _dated_recurrence,
    "span": _span,
    "deadline": _deadline,
    "duration": _duration,
    "recurrence": _recurrence,
    "onward": _onward,
    "as of": _as_of,
    "on request": _on_request,
    "unspecified": _unspecified,
    "point": _point,
}
