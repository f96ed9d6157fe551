"""What a check found: shared by every look of `tdkt doctor`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.settings import Settings

if TYPE_CHECKING:
    from sqlalchemy import Engine


class State(StrEnum):
    """How serious it is."""

    FINE = "✓"
    WARNING = "!"  # works, but something is missing or old
    BAD = "✗"  # does not work


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at."""

    subject: str
    state: State
    says: str
    advice: str = ""  # what to do; "" when nothing


def first_line(error: Exception) -> str:
    """Return the first line of what an error says, its name where it says nothing."""
    return (str(error).splitlines() or [type(error).__name__])[0][:200]


@contextmanager
def engine_of(settings: Settings) -> Iterator[Engine]:
    """Yield the database for the length of the block."""
    from bot.app import App

    engine = App(settings).engine
    try:
        yield engine
    finally:
        engine.dispose()


def has_database(settings: Settings) -> bool:
    """Tell whether there is a database to look into."""
    return settings.database is not None or (settings.home / "tdkt.sqlite3").exists()
