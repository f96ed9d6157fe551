"""The whole program against the fake server: channel, inbox, steps, outbox, delivery."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from bot.channels.telegram.channel import Telegram
from bot.context import Rules
from bot.dialogues.router import menu
from bot.domain.people import Account, Role, Unit
from bot.service import Service
from bot.serving import Serving
from bot.store import BOT, people
from bot.store.outbox import OutboxState
from bot.store.tables import InboxRow, OutboxRow
from knowledge.db import KNOWLEDGE, migrate, open_engine, reading, sqlite_url, writing
from tests.bot.library import DEADLINE, FakeLibrary, FakeSource
from tests.bot.telegram.kit import access, content
from tests.fakes.telegram import FakeTelegram, broken, lost_answer, too_many
from tests.fakes.telegram_people import Person


def now() -> datetime:
    return datetime.now(UTC)


class Office:
    """One database, and a serving process over it that may be stopped and started."""

    def __init__(self, home: Path, server: FakeTelegram) -> None:
        self.server = server
        self.engine: Engine = open_engine(sqlite_url(home))
        for history in (KNOWLEDGE, BOT):
            migrate(self.engine, history)
        with writing(self.engine) as session:
            people.add_unit(session, Unit("tccb", "Phòng Tổ chức cán bộ"))
        self._started = threading.Event()
        self._ending: asyncio.Event | None = None
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    def knows(self, person: Person, role: Role = Role.CLERK) -> Person:
        """Link a person's account."""
        with writing(self.engine) as session:
            known = people.add_person(session, person.account["first_name"], role, "tccb", now())
            people.link(session, known.id, Account("telegram", str(person.id), str(person.id), "", now()))
        return person

    def start(self, owner: str = "one") -> None:
        self._started.clear()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve(owner)), daemon=True)
        self._thread.start()
        assert self._started.wait(10)

    def stop(self) -> None:
        if self._loop is not None and self._ending is not None and self._thread is not None:
            self._loop.call_soon_threadsafe(self._ending.set)
            self._thread.join(15)
            assert not self._thread.is_alive()
        self._thread = self._loop = None

    async def _serve(self, owner: str) -> None:
        self._loop, self._ending = asyncio.get_running_loop(), asyncio.Event()
        service = Service(self.engine, FakeSource(FakeLibrary()), Rules(), timedelta(seconds=8))
        telegram = Telegram(access(self.server), menu(), content, now, poll_seconds=2)
        serving = Serving(service, {"telegram": telegram}, owner, now, (90, 1095))
        async with serving.running():
            self._started.set()
            await self._ending.wait()

    def states(self) -> list[str]:
        """Where each reply stands, in order."""
        with reading(self.engine) as session:
            return list(session.scalars(select(OutboxRow.state).order_by(OutboxRow.id)))


@pytest.fixture
def office(tmp_path: Path, server: FakeTelegram, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    monkeypatch.setattr("bot.channels.pauses.FIRST", 0.02)
    office = Office(tmp_path, server)
    office.start()
    yield office
    office.stop()
    office.engine.dispose()


def test_lan_asks_and_taps(office: Office, server: FakeTelegram) -> None:
    lan = office.knows(server.user("lan"))
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
    lan, tuan = office.knows(server.user("lan")), office.knows(server.user("tuấn"))
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


def test_failures_of_the_network_lose_nothing(office: Office, server: FakeTelegram) -> None:
    lan = office.knows(server.user("lan"))
    server.fails("getUpdates", broken(502), broken(502))
    server.fails("sendMessage", broken(502), too_many(1))
    lan.sends("hạn báo cáo?")
    lan.wait_for_reply(DEADLINE)
    assert lan.unread() == []


def test_an_answer_lost_after_accept_is_said_again_rather_than_never(office: Office, server: FakeTelegram) -> None:
    lan = office.knows(server.user("lan"))
    server.fails("sendMessage", lost_answer(0.05))
    lan.sends("hạn báo cáo?")
    lan.wait_for_reply(DEADLINE)
    lan.wait_for_reply(DEADLINE)


def test_whoever_blocked_the_bot_gets_it_all_after_they_write_again(office: Office, server: FakeTelegram) -> None:
    lan = office.knows(server.user("lan"))
    lan.blocked = True
    lan.sends("hạn báo cáo?")
    server.wait(lambda: OutboxState.BLOCKED in office.states(), what="a blocked reply")
    attempts = len(server.called("sendMessage"))
    lan.blocked = False
    lan.sends("giờ mở cửa?")
    lan.wait_for_reply(DEADLINE)
    lan.wait_for_reply("Kho lưu trữ mở cửa")
    assert len(server.called("sendMessage")) == attempts + 2


def test_a_group_that_becomes_a_supergroup_keeps_getting_answers(office: Office, server: FakeTelegram) -> None:
    lan = office.knows(server.user("lan"))
    group = server.group("Phòng TCCB", lan)
    server.fails("sendMessage", too_many(1), chat=group.id)  # the answer is on its way while the group moves
    group.says(lan, "/hoi@tdkt_bot hạn báo cáo?")
    server.wait(lambda: server.called("sendMessage"), what="an attempt to answer")
    group.migrates()
    group.wait_for_reply(DEADLINE)
    group.says(lan, "bình thường thôi")
    group.says(lan, "@tdkt_bot giờ mở cửa?")
    group.wait_for_reply("Kho lưu trữ mở cửa")


def test_hostile_texts_and_broken_updates_break_nothing(office: Office, server: FakeTelegram) -> None:
    lan = office.knows(server.user("lan"))
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
