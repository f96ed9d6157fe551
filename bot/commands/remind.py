"""`tdkt remind`: let follow what follows from duties by itself, plan the reminders that are due, deliver; once."""

from __future__ import annotations

import argparse
import os
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from bot.arguments import Parser
from bot.errors import UsageError
from bot.settings import Settings

if TYPE_CHECKING:
    from starlette.routing import BaseRoute

    from bot.app import App
    from bot.channels.base import Channel, Outgoing, Store
    from bot.domain.messages import Attachment

NAME = "remind"
HELP = "gửi một lượt các lời nhắc đến hạn"

_FORMS = "2026-11-23T08:00"


def configure(parser: Parser) -> None:
    """Add the command's own arguments."""
    parser.optional.add_argument("--once", action="store_true", help="một lượt rồi thôi (tdkt serve tự nhắc mỗi phút)")
    parser.optional.add_argument("--now", metavar="LÚC", help=f"coi như bây giờ là lúc này, ví dụ {_FORMS}")


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Print what was sent, one line each; 1 where something could not be sent."""
    if not options.once:
        raise UsageError("Lệnh này chạy một lượt: tdkt remind --once. Nhắc đều đặn thì chạy tdkt serve.")
    moved = _moment(options.now) if options.now is not None else None

    import asyncio

    from bot.app import App, now

    app = App(settings)
    at = moved or now()
    passed = app.occasions.look(at)
    planned = app.planner.plan(at)
    sent, failed = asyncio.run(_deliver(app, at))
    opened = [f"Đã mở đợt “{title}”." for title in passed.opened]
    for line in (*opened, *sent, *failed):
        print(line)
    seats = [one for one in planned.queued if one.channel not in app.channels]
    for one in seats:
        print(f"Chờ {one.person} mở {_channel(one.channel)}: {_line(one.text)}")
    if planned.held:
        print(f"Để sau {planned.held} lời nhắc: người nhận đang làm báo cáo.")
    if not (opened or sent or failed or seats or planned.held):
        print(_nothing(app, at))
    return 1 if failed else 0


def _moment(typed: str) -> datetime:
    from bot.asking import VIETNAM

    try:
        at = datetime.fromisoformat(typed)
    except ValueError as error:
        raise UsageError(f"--now cần một thời điểm dạng {_FORMS}, không phải “{typed}”.") from error
    return at if at.tzinfo is not None else at.replace(tzinfo=VIETNAM)


def _nothing(app: App, at: datetime) -> str:
    from bot.asking import VIETNAM

    local = at.astimezone(VIETNAM)
    if not app.planner.calendar.open_at(local):
        return f"Ngoài giờ làm việc ({local:%H:%M ngày %d/%m/%Y}): không nhắc ai."
    return f"Không có lời nhắc nào cần gửi lúc {local:%H:%M ngày %d/%m/%Y}."


async def _deliver(app: App, at: datetime) -> tuple[list[str], list[str]]:
    """Send what waits over every configured channel; returns what was sent and what could not be, in words."""
    from bot.worker import Deliverer

    owner = f"remind-{os.getpid()}-{secrets.token_hex(4)}"
    recording = {name: _Recording(channel) for name, channel in app.channels.items()}
    try:
        deliverer = Deliverer(app.service, recording, owner, lambda: at)
        while recording and await deliverer.do_some():  # one by one: what a kill repeats is one message
            pass
    finally:
        for channel in recording.values():
            await channel.close()
    names = _names(app)
    sent = [_sent(one, names, "Đã gửi đến") for channel in recording.values() for one in channel.sent]
    failed = [
        f"{_sent(one, names, 'Chưa gửi được đến')} ({error}); sẽ thử lại."
        for channel in recording.values()
        for one, error in channel.failed
    ]
    return sent, failed


def _names(app: App) -> dict[tuple[str, str], str]:
    """Return the names of people by channel and chat."""
    from bot.store import people
    from knowledge.db import reading

    with reading(app.engine) as session:
        return {
            (account.channel, account.chat): person.name
            for person in people.people(session)
            for account in people.accounts(session, person.id)
        }


def _sent(one: tuple[str, Outgoing], names: dict[tuple[str, str], str], begins: str) -> str:
    channel, outgoing = one
    who = names.get((channel, outgoing.chat), "một người chưa liên kết")
    said = "(mã dùng một lần)" if outgoing.reply.secret else _line(outgoing.reply.text)
    return f"{begins} {who} ({_channel(channel)}): {said}"


def _channel(name: str) -> str:
    from bot.dialogues.office import CHANNEL_NAMES

    return CHANNEL_NAMES.get(name, name)


def _line(text: str) -> str:
    return " · ".join(part.strip() for part in text.splitlines() if part.strip())


@dataclass
class _Recording:
    """A channel that remembers what became of each message."""

    channel: Channel
    sent: list[tuple[str, Outgoing]] = field(default_factory=list)
    failed: list[tuple[tuple[str, Outgoing], str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.name = self.channel.name

    async def receive(self, store: Store) -> None:
        """Receive nothing: this is only about sending."""

    async def deliver(self, outgoing: Outgoing) -> None:
        """Send one reply."""
        from bot.channels.base import DeliveryError

        try:
            await self.channel.deliver(outgoing)
        except DeliveryError as error:
            self.failed.append(((self.name, outgoing), " ".join(str(error).split())[:200]))
            raise
        self.sent.append((self.name, outgoing))

    async def fetch(self, attachment: Attachment, limit: int) -> bytes:
        """Return the content of a received file."""
        return await self.channel.fetch(attachment, limit)

    def routes(self, store: Store) -> Sequence[BaseRoute]:
        """Serve nothing."""
        return ()

    async def close(self) -> None:
        """Let go of connections."""
        await self.channel.close()
