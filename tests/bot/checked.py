"""What `tdkt doctor` finds in a home, for tests that break it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.checkup import Check, State, check_up
from bot.settings import read
from index.build import update
from knowledge.db import sqlite_url
from tests.bot.test_commands import PLAN
from tests.databases import make_tables

NO_FILE = Path("/nonexistent/.env")


def checks(home: Path, *, reach: bool = False, **changes: object) -> dict[str, list[Check]]:
    found: dict[str, list[Check]] = {}
    for check in check_up(read({}, NO_FILE, home=home, **changes), reach=reach):
        found.setdefault(check.subject, []).append(check)
    return found


def one(home: Path, subject: str, state: State, **changes: object) -> str:
    """Return what is said and advised of the one finding of that seriousness."""
    (check,) = [check for check in checks(home, **changes)[subject] if check.state is state]
    assert check.advice
    return f"{check.says} → {check.advice}"


@pytest.fixture
def indexed(tmp_path: Path) -> Path:
    """A home with a database and an index."""
    (tmp_path / "ke-hoach.txt").write_text(PLAN, encoding="utf-8")
    home = tmp_path / "var"
    home.mkdir(mode=0o700)
    make_tables(sqlite_url(home))
    update(home, [tmp_path / "ke-hoach.txt"])
    return home
