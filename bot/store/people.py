"""People, their accounts and units, in the database. Narrow functions over a session; who may call them is not here."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, delete, func, select, update
from sqlalchemy.orm import Session

from bot.domain.people import Account, Person, Role, Unit
from bot.store.audit import FORGOTTEN
from bot.store.outcome import changed, insert_new
from bot.store.tables import AccountRow, PersonRow, UnitRow

# Changes are made by statements of their own: an object that a session has read before would stay as it was.
_AS_IT_IS = {"populate_existing": True}
# Asked with every message, and so built once.
_OWNER = (
    select(PersonRow.id, PersonRow.name, PersonRow.role, PersonRow.unit, PersonRow.active, PersonRow.muted_until)
    .join(AccountRow, AccountRow.person_id == PersonRow.id)
    .where(AccountRow.channel == bindparam("this_channel"), AccountRow.sender == bindparam("this_sender"))
)


def person_of(session: Session, channel: str, sender: str) -> Person | None:
    """Return whom an account belongs to, deactivated people included."""
    row = session.connection().execute(_OWNER, {"this_channel": channel, "this_sender": sender}).first()
    return Person(row.id, row.name, Role(row.role), row.unit, row.active, row.muted_until) if row else None


def person(session: Session, person_id: int) -> Person | None:
    """Return one person."""
    row = session.get(PersonRow, person_id, populate_existing=True)
    return _person(row) if row else None


def people(session: Session, *, role: Role | None = None, unit: str | None = None) -> tuple[Person, ...]:
    """Return the active people, of one role or unit where given, in the order they came."""
    query = select(PersonRow).where(PersonRow.active).order_by(PersonRow.id).execution_options(**_AS_IT_IS)
    if role is not None:
        query = query.where(PersonRow.role == role.value)
    if unit is not None:
        query = query.where(PersonRow.unit == unit)
    return tuple(_person(row) for row in session.scalars(query))


def anybody(session: Session) -> bool:
    """Tell whether the office knows anyone, deactivated people included: then nobody becomes the first admin."""
    return session.scalar(select(func.count()).select_from(PersonRow)) != 0


def add_person(session: Session, name: str, role: Role, unit: str | None, now: datetime) -> Person:
    """Add one person."""
    row = PersonRow(name=name, role=role.value, unit=unit, active=True, muted_until=None, created_at=now)
    session.add(row)
    session.flush()
    return _person(row)


def deactivate(session: Session, person_id: int) -> bool:
    """Take every right away from a person, whose accounts and history stay; False when there is none such."""
    return changed(session, update(PersonRow).where(PersonRow.id == person_id).values(active=False)) == 1


def change_person(session: Session, person_id: int, role: Role, unit: str | None, *, active: bool) -> None:
    """Give a person this role, unit and standing."""
    values = {"role": role.value, "unit": unit, "active": active}
    changed(session, update(PersonRow).where(PersonRow.id == person_id).values(**values))


def everyone(session: Session) -> tuple[Person, ...]:
    """Return everyone by name, deactivated people included, those who had their data removed aside."""
    query = select(PersonRow).where(PersonRow.name != FORGOTTEN).order_by(PersonRow.name, PersonRow.id)
    return tuple(_person(row) for row in session.scalars(query.execution_options(**_AS_IT_IS)))


def channels(session: Session) -> dict[int, tuple[str, ...]]:
    """Return the channels each person has an account on, by the person's id."""
    pairs = session.execute(select(AccountRow.person_id, AccountRow.channel).distinct().order_by(AccountRow.channel))
    found: dict[int, tuple[str, ...]] = {}
    for person_id, channel in pairs:
        found[person_id] = (*found.get(person_id, ()), channel)
    return found


def reachable_admin(session: Session) -> bool:
    """Tell whether anybody who may manage people has an account to do it from."""
    linked = select(AccountRow.id).where(AccountRow.person_id == PersonRow.id).exists()
    admins = select(PersonRow.id).where(PersonRow.active, PersonRow.role == Role.ADMIN.value, linked)
    return session.scalar(admins.limit(1)) is not None


def forget_person(session: Session, person_id: int) -> None:
    """Remove a person's name, unit and accounts; the empty row keeps what they did for the office attributable."""
    changed(session, delete(AccountRow).where(AccountRow.person_id == person_id))
    nobody = {"name": FORGOTTEN, "unit": None, "active": False, "muted_until": None}
    changed(session, update(PersonRow).where(PersonRow.id == person_id).values(**nobody))


def link(session: Session, person_id: int, account: Account) -> bool:
    """Give a person an account; False when it already belongs to somebody."""
    return insert_new(
        session,
        AccountRow,
        channel=account.channel,
        sender=account.sender,
        chat=account.chat,
        person_id=person_id,
        display_name=account.display_name[:200],
        linked_at=account.linked_at,
    )


def unlink(session: Session, channel: str, sender: str) -> bool:
    """Take an account from its person; False when it belonged to nobody."""
    mine = (AccountRow.channel == channel, AccountRow.sender == sender)
    return changed(session, delete(AccountRow).where(*mine)) == 1


def accounts(session: Session, person_id: int) -> tuple[Account, ...]:
    """Return a person's accounts, the newest last."""
    query = select(AccountRow).where(AccountRow.person_id == person_id).order_by(AccountRow.id)
    rows = session.scalars(query.execution_options(**_AS_IT_IS))
    return tuple(Account(row.channel, row.sender, row.chat, row.display_name, row.linked_at) for row in rows)


def add_unit(session: Session, unit: Unit) -> bool:
    """Add a unit; False when the key is taken."""
    names = json.dumps(unit.former_names, ensure_ascii=False)
    fields = {"name": unit.name, "former_names": names, "successor": unit.successor, "active": unit.active}
    return insert_new(session, UnitRow, key=unit.key, **fields)


def rename_unit(session: Session, key: str, name: str, former_names: Sequence[str]) -> bool:
    """Give a unit another name, the older ones kept; False when there is no such unit."""
    names = json.dumps(list(former_names), ensure_ascii=False)
    return changed(session, update(UnitRow).where(UnitRow.key == key).values(name=name, former_names=names)) == 1


def succeed_unit(session: Session, key: str, successor: str) -> bool:
    """End a unit: its duties and its people go to `successor`; False when there is no such unit."""
    ended = {"successor": successor, "active": False}
    changed(session, update(PersonRow).where(PersonRow.unit == key).values(unit=successor))
    return changed(session, update(UnitRow).where(UnitRow.key == key).values(**ended)) == 1


def switch_unit(session: Session, key: str, active: bool) -> None:
    """Let a unit owe reports no longer, or again."""
    changed(session, update(UnitRow).where(UnitRow.key == key).values(active=active))


def units(session: Session) -> tuple[Unit, ...]:
    """Return every unit, ended ones included, by name."""
    query = select(UnitRow).order_by(UnitRow.name).execution_options(**_AS_IT_IS)
    return tuple(_unit(row) for row in session.scalars(query))


def unit(session: Session, key: str | None) -> Unit | None:
    """Return one unit."""
    row = session.get(UnitRow, key, populate_existing=True) if key else None
    return _unit(row) if row else None


def _person(row: PersonRow) -> Person:
    return Person(row.id, row.name, Role(row.role), row.unit, row.active, row.muted_until)


def _unit(row: UnitRow) -> Unit:
    return Unit(row.key, row.name, former_names(row.former_names), row.successor, row.active)


def former_names(kept: str) -> tuple[str, ...]:
    """Return the column of that name as what it means."""
    return tuple(json.loads(kept))
