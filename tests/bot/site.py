"""The pages over a real service and database, a small library and a clock of its own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from bot.context import Rules
from bot.desk import Helpers
from bot.service import Service
from bot.store import BOT
from bot.store.files import Files
from bot.store.turns import Turns
from bot.web.site import Site
from knowledge.db import KNOWLEDGE, migrate, open_engine, sqlite_url
from tests.bot.library import NOW, FakeSource


def web_site(
    home: Path,
    source: FakeSource,
    *,
    local: bool = True,
    strangers_may_ask: bool = False,
    https_name: str = "",
    clock: Callable[[], datetime] = lambda: NOW,
) -> Site:
    """Return a site whose office knows nobody yet; time stands still unless `clock` says otherwise."""
    engine = open_engine(sqlite_url(home))
    for history in (KNOWLEDGE, BOT):
        migrate(engine, history)
    files = Files(home)
    rules = Rules(strangers_may_ask, at_hand=frozenset({"web"} if local else ()))
    service = Service(engine, source, rules, timedelta(seconds=20), helpers=Helpers(files))
    return Site(source, Turns(engine), clock, service, files, local=local, https_name=https_name)
