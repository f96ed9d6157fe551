"""What confirmed duties ask of units where no round was opened: each occurrence of each unit, as a Duty. Pure.

A duty is owed by the units of its terms as they are today, successors in the place of those that ended; of a document
that is for some units only, by those alone. What fell due before the duty was confirmed is asked of nobody.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime, timedelta, tzinfo
from textwrap import shorten

from bot.domain.discretion import Discretion
from bot.domain.obligations import Decision, Status, Terms, title_of
from bot.domain.occurrences import AHEAD, Occurrence, unfold
from bot.domain.people import Unit, current_unit
from bot.domain.reminders import Duty

_LONGEST_TITLE = 200  # characters


def owing(terms: Terms, units: Collection[Unit], closed: Collection[str] = ()) -> tuple[Unit, ...]:
    """Return the active units that owe a duty today, those that are `closed` to its document aside."""
    if terms.everyone:
        found = [unit for unit in units if unit.active]
    else:
        today = (current_unit(key, units) for key in terms.units)
        found = list({unit.key: unit for unit in today if unit is not None and unit.active}.values())
    return tuple(unit for unit in found if unit.key not in closed)


def occurrences(decision: Decision, now: datetime, ahead: timedelta) -> Iterator[Occurrence]:
    """Yield when a confirmed duty is due: since it was confirmed, the next time, and all others within `ahead`."""
    terms, since = decision.terms, decision.confirmed_at
    if terms is None or since is None:
        return
    if terms.due_at is not None:
        yield Occurrence(decision.key, terms.due_at, "")
    elif terms.rhythm is not None:
        coming, until = 0, now + ahead + timedelta(days=max(terms.before, default=0))
        for one in unfold(decision.key, terms.rhythm, since, now - since + AHEAD):
            coming += one.due_at > now
            if coming <= 1 or one.due_at <= until:
                yield one


def duties(
    decisions: Iterable[Decision],
    units: Collection[Unit],
    had: Collection[str],
    settled: Collection[tuple[str, str]],
    discretion: Discretion,
    now: datetime,
    ahead: timedelta,
) -> Iterator[Duty]:
    """Yield what units owe by confirmed `decisions`, apart from occurrences that `had` a round.

    `settled`: the duties, by key and unit, that were said to be handed in.
    """
    for decision in decisions:
        if decision.status is not Status.CONFIRMED or decision.terms is None:
            continue
        owed_by = owing(decision.terms, units, discretion.closed(decision.seen.document))
        for one in occurrences(decision, now, ahead):
            if one.key not in had:
                for unit in owed_by:
                    yield _duty(decision, one, unit, (one.key, unit.key) in settled, now.tzinfo)


def _duty(decision: Decision, one: Occurrence, unit: Unit, settled: bool, zone: tzinfo | None) -> Duty:
    terms, seen, since = decision.terms, decision.seen, decision.confirmed_at
    assert terms is not None and since is not None  # looked at before
    return Duty(
        one.key,
        shorten(title_of(seen, terms, one.period), _LONGEST_TITLE, placeholder="…"),
        unit.key,
        since.astimezone(zone),
        one.due_at.astimezone(zone),
        settled=settled,
        document=seen.document,
        to=seen.to or "",
        before=terms.before,
    )
