"""Which channels the settings ask for, and what each can carry: a channel is imported only where it is used."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from bot.channels.base import Channel
from bot.channels.bots import Access
from bot.domain.messages import OutFile, Reach

if TYPE_CHECKING:
    from bot.settings import Settings

REACHES = {
    "telegram": Reach(edits=True),
    "terminal": Reach(buttons=False),
    # No files but photos in; each message counts against a quota, so that prompts come several at a time.
    "zalo": Reach(files_in=False, photos_in=True, buttons=False, batch=4),
}


def channels(
    settings: Settings,
    commands: Mapping[str, str],  # as the channel's menu shows them
    content: Callable[[OutFile], bytes],  # of a kept file
    link: Callable[[OutFile], str | None],  # makes a download link for a kept file; None: nobody reaches our pages
    clock: Callable[[], datetime],
) -> dict[str, Channel]:
    """Return the configured channels by name."""
    found: list[Channel] = []
    if settings.telegram_token:
        from bot.channels.telegram.channel import Telegram

        secret = settings.telegram_secret or Telegram.hook.secret(settings.telegram_token)
        access = Access(settings.telegram_token, settings.telegram_api, settings.telegram_webhook, secret)
        found.append(Telegram(access, commands, content, clock))
    if settings.zalo_token:
        from bot.channels.zalo.channel import Zalo

        secret = settings.zalo_secret or Zalo.hook.secret(settings.zalo_token)
        access = Access(settings.zalo_token, settings.zalo_api, settings.zalo_webhook, secret)
        found.append(Zalo(access, link, clock))
    return {one.name: one for one in found}
