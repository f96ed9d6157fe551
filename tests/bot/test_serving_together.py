"""Three `tdkt serve` on one PostgreSQL: reminders once, answers from whoever is alive, the receiver killed."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select

from bot.asking import VIETNAM
from bot.cli import main
from bot.domain.rounds import Round
from bot.store import forms, rounds
from bot.store.tables import LeaseRow, OutboxRow
from knowledge.db import open_engine, reading, writing
from tests.bot import report_kit
from tests.bot.process import command, environment, wait_until
from tests.bot.reminded import take_on
from tests.bot.test_commands import PLAN
from tests.databases import Postgres
from tests.fakes.telegram import TOKEN, FakeTelegram
from tests.fakes.telegram_people import Person

PROCESSES, CLERKS = 3, 3
REMINDED = "là đến hạn"


@pytest.fixture
def url(postgres: Postgres) -> Iterator[str]:
    with postgres.database() as made:
        yield made


def seeded(engine: Engine, clerks: list[Person]) -> None:
    """Let every clerk owe a report that they are reminded of at once, on whatever day and hour this runs."""
    now = datetime.now(VIETNAM)
    opened, due = now - timedelta(days=2), now + timedelta(days=2)
    with writing(engine) as session:
        units = take_on(session, clerks, opened)
        form = forms.add(session, report_kit.form(), "0" * 64, None, opened)
        rounds.add(session, Round(0, "Báo cáo quý IV", form, opened, due, units))


def receiver(engine: Engine) -> int:
    """Return the process that receives; 0 while none does."""
    with reading(engine) as session:
        owner = session.scalar(select(LeaseRow.owner).where(LeaseRow.name == "receive:telegram"))
    return int(owner.partition("-")[0]) if owner else 0


def unsent(engine: Engine) -> int:
    with reading(engine) as session:
        return session.scalar(select(func.count()).select_from(OutboxRow).where(OutboxRow.state != "sent")) or 0


def test_three_processes_share_one_database(tmp_path: Path, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text(PLAN, encoding="utf-8")
    monkeypatch.setenv("TDKT_DATABASE_URL", url)
    home = tmp_path / "var"
    assert main(["index", str(tmp_path / "a.txt"), "--home", str(home), "--json"]) == 0
    days = ",".join((date.today() + timedelta(days=off)).isoformat() for off in range(-3, 4))
    with FakeTelegram() as telegram, ExitStack() as stack:
        engine = open_engine(url)
        stack.callback(engine.dispose)
        clerks = [telegram.user(f"clerk{number}") for number in range(CLERKS)]
        seeded(engine, clerks)
        for clerk in clerks:
            clerk.sends("/han")  # a bot may write only to those who wrote to it
        settings = environment(
            TDKT_TELEGRAM_TOKEN=TOKEN,
            TDKT_TELEGRAM_API=telegram.url,
            TDKT_LEASE_SECONDS="2",
            TDKT_HOURS="00:00-23:59",
            TDKT_DAYS_ON=days,
            TDKT_DATABASE_URL=url,
        )
        start = command("serve", "--port", "0", "--home", str(home))
        processes = [
            stack.enter_context(subprocess.Popen(start, cwd=tmp_path, env=settings, stdout=subprocess.DEVNULL))
            for _ in range(PROCESSES)
        ]
        for process in processes:
            stack.callback(process.kill)
        for clerk in clerks:
            wait_until(lambda clerk=clerk: any(REMINDED in one.text for one in clerk.replies))  # type: ignore[misc]
        wait_until(lambda: not unsent(engine) and receiver(engine) > 0)
        died = receiver(engine)
        assert died in {process.pid for process in processes}
        os.kill(died, signal.SIGKILL)
        for clerk in clerks:
            clerk.sends("hạn báo cáo kế hoạch 77 là khi nào?")
        for clerk in clerks:
            wait_until(lambda clerk=clerk: any("15/12/2025" in one.text for one in clerk.replies))  # type: ignore[misc]
        assert receiver(engine) in {process.pid for process in processes} - {died}
        for clerk in clerks:
            assert len([one for one in clerk.replies if REMINDED in one.text and "Gõ /baocao" in one.text]) == 1
        assert [process.poll() for process in processes if process.pid != died] == [None] * (PROCESSES - 1)
