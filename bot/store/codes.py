"""Link codes and wrong guesses, in the database. A code is taken by a conditional UPDATE: exactly once."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from bot.domain.codes import GUESS_WINDOW, GUESSES_EACH, Offer, Refusal, guesses_left
from bot.domain.people import Role
from bot.store.audit import FORGOTTEN
from bot.store.outcome import changed
from bot.store.tables import GuessRow, LinkCodeRow, UnitRow


def issue(session: Session, offer: Offer, issued_by: str, now: datetime, expires: datetime) -> None:
    """Keep a fresh code."""
    session.add(
        LinkCodeRow(
            digest=offer.digest,
            role=offer.role.value,
            unit=offer.unit,
            name=offer.name,
            person_id=offer.person_id,
            issued_by=issued_by[:200],
            issued_at=now,
            expires_at=expires,
            used_at=None,
        )
    )


def look_up(session: Session, digest: str, channel: str, sender: str, now: datetime) -> Offer | Refusal:
    """Return what a code gives, unless it is wrong or too many wrong ones came before."""
    if not _may_guess(session, channel, sender, now):
        return Refusal.TOO_MANY
    valid = (LinkCodeRow.digest == digest, LinkCodeRow.used_at.is_(None), LinkCodeRow.expires_at > now)
    row = session.scalar(select(LinkCodeRow).where(*valid))
    if row is None:
        return Refusal.WRONG
    unit = session.get(UnitRow, row.unit) if row.unit else None
    return Offer(digest, Role(row.role), row.unit, unit.name if unit else "", row.name, row.person_id)


def take(session: Session, digest: str, now: datetime) -> bool:
    """Use up a code; False when somebody was faster or it has expired."""
    valid = (LinkCodeRow.digest == digest, LinkCodeRow.used_at.is_(None), LinkCodeRow.expires_at > now)
    return changed(session, update(LinkCodeRow).where(*valid).values(used_at=now)) == 1


def wrong_guess(session: Session, channel: str, sender: str, now: datetime) -> None:
    """Count one wrong code."""
    session.add(GuessRow(channel=channel, sender=sender, guessed_at=now))


def forget(session: Session, person_id: int, name: str) -> None:
    """Take a person's name out of the codes: those for them, and those they issued."""
    changed(session, delete(LinkCodeRow).where(LinkCodeRow.person_id == person_id))
    used = (LinkCodeRow.name == name, LinkCodeRow.used_at.is_not(None))
    changed(session, update(LinkCodeRow).where(*used).values(name=None))
    changed(session, update(LinkCodeRow).where(LinkCodeRow.issued_by == name).values(issued_by=FORGOTTEN))


def _may_guess(session: Session, channel: str, sender: str, now: datetime) -> bool:
    since = GuessRow.guessed_at > now - GUESS_WINDOW
    own = select(GuessRow.guessed_at).where(GuessRow.channel == channel, GuessRow.sender == sender, since)
    everybody = session.scalar(select(func.count()).select_from(GuessRow).where(since)) or 0
    return guesses_left(session.scalars(own.limit(GUESSES_EACH)).all(), everybody, now)
