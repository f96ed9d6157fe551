"""What was decided on documents, read from the SQLite file with the standard library alone.

A command that only asks would wait longer for SQLAlchemy and its mapped tables (0.3 to 0.5 s) than for its answer.
`bot.store.publications.special` is the same for whoever has them loaded; a test holds the two together.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

from bot.domain.publishing import Publication, Standing

_WAIT_SECONDS = 30.0  # as knowledge.db does, for a writer that has the file to itself
_THERE = "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'publications'"
_SPECIAL = """
    SELECT document, name, standing, replaced_by, units, revision FROM publications
    WHERE standing != ? OR units != '[]' ORDER BY changed_at, document
"""


def special(file: Path) -> tuple[Publication, ...]:
    """Return the documents that are not simply in force and open to everybody; none where nobody ever decided.

    Changes nothing. Raises sqlite3.Error where the file is no database, or one of another program version.
    """
    with closing(sqlite3.connect(file, timeout=_WAIT_SECONDS, isolation_level=None)) as connection:
        connection.execute("PRAGMA query_only=ON")
        if connection.execute(_THERE).fetchone() == (0,):
            return ()
        rows = connection.execute(_SPECIAL, (Standing.IN_FORCE.value,)).fetchall()
    return tuple(
        Publication(document, name, Standing(standing), by, tuple(json.loads(units)), revision)
        for document, name, standing, by, units, revision in rows
    )
