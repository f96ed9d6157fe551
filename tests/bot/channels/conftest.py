from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.bot.channels.platforms import PLATFORMS, Platform, Running
from tests.bot.office import Office
from tests.bot.running import Kept


@pytest.fixture(params=PLATFORMS)
def platform(request: pytest.FixtureRequest) -> Platform:
    """Each platform in turn."""
    return PLATFORMS[request.param]


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Attempts follow each other quickly."""
    monkeypatch.setattr("bot.channels.pauses.FIRST", 0.02)


@pytest.fixture
def server(platform: Platform) -> Iterator[Any]:
    with platform.fake() as running:
        yield running


@pytest.fixture
def kept(server: Any) -> Kept:
    return Kept(server)


@pytest.fixture
def bot(platform: Platform, server: Any, kept: Kept) -> Iterator[Running]:
    """The bot, polling."""
    with Running(platform.channel(server), kept) as running:
        yield running


@pytest.fixture
def lan(server: Any, kept: Kept, bot: Running) -> Any:
    """Lan, who has written once."""
    lan = server.user("lan")
    lan.sends("/start")
    kept.wait(1)
    return lan


@pytest.fixture
def office(tmp_path: Path, platform: Platform, server: Any) -> Iterator[Office]:
    """The whole program behind the channel."""
    office = Office(tmp_path, lambda: platform.live(server))
    office.start()
    yield office
    office.stop()
    office.engine.dispose()
