"""A process that only plans and delivers reminders, to be killed often; its clock is a file that the test writes."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from pathlib import Path
from time import time

from bot.channels.base import Outgoing
from bot.context import Rules
from bot.domain.reminders import Calendar
from bot.planner import Planner
from bot.service import Service
from bot.worker import Deliverer
from knowledge.db import open_engine
from tests.bot.killed import LEASE, NAME, PARCELS, FileChannel
from tests.bot.library import FakeSource


class MovedClock:
    """Real seconds after the moment that the file names, since it was written."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def set(self, moment: datetime) -> None:
        """Let it be `moment` now, in every process."""
        fresh = self._file.with_suffix(".new")
        fresh.write_text(moment.isoformat(), encoding="utf-8")
        fresh.replace(self._file)

    def __call__(self) -> datetime:
        """Return the time."""
        begun = datetime.fromisoformat(self._file.read_text(encoding="utf-8"))
        return begun + timedelta(seconds=max(0.0, time() - self._file.stat().st_mtime))


class Lines(FileChannel):
    """Writes what it delivers as a line of the chat and the words."""

    async def deliver(self, outgoing: Outgoing) -> None:
        text = outgoing.reply.text.replace(" ", "_").replace("\n", "|")
        await super().deliver(Outgoing(outgoing.chat, type(outgoing.reply)(text)))


def remind(home: Path, database: str, owner: str) -> None:
    """Plan and deliver, again and again, until killed."""
    clock = MovedClock(home / "clock")
    service = Service(open_engine(database), FakeSource(None), Rules(), lease=LEASE)
    planner = Planner(service.engine, Calendar())

    async def work() -> None:
        deliverer = Deliverer(service, {NAME: Lines(home / "sent", owner)}, owner, clock, parcels=PARCELS)
        while True:
            await asyncio.to_thread(planner.plan, clock())
            await deliverer.do_some(PARCELS)

    asyncio.run(work())
