"""From the words of a document, or of an admin, to the terms of a duty: when it is due, who owes it. Pure.

Nothing is guessed: where the words give no day, or name no unit, that part stays open and an admin fills it in.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time

from bot.domain.choosing import choose
from bot.domain.due import END_OF_WORK, parse_due
from bot.domain.obligations import Proposal, Terms, plain
from bot.domain.occurrences import LAST_WORKING, TIMES_A_YEAR, Anchor, Rhythm, rhythm_of
from bot.domain.people import Unit, current_unit
from knowledge.deadlines import find_times
from knowledge.document import Recurrence, TimePhrase
from knowledge.text import fold, normalise

_CLOCK = re.compile(r"\b(\d{1,2})\s*(?:h|g|giờ|:)\s*(\d{2})?\b")
_ALL = re.compile(
    r"(?:(?:lanh dao|thu truong|truong)\s+)?(?:(?:tat ca\s+)?cac|toan the(?:\s+cac)?|moi)\s+"
    r"(?:phong|ban|don vi|co quan|to chuc|chi cuc|trung tam)\b"
)
_GENERIC = re.compile(r"^(?:phong|ban|chi cuc|trung tam|van phong)\s+")
_TOO_SHORT = 4  # letters of a unit's name that would be found in anything
_WORKING = re.compile(  # in folded words
    r"\bngay lam viec (?:thu (?P<nth>\d{1,2})|(?P<dau>dau)(?: tien)?|cuoi(?: cung)?)\b"
    r"|\b(?P<first>\d{1,2}) ngay lam viec dau(?: tien)?\b"
)
_DAY_MONTH = re.compile(r"\b(\d{1,2})\s*(?:/|-|tháng)\s*(\d{1,2})\b(?!\s*[/-]\s*\d)")
_DAY = re.compile(r"\b(?:ngày|mùng|mồng)?\s*(\d{1,2})\b(?!\s*(?:/|h|g|giờ|:|tháng|lần))")
_AS_USUAL = re.compile(r"mac dinh|nhu cu|lich chung|theo lich chung|binh thuong")
_LADDER = re.compile(r"(?:nhac )?(?:truoc )?\d{1,3}(?:(?:\s*[,;]\s*|\s+va\s+|\s+)(?:ngay\s+)?\d{1,3})*(?:\s*ngay)?")
_MOST_RUNGS, _LONGEST_LADDER = 12, 365  # days
_RECURRENCES = {
    Recurrence.MONTHLY: re.compile(r"\b(?:hang|moi) thang\b|\bthang mot lan\b"),
    Recurrence.QUARTERLY: re.compile(r"\b(?:hang|moi) quy\b|\bcuoi quy\b|\bdau quy\b"),
    Recurrence.HALF_YEARLY: re.compile(r"\b(?:6|sau) thang\b|\bnua nam\b"),
    Recurrence.YEARLY: re.compile(r"\b(?:hang|moi) nam\b"),
}


def proposed(one: Proposal, units: Sequence[Unit], zone_of: datetime) -> Terms:
    """Return what a document itself gives; what it leaves open is open. `zone_of`: a moment in the office's zone."""
    everyone, named = units_named(one.who, units)
    keys = tuple(unit.key for unit in named)
    due, rhythm = proposed_time(one.when, zone_of)
    return Terms(_capital(one.what), due, rhythm, keys, everyone)


def proposed_time(when: TimePhrase | None, zone_of: datetime) -> tuple[datetime | None, Rhythm | None]:
    """Return the due time or the rhythm that a phrase gives: "trước ngày 05/12/2025" is 17:00 of the day before."""
    if when is None:
        return None, None
    if when.recurrence is not None:
        if when.day is None:
            return None, None
        return None, rhythm_of(when.recurrence, when.day, when.month, exclusive=when.exclusive)
    day = when.last_day
    if day is None:
        return None, None
    clock = _clock(when.text)
    return datetime.combine(day, clock or END_OF_WORK, zone_of.tzinfo), None


def units_named(who: str | None, units: Sequence[Unit]) -> tuple[bool, tuple[Unit, ...]]:
    """Return whether the words mean every unit, and else which ones they name: former names lead to today's units."""
    words = plain(who or "")
    if not words:
        return False, ()
    if _ALL.match(words) and ":" not in (who or ""):
        return True, ()
    found: dict[str, Unit] = {}
    for unit in units:
        for name in (unit.name, *unit.former_names):
            if _names(words, plain(name)):
                _add(found, unit, units)
    if not found:
        for part in re.split(r"[,;:]|\bvà\b", who or ""):
            at = choose(part, [unit.name for unit in units]) if len(plain(part)) >= _TOO_SHORT else None
            if at is not None:
                _add(found, units[at], units)
    return False, tuple(found.values())


def _add(found: dict[str, Unit], unit: Unit, units: Sequence[Unit]) -> None:
    today = current_unit(unit.key, units)
    if today is not None and today.active:
        found[today.key] = today


