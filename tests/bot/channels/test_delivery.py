"""Sending, on every platform: parts once, failures told apart, typing while people wait."""

from __future__ import annotations

from typing import Any

import pytest

from bot.channels.base import DeliveryError
from tests.bot.channels.platforms import Platform, Running, outgoing
from tests.bot.running import Kept


def failed(bot: Running, server: Any, chat: object, text: str = "chào") -> DeliveryError:
    with pytest.raises(DeliveryError) as caught:
        bot.deliver(outgoing(chat, text))
    assert server.token not in str(caught.value)
    assert caught.value.__suppress_context__
    return caught.value


def test_a_part_that_went_out_is_not_said_again(platform: Platform, server: Any, bot: Running, lan: Any) -> None:
    message = outgoing(lan.id, "Một câu. " * 1000)
    server.fails("sendMessage", None, platform.faults.too_many(3))  # the second part of it
    with pytest.raises(DeliveryError) as caught:
        bot.deliver(message)
    assert caught.value.retry_after == 3
    bot.deliver(message)
    sent = lan.unread()
    assert "".join(f"{one.text} " for one in sent) == "Một câu. " * 1000
    bot.deliver(message)  # the same again, meant this time
    assert len(lan.unread()) == len(sent)


def test_nothing_to_say_sends_nothing(server: Any, bot: Running, lan: Any) -> None:
    bot.deliver(outgoing(lan.id, " \u200b"))
    assert not server.called("sendMessage")


def test_whoever_blocked_the_bot_is_left_alone(server: Any, bot: Running, lan: Any) -> None:
    lan.blocks()
    assert failed(bot, server, lan.id).blocked
    lan.unblocks()
    bot.deliver(outgoing(lan.id, "chào lại"))
    lan.wait_for_reply("chào lại")


def test_too_many_messages_wait_as_long_as_asked(platform: Platform, server: Any, bot: Running, lan: Any) -> None:
    server.fails("sendMessage", platform.faults.too_many(17))
    error = failed(bot, server, lan.id)
    assert (error.retry_after, error.permanent) == (17, False)


@pytest.mark.parametrize("status", [502, 500, 200, None])
def test_trouble_on_the_way_passes(platform: Platform, server: Any, bot: Running, lan: Any, status: int | None) -> None:
    server.fails("sendMessage", platform.faults.broken(status) if status else platform.faults.unreachable())
    error = failed(bot, server, lan.id)
    assert (error.permanent, error.retry_after) == (False, None)
    bot.deliver(outgoing(lan.id, "chào"))
    lan.wait_for_reply("chào")


def test_an_answer_lost_after_the_message_went_out_is_trouble_on_the_way(
    platform: Platform, server: Any, bot: Running, lan: Any
) -> None:
    server.fails("sendMessage", platform.faults.lost_answer(0.05))
    assert not failed(bot, server, lan.id, "có thể đến").permanent
    lan.wait_for_reply("có thể đến")


def test_typing_is_shown_only_where_an_answer_is_long_in_coming(
    server: Any, kept: Kept, bot: Running, lan: Any
) -> None:
    bot.deliver(outgoing(lan.id, "chào"))
    tuan = server.user("tuấn")
    tuan.sends("câu khó")
    server.wait(lambda: server.called("sendChatAction"), what="typing")
    bot.deliver(outgoing(tuan.id, "đây"))
    assert [call.params["chat_id"] for call in server.called("sendChatAction")] == [str(tuan.id)]
