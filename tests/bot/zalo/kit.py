"""A channel of Zalo's in a thread of its own, against the fake server: for tests that act from outside."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.channels.bots import Access
from bot.channels.zalo.channel import Zalo
from bot.domain.messages import OutFile
from tests.bot import running
from tests.bot.running import Kept as Kept
from tests.bot.running import outgoing as outgoing
from tests.fakes.zalo import FakeZalo

Running = running.Running[Zalo]
NOW = datetime(2025, 11, 20, 2, 0, tzinfo=UTC)
SECRET = "s3cret-s3cret"


def link(file: OutFile) -> str | None:
    """Where files are fetched; one of them nowhere."""
    return None if file.sha256 == "0" * 64 else f"https://tdkt.vi-du.vn/tai-ve/{file.sha256[:6]}"


def access(server: FakeZalo, webhook: str | None = None) -> Access:
    return Access(server.token, server.url, webhook, SECRET)


def channel(server: FakeZalo, webhook: str | None = None) -> Zalo:
    return Zalo(access(server, webhook), link, lambda: NOW, poll_seconds=1)
