"""Fixtures of conversations."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bot.chat import Chat


@pytest.fixture
def chat(tmp_path: Path) -> Chat:
    """The office with its cast, nothing said yet."""
    return Chat(tmp_path)
