"""What the program remembers of people and conversations, in the database shared with the catalogue."""

from __future__ import annotations

from pathlib import Path

from knowledge.db import History

# `knowledge.db.migrate(engine, BOT)` brings this package's tables up to date; revisions are numbered b0001, b0002, …
BOT = History("bot", Path(__file__).parent / "migrations" / "versions")