def _names(words: str, name: str) -> bool:
    bare = _GENERIC.sub("", name)
    either = [name, bare] if len(bare) > _TOO_SHORT and " " in bare else [name]
    return any(len(one) >= _TOO_SHORT and f" {one} " in f" {words} " for one in either)


def read_time(typed: str, now: datetime, recurrence: Recurrence | None = None) -> datetime | Rhythm | None:
    """Return when an admin says a duty is due: "15/12 16:00", "ngày 25 tháng cuối quý", "20/6 và 20/12".

    `recurrence` was chosen before, so that a day alone is enough; None: it may be in the words, or it is due once.
    """
    asked = recurrence or recurrence_in(typed)
    if asked is None:
        return parse_due(typed, now)
    clock = _clock(typed) or END_OF_WORK
    text = _CLOCK.sub(" ", normalise(typed).lower())
    rhythm = _rhythm(text, asked)
    if rhythm is None:
        return None
    return Rhythm(rhythm.recurrence, rhythm.anchors, rhythm.exclusive, clock.hour, clock.minute)


def recurrence_in(typed: str) -> Recurrence | None:
    """Return the recurrence that is named: "hằng quý"; None where none is."""
    words = " ".join(fold(normalise(typed)).split())
    return next((one for one, pattern in _RECURRENCES.items() if pattern.search(words)), None)


def _rhythm(text: str, recurrence: Recurrence) -> Rhythm | None:
    exclusive = fold(text).strip().startswith("truoc ")
    if _WORKING.search(fold(text)):
        return _working(fold(text), recurrence, exclusive=exclusive)
    days = [Anchor(int(month), int(day)) for day, month in _DAY_MONTH.findall(text)]
    if recurrence is Recurrence.YEARLY:  # "20/6 và 20/11 hằng năm" is twice a year
        recurrence = next((one for one, times in TIMES_A_YEAR.items() if times == len(days)), recurrence)
    if len(days) == TIMES_A_YEAR.get(recurrence):
        try:
            return Rhythm(recurrence, tuple(sorted(days)), exclusive)
        except ValueError:
            return None
    if len(days) == 1:
        return rhythm_of(recurrence, days[0].day, days[0].month, exclusive=exclusive)
    if days:
        return None
    phrase = next((one for one in find_times(text) if one.day is not None), None)
    words = fold(text)
    if phrase is not None and phrase.recurrence is recurrence:
        month = phrase.month or (1 if "thang dau quy" in words else None)
        return rhythm_of(recurrence, phrase.day or 0, month, exclusive=phrase.exclusive)
    if re.search(r"\bcuoi (?:thang|quy|nam|ky)\b|\bngay cuoi\b|\bhet (?:thang|quy|nam)\b", words) and not re.search(
        r"\bngay \d", words
    ):
        return rhythm_of(recurrence, 31, 12 if recurrence is Recurrence.YEARLY else None)
    numbers = _DAY.findall(re.sub(r"(?:6|sáu) tháng", " ", text))
    month = 1 if "thang dau" in words else None
    return rhythm_of(recurrence, int(numbers[0]), month, exclusive=exclusive) if len(numbers) == 1 else None


def _working(words: str, recurrence: Recurrence, *, exclusive: bool) -> Rhythm | None:
    """Return the rhythm of folded words that count working days: "ngày làm việc cuối cùng của tháng"; None: no such."""
    match = _WORKING.search(words)
    if match is None:
        return None
    day = int(match["nth"] or match["first"] or (1 if match["dau"] else LAST_WORKING))
    named = re.search(r"\bthang (\d{1,2})\b", words)
    month = int(named[1]) if named else 1 if re.search(r"\bdau (?:cua )?(?:thang dau )?(?:quy|nam)\b", words) else None
    if month is None and recurrence is Recurrence.YEARLY and re.search(r"\b(?:cuoi|cua) nam\b", words):
        month = 12
    if not 1 <= day <= LAST_WORKING:
        return None
    return rhythm_of(recurrence, day, month, exclusive=exclusive, working=True)


def _clock(text: str) -> time | None:
    match = _CLOCK.search(normalise(text).lower())
    if match is None:
        return None
    hour, minute = int(match[1]), int(match[2] or 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def read_ladder(typed: str) -> tuple[int, ...] | None:
    """Return how many days before a duty is due people are reminded: "30, 14, 7 ngày"; () for "mặc định"; else None."""
    words = fold(normalise(typed)).strip(" .")
    if _AS_USUAL.fullmatch(words):
        return ()
    if not _LADDER.fullmatch(words):
        return None
    days = {int(day) for day in re.findall(r"\d+", words)}
    return tuple(sorted(days, reverse=True)) if len(days) <= _MOST_RUNGS and max(days) <= _LONGEST_LADDER else None


def completed_by(new: Terms, before: Terms | None) -> Terms:
    """Return new terms in which what the document leaves open stays as it was decided before."""
    if before is None:
        return new
    timed = new if new.dated else replace(new, due_at=before.due_at, rhythm=before.rhythm)
    timed = replace(timed, before=before.before)
    return timed if new.owed else replace(timed, units=before.units, everyone=before.everyone)
