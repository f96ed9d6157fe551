"""Which days people work, and at which hours they may be written to.

Public holidays come from the package `holidays` (VN: Tết, make-up and swap days); what the Government decides later
is given as overrides. Pure apart from that table.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache

_SATURDAY = 5
_LONGEST_BREAK = 30  # days: no run of days off is longer, so a search beyond it means wrong overrides


@dataclass(frozen=True, slots=True)
class Workdays:
    """Monday to Friday without public holidays, as changed by hand."""

    off: frozenset[date] = frozenset()  # days off the table does not know: swaps decided late, storms
    on: frozenset[date] = frozenset()  # Saturdays worked in exchange

    def is_working(self, day: date) -> bool:
        """Tell whether people work on `day`."""
        if day in self.on:
            return True
        return day not in self.off and day.weekday() < _SATURDAY and day not in _holidays(day.year)

    def at_or_before(self, day: date) -> date:
        """Return `day` or the last working day before it."""
        return self._search(day, -1)

    def at_or_after(self, day: date) -> date:
        """Return `day` or the first working day after it."""
        return self._search(day, 1)

    def _search(self, day: date, step: int) -> date:
        for distance in range(_LONGEST_BREAK):
            found = day + timedelta(days=step * distance)
            if self.is_working(found):
                return found
        return day


@dataclass(frozen=True, slots=True)
class Hours:
    """When people may be written to on a working day, local time; `end` is not included."""

    start: time = time(8)
    end: time = time(17)

    def contains(self, moment: datetime) -> bool:
        """Tell whether `moment`, in the office's time zone, lies within."""
        return self.start <= moment.time() < self.end


@cache
def _holidays(year: int) -> frozenset[date]:
    from holidays import country_holidays  # a quarter of a second: not for every command

    return frozenset(country_holidays("VN", years=year))
