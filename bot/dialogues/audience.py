"""Whom a notice goes to: everyone, people of one role, people of chosen units; and whom of them it reaches. Pure.

An audience is a few keys: "all", a role's ("clerks", "leaders"), or the handles of units.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.dialogues.managing import Pair, handle
from bot.dialogues.office import Member
from bot.dialogues.state import Context
from bot.domain.people import Role
from knowledge.text import normalise

ALL = "all"
ROLES = {"clerks": (Role.CLERK, "Cán bộ tổng hợp"), "leaders": (Role.LEADER, "Lãnh đạo")}
LONGEST = 2000  # characters of a notice


@dataclass(frozen=True, slots=True)
class Audience:
    """Some people, in words and one by one."""

    says: str  # "tất cả cán bộ"
    members: tuple[Member, ...]

    @property
    def reached(self) -> tuple[Member, ...]:
        """Whom a notice reaches."""
        return tuple(one for one in self.members if one.reachable)

    @property
    def unreached(self) -> tuple[str, ...]:
        """The names of those who have linked no account."""
        return tuple(one.person.name for one in self.members if not one.reachable)


def problem(text: str) -> str:
    """Return what is wrong with the words of a notice, "" where nothing is."""
    if sum(letter.isalnum() for letter in text) < 2:
        return "Nội dung còn trống."
    return f"Nội dung dài {len(text)} ký tự, quá {LONGEST}." if len(text) > LONGEST else ""


def cleaned(typed: str) -> str:
    """Return the words of a notice as they are kept."""
    return normalise(typed).strip()


def units(context: Context) -> list[Pair]:
    """Return the active units by the key that names them in an audience."""
    return [(f"u{handle(unit.key)}", unit.name) for unit in context.office.units() if unit.active]


def everyone(context: Context) -> tuple[Member, ...]:
    """Return everyone active but the writer."""
    writer = context.person.id if context.person else None
    return tuple(one for one in context.office.members() if one.person.active and one.person.id != writer)


def addressed(given: Iterable[str], context: Context) -> Audience:
    """Return the audience that these keys name."""
    keys, members = tuple(given), everyone(context)
    if keys == (ALL,):
        return Audience("tất cả cán bộ", members)
    if len(keys) == 1 and keys[0] in ROLES:
        role, name = ROLES[keys[0]]
        return Audience(name.lower(), tuple(one for one in members if one.person.role is role))
    names = [name for key, name in units(context) if key in keys]
    of_units = (one for one in members if one.person.unit and f"u{handle(one.person.unit)}" in keys)
    return Audience(", ".join(names), tuple(of_units))
