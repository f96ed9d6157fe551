"""A channel of Telegram's in a thread of its own, against the fake server: for tests that act from outside."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.channels.bots import Access
from bot.channels.telegram.channel import Telegram
from bot.domain.messages import OutFile
from tests.bot import running
from tests.bot.running import Kept as Kept
from tests.bot.running import outgoing as outgoing
from tests.fakes.telegram import FakeTelegram

Running = running.Running[Telegram]
NOW = datetime(2025, 11, 20, 2, 0, tzinfo=UTC)
COMMANDS = {"giup": "Hướng dẫn", "baocao": "Làm báo cáo"}
FILES = {"a" * 64: b"PK docx", "b" * 64: b"\xff\xd8 jpeg", "e" * 64: b""}


def content(file: OutFile) -> bytes:
    if file.sha256 not in FILES:
        raise FileNotFoundError(file.sha256)
    return FILES[file.sha256]


def access(server: FakeTelegram, webhook: str | None = None) -> Access:
    return Access(server.token, server.url, webhook, "s3cret-s3cret")


def channel(server: FakeTelegram, webhook: str | None = None) -> Telegram:
    return Telegram(access(server, webhook), COMMANDS, content, lambda: NOW, poll_seconds=2)
