"""An office on one database, with a process that serves one channel and may be stopped and started."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine, select

from bot.channels.base import Channel
from bot.channels.configured import REACHES
from bot.context import Rules
from bot.desk import Helpers
from bot.domain.codes import Offer, digest, tidy
from bot.domain.people import Account, Role, Unit
from bot.fetching import Fetcher
from bot.service import Service
from bot.serving import Serving
from bot.store import BOT, codes, people
from bot.store.files import Files
from bot.store.tables import OutboxRow
from knowledge.db import KNOWLEDGE, migrate, open_engine, reading, sqlite_url, writing
from tests.bot.library import FakeLibrary, FakeSource


def now() -> datetime:
    return datetime.now(UTC)


class Office:
    """One database, and a serving process over it that may be stopped and started."""

    def __init__(self, home: Path, make: Callable[[], Channel], public_url: str | None = None) -> None:
        self._public_url = public_url
        self._make = make  # a channel, within the event loop it lives in
        self.files = Files(home)
        self.engine: Engine = open_engine(sqlite_url(home))
        for history in (KNOWLEDGE, BOT):
            migrate(self.engine, history)
        with writing(self.engine) as session:
            people.add_unit(session, Unit("tccb", "Phòng Tổ chức cán bộ"))
        self._started = threading.Event()
        self._ending: asyncio.Event | None = None
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    def knows(self, channel: str, chat: str, name: str, role: Role = Role.CLERK) -> None:
        """Link the account of a person, whose private chat has the account's id."""
        with writing(self.engine) as session:
            known = people.add_person(session, name, role, "tccb", now())
            people.link(session, known.id, Account(channel, chat, chat, "", now()))

    def invites(self, code: str, role: Role = Role.CLERK) -> None:
        """Issue a link code."""
        offer = Offer(digest(tidy(code) or ""), role, "tccb", "", None, None)
        with writing(self.engine) as session:
            codes.issue(session, offer, "Minh", now(), now() + timedelta(hours=1))

    def start(self, owner: str = "one") -> None:
        self._started.clear()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve(owner)), daemon=True)
        self._thread.start()
        assert self._started.wait(10)

    def stop(self) -> None:
        if self._loop is not None and self._ending is not None and self._thread is not None:
            self._loop.call_soon_threadsafe(self._ending.set)
            self._thread.join(15)
            assert not self._thread.is_alive()
        self._thread = self._loop = None

    async def _serve(self, owner: str) -> None:
        self._loop, self._ending = asyncio.get_running_loop(), asyncio.Event()
        lease = timedelta(seconds=8)
        fetcher = Fetcher(lease)
        helpers = Helpers(self.files, fetcher, public_url=self._public_url)
        source = FakeSource(FakeLibrary())
        service = Service(self.engine, source, Rules(), lease, helpers=helpers, reaches=REACHES)
        channel = self._make()
        serving = Serving(service, {channel.name: channel}, owner, now, (90, 1095), fetcher)
        async with serving.running():
            self._started.set()
            await self._ending.wait()

    def states(self) -> list[str]:
        """Where each reply stands, in order."""
        with reading(self.engine) as session:
            return list(session.scalars(select(OutboxRow.state).order_by(OutboxRow.id)))
