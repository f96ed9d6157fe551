"""When a recurring duty is due: a rhythm, and its occurrences a year ahead.

A rhythm is the days of a year on which it falls, so "ngày 25 tháng cuối quý" and "20/6 và 20/11" are the same kind of
thing. The key of an occurrence comes from the rhythm and the year alone, never from when it is looked at. A due day
stays as it is written, whatever day of the week it is; reminders are what moves to working days. Pure.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

from bot.domain.workdays import Workdays
from knowledge.document import Recurrence

LAST_WORKING = 24  # as the number of a working day: more than any month has, and so its last
# How far duties are unfolded: a year, and what Tết may move the n-th working day of a month by from one to the next.
AHEAD = timedelta(days=366 + 21)
TIMES_A_YEAR = {
    Recurrence.MONTHLY: 12,
    Recurrence.QUARTERLY: 4,
    Recurrence.HALF_YEARLY: 2,
    Recurrence.YEARLY: 1,
}
# Everything is due by the clock of Vietnam, which knows no daylight saving.
_ZONE = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")
_WORKDAYS = Workdays()  # by the table: what a document asks does not move with the office's own days off
_NUMERALS = ("I", "II", "III", "IV")


@dataclass(frozen=True, slots=True, order=True)
class Anchor:
    """A day of every year; past the end of its month it is the month's last: 31/2 is 28/2 or 29/2."""

    month: int  # 1..12
    day: int  # 1..31
    working: bool = False  # it counts working days: the fifth one of the month; the last one past their end

    def of(self, year: int) -> date:
        """Return the day in a year."""
        last = monthrange(year, self.month)[1]
        if not self.working:
            return date(year, self.month, min(self.day, last))
        days = [day for number in range(1, last + 1) if _WORKDAYS.is_working(day := date(year, self.month, number))]
        return days[min(self.day, len(days)) - 1]


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How a duty recurs: as many days a year as its recurrence says, each in a month of its own."""

    recurrence: Recurrence
    anchors: tuple[Anchor, ...]  # in order of the year
    exclusive: bool = False  # "trước ngày 15": the day before is the last one
    hour: int = 17  # of the last day, local time
    minute: int = 0

    def __post_init__(self) -> None:
        months = [anchor.month for anchor in self.anchors]
        if len(months) != TIMES_A_YEAR.get(self.recurrence) or months != sorted(set(months)):
            raise ValueError(f"{self.recurrence.value} cannot fall on {self.anchors}")
        if not all(1 <= anchor.month <= 12 and 1 <= anchor.day <= 31 for anchor in self.anchors):
            raise ValueError(f"no days of a year: {self.anchors}")

    def due(self, year: int, at: int) -> datetime:
        """Return the last moment of being in time for the anchor at position `at` of a year."""
        day = self.anchors[at].of(year) - timedelta(days=int(self.exclusive))
        return datetime(day.year, day.month, day.day, self.hour, self.minute, tzinfo=_ZONE)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time that a recurring duty is due."""

    key: str  # "nv-0123456789abcdef/2025-Q4"
    due_at: datetime
    period: str  # Vietnamese, "quý IV/2025"


def rhythm_of(
    recurrence: Recurrence, day: int, month: int | None = None, *, exclusive: bool = False, working: bool = False
) -> Rhythm | None:
    """Return the rhythm that falls on a day of each period; None where no such rhythm can be unfolded.

    `month`: of a quarterly or half-yearly one, any month of the year that it falls in; None: the period's last.
    `working`: `day` counts working days.
    """
    times = TIMES_A_YEAR.get(recurrence)
    if times is None or not 1 <= day <= 31 or not (month is None or 1 <= month <= 12):
        return None
    if recurrence is Recurrence.YEARLY and month is None:
        return None  # "ngày 15 hằng năm" says no month, and none is guessed
    step = 12 // times
    first = step if month is None else (month - 1) % step + 1
    anchors = tuple(Anchor(first + step * number, day, working) for number in range(times))
    return Rhythm(recurrence, anchors, exclusive)


