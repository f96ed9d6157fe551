"""What Zalo alone does with a webhook: two shapes of an update; the rest is in tests/bot/channels."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.channels.base import ChannelUnusable
from bot.channels.zalo.webhook import HOOK, PATH
from tests.bot.zalo.kit import SECRET, Kept, Running, channel
from tests.fakes.zalo import FakeZalo

PUBLIC = "https://tdkt.vi-du.vn/tro-ly"


def test_both_shapes_are_one_update(server: FakeZalo, kept: Kept) -> None:
    hooked = channel(server, PUBLIC)
    server.user("lan").sends("chào")
    flat: Any = server.pending.pop()
    with TestClient(Starlette(routes=hooked.routes(kept))) as client:
        for body in (flat, flat, {"ok": True, "result": flat}):
            assert client.post(PATH, json=body, headers={HOOK.header: SECRET}).status_code == 200
        assert client.portal is not None
        client.portal.call(hooked.close)
    assert [one.text for one in kept.incoming] == ["chào"]


def test_the_webhook_is_set_and_polling_left_alone(server: FakeZalo, kept: Kept) -> None:
    with Running(channel(server, PUBLIC), kept) as running:
        running.received()
    (call,) = server.called("setWebhook")
    assert call.params == {"url": f"{PUBLIC}{PATH}", "secret_token": SECRET}
    assert not call.error


def test_an_address_that_zalo_refuses_is_said(server: FakeZalo, kept: Kept) -> None:
    with (
        Running(channel(server, "http://tdkt.vi-du.vn"), kept) as running,
        pytest.raises(ChannelUnusable, match="TDKT_ZALO_WEBHOOK"),
    ):
        running.received()
