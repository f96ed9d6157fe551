"""The documents as commands at the shell see them: all that was not withdrawn, with notes on what is over.

Looking changes no tables: the home may be somebody else's.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from bot.asking import Library

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from bot.app import App


def decided(app: App) -> Engine | None:
    """Return the database people decide on documents in, as it stands; None where nobody ever has."""
    from sqlalchemy import inspect

    from bot.checkup.check import has_database
    from bot.store.publishing_tables import PublicationRow
    from knowledge.db import open_engine, sqlite_url

    if not has_database(app.settings):
        return None
    engine = open_engine(app.settings.database or sqlite_url(app.home))
    return engine if inspect(engine).has_table(PublicationRow.__tablename__) else None


def governed(app: App, engine: Engine | None) -> Library:
    """Return the current library; NothingIndexed when there is none. `engine` is what `decided` returned."""
    from bot.governing import Governor

    library = app.library()
    return library if engine is None else Governor(engine, app.libraries).at_the_machine() or library


def for_asking(app: App) -> Library:
    """Return what `governed` does, sooner where the database is a file: for a command that needs nothing else of it."""
    from bot import glance, noted

    file = app.settings.home / "tdkt.sqlite3"
    if app.settings.database is None:
        library = app.library()
        try:
            special = glance.special(file) if file.exists() else ()
        except sqlite3.Error:
            pass  # what is wrong with it is told below as everywhere
        else:
            return noted.governed(library, special, noted.withdrawn(special))
    return governed(app, decided(app))
