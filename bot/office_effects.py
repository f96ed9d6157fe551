"""The effects on units, people and parked messages, made to happen; and what admins are told unasked.

Registers with `bot.effects.apply`. Every change is conditional on what it was decided on: else Conflict, and the step
is decided anew on what is true now.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from bot.dialogues.office import (
    AddUnit,
    ChangePerson,
    DropParked,
    IssueLogin,
    MergeUnit,
    RenameUnit,
    RetryParked,
    SendAgain,
    SwitchUnit,
)
from bot.domain.messages import Reply
from bot.domain.people import Role
from bot.effects import Scene, apply
from bot.errors import Conflict
from bot.store import logins, outbox, parked, people, rounds


@apply.register
def _add_unit(effect: AddUnit, scene: Scene) -> None:
    if not people.add_unit(scene.session, effect.unit):
        raise Conflict("the key of the unit was taken meanwhile")
    scene.note("unit-add", effect.unit.key, effect.unit.name)


@apply.register
def _rename_unit(effect: RenameUnit, scene: Scene) -> None:
    was = effect.was
    _unchanged(was == people.unit(scene.session, was.key))
    former = tuple(dict.fromkeys((*was.former_names, was.name)))
    people.rename_unit(scene.session, was.key, effect.name, [name for name in former if name != effect.name])
    scene.note("unit-rename", was.key, effect.name)


@apply.register
def _merge_unit(effect: MergeUnit, scene: Scene) -> None:
    heir = people.unit(scene.session, effect.successor)
    _unchanged(effect.was == people.unit(scene.session, effect.was.key))
    _unchanged(heir is not None and heir.active and heir.successor is None)
    rounds.hand_over(scene.session, effect.was.key, effect.successor)
    people.succeed_unit(scene.session, effect.was.key, effect.successor)
    scene.note("unit-merge", effect.was.key, effect.successor)


@apply.register
def _switch_unit(effect: SwitchUnit, scene: Scene) -> None:
    _unchanged(effect.was == people.unit(scene.session, effect.was.key))
    people.switch_unit(scene.session, effect.was.key, effect.active)
    scene.note("unit-on" if effect.active else "unit-off", effect.was.key)


@apply.register
def _change_person(effect: ChangePerson, scene: Scene) -> None:
    session, was = scene.session, effect.was
    _unchanged(was == people.person(session, was.id))
    people.change_person(session, was.id, effect.role, effect.unit, active=effect.active)
    if not people.reachable_admin(session):  # two admins who demote each other at once: one of them stays
        raise Conflict("the last admin")
    if not effect.active:
        logins.end_all(session, was.id)
    state = "" if effect.active else ", ngừng quyền"
    scene.note("person-change", was.name, f"{effect.role.vietnamese}, {effect.unit or 'toàn cơ quan'}{state}")


@apply.register
def _retry_parked(effect: RetryParked, scene: Scene) -> None:
    _unchanged(parked.give_back(scene.session, effect.id, scene.now))
    scene.note("parked-retry", str(effect.id))


@apply.register
def _drop_parked(effect: DropParked, scene: Scene) -> None:
    _unchanged(parked.drop(scene.session, effect.id))
    scene.note("parked-drop", str(effect.id))


@apply.register
def _send_again(effect: SendAgain, scene: Scene) -> None:
    scene.note("replies-retry", str(parked.send_again(scene.session, scene.now)))


@apply.register
def _issue_login(effect: IssueLogin, scene: Scene) -> None:
    _unchanged(scene.person is not None)
    assert scene.person is not None
    logins.issue(scene.session, effect.token, scene.person.id, scene.incoming.channel, effect.expires)
    scene.note("login-link", scene.person.name, scene.incoming.channel)


def warn_admins(session: Session, about: str, reply: Reply, now: datetime) -> None:
    """Write to every admin, about one thing at most once an hour. `reply` must hold no personal data."""
    for person in people.people(session, role=Role.ADMIN):
        for account in people.accounts(session, person.id):
            key = f"warn:{about}:{now:%Y%m%d%H}:{account.channel}:{account.chat}"[:128]
            outbox.put(session, account.channel, account.chat, reply, now, key=key)


def _unchanged(holds: bool) -> None:
    if not holds:
        raise Conflict("changed meanwhile")
