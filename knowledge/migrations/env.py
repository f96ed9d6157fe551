"""Alembic's environment: run by `knowledge.db.migrate`, which hands over its connection and transaction.

A new revision, with the database at hand brought up to date first:

    from alembic import command
    from knowledge.db import KNOWLEDGE, _config, migrate, open_engine
    engine = open_engine("sqlite:////tmp/scratch.sqlite3"); migrate(engine)
    with engine.connect() as connection:
        command.revision(_config(KNOWLEDGE, connection), "what changes", autogenerate=True)
"""

from __future__ import annotations

from alembic import context

import knowledge.tables  # noqa: F401 - fills Base.metadata, for comparison when a revision is generated
from knowledge.db import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    version_table=context.config.attributes["version_table"],
    render_as_batch=True,  # SQLite alters a table by rebuilding it
)
context.run_migrations()
