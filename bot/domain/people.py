"""Who people are to the office, and what each may do: one table, read by everything.

Pure: knows no database and no channel.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Role(StrEnum):
    """What a person is to the office. Order matters nowhere: no role includes another, the table says who may."""

    STAFF = "staff"  # cán bộ
    CLERK = "clerk"  # văn thư, cán bộ tổng hợp: reports for a unit
    LEADER = "leader"  # lãnh đạo đơn vị hoặc Sở: reads
    ADMIN = "admin"  # Văn phòng Sở, cán bộ thi đua – khen thưởng

    @property
    def vietnamese(self) -> str:
        """The role's name as users read it."""
        return {"staff": "cán bộ", "clerk": "cán bộ tổng hợp", "leader": "lãnh đạo", "admin": "quản trị"}[self.value]


class Action(StrEnum):
    """Everything that is guarded."""

    ASK = "ask"  # questions about the documents
    SUBMIT_REPORT = "submit-report"  # for one's own unit
    READ_UNIT_REPORTS = "read-unit-reports"  # of one's own unit
    READ_ALL_REPORTS = "read-all-reports"
    REVIEW_REPORTS = "review-reports"  # accept, return
    MANAGE_ROUNDS = "manage-rounds"  # forms, rounds
    MANAGE_DOCUMENTS = "manage-documents"  # publish, withdraw, reindex
    CONFIRM_OBLIGATIONS = "confirm-obligations"
    MANAGE_PEOPLE = "manage-people"  # units, roles, codes, deactivation
    EXPORT = "export"  # consolidated reports
    ANSWER_QUESTIONS = "answer-questions"  # those the documents leave open
    NOTIFY = "notify"  # a notice to units
    READ_AUDIT = "read-audit"
    OWN_DATA = "own-data"  # see, delete what is kept about oneself; unlink


_EVERYONE = frozenset(Role)
_OFFICE = frozenset({Role.ADMIN})
ALLOWED: dict[Action, frozenset[Role]] = {
    Action.ASK: _EVERYONE,
    Action.SUBMIT_REPORT: frozenset({Role.CLERK, Role.ADMIN}),
    Action.READ_UNIT_REPORTS: frozenset({Role.CLERK, Role.LEADER, Role.ADMIN}),
    Action.READ_ALL_REPORTS: frozenset({Role.LEADER, Role.ADMIN}),
    Action.REVIEW_REPORTS: _OFFICE,
    Action.MANAGE_ROUNDS: _OFFICE,
    Action.MANAGE_DOCUMENTS: _OFFICE,
    Action.CONFIRM_OBLIGATIONS: _OFFICE,
    Action.MANAGE_PEOPLE: _OFFICE,
    Action.EXPORT: frozenset({Role.LEADER, Role.ADMIN}),
    Action.ANSWER_QUESTIONS: _OFFICE,
    Action.NOTIFY: _OFFICE,
    Action.READ_AUDIT: _OFFICE,
    Action.OWN_DATA: _EVERYONE,
}


@dataclass(frozen=True, slots=True)
class Unit:
    """A part of the office that owes reports: phòng, đơn vị thuộc, trực thuộc."""

    key: str  # short and stable, "phong-tccb"
    name: str  # "Phòng Tổ chức cán bộ"
    former_names: tuple[str, ...] = ()  # as older documents call it
    successor: str | None = None  # key of the unit that took over its duties; None while it exists
    active: bool = True


@dataclass(frozen=True, slots=True)
class Person:
    """Someone the office knows, linked by a one-time code."""

    id: int
    name: str
    role: Role
    unit: str | None  # Unit.key; None for people of the whole office
    active: bool = True
    muted_until: datetime | None = field(default=None, repr=False)


def may(person: Person | None, action: Action, *, strangers_may_ask: bool = False) -> bool:
    """Tell whether `person` may do `action`; None is a stranger, who may at most ask, where the office allows it."""
    if person is None:
        return strangers_may_ask and action is Action.ASK
    return person.active and person.role in ALLOWED[action]


def current_unit(key: str, units: Collection[Unit]) -> Unit | None:
    """Return the unit that carries the duties of `key` today: itself, or the last of its successors."""
    by_key = {unit.key: unit for unit in units}
    seen: set[str] = set()
    unit = by_key.get(key)
    while unit is not None and unit.successor is not None and unit.key not in seen:
        seen.add(unit.key)
        unit = by_key.get(unit.successor)
    return unit


@dataclass(frozen=True, slots=True)
class Account:
    """One account of a person on a channel."""

    channel: str  # "telegram"
    sender: str  # the channel's id of the account
    chat: str  # the private chat, where the person is written to
    display_name: str  # as the channel names the account; shown, never trusted
    linked_at: datetime
