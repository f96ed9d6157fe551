from __future__ import annotations

import json
import logging

import pytest

from bot.channels.base import ChannelUnusable
from bot.channels.bots import Access
from bot.channels.telegram.channel import Telegram
from bot.domain.messages import IncomingKind
from tests.bot.telegram.kit import COMMANDS, NOW, Kept, Running, channel, content, outgoing
from tests.fakes.telegram import FakeTelegram, broken, unreachable


def test_nothing_is_confirmed_that_was_not_stored(
    server: FakeTelegram, kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.pauses.FIRST", 0.02)
    lan = server.user("lan")
    lan.sends("một")
    lan.sends("hai")
    kept.failing = True
    with Running(channel(server), kept) as dies:
        server.wait(lambda: kept.refused > 1, what="attempts to store")
        dies.stop()
    assert len(server.api.pending) == 2
    with Running(channel(server), kept):
        kept.failing = False
        assert [one.text for one in kept.wait(2)] == ["một", "hai"]
        server.wait_until_confirmed()


def test_a_batch_stored_and_not_confirmed_comes_again_and_is_known(server: FakeTelegram, kept: Kept) -> None:
    lan = server.user("lan")
    with Running(channel(server), kept) as killed:
        killed.call(killed.channel._api.me())
        server.fails("getUpdates", *[unreachable(5)] * 20)  # whatever is stored cannot be confirmed any more
        killed.stop()
    server.script.faults.clear()
    lan.sends("một")
    first = server.api.pending[0]
    with Running(channel(server), kept) as next_one:
        kept.wait(1)
        next_one.stop()
    server.api.pending = [first]  # as if that process had died before it confirmed
    with Running(channel(server), kept):
        lan.sends("hai")
        assert [one.text for one in kept.wait(2)] == ["một", "hai"]


def test_what_cannot_be_read_is_kept_confirmed_and_holds_up_nobody(
    server: FakeTelegram, kept: Kept, bot: Running
) -> None:
    lan = server.user("lan")
    lan.sends("trước")
    server.update(message={"message_id": "x", "date": [], "chat": 5})
    server.update(callback_query=7)
    server.update(something_new={"a": 1})
    lan.sends("sau")
    assert [one.text for one in kept.wait(2)] == ["trước", "sau"]
    server.wait_until_confirmed()
    assert [json.loads(one.raw).keys() - {"update_id"} for one in kept.updates if one.incoming is None] == [
        {"message"},
        {"callback_query"},
        {"something_new"},
    ]


def test_another_poller_is_not_fatal(server: FakeTelegram, kept: Kept, bot: Running) -> None:
    other = Kept(server)
    with Running(channel(server), other):
        server.user("lan").sends("ai nhận?")
        server.wait(lambda: kept.incoming or other.incoming)
    server.user("lan").sends("còn một")
    server.wait(lambda: any(one.text == "còn một" for one in kept.incoming))


def test_a_webhook_left_over_is_removed(server: FakeTelegram, kept: Kept) -> None:
    server.api.webhook = {"url": "https://cu.vi-du.vn/hook"}
    server.user("lan").sends("chào")
    with Running(channel(server), kept):
        assert kept.wait(1)[0].text == "chào"


def test_a_wrong_token_is_said_and_not_repeated(server: FakeTelegram, kept: Kept) -> None:
    wrong = "123456:wrong-token_XYZ"
    telegram = Telegram(Access(wrong, server.url, None, ""), COMMANDS, content, lambda: NOW)
    with Running(telegram, kept) as running, pytest.raises(ChannelUnusable, match="TDKT_TELEGRAM_TOKEN") as caught:
        running.received()
    assert wrong not in str(caught.value)
    assert caught.value.__suppress_context__
    assert wrong not in repr(telegram._access)


def test_the_commands_are_registered_with_their_descriptions(server: FakeTelegram, kept: Kept, bot: Running) -> None:
    server.user("lan").sends("x")
    kept.wait(1)
    assert server.api.commands == [
        ("all_private_chats", {"command": "giup", "description": "Hướng dẫn"}),
        ("all_private_chats", {"command": "baocao", "description": "Làm báo cáo"}),
    ]


def test_the_token_is_in_no_log(
    server: FakeTelegram, kept: Kept, bot: Running, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    lan = server.user("lan")
    lan.sends("chào")
    kept.wait(1)
    server.fails("getUpdates", broken(502), unreachable())
    bot.deliver(outgoing(lan.id, "chào"))
    lan.sends("nữa")
    kept.wait(2)
    server.wait(lambda: not server.script.faults)
    assert "Telegram:" in caplog.text
    assert server.token not in caplog.text
    assert server.token.partition(":")[2] not in caplog.text


def test_albums_edits_and_stickers(server: FakeTelegram, kept: Kept, bot: Running) -> None:
    lan = server.user("lan")
    lan.sends_album([("bc1.docx", b"1"), ("bc2.docx", b"2")], "hai tệp")
    number = lan.sends("12")
    lan.edits(number, "13")
    lan.sends_sticker()
    lan.sends_location()
    got = kept.wait(6)
    assert [one.kind for one in got] == [
        IncomingKind.FILE,
        IncomingKind.FILE,
        IncomingKind.TEXT,
        IncomingKind.EDITED,
        IncomingKind.UNSUPPORTED,
        IncomingKind.UNSUPPORTED,
    ]
    assert [one.attachments[0].name for one in got[:2]] == ["bc1.docx", "bc2.docx"]
    assert got[0].text == "hai tệp"


def test_a_group_is_heard_only_when_it_speaks_to_us(server: FakeTelegram, kept: Kept, bot: Running) -> None:
    lan, tuan = server.user("lan"), server.user("tuấn")
    group = server.group("Phòng TCCB", lan, tuan)
    group.says(tuan, "mai họp nhé")
    group.says(lan, "@tdkt_bot hạn nộp?")
    got = kept.wait(1)[0]
    assert (got.text, got.private, got.chat, got.sender) == ("hạn nộp?", False, str(group.id), str(lan.id))
    bot.deliver(outgoing(group.id, "Trước 05/12."))
    answer = group.wait_for_reply("05/12")
    group.says(tuan, "ừ", to=answer)
    assert kept.wait(2)[1].sender == str(tuan.id)
