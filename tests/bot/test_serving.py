"""`tdkt serve` with a channel: messages in and out of a real process, and who receives when there are several."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import threading
import time
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from bot import settings
from bot.app import now
from bot.channels.base import ChannelUnusable, Store, Update
from bot.cli import main
from bot.domain.messages import Incoming, IncomingKind
from bot.service import Service
from bot.serving import LOOKS, Serving
from bot.store import leases
from knowledge.db import writing
from tests.bot.chat import Chat, FakeChannel
from tests.bot.process import command, environment, tdkt
from tests.bot.test_commands import PLAN
from tests.fakes.telegram import TOKEN, FakeTelegram

PATIENCE = 60.0

ON_BOTH_DATABASES = True


def test_from_code_to_answer_over_telegram_and_after_a_kill(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(PLAN, encoding="utf-8")
    home = tmp_path / "var"
    assert main(["index", str(tmp_path / "a.txt"), "--home", str(home), "--json"]) == 0
    assert tdkt("units", "--add", "phong-a", "Phòng A", "--home", str(home), cwd=tmp_path).code == 0
    invited = tdkt("invite", "--role", "clerk", "--unit", "phong-a", "--home", str(home), cwd=tmp_path)
    code = invited.out.splitlines()[0]

    with FakeTelegram() as telegram:
        variables = environment(TDKT_TELEGRAM_TOKEN=TOKEN, TDKT_TELEGRAM_API=telegram.url, TDKT_LEASE_SECONDS="2")

        def serve() -> subprocess.Popen[bytes]:
            return subprocess.Popen(
                command("serve", "--port", "0", "--home", str(home)),
                cwd=tmp_path,
                env=variables,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
            )

        lan = telegram.user("lan")
        lan.sends("hạn báo cáo?")
        process = serve()
        try:
            lan.wait_for_reply("mã liên kết", PATIENCE)
            lan.sends(f"/lienket {code}")
            lan.wait_for_reply("Đã liên kết", PATIENCE)
            process.kill()
            process.communicate()
            lan.sends("hạn báo cáo kế hoạch 77 là khi nào?")
            process = serve()
            answer = lan.wait_for_reply("", PATIENCE)
            if "Đã liên kết" in answer.text:  # killed between sending it and keeping that it was sent
                answer = lan.wait_for_reply("", PATIENCE)
            assert "15/12/2025" in answer.text
            answer.taps("Xem cả")
            lan.wait_for_reply("Các phòng", PATIENCE)
            process.send_signal(signal.SIGINT)
            _, errors = process.communicate(timeout=PATIENCE)
            assert process.returncode == 0
            assert errors == b""
        finally:
            process.kill()
            process.communicate()


class Receiving(FakeChannel):
    """Counts how often it is told to receive and to stop."""

    def __init__(self, updates: list[Update] | None = None, unusable: bool = False) -> None:
        super().__init__()
        self.receiving = asyncio.Event()
        self.closed = False
        self._updates = updates or []
        self._unusable = unusable

    async def receive(self, store: Store) -> None:
        self.receiving.set()
        if self._unusable:
            raise ChannelUnusable("Mã bot sai.")
        await store(self._updates)
        try:
            await asyncio.Event().wait()
        finally:
            self.receiving.clear()

    async def close(self) -> None:
        self.closed = True


def serving(chat: Chat, channel: FakeChannel, owner: str, lease: float = 0.4) -> Serving:
    service = Service(chat.engine, chat.source, chat.rules, timedelta(seconds=lease))
    return Serving(service, {channel.name: channel}, owner, now, (90, 1000))


def test_one_process_receives_and_another_takes_over(chat: Chat) -> None:
    async def scene() -> None:
        first, second = Receiving(), Receiving()
        async with AsyncExitStack() as stack:
            ending = await stack.enter_async_context(AsyncExitStack())
            await ending.enter_async_context(serving(chat, first, "first").running())
            await asyncio.wait_for(first.receiving.wait(), PATIENCE)
            await stack.enter_async_context(serving(chat, second, "second").running())
            await asyncio.sleep(0.6)  # longer than a lease: the first one renews its own
            assert not second.receiving.is_set()
            await ending.aclose()
            await asyncio.wait_for(second.receiving.wait(), PATIENCE)
            assert first.closed
            assert not first.receiving.is_set()

    asyncio.run(scene())


def test_another_takes_over_from_a_process_that_died_without_a_word(chat: Chat) -> None:
    lease = 0.4

    async def scene() -> None:
        with writing(chat.engine) as session:
            assert leases.hold(session, "receive:fake", "dead", now(), timedelta(seconds=lease))
        died = time.monotonic()
        channel = Receiving()
        async with serving(chat, channel, "heir", lease).running():
            await asyncio.wait_for(channel.receiving.wait(), PATIENCE)
        assert time.monotonic() - died >= lease * 0.9  # not while it might still be alive

    asyncio.run(scene())


def test_a_lease_taken_at_the_very_end_is_given_back_too(chat: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    taking, go_on, real = threading.Event(), threading.Event(), leases.hold

    def slowly(session: Session, name: str, *rest: Any) -> bool:
        if name == "receive:fake":
            taking.set()
            go_on.wait(PATIENCE)
        return real(session, name, *rest)

    async def scene() -> None:
        async with serving(chat, Receiving(), "first", lease=60).running():
            await asyncio.to_thread(taking.wait, PATIENCE)
            asyncio.get_running_loop().call_later(0.1, go_on.set)  # by then the end has come

    monkeypatch.setattr(leases, "hold", slowly)
    asyncio.run(scene())
    with writing(chat.engine) as session:
        assert real(session, "receive:fake", "second", now(), timedelta(seconds=60))


def test_nobody_goes_unheard_for_half_a_minute_after_a_death() -> None:
    lease = settings.read({}).lease_seconds
    looks = lease * LOOKS  # of those who wait for it
    assert lease + looks <= 30
    assert LOOKS <= 1 / 3  # it is renewed in time, even if one renewal fails


def test_what_is_received_is_answered(chat: Chat) -> None:
    said = Incoming("fake", "chat-lan", "lan", IncomingKind.TEXT, "hạn báo cáo?", chat.now)

    async def scene() -> None:
        channel = Receiving([Update("1", b"", said)])
        async with serving(chat, channel, "one").running():
            async with asyncio.timeout(PATIENCE):
                while not channel.delivered:
                    await asyncio.sleep(0.02)
        assert "15/12/2025" in channel.delivered[0].reply.text

    asyncio.run(scene())


def test_an_unusable_channel_is_said_and_does_not_stop_the_others(chat: Chat, caplog: pytest.LogCaptureFixture) -> None:
    async def scene() -> None:
        channel = Receiving(unusable=True)
        async with serving(chat, channel, "one").running():
            await asyncio.wait_for(channel.receiving.wait(), PATIENCE)
            async with asyncio.timeout(PATIENCE):
                while not channel.delivered:
                    await asyncio.sleep(0.02)
            (warning,) = channel.delivered  # to the admin, without what the channel said of itself
            assert warning.chat == "chat-minh"
            assert "tdkt doctor" in warning.reply.text and "Mã bot" not in warning.reply.text

    asyncio.run(scene())
    assert "Mã bot sai." in caplog.text
