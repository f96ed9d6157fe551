"""The run itself: people chat, processes are started and killed, until enough were; then all comes to rest."""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from pathlib import Path

from sqlalchemy import Engine

from knowledge.db import open_engine
from tests.fakes.telegram import FakeTelegram
from tests.torture import talk
from tests.torture.office import Office
from tests.torture.process import Site, kill, start
from tests.torture.score import Score, delivered_again, reminded, score

_PATIENCE = 60.0  # seconds without an answer once nobody is killed any more
_LOOK = 0.01  # seconds between two looks at the telephones
_REST = 2.5  # seconds within which what was queued last arrives


@dataclass(frozen=True, slots=True)
class Plan:
    """How much of it."""

    kills: int = 200
    processes: int = 1
    seed: int = 1
    longest_life: float = 3.0  # seconds; the shortest is none


class Torture:
    """One run over a database with every table and no rows."""

    def __init__(self, plan: Plan, home: Path, database: str, server: FakeTelegram) -> None:
        self._plan = plan
        self._chance = random.Random(plan.seed)
        self._engine: Engine = open_engine(database)
        self._site = Site(home, database, server.url, server.token)
        self._office = Office(self._engine, server)
        self._speakers = self._cast()
        self._started = 0
        self.kills = 0
        self.reminders = 0  # that reached people

    def _cast(self) -> list[talk.Speaker]:
        seeds = (random.Random(self._chance.random()) for _ in range(len(self._office.clerks) + 1))
        speakers = []
        for number, clerk in enumerate(self._office.clerks):
            chance = next(seeds)
            speakers.append(talk.Speaker(clerk, talk.clerk(self._office, number, chance), chance))
        chance = next(seeds)
        return [*speakers, talk.Speaker(self._office.admin, talk.admin(chance), chance)]

    def run(self) -> Score:
        """Kill as often as planned, let everything come to rest, count."""
        try:
            with self._processes() as lives:
                while self.kills < self._plan.kills:
                    self._look(go_on=True)
                    self._kill_those_whose_time_has_come(lives)
                self._settle()
            again = delivered_again(self._engine, self._office)
            print(f"{again} replies came again after a kill (delivery is at least once)", file=sys.stderr)
            self.reminders, twice = reminded(self._office)
            print(f"{self.reminders} reminders reached people, {twice} of them came again", file=sys.stderr)
            sent = {speaker.person.id: speaker.sent for speaker in self._speakers}
            return score(self._engine, self._office, sent, self.kills)
        finally:
            self._engine.dispose()

    @contextmanager
    def _processes(self) -> Iterator[list[tuple[BaseProcess, float]]]:
        lives = [self._new_life() for _ in range(self._plan.processes)]
        try:
            yield lives
        finally:
            for process, _ in lives:
                kill(process)

    def _new_life(self) -> tuple[BaseProcess, float]:
        self._started += 1
        ends = time.monotonic() + self._chance.uniform(0, self._plan.longest_life)
        return start(self._site, f"life-{self._started}"), ends

    def _kill_those_whose_time_has_come(self, lives: list[tuple[BaseProcess, float]]) -> None:
        for at, (process, ends) in enumerate(lives):
            if time.monotonic() >= ends and self.kills < self._plan.kills:
                kill(process)
                self.kills += 1
                lives[at] = self._new_life()
                if self.kills % 20 == 0:
                    said = sum(speaker.sent for speaker in self._speakers)
                    print(f"{self.kills} kills, {said} messages, round {self._office.round}", file=sys.stderr)

    def _look(self, *, go_on: bool) -> None:
        self._office.next_round()
        for speaker in self._speakers:
            speaker.turn(go_on=go_on)
        time.sleep(_LOOK)

    def _settle(self) -> None:
        """Wait, nobody being killed or writing any more, until all answers are there; say who waits in vain."""
        end = time.monotonic() + _PATIENCE
        while any(speaker.waiting for speaker in self._speakers) and time.monotonic() < end:
            self._look(go_on=False)
        for speaker in self._speakers:
            if speaker.waiting:
                print(f"{speaker.person.account['first_name']} waits after “{speaker.says}”", file=sys.stderr)
        time.sleep(_REST)
