"""Units, people and parked messages as dialogues see them, read from the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Engine

from bot.dialogues.office import Member, Parked
from bot.domain.people import Unit
from bot.store import parked, people
from knowledge.db import reading


@dataclass(frozen=True, slots=True)
class LiveOffice:
    """The Office of dialogues over the real database."""

    engine: Engine
    code_hours: int

    def units(self) -> tuple[Unit, ...]:
        """Return every unit by name, ended ones included."""
        with reading(self.engine) as session:
            return people.units(session)

    def members(self) -> tuple[Member, ...]:
        """Return everyone by name, deactivated people included."""
        with reading(self.engine) as session:
            known = people.everyone(session)
            channels = people.channels(session)
        return tuple(Member(person, channels.get(person.id, ())) for person in known)

    def parked(self) -> tuple[Parked, ...]:
        """Return the messages put aside, the newest first."""
        with reading(self.engine) as session:
            return tuple(Parked(row.id, row.channel, row.at, row.error) for row in parked.newest(session))

    def unsent(self) -> int:
        """Return how many replies could not be delivered."""
        with reading(self.engine) as session:
            return parked.unsent(session)

    def code_lasts(self) -> timedelta:
        """Return how long a link code is valid."""
        return timedelta(hours=self.code_hours)
