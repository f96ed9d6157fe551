"""A serving process small enough to be killed often: it counts the messages of each chat and says the count.

Messages are stored by the test as a channel would; replies are written to a file that outlives the process. In that
file, per chat, the count must go up by one a message, whatever was killed when.
"""

from __future__ import annotations

import asyncio
import os
import random
import threading
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from bot.channels.base import Outgoing, Store, Update
from bot.context import Rules
from bot.dialogues.state import Context, State, Step
from bot.domain.messages import Attachment, Incoming, IncomingKind, Reply
from bot.service import Service
from bot.worker import Deliverer, Processor
from knowledge.db import open_engine
from tests.bot.library import FakeSource

if TYPE_CHECKING:
    from starlette.routing import BaseRoute

LEASE = timedelta(seconds=0.5)
NAME = "file"
_ALBUM = 3  # files
PARCELS = 2  # replies leased at a time: few, so that two processes share the work


def clock() -> datetime:
    return datetime.now(UTC)


def count(state: State, incoming: Incoming, context: Context) -> Step:
    """Say which message of its chat this is, in two replies; an album that is not whole counts as a lie."""
    if incoming.album and len(incoming.attachments) != _ALBUM:
        return Step(state, (Reply(f"{incoming.text}:{len(incoming.attachments)}-of-{_ALBUM}"),))
    after = replace(state, previous=(*state.previous, incoming.text))
    number = len(after.previous)
    return Step(after, (Reply(f"{incoming.text}={number}"), Reply(f"{incoming.text}={number}.")))


class FileChannel:
    """Appends what it delivers to a file, slowly enough to be killed in the middle."""

    name = NAME

    def __init__(self, file: Path, owner: str) -> None:
        self._handle = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        self._owner = owner

    async def receive(self, store: Store) -> None:
        await asyncio.Event().wait()

    async def deliver(self, outgoing: Outgoing) -> None:
        await asyncio.sleep(random.random() * 0.01)
        os.write(self._handle, f"{outgoing.chat} {outgoing.reply.text} {self._owner}\n".encode())
        await asyncio.sleep(random.random() * 0.005)

    async def fetch(self, attachment: Attachment, limit: int) -> bytes:
        return b""

    def routes(self, store: Store) -> Sequence[BaseRoute]:
        return ()

    async def close(self) -> None:
        os.close(self._handle)


def updates(chat: int, number: int) -> list[Update]:
    """One message as it arrives: every fourth is an album, a few updates that are one step."""
    text = Incoming(NAME, f"chat-{chat}", f"sender-{chat}", IncomingKind.TEXT, f"tin-{number}", clock())
    if number % 4:
        return [Update(f"{chat}-{number}", b"", text)]
    file = Attachment("f", "a.pdf", "application/pdf", 1)
    first = replace(text, kind=IncomingKind.FILE, attachments=(file,), album=f"album-{number}")
    parts = [first, *(replace(first, text="") for _ in range(_ALBUM - 1))]
    return [Update(f"{chat}-{number}-{at}", b"", one) for at, one in enumerate(parts)]


def service(database: str, lease: timedelta = LEASE) -> Service:
    return Service(open_engine(database), FakeSource(None), Rules(), lease=lease, step=count)


def serve(home: Path, database: str, owner: str, lease: timedelta = LEASE) -> None:
    """Process and deliver until killed."""
    serving = service(database, lease)

    async def deliver() -> None:
        await Deliverer(serving, {NAME: FileChannel(home / "sent", owner)}, owner, clock, parcels=PARCELS).run()

    threading.Thread(target=Processor(serving, owner, clock, claims=2, done=lambda: None).run, daemon=True).start()
    asyncio.run(deliver())
