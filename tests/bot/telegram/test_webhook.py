"""What Telegram alone does with a webhook; the rest is in tests/bot/channels."""

from __future__ import annotations

from bot.channels.telegram.webhook import PATH
from tests.bot.telegram.kit import Kept, Running, channel
from tests.fakes.telegram import FakeTelegram

PUBLIC = "https://tdkt.vi-du.vn/tro-ly"


def test_the_webhook_is_set_and_polling_left_alone(server: FakeTelegram, kept: Kept) -> None:
    with Running(channel(server, PUBLIC), kept) as running:
        running.received()
    assert server.api.webhook == {"url": f"{PUBLIC}{PATH}", "secret": "s3cret-s3cret"}
    assert server.api.allowed == ["message", "edited_message", "callback_query"]
