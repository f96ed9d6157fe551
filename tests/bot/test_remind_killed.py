"""`tdkt remind --once` killed while it plans and sends, two at a time: each reminder is queued once, and arrives."""

from __future__ import annotations

import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select

from bot.asking import VIETNAM
from bot.domain.decisions import confirm
from bot.domain.obligations import Item, Terms
from bot.domain.rounds import Round
from bot.store import forms, obligations, rounds
from bot.store.reminder_tables import ReminderRow
from bot.store.tables import OutboxRow
from knowledge.db import open_engine, reading, writing
from tests.bot import report_kit
from tests.bot.duty_kit import proposal
from tests.bot.process import PATIENCE, command, environment, wait_until
from tests.bot.reminded import take_on
from tests.fakes.telegram import TOKEN, FakeTelegram
from tests.fakes.telegram_people import Person

ON_BOTH_DATABASES = True

CLERKS = 5
OPENED, DUE = datetime(2025, 11, 28, 9, tzinfo=VIETNAM), datetime(2025, 12, 15, 17, tzinfo=VIETNAM)
BEGIN = datetime(2025, 12, 1, 8, tzinfo=VIETNAM)


@pytest.fixture
def telegram() -> Iterator[FakeTelegram]:
    with FakeTelegram() as server:
        yield server


@pytest.fixture
def clerks(telegram: FakeTelegram) -> list[Person]:
    return [telegram.user(f"clerk{number}") for number in range(CLERKS)]


@pytest.fixture
def engine(database: str, clerks: list[Person]) -> Iterator[Engine]:
    """A round and a confirmed duty, both owed by the units of all clerks."""
    made = open_engine(database)
    for clerk in clerks:
        clerk.sends("/start")  # a bot may write only to those who wrote to it
    terms = Terms("Báo cáo chuyên đề", DUE, everyone=True)
    with writing(made) as session:
        units = take_on(session, clerks, OPENED)
        form = forms.add(session, report_kit.form(), "0" * 64, None, OPENED)
        rounds.add(session, Round(0, "Báo cáo quý IV", form, OPENED, DUE, units))
        obligations.decide(session, confirm(Item(proposal()), terms, terms, "Minh", OPENED))
    yield made
    made.dispose()


def arrived(clerks: list[Person]) -> Counter[tuple[int, str]]:
    return Counter((clerk.id, one.text.partition(" còn ")[0]) for clerk in clerks for one in clerk.replies)


def test_killed_while_it_plans_and_sends(
    tmp_path: Path, database: str, engine: Engine, telegram: FakeTelegram, clerks: list[Person]
) -> None:
    server = {} if database.startswith("sqlite") else {"TDKT_DATABASE_URL": database}
    settings = environment(TDKT_TELEGRAM_TOKEN=TOKEN, TDKT_TELEGRAM_API=telegram.url, **server)

    def start(minutes: int) -> subprocess.Popen[bytes]:
        now = (BEGIN + timedelta(minutes=minutes)).isoformat()
        arguments = command("remind", "--once", "--now", now, "--home", str(tmp_path))
        return subprocess.Popen(arguments, cwd=tmp_path, env=settings, stdout=subprocess.DEVNULL)

    def kept() -> int:
        with reading(engine) as session:
            return session.scalar(select(func.count()).select_from(ReminderRow)) or 0

    moments: list[Callable[[], bool]] = [lambda: kept() > 0, lambda: sum(arrived(clerks).values()) >= 4]
    for minutes, due in enumerate(moments):
        pair = [start(minutes), start(minutes)]
        wait_until(due)
        for one in pair:
            one.kill()
            one.wait()
    assert start(len(moments)).wait(PATIENCE) == 0
    told = arrived(clerks)
    assert len(told) == 2 * CLERKS == kept()
    with reading(engine) as session:
        assert set(session.scalars(select(OutboxRow.state))) == {"sent"}
        assert session.scalar(select(func.count()).select_from(OutboxRow)) == 2 * CLERKS
    # At least once: what was sent and not yet marked when its process died comes again.
    assert sum(told.values()) - len(told) <= 2 * len(moments)
