"""The choices of a task that waits while a question in between is answered: the card still on screen stays good. Pure.

They are good exactly as long as the task waits for the same thing; once one is taken, a second tap on it is stale.
"""

from __future__ import annotations

from dataclasses import replace

from bot.dialogues.state import Aside, State
from bot.domain.messages import Choice


def put(before: State, after: State) -> State:
    """Keep the choices that `before` offered for its task, where `after` has only answered a question in between."""
    if not after.holder or not _same_task(before, after):
        return replace(after, aside=None)
    if after.card is before.card or before.owner != before.holder or not before.choices:
        return after
    # What was tapped already would be done twice: a double tap that a question came in between of.
    done = before.taken[1] if before.taken and before.taken[0] == before.turn else None
    left = tuple(one for one in before.choices if one.key != done)
    return replace(after, aside=Aside(before.turn, left))


def taken_up(state: State, turn: int, key: str) -> State | None:
    """Return the state in which a choice that was put aside may be taken; None where it is none of them."""
    aside = state.aside
    if aside is None or not state.holder or turn != aside.turn or key not in _keys(aside.choices):
        return None
    return replace(state, owner=state.holder, choices=aside.choices)


def _same_task(before: State, after: State) -> bool:
    return (before.holder, before.managing, before.filling) == (after.holder, after.managing, after.filling)


def _keys(choices: tuple[Choice, ...]) -> set[str]:
    return {one.key for one in choices}
