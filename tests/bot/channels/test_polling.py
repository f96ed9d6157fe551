"""Polling, on every platform: in order, unreadable updates kept, failures ridden out."""

from __future__ import annotations

from typing import Any

import pytest

from tests.bot.channels.platforms import Platform, Running, outgoing
from tests.bot.running import Kept


def test_what_people_send_is_kept_in_order(server: Any, kept: Kept, bot: Running) -> None:
    lan, tuan = server.user("lan"), server.user("tuấn")
    lan.sends("/start")
    tuan.sends("hạn nộp?")
    lan.sends("12 sáng kiến")
    assert [one.text for one in kept.wait(3)] == ["/start", "hạn nộp?", "12 sáng kiến"]
    assert [one.chat for one in kept.incoming] == [str(lan.id), str(tuan.id), str(lan.id)]
    server.wait_until_confirmed()


def test_failures_of_the_server_are_ridden_out(
    platform: Platform, server: Any, kept: Kept, bot: Running, caplog: pytest.LogCaptureFixture
) -> None:
    broken, faults = platform.faults.broken, platform.faults
    server.fails("getUpdates", broken(502), faults.unreachable(), broken(200), faults.too_many(1), broken(500))
    server.user("lan").sends("còn đó không?")
    assert kept.wait(1)[0].text == "còn đó không?"
    server.wait_until_confirmed()
    assert server.token not in caplog.text


def test_a_group_is_heard_only_when_it_speaks_to_us(platform: Platform, server: Any, kept: Kept, bot: Running) -> None:
    lan, tuan = server.user("lan"), server.user("tuấn")
    group = server.group("Phòng TCCB", lan, tuan)
    group.says(tuan, "mai họp nhé")
    group.says(lan, f"{platform.mention} hạn nộp?")
    got = kept.wait(1)[0]
    assert (got.text, got.private, got.chat, got.sender) == ("hạn nộp?", False, str(group.id), str(lan.id))
    bot.deliver(outgoing(group.id, "Trước 05/12."))
    group.wait_for_reply("05/12")
