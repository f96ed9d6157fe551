"""Updates a second through the fake Telegram, beside a bare python-telegram-bot echo on the same server.

Ours is the whole way: getUpdates, inbox, a step, outbox, sendMessage, every stage of it committed to disk. The echo is
an Application of the library's with one handler, which keeps nothing. Both get the same messages of the same people
and take turns, so that a busy machine is busy for both. Both bots are processes of their own:

    python -m tests.benchmarks.telegram durable|echo URL TOKEN HOME
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.benchmarks.figures import Figure
from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram_people import Person

_CHATS = 50


def throughput(*, quick: bool) -> Iterator[Figure]:
    """Yield the figure of both bots over the same messages: of several pairs of runs, the one of the median ratio."""
    messages, runs = (500, 1) if quick else (3000, 5)
    pairs = [(_rate("durable", messages), _rate("echo", messages)) for _ in range(runs)]
    value, floor = sorted(pairs, key=lambda pair: pair[0] / pair[1])[runs // 2]
    yield Figure("Telegram, durable end to end", value, "updates/s", floor)


def _rate(bot: str, messages: int) -> float:
    with tempfile.TemporaryDirectory() as home, FakeTelegram() as server:
        people = [server.user(f"p{number}") for number in range(_CHATS)]
        command = [sys.executable, "-m", "tests.benchmarks.telegram", bot, server.url, server.token, home]
        process = subprocess.Popen(command, stderr=subprocess.PIPE)
        try:
            _answered(server, people, _CHATS, process)  # started, connected, caches warm
            return messages / _answered(server, people, messages, process)
        finally:
            process.terminate()
            process.communicate(timeout=30)


def _answered(server: FakeTelegram, people: list[Person], messages: int, process: subprocess.Popen[bytes]) -> float:
    before = sum(len(person.replies) for person in people)
    began = time.perf_counter()
    with server.lock:  # all of it is there when the bot next asks
        for number in range(messages):
            people[number % len(people)].sends(f"/giup {number}")
    end = began + 300
    while sum(len(person.replies) for person in people) < before + messages:
        if process.poll() is not None or time.perf_counter() > end:
            raise RuntimeError(f"the bot ended or fell silent: {process.communicate()[1].decode()[-2000:]}")
        time.sleep(0.02)
    return time.perf_counter() - began


def _now() -> datetime:
    return datetime.now(UTC)


async def _durable(url: str, token: str, home: Path) -> None:
    from bot.channels.bots import Access
    from bot.channels.telegram.channel import Telegram
    from bot.context import Rules
    from bot.dialogues.router import menu
    from bot.service import Service
    from bot.serving import Serving
    from bot.store import BOT
    from knowledge.db import KNOWLEDGE, migrate, open_engine, sqlite_url
    from tests.bot.library import FakeLibrary, FakeSource

    engine = open_engine(sqlite_url(home))
    for history in (KNOWLEDGE, BOT):
        migrate(engine, history)
    service = Service(engine, FakeSource(FakeLibrary()), Rules(strangers_may_ask=True), timedelta(seconds=20))
    telegram = Telegram(Access(token, url, None, "not-used"), menu(), lambda file: b"", _now)
    async with Serving(service, {telegram.name: telegram}, "bench", _now, (90, 1095)).running():
        await asyncio.Event().wait()


def _echo(url: str, token: str) -> None:
    from telegram import Update
    from telegram.ext import ApplicationBuilder, ContextTypes, MessageHandler, filters

    async def echo(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        if update.message is not None:
            await update.message.reply_text(update.message.text or "")

    builder = ApplicationBuilder().token(token).base_url(f"{url}/bot").base_file_url(f"{url}/file/bot")
    application = builder.build()
    application.add_handler(MessageHandler(filters.ALL, echo))
    application.run_polling()


def main(bot: str, url: str, token: str, home: str) -> None:
    if bot == "echo":
        _echo(url, token)
    else:
        asyncio.run(_durable(url, token, Path(home)))


if __name__ == "__main__":
    main(*sys.argv[1:])
