"""Conversations as tests write them, through the real service over a real database; the network is what is faked.

    def test_lan_asks(chat: Chat) -> None:
        lan = chat.as_("lan")
        lan.says("hạn báo cáo?").sees("15/12/2025").taps("Xem cả mục")

The cast: Lan and Tuấn (clerks of two units), Minh (admin), Bình (leader), Hoa (a stranger).
"""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine

from bot.asking import VIETNAM
from bot.channels.base import DeliveryError, Outgoing, Store, Update
from bot.context import Rules
from bot.desk import Helpers, LiveDesk
from bot.dialogues import router
from bot.dialogues.desk import FileRefused
from bot.dialogues.state import Step
from bot.domain.forms import Form
from bot.domain.messages import Attachment, Choice, Incoming, IncomingKind, Reach, Reply
from bot.domain.people import Account, Person, Role, Unit
from bot.domain.rounds import Round
from bot.service import Service
from bot.store import forms, people, rounds
from bot.store.files import Files
from bot.worker import Deliverer, Processor
from knowledge.db import open_engine, sqlite_url, writing
from tests.bot.library import NOW, FakeLibrary, FakeSource
from tests.databases import make_tables

if TYPE_CHECKING:
    from starlette.routing import BaseRoute

UNITS = (Unit("phong-tccb", "Phòng Tổ chức cán bộ"), Unit("phong-khtc", "Phòng Kế hoạch – Tài chính"))
CAST: dict[str, tuple[str, Role, str | None]] = {
    "lan": ("Lan", Role.CLERK, "phong-tccb"),
    "tuan": ("Tuấn", Role.CLERK, "phong-khtc"),
    "minh": ("Minh", Role.ADMIN, None),
    "binh": ("Bình", Role.LEADER, None),
}


@dataclass
class FakeChannel:
    """A channel without a network: remembers what it delivered, fails when told to."""

    name: str = "fake"
    delivered: list[Outgoing] = field(default_factory=list)
    failures: dict[str, list[DeliveryError]] = field(default_factory=dict)  # by chat, the next ones first
    contents: dict[str, bytes] = field(default_factory=dict)  # of files people sent, by Attachment.ref

    async def receive(self, store: Store) -> None:
        await asyncio.Event().wait()

    async def deliver(self, outgoing: Outgoing) -> None:
        if self.failures.get(outgoing.chat):
            raise self.failures[outgoing.chat].pop(0)
        self.delivered.append(outgoing)

    async def fetch(self, attachment: Attachment, limit: int) -> bytes:
        return self.contents[attachment.ref]

    def routes(self, store: Store) -> Sequence[BaseRoute]:
        return ()

    async def close(self) -> None:
        return None


class Chat:
    """The office: its people, its clock, its program, which may be restarted at any time."""

    def __init__(self, home: Path, rules: Rules | None = None, database: str | None = None) -> None:
        """`database`: URL of one with every table; None: a SQLite file of its own."""
        self.home = home
        self.database = database or sqlite_url(home)
        self.engine: Engine = open_engine(self.database)
        self.rules = rules or Rules()
        self.now = NOW
        self.channel = FakeChannel()
        self.library: FakeLibrary | None = FakeLibrary()
        self.source = FakeSource(self.library)
        self.files = Files(home)
        self.reaches: dict[str, Reach] = {}  # by channel, where it cannot carry everything
        self.public_url: str | None = None  # of the pages, for links in chat
        self._ids = itertools.count(1)
        self._step: Callable[..., Step] = router.step
        if database is None:
            make_tables(self.database)
        self.restart()
        self._settle()

    def restart(self) -> None:
        """Throw everything away but the database."""
        self.engine.dispose()
        self.engine = open_engine(self.database)
        self.helpers = Helpers(self.files, self._fetch, public_url=self.public_url)
        self.service = Service(
            self.engine, self.source, self.rules, step=self._step, helpers=self.helpers, reaches=self.reaches
        )
        self.processor = Processor(self.service, "test", lambda: self.now, done=lambda: None)
        self.deliverer = Deliverer(self.service, {self.channel.name: self.channel}, "test", lambda: self.now)

    def desk(self) -> LiveDesk:
        """Return what a dialogue would know now."""
        return LiveDesk(self.engine, self.source, self.helpers, self.channel.name, self.now)

    def opens(self, form: Form, *units: str, title: str = "Báo cáo quý IV", due: str = "2025-12-15 17:00") -> int:
        """Keep a form and open a round of it for these units (none: all) from now on; returns the round's id."""
        until = datetime.fromisoformat(due).replace(tzinfo=VIETNAM)
        with writing(self.engine) as session:
            version = forms.add(session, form, self.files.put(form.title.encode()), None, self.now)
            owing = units or tuple(unit.key for unit in UNITS)
            return rounds.add(session, Round(0, title, version, self.now, until, owing))

    def takes(self, step: Callable[..., Step]) -> None:
        """Let another function take the steps from now on."""
        self._step = step
        self.restart()

    def at(self, when: str) -> None:
        """Move the clock: "2025-11-28 08:00", the time of Vietnam."""
        self.now = datetime.fromisoformat(when).replace(tzinfo=VIETNAM)

    def later(self, **span: float) -> None:
        """Let time pass."""
        self.now += timedelta(**span)

    def as_(self, who: str, chat: str | None = None, *, private: bool = True) -> Speaker:
        """Return somebody of the cast, or a stranger, writing in their own chat or in a group."""
        return Speaker(self, who, chat or f"chat-{who}", private)

    def person(self, who: str) -> Person:
        """Return somebody of the cast as the program knows them."""
        with writing(self.engine) as session:
            found = people.person_of(session, self.channel.name, who)
        assert found is not None
        return found

    def receive(self, incoming: Incoming | None, update_id: str | None = None) -> int:
        """Store one update."""
        number = update_id or str(next(self._ids))
        return self.service.store(self.channel.name, [Update(number, b"raw", incoming)], self.now)

    def work(self) -> None:
        """Process and deliver until nothing is left to do now."""
        while self.processor.do_some(8):
            pass
        while asyncio.run(self.deliverer.do_some(8)):
            pass

    def _fetch(self, channel: str, attachment: Attachment, limit: int) -> bytes:
        content = asyncio.run(self.channel.fetch(attachment, limit))
        if len(content) > limit:
            raise FileRefused("Tệp quá lớn.")
        return content

    def _settle(self) -> None:
        with writing(self.engine) as session:
            for unit in UNITS:
                people.add_unit(session, unit)
            for key, (name, role, unit_key) in CAST.items():
                person = people.add_person(session, name, role, unit_key, self.now)
                people.link(session, person.id, Account(self.channel.name, key, f"chat-{key}", name, self.now))


