"""What was decided about duties, made to happen. Registers with `bot.effects.apply`."""

from __future__ import annotations

from bot.dialogues.duties import Decide, Undecide
from bot.domain.obligations import Decision, Status
from bot.effects import Scene, apply
from bot.errors import Conflict
from bot.store import obligations, reminding

ACTIONS = {
    Status.CONFIRMED: "obligation-confirmed",
    Status.DISMISSED: "obligation-dismissed",
    Status.MERGED: "obligation-merged",
}


@apply.register
def _decide(effect: Decide, scene: Scene) -> None:
    one = effect.decision
    if not obligations.decide(scene.session, one):
        raise Conflict("the duty was decided about meanwhile")
    reminding.settle_duty(scene.session, one.key, scene.now)
    scene.note(ACTIONS[one.status], subject(one), one.key)


@apply.register
def _undecide(effect: Undecide, scene: Scene) -> None:
    before = obligations.decision(scene.session, effect.key)
    if before is None or not obligations.undecide(scene.session, effect.key, effect.revision):
        raise Conflict("the duty was decided about meanwhile")
    reminding.settle_duty(scene.session, effect.key, scene.now)
    scene.note("obligation-reopened", subject(before), effect.key)


def subject(one: Decision) -> str:
    """Return a duty as the audit log names it."""
    return f"{one.seen.name}, {one.seen.section}: {(one.terms.what if one.terms else one.seen.what)[:120]}"
