"""Files fetched through a channel's event loop from the threads that take steps."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest
from starlette.routing import BaseRoute

from bot.channels.base import DeliveryError, Outgoing, Store
from bot.dialogues.desk import FileRefused
from bot.dialogues.state import Context, State, Step
from bot.domain.messages import Attachment, Incoming, IncomingKind, Reply
from bot.errors import StillFetching
from bot.fetching import Fetcher
from bot.service import Service
from bot.serving import Serving
from tests.bot.chat import Chat

FILE = Attachment("f1", "báo cáo.pdf", "application/pdf", 0)
PATIENCE = 20.0  # seconds, on a busy machine


@dataclass
class Slow:
    """A channel whose files come when they are let go."""

    name: str = "fake"
    ready: asyncio.Event = field(default_factory=asyncio.Event)
    asked: list[tuple[str, int]] = field(default_factory=list)
    fails: list[Exception] = field(default_factory=list)
    delivered: list[Outgoing] = field(default_factory=list)

    async def receive(self, store: Store) -> None:
        await asyncio.Event().wait()

    async def deliver(self, outgoing: Outgoing) -> None:
        self.delivered.append(outgoing)

    async def fetch(self, attachment: Attachment, limit: int) -> bytes:
        self.asked.append((attachment.ref, limit))
        if self.fails:
            raise self.fails.pop(0)
        await self.ready.wait()
        return b"%PDF-1.4"

    def routes(self, store: Store) -> Sequence[BaseRoute]:
        return ()

    async def close(self) -> None:
        return None


@pytest.fixture
def loop() -> Iterator[asyncio.AbstractEventLoop]:
    """An event loop in a thread of its own."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    yield loop
    loop.call_soon_threadsafe(loop.stop)
    thread.join(PATIENCE)
    loop.close()


def fetcher(loop: asyncio.AbstractEventLoop, channel: Slow, patience: float = 0.05) -> Fetcher:
    one = Fetcher(timedelta(seconds=4 * patience))
    one.begin(loop, {"fake": channel})
    return one


def test_a_slow_file_is_downloaded_once_over_several_attempts(loop: asyncio.AbstractEventLoop) -> None:
    channel = Slow()
    fetch = fetcher(loop, channel)
    for _ in range(3):
        with pytest.raises(StillFetching, match=r"báo cáo\.pdf"):
            fetch("fake", FILE, 100)
    loop.call_soon_threadsafe(channel.ready.set)
    assert fetcher_waits(fetch) == b"%PDF-1.4"
    assert channel.asked == [("f1", 100)]


def fetcher_waits(fetch: Fetcher) -> bytes:
    for _ in range(200):
        try:
            return fetch("fake", FILE, 100)
        except StillFetching:
            continue
    raise AssertionError("the file never came")


def test_the_files_of_one_message_come_together_each_downloaded_once(loop: asyncio.AbstractEventLoop) -> None:
    channel = Slow()
    fetch = fetcher(loop, channel)
    album = [replace(FILE, ref=f"f{number}") for number in range(10)]
    for _ in range(3):  # attempts that together take less than one lease
        with pytest.raises(StillFetching):
            fetch.expect("fake", album, 100)
    loop.call_soon_threadsafe(channel.ready.set)
    for _ in range(200):
        with suppress(StillFetching):
            fetch.expect("fake", album, 100)
            break
    assert [fetch("fake", one, 100) for one in album] == [b"%PDF-1.4"] * 10
    assert sorted(channel.asked) == sorted((one.ref, 100) for one in album)


def test_one_that_cannot_be_had_holds_up_none_of_the_others(loop: asyncio.AbstractEventLoop) -> None:
    channel = Slow(fails=[DeliveryError("gone", permanent=True)])
    channel.ready.set()
    fetch = fetcher(loop, channel, PATIENCE)
    lost, found = FILE, replace(FILE, ref="f2")
    fetch.expect("fake", [lost, found], 20 * 2**20)
    with pytest.raises(FileRefused):
        fetch("fake", lost, 20 * 2**20)
    assert fetch("fake", found, 20 * 2**20) == b"%PDF-1.4"


def test_what_can_never_be_had_is_refused_and_what_may_be_is_tried_again(loop: asyncio.AbstractEventLoop) -> None:
    channel = Slow(fails=[DeliveryError("gone", permanent=True), DeliveryError("HTTP 502")])
    channel.ready.set()
    fetch = fetcher(loop, channel, PATIENCE)
    with pytest.raises(FileRefused, match="Anh/chị gửi lại tệp"):
        fetch("fake", FILE, 20 * 2**20)
    with pytest.raises(DeliveryError, match="502"):
        fetch("fake", FILE, 100)
    assert fetch("fake", FILE, 100) == b"%PDF-1.4"
    assert len(channel.asked) == 3


def test_a_channel_that_is_not_served_here_and_an_end_in_the_middle(loop: asyncio.AbstractEventLoop) -> None:
    channel = Slow()
    fetch = fetcher(loop, channel)
    with pytest.raises(DeliveryError, match="not served"):
        fetch("telegram", FILE, 100)
    with pytest.raises(StillFetching):
        fetch("fake", FILE, 100)
    fetch.end()
    with pytest.raises(DeliveryError, match="not served"):
        fetch("fake", FILE, 100)


def test_a_file_reaches_a_dialogue_while_everything_is_served(chat: Chat) -> None:
    """A line too slow for the lease: taken again and again, answered once, and no attempt counted."""
    channel = Slow()
    fetch = Fetcher(timedelta(seconds=0.2))

    def step(state: State, incoming: Incoming, context: Context) -> Step:
        content = fetch(incoming.channel, incoming.attachments[0], 100)
        return Step(state, (Reply(f"{len(content)} byte"),))

    service = Service(chat.engine, chat.source, chat.rules, timedelta(seconds=20), step=step)
    serving = Serving(service, {"fake": channel}, "test", lambda: chat.now, (90, 1095), fetch)
    chat.receive(Incoming("fake", "c", "lan", IncomingKind.FILE, "", chat.now, attachments=(FILE,)))

    async def run() -> None:
        async with serving.running(), asyncio.timeout(PATIENCE):
            while not channel.asked:
                await asyncio.sleep(0.01)
            for _ in range(4):
                await asyncio.sleep(0.1)
                chat.later(seconds=2)
            assert channel.delivered == []
            channel.ready.set()
            while not channel.delivered:
                chat.later(seconds=2)
                await asyncio.sleep(0.05)
            await asyncio.sleep(0.2)

    asyncio.run(run())
    assert [one.reply.text for one in channel.delivered] == ["8 byte"]
    assert len(channel.asked) == 1
