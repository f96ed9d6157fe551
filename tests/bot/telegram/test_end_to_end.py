"""The whole program against the fake server: channel, inbox, steps, outbox, delivery."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.channels.telegram.channel import Telegram
from bot.dialogues.router import menu
from bot.domain.people import Role
from bot.store.tables import ConversationRow, InboxRow
from knowledge.db import reading
from tests.bot.library import DEADLINE
from tests.bot.office import Office, now
from tests.bot.telegram.kit import access, content
from tests.fakes.telegram import FakeTelegram, too_many
from tests.fakes.telegram_people import Person


def knows(office: Office, person: Person, role: Role = Role.CLERK) -> Person:
    """Link a person's account."""
    office.knows("telegram", str(person.id), person.account["first_name"], role)
    return person


@pytest.fixture
def office(tmp_path: Path, server: FakeTelegram, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    monkeypatch.setattr("bot.channels.pauses.FIRST", 0.02)
    office = Office(tmp_path, lambda: Telegram(access(server), menu(), content, now, poll_seconds=2))
    office.start()
    yield office
    office.stop()
    office.engine.dispose()


def test_lan_asks_and_taps(office: Office, server: FakeTelegram) -> None:
    lan = knows(office, server.user("lan"))
    lan.sends("han bao cao la khi nao?")
    answer = lan.wait_for_reply(DEADLINE)
    assert "<blockquote>“Các phòng, đơn vị báo cáo" in answer.source
    query = lan.taps("Xem cả mục")
    lan.wait_for_reply("Các phòng, đơn vị")
    server.wait(lambda: query in server.api.answered, what="the tap's answer")
    answer.taps("Xem cả mục")  # the older message's buttons
    lan.wait_for_reply()
    server.wait_until_confirmed()


def test_a_stranger_is_told_how_to_get_a_code(office: Office, server: FakeTelegram) -> None:
    hoa = server.user("hoa")
    hoa.sends("/start")
    hoa.wait_for_reply("mã")


def test_what_was_sent_while_nobody_served_is_answered_once(office: Office, server: FakeTelegram) -> None:
    lan, tuan = knows(office, server.user("lan")), knows(office, server.user("tuấn"))
    lan.sends("/giup")
    lan.wait_for_reply("/giup")
    office.stop()
    lan.sends("hạn báo cáo?")
    tuan.sends("giờ mở cửa?")
    office.start("two")
    lan.wait_for_reply(DEADLINE)
    tuan.wait_for_reply("Kho lưu trữ mở cửa")
    server.wait_until_confirmed()
    assert lan.unread() == tuan.unread() == []


def test_a_group_that_becomes_a_supergroup_keeps_getting_answers(office: Office, server: FakeTelegram) -> None:
    lan = knows(office, server.user("lan"))
    group = server.group("Phòng TCCB", lan)
    server.fails("sendMessage", too_many(1), chat=group.id)  # the answer is on its way while the group moves
    group.says(lan, "/hoi@tdkt_bot hạn báo cáo?")
    server.wait(lambda: server.called("sendMessage"), what="an attempt to answer")
    group.migrates()
    group.wait_for_reply(DEADLINE)
    group.says(lan, "bình thường thôi")
    group.says(lan, "@tdkt_bot giờ mở cửa?")
    group.wait_for_reply("Kho lưu trữ mở cửa")
    with reading(office.engine) as session:  # what was spoken of went along
        assert list(session.scalars(select(ConversationRow.chat))) == [str(group.id)]


def test_an_album_is_answered_once(office: Office, server: FakeTelegram) -> None:
    minh = knows(office, server.user("minh"), Role.ADMIN)
    minh.sends_album([("kh-1.txt", b"a"), ("kh-2.txt", b"b"), ("kh-3.txt", b"c")], "ba văn bản")
    minh.sends("/giup")
    minh.wait_for_reply("Đã nhận “kh-1.txt”, “kh-2.txt”, “kh-3.txt”")
    minh.wait_for_reply("/giup")
    lan = knows(office, server.user("lan"))
    lan.sends_photo(b"jpeg", "một", album="7")
    lan.sends_photo(b"jpeg", album="7")
    lan.wait_for_reply("không có câu hỏi nào cần tệp")
    server.wait_until_confirmed()
    assert lan.unread() == minh.unread() == []


def test_hostile_texts_and_broken_updates_break_nothing(office: Office, server: FakeTelegram) -> None:
    lan = knows(office, server.user("lan"))
    hostile = [
        "<b>&lt;",
        "\u202eab",
        "\u200b\u200d",
        "👍" * 50,
        "x" * 4096,
        "a\x00b\x1b[31m",
        "“”" * 300,
        "/",
        "@tdkt_bot",
    ]
    for text in hostile:
        server.update(message={"message_id": 1, "date": "hôm nay"})
        lan.sends(text)
        lan.wait_for_reply()
    lan.sends("hạn báo cáo?")
    lan.wait_for_reply(DEADLINE)
    server.wait_until_confirmed()
    with reading(office.engine) as session:
        states = list(session.scalars(select(InboxRow.state)))
    assert states.count("skipped") == len(hostile)
    assert "parked" not in states
    assert "parked" not in office.states()
