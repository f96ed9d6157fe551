"""Notices of the office, and who has read them. Pure: knows no database and no channel."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody a notice was sent to."""

    person: int  # Person.id
    name: str
    unit: str  # the unit's name; "": of the whole office
    read_at: datetime | None  # None: not yet said to be read


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice."""

    id: int
    text: str
    audience: str  # in words: "tất cả"
    by: str  # name of who sent it
    sent_at: datetime
    readers: tuple[Reader, ...] = ()  # by name

    @property
    def read(self) -> int:
        """How many have said that they read it."""
        return sum(one.read_at is not None for one in self.readers)

    @property
    def unread(self) -> tuple[Reader, ...]:
        """Who has not said so."""
        return tuple(one for one in self.readers if one.read_at is None)
