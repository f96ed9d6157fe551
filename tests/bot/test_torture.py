"""A small run of the torture: real processes killed while people chat over HTTP and hand in reports.

The full size is `make torture`.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fakes.telegram import FakeTelegram
from tests.torture.run import Plan, Torture

SIZES = [("sqlite", 1), ("sqlite", 2), ("postgresql", 3)]


@pytest.mark.parametrize(("database", "processes"), SIZES, indirect=["database"])
def test_nothing_is_lost_or_done_twice(tmp_path: Path, database: str, processes: int) -> None:
    plan = Plan(kills=min(6 * processes, 12), processes=processes, seed=11 + processes, longest_life=2.0)
    with FakeTelegram() as server:
        torture = Torture(plan, tmp_path, database, server)
        score = torture.run()
    assert score.kills == plan.kills
    assert score.messages >= 7  # everybody wrote; how often is the machine's business
    assert torture.reminders >= 1  # people were really reminded meanwhile
    assert score.fine(), score.line()
