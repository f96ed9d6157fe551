"""Planners and deliverers killed at random points, two at a time: every reminder is queued once and arrives."""

from __future__ import annotations

import multiprocessing
import random
import time
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select

from bot.asking import VIETNAM
from bot.domain.filling import Draft
from bot.domain.people import Account, Role, Unit
from bot.domain.rounds import Round
from bot.store import forms, people, reminding, rounds, submissions
from bot.store.reminder_tables import ReminderRow
from bot.store.tables import OutboxRow
from knowledge.db import open_engine, reading, writing
from tests.bot import report_kit
from tests.bot.killed import NAME, PARCELS
from tests.bot.process import wait_until
from tests.bot.reminding_killed import MovedClock, remind
from tests.bot.test_killed import kill

ON_BOTH_DATABASES = True

FORK = multiprocessing.get_context("fork")
UNITS, CLERKS = ("a", "b", "c"), 2
MORNINGS = ("2025-12-01", "2025-12-08", "2025-12-12", "2025-12-15", "2025-12-16", "2025-12-17")
KILLS = 4  # a morning


def at(day: str, hour: int = 8) -> datetime:
    return datetime.fromisoformat(day).replace(hour=hour, tzinfo=VIETNAM)


@pytest.fixture
def office(database: str) -> Iterator[Engine]:
    engine = open_engine(database)
    opened = at("2025-11-24")
    with writing(engine) as session:
        for unit in UNITS:
            people.add_unit(session, Unit(unit, f"Phòng {unit.upper()}"))
            for number in range(CLERKS):
                clerk = people.add_person(session, f"{unit}{number}", Role.CLERK, unit, opened)
                chat = f"chat-{unit}-{number}"
                people.link(session, clerk.id, Account(NAME, chat, chat, "", opened))
        form = forms.add(session, report_kit.form(), "0" * 64, None, opened)
        rounds.add(session, Round(0, "Báo cáo tháng", form, opened, at("2025-12-15", 17), UNITS))
    yield engine
    engine.dispose()


def start(home: Path, database: str, engine: Engine, number: int) -> BaseProcess:
    engine.dispose()  # nothing open when a worker is forked
    process = FORK.Process(target=remind, args=(home, database, f"worker-{number}"), daemon=True)
    process.start()
    return process


def arrived(home: Path) -> Counter[tuple[str, str]]:
    file = home / "sent"
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    return Counter((line.split(" ")[0], line.split(" ")[1]) for line in lines)


def hands_in(engine: Engine, unit: str, now: datetime) -> None:
    with writing(engine) as session:
        submissions.begin(session, 1, unit, Draft({}), None, now)
        submissions.submit(session, 1, 1, "BC1", False, None, now)
        reminding.settle(session, reminding.duty_key(1), now, unit)


def test_killed_again_and_again(office: Engine, tmp_path: Path, database: str) -> None:
    chance, clock, expected = random.Random(5), MovedClock(tmp_path / "clock"), 0
    for morning, day in enumerate(MORNINGS):
        clock.set(at(day))
        if morning == 3:
            hands_in(office, "a", clock())
        expected += CLERKS * (len(UNITS) if morning < 3 else len(UNITS) - 1)
        for number in range(KILLS):
            pair = [start(tmp_path, database, office, number), start(tmp_path, database, office, number + 100)]
            time.sleep(chance.uniform(0.03, 0.2))
            for process in pair:
                kill(process)
        last = start(tmp_path, database, office, 99)
        wait_until(lambda least=expected: len(arrived(tmp_path)) >= least and not unsent(office))  # type: ignore[misc]
        kill(last)
    check(office, tmp_path, expected)


def unsent(engine: Engine) -> int:
    """Count what is still to be sent, or was sent and is not marked yet."""
    with reading(engine) as session:
        return session.scalar(select(func.count()).select_from(OutboxRow).where(OutboxRow.state != "sent")) or 0


def check(engine: Engine, home: Path, expected: int) -> None:
    told = arrived(home)
    assert len(told) == expected
    assert len([text for chat, text in told if chat.startswith("chat-a")]) == CLERKS * 3  # and then it was handed in
    with reading(engine) as session:
        assert session.scalar(select(func.count()).select_from(ReminderRow)) == expected
        assert session.scalar(select(func.count()).select_from(OutboxRow)) == expected
    # At least once: what was sent and not yet marked when the process died comes again.
    assert sum(told.values()) - expected <= 2 * PARCELS * (KILLS + 1) * len(MORNINGS)
