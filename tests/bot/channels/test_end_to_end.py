"""The whole program on every platform: channel, inbox, steps, outbox, delivery."""

from __future__ import annotations

from typing import Any

from bot.store.outbox import OutboxState
from tests.bot.channels.platforms import Platform
from tests.bot.library import DEADLINE
from tests.bot.office import Office

OPENING = "Kho lưu trữ mở cửa"


def test_failures_of_the_network_lose_nothing(platform: Platform, office: Office, server: Any) -> None:
    lan, broken = platform.knows(office, server.user("lan")), platform.faults.broken
    server.fails("getUpdates", broken(502), broken(502))
    server.fails("sendMessage", broken(502), platform.faults.too_many(1))
    lan.sends("hạn báo cáo?")
    lan.wait_for_reply(DEADLINE)
    assert lan.unread() == []


def test_an_answer_lost_after_accept_is_said_again_rather_than_never(
    platform: Platform, office: Office, server: Any
) -> None:
    lan = platform.knows(office, server.user("lan"))
    server.fails("sendMessage", platform.faults.lost_answer(0.05))
    lan.sends("hạn báo cáo?")
    lan.wait_for_reply(DEADLINE)
    lan.wait_for_reply(DEADLINE)


def test_whoever_blocked_the_bot_gets_it_all_after_they_write_again(
    platform: Platform, office: Office, server: Any
) -> None:
    lan = platform.knows(office, server.user("lan"))
    lan.blocks()
    lan.sends("hạn báo cáo?")
    server.wait(lambda: OutboxState.BLOCKED in office.states(), what="a blocked reply")
    attempts = len(server.called("sendMessage"))
    lan.unblocks()
    lan.sends("giờ mở cửa?")
    lan.wait_for_reply(DEADLINE)
    lan.wait_for_reply(OPENING)
    assert len(server.called("sendMessage")) == attempts + 2


def test_in_a_group_it_answers_only_when_addressed(platform: Platform, office: Office, server: Any) -> None:
    lan = platform.knows(office, server.user("lan"))
    group = server.group("Phòng TCCB", lan)
    group.says(lan, "bình thường thôi")
    group.says(lan, f"{platform.mention} giờ mở cửa?")
    group.wait_for_reply(OPENING)
    group.says(lan, f"{platform.mention} /baocao")
    group.wait_for_reply("nhắn riêng")
