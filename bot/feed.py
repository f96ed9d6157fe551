"""One person's deadlines as an iCalendar file (RFC 5545), for the calendar of a telephone.

Times are in UTC: no zone definition can then be missing or out of date. The id of an entry stays the same while its
due time moves, so that a calendar moves the entry instead of adding one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from icalendar import Alarm, Calendar, Event

from bot.asking import Library
from bot.domain.anniversaries import Anniversary, anniversaries
from bot.domain.reminders import Duty

NAME = "Hạn báo cáo – Trợ lý TĐKT"
_DOMAIN = "tro-ly-tdkt"  # after the "@" of every id
_LASTS = timedelta(minutes=30)  # an entry ends at the due time: one of no length is not shown by every calendar
_ALARMS = ((timedelta(days=3), "còn 3 ngày"), (timedelta(days=1), "còn 1 ngày"), (timedelta(hours=2), "còn 2 giờ"))
_KINDS = ("kế hoạch", "chương trình", "đề án", "phương án")  # of documents whose anniversaries are kept
_REFRESH = timedelta(hours=1)


def feed(entries: Iterable[tuple[Duty, str]], days: Iterable[Anniversary], now: datetime) -> bytes:
    """Return the calendar of duties, each with what it says besides its title, and of anniversaries."""
    calendar = Calendar.new(name=NAME, prodid="-//Tro ly TDKT//vi", refresh_interval=_REFRESH, language="vi")
    for duty, note in entries:
        calendar.add_component(_due(duty, note, now))
    for one in sorted(set(days), key=lambda one: (one.day, one.title)):
        calendar.add_component(_anniversary(one, now))
    content: bytes = calendar.to_ical()
    return content


def of_unit(duties: Sequence[Duty], unit_name: str) -> list[tuple[Duty, str]]:
    """Return the duties of one unit as entries."""
    return [(duty, unit_name) for duty in duties]


def of_office(duties: Sequence[Duty]) -> list[tuple[Duty, str]]:
    """Return the duties of all units as entries, one a round: how many units still owe it."""
    rounds: dict[str, list[Duty]] = {}
    for duty in duties:
        rounds.setdefault(duty.key, []).append(duty)
    found = []
    for same in rounds.values():
        owing = next((one for one in same if not one.settled), same[0])
        done = sum(one.settled for one in same)
        found.append(
            (
                replace(owing, unit=""),
                f"{done}/{len(same)} đơn vị đã nộp",
            )
        )
    return found


def anniversaries_in(library: Library) -> list[Anniversary]:
    """Return the anniversaries that the plans of a library name."""
    plans = (at for at, card in enumerate(library.cards) if card.header.kind in _KINDS)
    return [one for at in plans for one in _anniversaries(library.document(at).text)]


@lru_cache(maxsize=2000)
def _anniversaries(text: str) -> tuple[Anniversary, ...]:
    return tuple(anniversaries(text))


def _due(duty: Duty, note: str, now: datetime) -> Event:
    due = duty.due_at.astimezone(UTC)
    state = "Đã nộp" if duty.settled else "Hạn nộp"
    event = Event.new(
        uid=f"{duty.key}.{_id(duty.unit)}@{_DOMAIN}",
        stamp=now.astimezone(UTC),
        start=due - _LASTS,
        end=due,
        summary=f"{state}: {duty.title}",
        description=f"{note}. Hạn {duty.due_at:%H:%M ngày %d/%m/%Y}. {_how(duty)}",
    )
    event.add("transp", "TRANSPARENT")  # a deadline is no time at which one is busy
    if not duty.settled:
        for before, words in _ALARMS:
            event.add_component(_alarm(before, f"{duty.title}: {words} là hết hạn"))
    return event


def _how(duty: Duty) -> str:
    """Return how it is handed in."""
    if duty.round is not None:
        return "Nộp qua Trợ lý TĐKT: gõ /baocao."
    return f"Nơi nhận: {duty.to}." if duty.to else "Nộp theo văn bản."


def _alarm(before: timedelta, says: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", says)
    alarm.add("trigger", -before, parameters={"RELATED": "END"})
    return alarm


def _anniversary(one: Anniversary, now: datetime) -> Event:
    event = Event.new(
        uid=f"ky-niem.{_id(f'{one.day} {one.title}')}@{_DOMAIN}",
        stamp=now.astimezone(UTC),
        start=one.day,
        end=one.day + timedelta(days=1),
        summary=one.title,
    )
    event.add("transp", "TRANSPARENT")
    return event


def _id(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
