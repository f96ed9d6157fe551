"""Files that travel over the web page because their channel carries none: in by a one-time page, out by a link.

Knows nothing of pages or channels: it turns tokens into rights, and files into messages and links.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Engine

from bot.channels.base import Update
from bot.desk import KEPT
from bot.domain import attachments
from bot.domain.messages import Attachment, Incoming, IncomingKind, OutFile
from bot.store import downloads, inbox, uploads
from bot.store.files import Files
from bot.store.uploads import Link
from knowledge.db import reading, writing

DOWNLOAD_PATH = "/tai-ve/"
DOWNLOAD_HOURS = 24  # that a download link is good for


@dataclass(frozen=True, slots=True)
class Transfers:
    """Uploads into chats and downloads out of them. Thread-safe."""

    engine: Engine
    files: Files
    public_url: str | None  # of the web pages, without a slash at the end; None: nobody can reach them
    clock: Callable[[], datetime]

    def upload(self, token: str) -> Link | None:
        """Return whose files `token` takes; None: unknown, expired or used."""
        with reading(self.engine) as session:
            return uploads.look_up(session, token, self.clock())

    def keep(self, name: str, content: bytes) -> Attachment:
        """Keep an uploaded file, which belongs to nobody until it is handed over; OSError where there is no room."""
        shown = attachments.shown_name(name)
        return Attachment(KEPT + self.files.put(content), shown, attachments.mime_of(shown), len(content))

    def hand_over(self, token: str, link: Link, files: Sequence[Attachment]) -> bool:
        """Use up an upload link and put kept files into its chat, as if sent there; False where it is used already."""
        now = self.clock()
        incoming = Incoming(
            channel=link.channel,
            chat=link.chat,
            sender=link.sender,
            kind=IncomingKind.FILE,
            text="",
            sent_at=now,
            attachments=tuple(files),
        )
        update = Update(f"upload:{uploads.digest_of(token)}", b"", incoming)
        with writing(self.engine) as session:
            return uploads.take(session, token, now) and inbox.put(session, link.channel, [update], now) == 1

    def link(self, file: OutFile) -> str | None:
        """Return a fresh address where `file` can be fetched for a day; None where nobody can reach our pages."""
        if self.public_url is None:
            return None
        token = secrets.token_urlsafe(24)
        with writing(self.engine) as session:
            downloads.issue(session, token, file, self.clock() + timedelta(hours=DOWNLOAD_HOURS))
        return f"{self.public_url}{DOWNLOAD_PATH}{token}"

    def download(self, token: str) -> OutFile | None:
        """Return the file that a download link gives; None: unknown or expired."""
        with reading(self.engine) as session:
            return downloads.look_up(session, token, self.clock())
