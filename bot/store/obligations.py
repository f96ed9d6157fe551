"""What was decided about duties, and the rounds that came of them, in the database."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from bot.codec import dumps, loads
from bot.domain.obligations import Decision, Status
from bot.domain.occurrences import duty_of
from bot.store.audit import FORGOTTEN
from bot.store.obligation_tables import ObligationRow, OccurrenceRow
from bot.store.outcome import changed, insert_new
from bot.store.report_tables import RoundRow


def decisions(session: Session) -> tuple[Decision, ...]:
    """Return every decision, the first decided first."""
    query = select(ObligationRow.decision).order_by(ObligationRow.decided_at, ObligationRow.key)
    return tuple(loads(Decision, text) for text in session.scalars(query))


def decision(session: Session, key: str) -> Decision | None:
    """Return what was decided about one duty."""
    text = session.scalar(select(ObligationRow.decision).where(ObligationRow.key == key))
    return loads(Decision, text) if text is not None else None


def decide(session: Session, one: Decision) -> bool:
    """Keep a decision in the place of the one before (`revision` - 1); False where another came in between."""
    values = {"status": one.status.value, "decision": dumps(one), "revision": one.revision, "decided_at": one.at}
    if one.revision <= 1:
        return insert_new(session, ObligationRow, key=one.key, halted="", told="", **values)
    mine = (ObligationRow.key == one.key, ObligationRow.revision == one.revision - 1)
    return changed(session, update(ObligationRow).where(*mine).values(halted="", **values)) == 1


def forget(session: Session, name: str) -> None:
    """Take a person's name out of what they decided; the decisions stay."""
    for key, text in session.execute(select(ObligationRow.key, ObligationRow.decision)).all():
        one = loads(Decision, text)
        if one.by == name:
            nameless = dumps(replace(one, by=FORGOTTEN))
            changed(session, update(ObligationRow).where(ObligationRow.key == key).values(decision=nameless))


def undecide(session: Session, key: str, revision: int) -> bool:
    """Take a decision back, so that the duty is a proposal again; False where it was changed meanwhile."""
    mine = (ObligationRow.key == key, ObligationRow.revision == revision)
    return changed(session, delete(ObligationRow).where(*mine)) == 1


def halt(session: Session, key: str, sign: str) -> None:
    """Remember the sign of a change in the document that waits to be looked at; "": there is none."""
    values = {"halted": sign} if sign else {"halted": "", "told": ""}
    changed(session, update(ObligationRow).where(ObligationRow.key == key).values(**values))


def tell_once(session: Session, key: str, sign: str) -> bool:
    """Tell whether the admins are still to be told of a change; it counts as told from now on."""
    fresh = (ObligationRow.key == key, ObligationRow.told != sign)
    return changed(session, update(ObligationRow).where(*fresh).values(told=sign)) == 1


def halts(session: Session) -> dict[str, tuple[str, str]]:
    """Return by the key of each halted duty the sign of the change, and of the one that the admins were told of."""
    query = select(ObligationRow.key, ObligationRow.halted, ObligationRow.told).where(ObligationRow.halted != "")
    return {key: (sign, told) for key, sign, told in session.execute(query)}


def confirmed(session: Session) -> tuple[Decision, ...]:
    """Return the decisions that people are to be reminded by: confirmed ones, whose document says the same since."""
    query = select(ObligationRow.decision).where(ObligationRow.status == Status.CONFIRMED.value)
    texts = session.scalars(query.where(ObligationRow.halted == "").order_by(ObligationRow.key))
    return tuple(loads(Decision, text) for text in texts)


def halted_rounds(session: Session) -> frozenset[int]:
    """Return the rounds of duties that are not confirmed any more, or that their document says otherwise since.

    Nobody is reminded of them.
    """
    holds = select(ObligationRow.key).where(ObligationRow.status == Status.CONFIRMED.value, ObligationRow.halted == "")
    return frozenset(session.scalars(select(OccurrenceRow.round).where(OccurrenceRow.obligation.not_in(holds))))


def opened(session: Session, occurrence: str, round_id: int, now: datetime) -> bool:
    """Remember the round of an occurrence; False where it has one that is still open."""
    duty = decision(session, duty_of(occurrence))
    values = {"round": round_id, "opened_at": now, "document": duty.seen.document if duty else ""}
    if insert_new(session, OccurrenceRow, key=occurrence, obligation=duty_of(occurrence), **values):
        return True
    still = select(RoundRow.id).where(RoundRow.closed_at.is_(None))
    over = (OccurrenceRow.key == occurrence, OccurrenceRow.round.not_in(still))
    return changed(session, update(OccurrenceRow).where(*over).values(**values)) == 1


def occurrences(session: Session) -> frozenset[str]:
    """Return the keys of the occurrences that have had a round, closed ones included."""
    return frozenset(session.scalars(select(OccurrenceRow.key)))


def of_rounds(session: Session) -> dict[int, str]:
    """Return the key of the duty that each round comes from, by round; rounds of none are left out."""
    return {number: key for number, key in session.execute(select(OccurrenceRow.round, OccurrenceRow.obligation))}


def rounds_of(session: Session, duty: str) -> frozenset[int]:
    """Return the rounds that were opened from a duty, closed ones included."""
    mine = or_(RoundRow.obligation == duty, RoundRow.obligation.startswith(f"{duty}/", autoescape=True))
    return frozenset(session.scalars(select(RoundRow.id).where(mine)))
