"""A small run of the torture: real processes killed while people chat over HTTP and hand in reports.

The full size is `make torture`.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.domain.messages import Reply
from bot.store import outbox
from knowledge.db import open_engine, writing
from tests.fakes.telegram import FakeTelegram
from tests.torture.office import CHANNEL, Office
from tests.torture.process import now
from tests.torture.run import Plan, Torture
from tests.torture.score import score

SIZES = [("sqlite", 1), ("sqlite", 2), ("postgresql", 3)]


@pytest.mark.parametrize(("database", "processes"), SIZES, indirect=["database"])
def test_nothing_is_lost_or_done_twice(tmp_path: Path, database: str, processes: int) -> None:
    plan = Plan(kills=min(6 * processes, 12), processes=processes, seed=11 + processes, longest_life=2.0)
    with FakeTelegram() as server:
        torture = Torture(plan, tmp_path, database, server)
        result = torture.run()
    assert result.kills == plan.kills
    assert result.messages >= 7  # everybody wrote; how often is the machine's business
    assert torture.reminders >= 1  # people were really reminded meanwhile
    assert result.fine(), result.line()


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_reminder_that_is_queued_under_two_keys_is_counted(database: str) -> None:
    engine = open_engine(database)
    with FakeTelegram() as server:
        office = Office(engine, server)
        chats = [str(clerk.id) for clerk in office.clerks[:2]]
        with writing(engine) as session:
            for key, chat in (("remind:1", chats[0]), ("remind:2", chats[0]), ("remind:3", chats[1])):
                outbox.put(session, CHANNEL, chat, Reply("“Đợt 1” còn 2 ngày là đến hạn."), now(), key=key)
        sent = {person.id: 0 for person in (*office.clerks, office.admin)}
        assert score(engine, office, sent, 0).double_reminders == 1
    engine.dispose()
