"""Which channels the settings ask for: each package of a channel is imported only where it is used."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from bot.channels.base import Channel
from bot.domain.messages import OutFile

if TYPE_CHECKING:
    from bot.settings import Settings


def channels(
    settings: Settings,
    commands: Mapping[str, str],  # as the channel's menu shows them
    content: Callable[[OutFile], bytes],  # of a kept file
    clock: Callable[[], datetime],
) -> dict[str, Channel]:
    """Return the configured channels by name."""
    found: list[Channel] = []
    if settings.telegram_token:
        from bot.channels.telegram.api import Access
        from bot.channels.telegram.channel import Telegram
        from bot.channels.telegram.webhook import derived_secret

        secret = settings.telegram_secret or derived_secret(settings.telegram_token)
        access = Access(settings.telegram_token, settings.telegram_api, settings.telegram_webhook, secret)
        found.append(Telegram(access, commands, content, clock))
    return {channel.name: channel for channel in found}
