from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.bot.telegram.kit import Kept, Running, channel
from tests.fakes.telegram import FakeTelegram


@pytest.fixture
def server() -> Iterator[FakeTelegram]:
    with FakeTelegram() as running:
        yield running


@pytest.fixture
def kept(server: FakeTelegram) -> Kept:
    return Kept(server)


@pytest.fixture
def bot(server: FakeTelegram, kept: Kept, monkeypatch: pytest.MonkeyPatch) -> Iterator[Running]:
    """The bot, polling."""
    monkeypatch.setattr("bot.channels.pauses.FIRST", 0.02)
    with Running(channel(server), kept) as running:
        yield running
