"""What dialogues about units, people, codes and parked messages may know and ask for: the seam to the store.

`Office` is the reading side (`bot.office` is the real one), the effects are the writing side (`bot.office_effects`).
An effect names what it was decided on; where that has changed meanwhile, the step is decided anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.domain.people import Person, Role, Unit

CHANNEL_NAMES = {"telegram": "Telegram", "zalo": "Zalo", "web": "trang web", "terminal": "trên máy chủ"}


@dataclass(frozen=True, slots=True)
class Member:
    """A person with the channels they can be reached on."""

    person: Person
    channels: tuple[str, ...] = ()  # of linked accounts, each once: "telegram"

    @property
    def reachable(self) -> bool:
        """Tell whether anything written to this person arrives somewhere."""
        return self.person.active and bool(self.channels)


@dataclass(frozen=True, slots=True)
class Parked:
    """A message that could not be processed. What it said is its sender's and not shown."""

    id: int
    channel: str
    received_at: datetime
    error: str  # class of the error alone: its words may quote the message


class Office(Protocol):
    """Units, people and trouble as they stand now. Reading only."""

    def units(self) -> tuple[Unit, ...]:
        """Return every unit by name, ended ones included."""

    def members(self) -> tuple[Member, ...]:
        """Return everyone by name, deactivated people included, those who had their data removed aside."""

    def parked(self) -> tuple[Parked, ...]:
        """Return the messages put aside, the newest first."""

    def unsent(self) -> int:
        """Return how many replies could not be delivered and were put aside."""

    def code_lasts(self) -> timedelta:
        """Return how long a link code is valid."""


@dataclass(frozen=True, slots=True)
class AddUnit:
    """Add a unit."""

    unit: Unit


@dataclass(frozen=True, slots=True)
class RenameUnit:
    """Give a unit another name; the present one is kept as a former name."""

    was: Unit
    name: str


@dataclass(frozen=True, slots=True)
class MergeUnit:
    """End a unit: its duties and its people go to `successor`."""

    was: Unit
    successor: str


@dataclass(frozen=True, slots=True)
class SwitchUnit:
    """Let a unit owe reports no longer, or again."""

    was: Unit
    active: bool


@dataclass(frozen=True, slots=True)
class ChangePerson:
    """Give a person another role, unit, or the right to anything at all. The last admin stays one."""

    was: Person
    role: Role
    unit: str | None
    active: bool


@dataclass(frozen=True, slots=True)
class RetryParked:
    """Process a parked message again."""

    id: int


@dataclass(frozen=True, slots=True)
class DropParked:
    """Give a parked message up."""

    id: int


@dataclass(frozen=True, slots=True)
class IssueLogin:
    """Let whoever holds `token` sign in to the admin pages as the writer, once, until `expires`."""

    token: str  # as in the address; only its digest is kept
    expires: datetime


@dataclass(frozen=True, slots=True)
class SendAgain:
    """Deliver again every reply that was put aside."""


OfficeEffect = (
    AddUnit | RenameUnit | MergeUnit | SwitchUnit | ChangePerson | RetryParked | DropParked | SendAgain | IssueLogin
)
