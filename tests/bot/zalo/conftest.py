from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.bot.zalo.kit import Kept, Running, channel
from tests.fakes.zalo import FakeZalo


@pytest.fixture
def server() -> Iterator[FakeZalo]:
    with FakeZalo() as running:
        yield running


@pytest.fixture
def kept(server: FakeZalo) -> Kept:
    return Kept(server)


@pytest.fixture
def bot(server: FakeZalo, kept: Kept, monkeypatch: pytest.MonkeyPatch) -> Iterator[Running]:
    """The bot, polling."""
    monkeypatch.setattr("bot.channels.pauses.FIRST", 0.02)
    with Running(channel(server), kept) as running:
        yield running