def unfold(duty: str, rhythm: Rhythm, now: datetime, ahead: timedelta = AHEAD) -> tuple[Occurrence, ...]:
    """Return the occurrences due after `now` and not after `now + ahead`, in order."""
    years = range(now.year - 1, (now + ahead).year + 2)
    return tuple(one for year in years for one in _of_year(duty, rhythm, year) if now < one.due_at <= now + ahead)


def occurrence(duty: str, rhythm: Rhythm, key: str) -> Occurrence | None:
    """Return the occurrence of that key; None where the rhythm has none such."""
    year = key.removeprefix(f"{duty}/")[:4]
    if key == duty or not year.isdecimal() or not 1 < int(year) < 9999:
        return None
    return next((one for one in _of_year(duty, rhythm, int(year)) if one.key == key), None)


def duty_of(occurrence_key: str) -> str:
    """Return the key of the duty that an occurrence, or a duty due once, belongs to."""
    return occurrence_key.partition("/")[0]


def _of_year(duty: str, rhythm: Rhythm, year: int) -> Iterator[Occurrence]:
    for at in range(len(rhythm.anchors)):
        sign, period = _named(rhythm.recurrence, year, at)
        yield Occurrence(f"{duty}/{sign}", rhythm.due(year, at), period)


def _named(recurrence: Recurrence, year: int, at: int) -> tuple[str, str]:
    """Return a period for keys and for people."""
    match recurrence:
        case Recurrence.MONTHLY:
            return f"{year}-{at + 1:02d}", f"tháng {at + 1}/{year}"
        case Recurrence.QUARTERLY:
            return f"{year}-Q{at + 1}", f"quý {_NUMERALS[at]}/{year}"
        case Recurrence.HALF_YEARLY:
            return f"{year}-H{at + 1}", f"6 tháng {'cuối' if at else 'đầu'} năm {year}"
        case _:
            return f"{year}", f"năm {year}"


def say(rhythm: Rhythm) -> str:
    """Return a rhythm as people say it: "6 tháng một lần, chậm nhất 17:00 ngày 20/6 và 20/12"."""
    limit = "trước ngày" if rhythm.exclusive else f"chậm nhất {rhythm.hour:02d}:{rhythm.minute:02d} ngày"
    days = {anchor.day for anchor in rhythm.anchors}
    if all(anchor.working for anchor in rhythm.anchors) and len(days) == 1:
        return f"{_NAMES[rhythm.recurrence]}, {limit} {_working(rhythm)}"
    if rhythm.recurrence is Recurrence.MONTHLY and len(days) == 1:
        day = next(iter(days))
        return f"hằng tháng, {limit} {'cuối tháng' if day == 31 else day}"
    *first, last = map(_shown, rhythm.anchors)
    return f"{_NAMES[rhythm.recurrence]}, {limit} {', '.join(first)}{' và ' if first else ''}{last}"


_NAMES = {
    Recurrence.MONTHLY: "hằng tháng",
    Recurrence.QUARTERLY: "hằng quý",
    Recurrence.HALF_YEARLY: "6 tháng một lần",
    Recurrence.YEARLY: "hằng năm",
}


def _working(rhythm: Rhythm) -> str:
    """Return "làm việc thứ 5 của tháng", "làm việc cuối cùng của tháng 3, 6, 9 và 12"."""
    day = rhythm.anchors[0].day
    which = "cuối cùng" if day >= LAST_WORKING else "đầu tiên" if day == 1 else f"thứ {day}"
    if rhythm.recurrence is Recurrence.MONTHLY:
        return f"làm việc {which} của tháng"
    *first, last = (str(anchor.month) for anchor in rhythm.anchors)
    return f"làm việc {which} của tháng {', '.join(first)}{' và ' if first else ''}{last}"


def _shown(anchor: Anchor) -> str:
    last = monthrange(2024, anchor.month)[1]  # a leap year: 29/2 is shown as it is
    return f"{min(anchor.day, last)}/{anchor.month}"
