"""What dialogues about reminders ask for, made to happen: the writing side of `bot.dialogues.reminders`.

Importing this module registers its effects with `bot.effects.apply`.
"""

from __future__ import annotations

from bot.dialogues.claims_desk import asking
from bot.dialogues.reminders import (
    ClaimOtherwise,
    DecideClaim,
    IssueCalendar,
    Mute,
    RevokeCalendar,
    SetHours,
    Snooze,
)
from bot.domain.people import Person, Role
from bot.effects import Scene, apply, tell
from bot.errors import Conflict
from bot.store import claims, people, reminding, wishes


@apply.register
def _snooze(effect: Snooze, scene: Scene) -> None:
    reminding.snooze(scene.session, _writer(scene).id, effect.duty, effect.unit, effect.at)


@apply.register
def _claim_otherwise(effect: ClaimOtherwise, scene: Scene) -> None:
    number = claims.make(scene.session, effect.duty, effect.title, effect.unit, _writer(scene).id, scene.now)
    if number is None:
        raise Conflict("it was said already")
    reminding.settle(scene.session, effect.duty, scene.now, effect.unit)
    scene.note("handed-otherwise", effect.unit, effect.duty)
    for admin in people.people(scene.session, role=Role.ADMIN):
        tell(scene, admin.id, asking(number, effect.told), f"claim:{number}:{scene.inbox_id}")


@apply.register
def _decide_claim(effect: DecideClaim, scene: Scene) -> None:
    by = scene.person.id if scene.person else None
    if not claims.decide(scene.session, effect.claim, right=effect.right, by=by, now=scene.now):
        raise Conflict("it was decided meanwhile")
    one = claims.claim(scene.session, effect.claim)
    if one is not None:
        scene.note("otherwise-confirmed" if effect.right else "otherwise-rejected", one.unit, one.duty)


@apply.register
def _mute(effect: Mute, scene: Scene) -> None:
    wishes.mute(scene.session, _writer(scene).id, effect.until)
    scene.note("reminders-muted" if effect.until else "reminders-on", _writer(scene).name)


@apply.register
def _set_hours(effect: SetHours, scene: Scene) -> None:
    wishes.set_hours(scene.session, _writer(scene).id, effect.hours)


@apply.register
def _issue_calendar(effect: IssueCalendar, scene: Scene) -> None:
    wishes.issue_calendar(scene.session, _writer(scene).id, effect.token, scene.now)
    scene.note("calendar-issued", _writer(scene).name)


@apply.register
def _revoke_calendar(effect: RevokeCalendar, scene: Scene) -> None:
    wishes.revoke_calendar(scene.session, _writer(scene).id)
    scene.note("calendar-revoked", _writer(scene).name)


def _writer(scene: Scene) -> Person:
    if scene.person is None:  # linked when the step was decided
        raise Conflict("the account was unlinked meanwhile")
    return scene.person
