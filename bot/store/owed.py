"""What units owe: in open rounds, and by confirmed duties that have no round. Also who may hear of it by name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.asking import VIETNAM
from bot.domain import owed
from bot.domain.discretion import Discretion, untitled
from bot.domain.obligations import Decision
from bot.domain.people import Person
from bot.domain.reminders import Duty
from bot.domain.rounds import Round
from bot.store import claims, obligations, people, publications, reminding
from bot.store.obligation_tables import OccurrenceRow
from bot.store.report_tables import RoundRow

_NEXT = timedelta()  # no further than the next time that each is due


def discretion(session: Session) -> Discretion:
    """Return who may hear of which document."""
    decided = publications.special(session)
    return Discretion.on(decided, people.units(session) if decided else ())


def rounds_as_told(
    session: Session, rounds: Sequence[Round], person: Person | None, *, private: bool
) -> tuple[Round, ...]:
    """Return rounds as `person` may hear of them: by their number where they may not see the document."""
    hidden = discretion(session).hidden(person, private=private)
    if not hidden:
        return tuple(rounds)
    unnamed = set(session.scalars(select(OccurrenceRow.round).where(OccurrenceRow.document.in_(hidden))))
    return tuple(replace(one, title=untitled(one.id)) if one.id in unnamed else one for one in rounds)


def as_told(session: Session, person_id: int, words: str) -> str:
    """Return words for one person, in which rounds of documents that they may not see stand under their number."""
    known = discretion(session)
    hidden = known.hidden(people.person(session, person_id)) if known.restricted else frozenset()
    if hidden:
        named = select(RoundRow.id, RoundRow.title).join(OccurrenceRow, OccurrenceRow.round == RoundRow.id)
        for number, title in session.execute(named.where(OccurrenceRow.document.in_(hidden))):
            words = words.replace(title, untitled(number))
    return words


def confirmed(session: Session, now: datetime, ahead: timedelta = _NEXT) -> tuple[Duty, ...]:
    """Return what confirmed duties without a round ask of each unit: overdue, next, and all that is due within `ahead`.

    A duty whose document was changed or withdrawn asks nothing until an admin has looked at it.
    """
    return _confirmed(session, obligations.confirmed(session), now, ahead)


def _confirmed(session: Session, decided: tuple[Decision, ...], now: datetime, ahead: timedelta) -> tuple[Duty, ...]:
    if not decided:
        return ()
    units, had, settled = people.units(session), obligations.occurrences(session), claims.settled(session)
    local = now.astimezone(VIETNAM)
    return tuple(owed.duties(decided, units, had, settled, discretion(session), local, ahead))


def duties(session: Session, now: datetime, unit: str | None = None, ahead: timedelta = _NEXT) -> tuple[Duty, ...]:
    """Return what units (`unit` alone, where given) owe or have handed in, the soonest due first."""
    decided = obligations.confirmed(session)
    without = (one for one in _confirmed(session, decided, now, ahead) if unit in (None, one.unit))
    ladders = {one.key: one.terms.before for one in decided if one.terms and one.terms.before}
    sources = obligations.of_rounds(session) if ladders else {}
    rounds = (
        replace(one, before=ladders.get(sources.get(one.round or 0, ""), ()))
        for one in reminding.duties(session, now, unit)
    )
    return tuple(sorted((*rounds, *without), key=lambda one: one.due_at))
