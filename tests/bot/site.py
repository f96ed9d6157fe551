"""The pages over a real service and database, a small library and a clock of its own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from bot.context import Rules
from bot.desk import Helpers
from bot.service import Service
from bot.store.files import Files
from bot.store.turns import Turns
from bot.web.site import Site
from knowledge.db import open_engine, sqlite_url
from tests.bot.library import NOW, FakeSource
from tests.databases import make_tables


def web_site(
    home: Path,
    source: FakeSource,
    *,
    local: bool = True,
    strangers_may_ask: bool = False,
    https_name: str = "",
    clock: Callable[[], datetime] = lambda: NOW,
    database: str | None = None,
) -> Site:
    """Return a site whose office knows nobody yet; time stands still unless `clock` says otherwise.

    `database`: URL of one with every table; None: a SQLite file of its own.
    """
    if database is None:
        database = sqlite_url(home)
        make_tables(database)
    engine = open_engine(database)
    files = Files(home)
    rules = Rules(strangers_may_ask, at_hand=frozenset({"web"} if local else ()))
    service = Service(engine, source, rules, timedelta(seconds=20), helpers=Helpers(files))
    return Site(source, Turns(engine), clock, service, files, local=local, https_name=https_name)