class Speaker:
    """One person in one chat."""

    def __init__(self, office: Chat, who: str, chat: str, private: bool) -> None:
        self._office = office
        self.who = who
        self.chat = chat
        self._private = private
        self.replies: tuple[Reply, ...] = ()  # to the last thing said
        self.turn: int | None = None  # of the choices last seen
        self.choices: tuple[Choice, ...] = ()

    def says(self, text: str) -> Speaker:
        """Write a line and wait for everything that follows from it."""
        return self.sends(IncomingKind.TEXT, text)

    def attaches(self, *files: tuple[str, bytes], text: str = "") -> Speaker:
        """Send files, each a name and its content, with a caption."""
        return self.sends(IncomingKind.FILE, text, attachments=self.uploaded(files))

    def attaches_one_by_one(self, *files: tuple[str, bytes], text: str = "", album: str = "a") -> list[Incoming]:
        """Send an album as Telegram hands it over, a message each, with the caption at the first; nobody reads yet."""
        office = self._office
        messages = [
            self.message(IncomingKind.FILE, "" if number else text, attachments=(one,), album=album)
            for number, one in enumerate(self.uploaded(files))
        ]
        for one in messages:
            office.receive(one)
        return messages

    def waits(self, **span: float) -> Speaker:
        """Let time pass, and hear what comes meanwhile."""
        before = len(self._office.channel.delivered)
        self._office.later(**span)
        self._office.work()
        self._listen(self._office.channel.delivered[before:])
        return self

    def uploaded(self, files: Sequence[tuple[str, bytes]]) -> tuple[Attachment, ...]:
        """Return files as they lie on the platform's server."""
        contents, sent = self._office.channel.contents, []
        for name, content in files:
            ref = f"file-{len(contents) + 1}"
            contents[ref] = content
            sent.append(Attachment(ref, name, "application/octet-stream", len(content)))
        return tuple(sent)

    def message(self, kind: IncomingKind, text: str = "", **more: Any) -> Incoming:
        """Return a message of this person's, not yet sent."""
        return Incoming(
            channel=self._office.channel.name,
            chat=self.chat,
            sender=self.who,
            kind=kind,
            text=text,
            sent_at=self._office.now,
            private=self._private,
            display_name=self.who.title(),
            **more,
        )

    def sends(
        self,
        kind: IncomingKind,
        text: str = "",
        *,
        choice: str | None = None,
        turn: int | None = None,
        attachments: tuple[Attachment, ...] = (),
    ) -> Speaker:
        """Do anything a channel knows."""
        office = self._office
        before = len(office.channel.delivered)
        office.receive(self.message(kind, text, choice=choice, turn=turn, attachments=attachments))
        office.work()
        self._listen(office.channel.delivered[before:])
        return self

    def hears(self) -> Speaker:
        """Look at what was last sent without being asked for."""
        self._listen([one for one in self._office.channel.delivered if one.chat == self.chat][-1:])
        return self

    def _listen(self, delivered: Sequence[Outgoing]) -> None:
        mine = [one for one in delivered if one.chat == self.chat]
        self.replies = tuple(one.reply for one in mine)
        for one in mine:
            if one.reply.choices:
                self.turn, self.choices = one.turn, one.reply.choices

    def sees(self, *fragments: str, replies: int = 1) -> Speaker:
        """Check how many replies came and what they say."""
        told = [reply.text for reply in self.replies]
        assert len(told) == replies, told
        for fragment in fragments:
            assert any(fragment in text for text in told), (fragment, told)
        return self

    def taps(self, label: str) -> Speaker:
        """Tap a choice of the last ones seen."""
        choice = next(choice for choice in self.choices if label in choice.label)
        return self.sends(IncomingKind.TAP, choice=choice.key, turn=self.turn)
