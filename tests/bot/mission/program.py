"""The whole program with its real documents, on a clock that tests move; reminders are planned without waiting minutes.

Everything runs as `tdkt serve` wires it. Moving the clock waits for what the program does by itself at the new time:
a pass of the planner, then everything on its way delivered.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from unittest import mock

from sqlalchemy import exists, func, or_, select

from bot import settings
from bot.app import App
from bot.asking import VIETNAM
from bot.domain.publishing import JobState
from bot.planner import Planned, Planner
from bot.serving import Serving
from bot.store.publishing_tables import JobRow
from bot.store.tables import InboxRow, OutboxRow
from knowledge.db import reading
from tests.bot.scenarios.program import Program
from tests.fakes.telegram import FakeTelegram
from tests.fakes.zalo import FakeZalo

PATIENCE = 30.0  # seconds that anything is waited for, on a busy machine
_RETRIES_WITHIN = timedelta(minutes=10)
_PLAN = Planner.plan
_PACE = 0.1  # seconds between two passes of the planner, instead of a minute


class Clock:
    """The time of the program: stands still until it is moved."""

    def __init__(self, now: str) -> None:
        self._changed = threading.Condition()
        self._planned: datetime | None = None  # the time of the last pass of the planner
        self.at(now)

    def at(self, when: str) -> None:
        """Set the local time, "2026-12-02 08:00"."""
        self.now = datetime.fromisoformat(when).replace(tzinfo=VIETNAM)

    def __call__(self) -> datetime:
        return self.now

    def plan(self, planner: Planner, now: datetime) -> Planned:
        """Run a pass of the planner, then say so."""
        planned = _PLAN(planner, now)
        with self._changed:
            self._planned = now
            self._changed.notify_all()
        return planned

    def wait_for_plan(self) -> None:
        """Wait until the planner has seen the present."""
        with self._changed:
            assert self._changed.wait_for(lambda: self._planned == self.now, PATIENCE), f"no pass at {self.now}"


class Mission(Program):
    """One office: its home, its two platforms, its clock."""

    def __init__(self, home: Path, clock: Clock, *, samples: bool, **variables: str) -> None:
        super().__init__(home, **variables)
        self.clock = clock
        self._samples = samples  # whether the first start takes in the shipped documents, as `tdkt serve` does

    def app(self) -> App:
        """Return the program's parts as `tdkt serve` makes them on this machine."""
        app = App(settings.read(self.variables, self.home / "no.env"))
        app.local_url = self.url
        if self._samples:
            app.index([app.samples])
        return app

    def moves_to(self, when: str) -> None:
        """Move the clock, and wait for all that follows by itself."""
        self.settles()
        self.clock.at(when)
        self.clock.wait_for_plan()
        self.settles()

    def settles(self) -> None:
        """Wait until nothing is on its way: messages, jobs on documents, replies.

        A reply that did not go through at once, as happens on a busy machine, is tried again some seconds later by the
        program's clock: the clock moves on to then.
        """
        give_up = time.monotonic() + PATIENCE
        while (busy := self._busy() or self._put_off()) is not None:
            assert time.monotonic() < give_up, f"still busy: {busy}"
            time.sleep(0.02)

    def _put_off(self) -> str | None:
        """Move the clock to when a reply is tried again, if there is one; returns what it waits for."""
        assert self._app is not None
        soon = self.clock.now + _RETRIES_WITHIN
        later = select(func.min(OutboxRow.not_before)).where(
            OutboxRow.channel.in_(("telegram", "zalo")), OutboxRow.state == "new", OutboxRow.not_before <= soon
        )
        with reading(self._app.engine) as session:
            again = session.scalar(later)
        if again is None:
            return None
        self.clock.now = max(self.clock.now, again.astimezone(VIETNAM))
        return f"a reply that is tried again at {again}"

    def _busy(self) -> Any:
        assert self._app is not None
        now = self.clock.now
        under_way = (
            select(InboxRow.id).where(InboxRow.state.in_(("new", "processing"))),
            select(JobRow.id).where(JobRow.state.in_((JobState.QUEUED.value, JobState.RUNNING.value))),
            select(OutboxRow.id).where(
                OutboxRow.channel.in_(("telegram", "zalo")),
                or_(OutboxRow.state == "sending", (OutboxRow.state == "new") & (OutboxRow.not_before <= now)),
            ),
        )
        with reading(self._app.engine) as session:
            return next((str(one) for one in under_way if session.scalar(select(exists(one)))), None)


@contextmanager
def mission(home: Path, now: str, *, samples: bool) -> Iterator[tuple[Mission, FakeTelegram, FakeZalo]]:
    """Serve an office that knows nobody, at `now`, over fake Telegram and Zalo servers."""
    home.mkdir(parents=True, exist_ok=True)
    clock = Clock(now)
    with ExitStack() as stack:
        telegram, zalo = stack.enter_context(FakeTelegram()), stack.enter_context(FakeZalo())
        stack.enter_context(mock.patch("bot.app.now", clock))
        stack.enter_context(mock.patch("bot.serving.Serving", partial(Serving, pace=_PACE)))
        stack.enter_context(mock.patch.object(Planner, "plan", lambda planner, now: clock.plan(planner, now)))
        program = Mission(
            home,
            clock,
            samples=samples,
            TDKT_TELEGRAM_TOKEN=telegram.token,
            TDKT_TELEGRAM_API=telegram.url,
            TDKT_ZALO_TOKEN=zalo.token,
            TDKT_ZALO_API=zalo.url,
        )
        stack.callback(program.stop)
        program.start()
        yield program, telegram, zalo
