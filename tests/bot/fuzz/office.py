"""Lan before the real parser of a platform, the real service and the real rendering; only the network is missing."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from bot.channels.base import Outgoing, Update
from bot.channels.configured import REACHES
from bot.domain.forms import Form, Prompt, PromptKind
from bot.domain.people import Account
from bot.store import people
from bot.store.tables import InboxRow
from knowledge.db import reading, writing
from tests.bot.chat import Chat
from tests.bot.library import DEADLINE

FORM = Form(
    "fuzz",
    "1",
    "Báo cáo",
    (Prompt("viec", "viec", PromptKind.TEXT, "Việc đã làm"), Prompt("anh", "anh", PromptKind.FILE, "Ảnh")),
)
_CLOSED = ("done", "skipped")
_numbers = itertools.count(5000)


@dataclass(frozen=True)
class Platform:
    """How one platform speaks."""

    name: str
    lan: str  # the id of her account
    read: Callable[[object, datetime], Update]
    says: Callable[[str, str], Any]  # chat and text → an update
    kinds: Callable[[str], Sequence[Any]]  # chat → one update of each kind
    check: Callable[[Outgoing], None]  # fails where the platform would refuse what is sent


class Office:
    """One office and one platform."""

    def __init__(self, chat: Chat, platform: Platform) -> None:
        self._chat = chat
        self.platform = platform
        chat.channel.name = platform.name
        chat.reaches.update(REACHES)
        chat.public_url = "https://so.example"
        chat.restart()
        chat.opens(FORM)
        links(chat, platform.name, platform.lan)

    @staticmethod
    def fresh_chat() -> str:
        """Return a conversation that nobody has spoiled yet."""
        return str(next(_numbers))

    def receives(self, *updates: Any) -> None:
        """Take updates as the platform sends them, and do all that follows, later attempts too."""
        chat = self._chat
        chat.service.store(self.platform.name, [self.platform.read(one, chat.now) for one in updates], chat.now)
        chat.work()
        chat.later(seconds=2)  # albums wait for the rest of them
        chat.work()

    def answers_what_comes_next(self, chat: str) -> None:
        """Check that nothing is stuck, that all could be sent, and that a question gets its answer."""
        with reading(self._chat.engine) as session:
            stuck = select(InboxRow.state, InboxRow.error, InboxRow.incoming).where(InboxRow.state.not_in(_CLOSED))
            assert (left := session.execute(stuck).all()) == [], left
        for sent in self._chat.channel.delivered:
            self.platform.check(sent)
        self._chat.channel.delivered.clear()
        self.receives(self.platform.says(chat, "/hoi hạn báo cáo?"))
        told = [sent.reply.text for sent in self._chat.channel.delivered if sent.chat == chat]
        assert any(DEADLINE in text for text in told), told
        self._chat.channel.delivered.clear()


def links(chat: Chat, channel: str, account: str) -> None:
    """Let Lan use this account too."""
    with reading(chat.engine) as session:
        lan = next(one for one in people.people(session) if one.name == "Lan")
    with writing(chat.engine) as session:
        people.link(session, lan.id, Account(channel, account, account, "", chat.now))
