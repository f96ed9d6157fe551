"""What commands share that do what admins do in chat: the same effects, in one transaction, as the command line."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from bot.app import App
    from bot.desk import LiveDesk
    from bot.dialogues.state import Effect


def desk_of(app: App, now: datetime) -> LiveDesk:
    """Return forms, rounds and submissions as they stand."""
    from bot.desk import LiveDesk

    return LiveDesk(app.engine, app.libraries, app.helpers, "terminal", now)


def act(session: Session, effects: Iterable[Effect], now: datetime) -> None:
    """Make `effects` happen; Conflict where the world has changed since they were decided on."""
    import bot.report_effects  # noqa: F401 - registers its effects
    from bot.domain.messages import Incoming, IncomingKind
    from bot.effects import Scene, apply
    from bot.store.forms import COMMAND_LINE

    scene = Scene(session, Incoming(COMMAND_LINE, "", "", IncomingKind.TEXT, "", now), None, None, now)
    for effect in effects:
        apply(effect, scene)
