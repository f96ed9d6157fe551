"""Fixtures of conversations."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bot.chat import Chat


@pytest.fixture
def chat(tmp_path: Path, database: str) -> Iterator[Chat]:
    """The office with its cast, nothing said yet."""
    office = Chat(tmp_path, database=database)
    yield office
    office.engine.dispose()
