"""What people of every fake platform do with the messages of the bot: read them in order."""

from __future__ import annotations

from typing import Any, Generic, Protocol, TypeVar

from tests.fakes.server import FakeServer


class Read(Protocol):
    """One message of the bot's."""

    text: str


Sent = TypeVar("Sent", bound=Read)


class Reader(Generic[Sent]):
    """A chat in which the bot's messages are read."""

    def __init__(self, server: FakeServer[Any]) -> None:
        self._telling = server
        self.replies: list[Sent] = []  # everything the bot sent
        self._read = 0

    def hears(self, sent: Sent) -> Sent:
        """Take a message of the bot's."""
        with self._telling.changed:
            self.replies.append(sent)
            self._telling.changed.notify_all()
            return sent

    def wait_for_reply(self, containing: str = "", timeout: float = 10.0) -> Sent:
        """Return the next message of the bot's that was not yet read; AssertionError where it says something else."""
        self._telling.wait(lambda: len(self.replies) > self._read, timeout, f"a reply with “{containing}”")
        sent = self.replies[self._read]
        self._read += 1
        assert containing in sent.text, f"“{containing}” is not in “{sent.text}”"
        return sent

    def unread(self) -> list[Sent]:
        """Return what was not yet read, without waiting."""
        with self._telling.lock:
            new, self._read = self.replies[self._read :], len(self.replies)
            return new
