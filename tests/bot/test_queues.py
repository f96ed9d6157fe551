"""What is said to stand still: messages that we should be working on, not those that wait for their reader."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.messages import Reply
from bot.store import outbox, queues
from knowledge.db import open_engine, reading, writing
from tests.bot.library import NOW

ON_BOTH_DATABASES = True


@pytest.mark.parametrize(("channel", "waiting"), [("telegram", 1), ("web", 0), ("terminal", 0)])
def test_what_waits_for_its_reader_is_no_standstill(database: str, channel: str, waiting: int) -> None:
    engine = open_engine(database)
    with writing(engine) as session:
        outbox.put(session, channel, "chat", Reply("Đã mở đợt báo cáo."), NOW)
    with reading(engine) as session:
        _, going = queues.look(session, NOW + timedelta(days=1))
    engine.dispose()
    assert going.waiting == waiting
    assert going.oldest == timedelta(days=waiting)
