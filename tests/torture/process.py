"""One serving process, to be killed. Forked from a server that has everything imported, so that it is up at once."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from multiprocessing.process import BaseProcess
from pathlib import Path

from bot.channels.bots import Access
from bot.channels.configured import REACHES
from bot.channels.telegram.channel import Telegram
from bot.context import Rules
from bot.desk import Helpers
from bot.dialogues.router import menu
from bot.domain.reminders import Calendar
from bot.domain.workdays import Hours, Workdays
from bot.planner import Planner
from bot.service import Service
from bot.serving import Serving
from bot.store.files import Files
from knowledge.db import open_engine
from tests.bot.library import FakeLibrary, FakeSource

PACE = 0.3  # seconds between two looks at what is to be reminded of: those who die young plan too
LEASE = timedelta(seconds=1)  # the shortest that a busy machine keeps: what dies is taken over after it

_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(["tests.torture.process"])


@dataclass(frozen=True, slots=True)
class Site:
    """Where the processes work."""

    home: Path
    database: str  # URL
    telegram: str  # URL of the fake server
    token: str


def now() -> datetime:
    """The real time: leases run in it."""
    return datetime.now(UTC)


def calendar() -> Calendar:
    """Return a calendar of an office that never rests: people are reminded at any hour of any day."""
    today = now().date()
    every_day = frozenset(today + timedelta(days=days) for days in range(-60, 60))
    return Calendar(workdays=Workdays(on=every_day), hours=Hours(time.min, time.max))


def start(site: Site, owner: str) -> BaseProcess:
    """Start a process that serves until it is killed."""
    process = _FORKS.Process(target=_serve, args=(site, owner), daemon=True)
    process.start()
    return process


def kill(process: BaseProcess) -> None:
    """End a process as a power cut would."""
    assert process.pid is not None
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    process.close()


def _serve(site: Site, owner: str) -> None:
    asyncio.run(_serving(site, owner))


async def _serving(site: Site, owner: str) -> None:
    helpers = Helpers(Files(site.home))
    engine = open_engine(site.database)
    service = Service(engine, FakeSource(FakeLibrary()), Rules(), LEASE, helpers=helpers, reaches=REACHES)
    access = Access(site.token, site.telegram, None, "not-used")
    telegram = Telegram(access, menu(), lambda file: helpers.files.read(file.sha256), now, poll_seconds=2)
    planner = Planner(engine, calendar())
    channels = {telegram.name: telegram}
    async with Serving(service, channels, owner, now, (90, 1095), planner=planner, pace=PACE).running():
        await asyncio.Event().wait()
