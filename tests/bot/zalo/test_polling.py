from __future__ import annotations

import json

import pytest

from bot.channels.base import ChannelUnusable
from bot.channels.bots import Access
from bot.channels.zalo.channel import Zalo
from bot.domain.messages import IncomingKind
from tests.bot.zalo.kit import NOW, Kept, Running, channel, link
from tests.fakes.zalo import FakeZalo, Fault, broken, refused, too_many, unreachable


def test_what_came_is_held_on_to_until_it_is_stored(server: FakeZalo, kept: Kept, bot: Running) -> None:
    kept.failing = True
    lan = server.user("lan")
    lan.sends("một")
    server.wait(lambda: kept.refused > 2, what="attempts to store")
    lan.sends("hai")
    assert len(server.pending) == 1  # the next one is not asked for before
    kept.failing = False
    assert [one.text for one in kept.wait(2)] == ["một", "hai"]


def test_an_update_that_comes_twice_is_kept_once(server: FakeZalo, kept: Kept, bot: Running) -> None:
    lan = server.user("lan")
    lan.sends("một")
    kept.wait(1)
    again = json.loads(kept.updates[0].raw)
    server.queue(again)
    server.queue({"ok": True, "result": again})
    lan.sends("hai")
    assert [one.text for one in kept.wait(2)] == ["một", "hai"]


def test_an_empty_poll_is_no_failure(
    server: FakeZalo, kept: Kept, bot: Running, caplog: pytest.LogCaptureFixture
) -> None:
    server.fails("getUpdates", refused(408, "Request timeout"), refused(408, "Request timeout", status=408))
    server.user("lan").sends("chào")
    kept.wait(1)
    server.wait(lambda: not server.faults, what="all faults")
    assert "Zalo:" not in caplog.text


def test_what_cannot_be_read_is_kept_and_holds_up_nobody(server: FakeZalo, kept: Kept, bot: Running) -> None:
    lan = server.user("lan")
    lan.sends("trước")
    server.queue({"event_name": "message.text.received", "message": 5})
    server.queue({"something_new": 1})
    lan.sends("sau")
    assert [one.text for one in kept.wait(2)] == ["trước", "sau"]
    assert len([one for one in kept.updates if one.incoming is None]) == 2


def test_failures_of_the_server_are_ridden_out(
    server: FakeZalo, kept: Kept, bot: Running, caplog: pytest.LogCaptureFixture
) -> None:
    server.fails("getUpdates", broken(502), unreachable(), broken(200), Fault(b"[1]"), too_many(1), broken(500))
    server.user("lan").sends("còn đó không?")
    assert kept.wait(1)[0].text == "còn đó không?"
    server.wait(lambda: not server.faults, what="all faults")
    assert server.token not in caplog.text


def test_a_webhook_left_over_is_removed(server: FakeZalo, kept: Kept) -> None:
    server.webhook = {"url": "https://cu.vi-du.vn/hook", "updated_at": 1}
    server.user("lan").sends("chào")
    with Running(channel(server), kept):
        assert kept.wait(1)[0].text == "chào"
    assert len(server.called("deleteWebhook")) == 1


@pytest.mark.parametrize("refusal", [refused(401, "Unauthorized"), refused(404, "Not found"), broken(404)])
def test_a_wrong_token_is_said_and_not_repeated(server: FakeZalo, kept: Kept, refusal: Fault) -> None:
    wrong = "123456:wrong-token_XYZ"
    server.token = wrong
    server.fails("getMe", refusal)
    zalo = Zalo(Access(wrong, server.url, None, ""), link, lambda: NOW)
    with Running(zalo, kept) as running, pytest.raises(ChannelUnusable, match="TDKT_ZALO_TOKEN") as caught:
        running.received()
    assert wrong not in str(caught.value)
    assert caught.value.__suppress_context__
    assert wrong not in repr(zalo._access)


def test_a_token_that_is_taken_back_ends_the_polling(server: FakeZalo, kept: Kept, bot: Running) -> None:
    server.fails("getUpdates", refused(401, "Unauthorized"))
    server.user("lan").sends("chào")
    with pytest.raises(ChannelUnusable, match="TDKT_ZALO_TOKEN"):
        bot.received()


def test_photos_stickers_and_voices(server: FakeZalo, kept: Kept, bot: Running) -> None:
    lan = server.user("lan")
    lan.sends_photo(b"jpeg", "ảnh buổi lễ")
    lan.sends_photo(b"jpeg", key="photo")
    lan.sends_sticker()
    lan.sends_voice()
    lan.sends_unsupported()
    got = kept.wait(5)
    assert [one.kind for one in got] == [IncomingKind.FILE] * 2 + [IncomingKind.UNSUPPORTED] * 3
    assert got[0].text == "ảnh buổi lễ"
