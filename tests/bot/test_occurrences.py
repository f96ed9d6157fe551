"""Rhythms unfold into occurrences: in order, a year ahead, with keys that depend on nothing but the rhythm."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.asking import VIETNAM
from bot.codec import dumps, loads
from bot.domain.occurrences import (
    AHEAD,
    LAST_WORKING,
    TIMES_A_YEAR,
    Anchor,
    Rhythm,
    duty_of,
    occurrence,
    rhythm_of,
    say,
    unfold,
)
from bot.domain.workdays import Workdays
from knowledge.document import Recurrence

DUTY = "nv-0123456789abcdef"
NOW = datetime(2025, 11, 20, 9, 0, tzinfo=VIETNAM)


@st.composite
def rhythms(draw: st.DrawFn) -> Rhythm:
    """Any rhythm: its months apart, its days anything a month may have."""
    recurrence = draw(st.sampled_from(list(TIMES_A_YEAR)))
    times = TIMES_A_YEAR[recurrence]
    months = sorted(draw(st.sets(st.integers(1, 12), min_size=times, max_size=times)))
    working = draw(st.booleans())
    anchors = tuple(Anchor(month, draw(st.integers(1, 31)), working) for month in months)
    return Rhythm(recurrence, anchors, draw(st.booleans()), draw(st.integers(0, 23)), draw(st.integers(0, 59)))


moments = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)).map(lambda at: at.replace(tzinfo=VIETNAM))


@given(rhythms(), moments)
@example(Rhythm(Recurrence.YEARLY, (Anchor(1, 12, working=True),), False, 0, 0), datetime(2060, 1, 19, tzinfo=VIETNAM))
def test_occurrences_come_in_order_a_year_ahead(rhythm: Rhythm, now: datetime) -> None:
    found = unfold(DUTY, rhythm, now)
    dues = [one.due_at for one in found]
    assert all(earlier < later for earlier, later in pairwise(dues))
    assert all(now < due <= now + AHEAD for due in dues)
    times = TIMES_A_YEAR[rhythm.recurrence]
    assert times <= len(found) <= 2 * times  # of the next year, too, what comes within the weeks beyond
    assert len({one.key for one in found}) == len(found)
    assert all(duty_of(one.key) == DUTY and occurrence(DUTY, rhythm, one.key) == one for one in found)


@given(rhythms(), moments, st.integers(0, 365))
def test_an_occurrence_is_the_same_whenever_it_is_looked_at(rhythm: Rhythm, now: datetime, days: int) -> None:
    first = {one.key: one for one in unfold(DUTY, rhythm, now)}
    later = now + timedelta(days=days)
    second = {one.key: one for one in unfold(DUTY, rhythm, later)}
    assert all(second[key] == one for key, one in first.items() if one.due_at > later)
    assert [one for key, one in second.items() if one.due_at <= now + AHEAD] == [
        one for one in first.values() if one.due_at > later
    ]


@given(rhythms())
def test_a_rhythm_is_kept_and_said(rhythm: Rhythm) -> None:
    assert loads(Rhythm, dumps(rhythm)) == rhythm
    assert say(rhythm)


@pytest.mark.parametrize(
    ("recurrence", "day", "month", "exclusive", "due", "key", "period"),
    [
        (Recurrence.MONTHLY, 15, None, True, "2025-12-14", "2025-12", "tháng 12/2025"),
        (Recurrence.MONTHLY, 31, None, False, "2025-11-30", "2025-11", "tháng 11/2025"),
        (Recurrence.MONTHLY, 1, None, True, "2025-11-30", "2025-12", "tháng 12/2025"),
        (Recurrence.QUARTERLY, 25, None, False, "2025-12-25", "2025-Q4", "quý IV/2025"),
        (Recurrence.QUARTERLY, 10, 1, False, "2026-01-10", "2026-Q1", "quý I/2026"),
        (Recurrence.HALF_YEARLY, 20, 6, True, "2025-12-19", "2025-H2", "6 tháng cuối năm 2025"),
        (Recurrence.YEARLY, 15, 11, False, "2026-11-15", "2026", "năm 2026"),
        (Recurrence.YEARLY, 29, 2, False, "2026-02-28", "2026", "năm 2026"),
    ],
)
def test_the_next_occurrence(
    recurrence: Recurrence, day: int, month: int | None, exclusive: bool, due: str, key: str, period: str
) -> None:
    rhythm = rhythm_of(recurrence, day, month, exclusive=exclusive)
    assert rhythm is not None
    coming = unfold(DUTY, rhythm, NOW)[0]
    assert (f"{coming.due_at:%Y-%m-%d %H:%M}", coming.key, coming.period) == (f"{due} 17:00", f"{DUTY}/{key}", period)


def test_a_due_day_stays_as_written_though_nobody_works_then() -> None:
    rhythm = rhythm_of(Recurrence.MONTHLY, 14)
    assert rhythm is not None
    assert f"{unfold(DUTY, rhythm, NOW)[0].due_at:%a %d/%m}" == "Sun 14/12"


@pytest.mark.parametrize(
    ("day", "month", "due"),
    [
        (LAST_WORKING, 1, "2026-01-30"),  # a Friday
        (LAST_WORKING, 4, "2026-04-29"),  # the 30th is a holiday
        (1, 5, "2026-05-04"),
        (5, 9, "2026-09-09"),  # after the days off of the National Day
    ],
)
def test_days_that_are_counted_as_people_work(day: int, month: int, due: str) -> None:
    rhythm = rhythm_of(Recurrence.YEARLY, day, month, working=True)
    assert rhythm is not None
    found = next(one for one in unfold(DUTY, rhythm, NOW))
    assert found.due_at.date().isoformat() == due and Workdays().is_working(found.due_at.date())


def test_what_is_no_rhythm() -> None:
    assert rhythm_of(Recurrence.YEARLY, 15) is None  # which month?
    assert rhythm_of(Recurrence.WEEKLY, 5) is None
    assert rhythm_of(Recurrence.MONTHLY, 32) is None
    with pytest.raises(ValueError):
        Rhythm(Recurrence.HALF_YEARLY, (Anchor(6, 20),))
    with pytest.raises(ValueError):
        Rhythm(Recurrence.HALF_YEARLY, (Anchor(6, 20), Anchor(6, 25)))
    rhythm = rhythm_of(Recurrence.MONTHLY, 5)
    assert rhythm is not None and occurrence(DUTY, rhythm, DUTY) is None
    assert occurrence(DUTY, rhythm, f"{DUTY}/x") is None


def test_how_a_rhythm_is_said() -> None:
    monthly, half = rhythm_of(Recurrence.MONTHLY, 15, exclusive=True), rhythm_of(Recurrence.HALF_YEARLY, 31)
    assert monthly is not None and say(monthly) == "hằng tháng, trước ngày 15"
    assert half is not None and say(half) == "6 tháng một lần, chậm nhất 17:00 ngày 30/6 và 31/12"
