"""Who writes where: all that is asked of the database with every message, in one read."""

from __future__ import annotations

from sqlalchemy import Connection, and_, bindparam, literal, select

from bot.dialogues.state import State
from bot.domain.people import Person, Role, Unit
from bot.store.conversations import Conversation, conversation
from bot.store.people import former_names
from bot.store.tables import AccountRow, ConversationRow, PersonRow, UnitRow

_ONE = select(literal(1).label("one")).subquery()  # one row, however much of the rest is not there
_ALL = (
    select(
        ConversationRow.state,
        ConversationRow.version,
        ConversationRow.blocked_at,
        PersonRow.id,
        PersonRow.name,
        PersonRow.role,
        PersonRow.unit,
        PersonRow.active,
        PersonRow.muted_until,
        UnitRow.name.label("unit_name"),
        UnitRow.former_names,
        UnitRow.successor,
        UnitRow.active.label("unit_active"),
    )
    .select_from(_ONE)
    .outerjoin(
        ConversationRow,
        and_(
            ConversationRow.channel == bindparam("this_channel"),
            ConversationRow.chat == bindparam("this_chat"),
        ),
    )
    .outerjoin(
        AccountRow,
        and_(AccountRow.channel == bindparam("this_channel"), AccountRow.sender == bindparam("this_sender")),
    )
    .outerjoin(PersonRow, PersonRow.id == AccountRow.person_id)
    .outerjoin(UnitRow, UnitRow.key == PersonRow.unit)
)


def look(
    connection: Connection, channel: str, chat: str, sender: str
) -> tuple[Conversation, Person | None, Unit | None]:
    """Return what a chat remembers, whom an account belongs to (deactivated people included), and their unit."""
    row = connection.execute(_ALL, {"this_channel": channel, "this_chat": chat, "this_sender": sender}).one()
    before = Conversation(State(), 0)
    if row.version is not None:
        before = conversation(channel, row.state, row.version, row.blocked_at)
    if row.id is None:
        return before, None, None
    person = Person(row.id, row.name, Role(row.role), row.unit, row.active, row.muted_until)
    if row.unit is None:
        return before, person, None
    names = former_names(row.former_names)
    return before, person, Unit(row.unit, row.unit_name, names, row.successor, row.unit_active)
