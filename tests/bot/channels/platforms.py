"""Each bot platform behind one shape: its fake server, its channel, its faults. What holds for all is tested once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.channels.base import Channel
from bot.channels.telegram.channel import Telegram
from bot.channels.webhooks import Hook
from bot.channels.zalo.channel import Zalo
from bot.dialogues.router import menu
from tests.bot import running
from tests.bot.office import Office, now
from tests.bot.running import outgoing as outgoing
from tests.bot.telegram import kit as telegram_kit
from tests.bot.zalo import kit as zalo_kit
from tests.fakes import telegram, zalo

Running = running.Running[Any]  # of whatever channel
Clock = Callable[[], datetime]


@dataclass(frozen=True)
class Platform:
    """One platform."""

    name: str
    fake: Callable[[], Any]  # its server
    faults: Any  # the module with broken, lost_answer, refused, too_many, unreachable
    hook: Hook
    channel: Callable[..., Channel]  # server, public address of the webhook → a channel with a clock that stands still
    live: Callable[[Any], Channel]  # server → a channel with the real clock
    mention: str  # what addresses the bot in a group

    def headers(self, secret: str = "s3cret-s3cret") -> dict[str, str]:
        """What a request of the webhook carries."""
        return {self.hook.header: secret}

    def knows(self, office: Office, person: Any) -> Any:
        """Link a person's account."""
        office.knows(self.name, str(person.id), "Lan")
        return person


PLATFORMS = {
    "telegram": Platform(
        "telegram",
        telegram.FakeTelegram,
        telegram,
        Telegram.hook,
        telegram_kit.channel,
        lambda server: Telegram(telegram_kit.access(server), menu(), telegram_kit.content, now, poll_seconds=2),
        f"@{telegram.BOT_NAME}",
    ),
    "zalo": Platform(
        "zalo",
        zalo.FakeZalo,
        zalo,
        Zalo.hook,
        zalo_kit.channel,
        lambda server: Zalo(zalo_kit.access(server), zalo_kit.link, now, poll_seconds=1),
        f"@{zalo.NAME}",
    ),
}
