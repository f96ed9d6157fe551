"""People and groups of the fake Zalo: what they send and see."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.fakes.people import Reader
from tests.fakes.zalo_wire import Json, identity, message, sender, update

if TYPE_CHECKING:
    from tests.fakes.zalo import FakeZalo


@dataclass
class Sent:
    """One message of the bot's, as the person sees it."""

    number: str  # message_id
    text: str
    at: float = field(default_factory=time.monotonic)


class Chat(Reader[Sent]):
    """A conversation: with one person, or a group."""

    kind = "PRIVATE"

    def __init__(self, server: FakeZalo, name: str) -> None:
        super().__init__(server)
        self.server = server
        self.name = name
        self.id = identity(self.kind, name)
        self.blocked = False
        self.written = False  # somebody wrote here: before that the bot does not know the chat
        self._count = 0
        server.chats[self.id] = self

    def receives(self, text: str) -> Sent:
        return self.hears(Sent(self.fresh(), text))

    def fresh(self) -> str:
        """The id of a new message."""
        self._count += 1
        return identity(self.id, self._count)

    def post(self, event: str, who: Person, content: Json) -> str:
        """Put a message of somebody's into the bot's queue; return its message_id."""
        with self.server.lock:
            self.written = True
            number = self.fresh()
            self.server.queue(update(event, message(number, who.account, self.id, self.kind, content)))
            return number


class Person(Chat):
    """A person with the private chat they have with the bot, which has the person's id."""

    def __init__(self, server: FakeZalo, name: str) -> None:
        super().__init__(server, name)
        self.account = sender(self.id, name.capitalize())

    def sends(self, text: str) -> str:
        """Write a text; return its message_id."""
        return self.post("text", self, {"text": text})

    def sends_photo(self, content: bytes, caption: str = "", *, key: str = "photo_url") -> str:
        """Send a photo, which is fetched from an address."""
        return self.post("image", self, {key: self.server.keep(content), "caption": caption})

    def blocks(self) -> None:
        """Block the bot."""
        self.blocked = True

    def unblocks(self) -> None:
        """Let the bot write again."""
        self.blocked = False

    def sends_sticker(self) -> str:
        """Send what no dialogue takes."""
        return self.post("sticker", self, {"sticker": "0e078a2fb6cb8f95d6da", "url": "https://zalo.example/s.png"})

    def sends_voice(self) -> str:
        """Speak."""
        return self.post("voice", self, {"voice_url": "https://zalo.example/v.aac"})

    def sends_unsupported(self) -> str:
        """Send what the platform does not pass on: a file, a contact."""
        return self.post("unsupported", self, {})


class Group(Chat):
    """A group the bot is in."""

    kind = "GROUP"

    def says(self, who: Person, text: str) -> str:
        """Write into the group."""
        return self.post("text", who, {"text": text})
