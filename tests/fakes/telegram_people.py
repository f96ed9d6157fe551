"""People and groups of the fake Telegram: what they send, tap and see."""

from __future__ import annotations

import itertools
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.fakes.people import Reader
from tests.fakes.telegram_wire import Json, bad, entities, person

if TYPE_CHECKING:
    from tests.fakes.telegram import FakeTelegram


@dataclass
class Sent:
    """One message of the bot's, as the person sees it."""

    chat: Chat
    number: int  # message_id
    text: str  # as shown, without markup
    source: str  # as the bot sent it
    rows: list[list[Json]]  # of the inline keyboard
    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)  # "document" or "photo" → name, content
    at: float = field(default_factory=time.monotonic)

    @property
    def labels(self) -> list[str]:
        """What its buttons say."""
        return [button["text"] for row in self.rows for button in row]

    @property
    def document(self) -> bytes:
        """The content of its file."""
        return next(iter(self.files.values()))[1]

    def taps(self, label: str, by: Person | None = None) -> str:
        """Tap the button whose label contains `label`; return the id of the query."""
        data = next(b["callback_data"] for row in self.rows for b in row if label in b["text"])
        return self.chat.tapped(self, data, by)

    def wire(self) -> Json:
        """The message as the Bot API returns it."""
        body: Json = {
            "message_id": self.number,
            "date": int(time.time()),
            "from": self.chat.server.me,
            "chat": self.chat.wire(),
        }
        if not self.files:
            return body | {"text": self.text, "entities": []}
        kind, (name, content) = next(iter(self.files.items()))
        file: Any = {"file_id": f"sent-{self.number}", "file_unique_id": f"us-{self.number}", "file_size": len(content)}
        file = [file | {"width": 10, "height": 10}] if kind == "photo" else file | {"file_name": name}
        return body | {kind: file} | ({"caption": self.text} if self.text else {})


class Chat(Reader[Sent]):
    """A conversation: with one person, or a group."""

    private = False

    def __init__(self, server: FakeTelegram, identity: int) -> None:
        super().__init__(server)
        self.server = server
        self.id = identity
        self.blocked = False
        self.written = False  # somebody wrote here: before that a bot may not
        self._numbers = itertools.count(1)
        self._queries = itertools.count(1)
        server.api.chats[identity] = self

    def wire(self) -> Json:
        raise NotImplementedError

    # What the bot does.

    def receives(
        self, *, text: str, source: str, buttons: list[list[Json]], file: dict[str, tuple[str, bytes]] | None = None
    ) -> Json:
        return self.hears(Sent(self, next(self._numbers), text, source, buttons, file or {})).wire()

    def sent_by_bot(self, number: int) -> Sent:
        for sent in self.replies:
            if sent.number == number:
                return sent
        raise bad("message to edit not found")

    # What people do.

    def tapped(self, sent: Sent, data: str, by: Person | None) -> str:
        query = f"q{self.id}-{next(self._queries)}"
        who = by.account if by else self._member()
        message = sent.wire()
        self.server.update(
            callback_query={
                "id": query,
                "from": who,
                "message": message,
                "chat_instance": str(self.id),
                "data": data,
            }
        )
        return query

    def _member(self) -> Json:
        raise NotImplementedError

    def post(self, sender: Json, content: Json, *, to: Sent | None = None) -> int:
        """Put a message of somebody's into the bot's queue; return its message_id."""
        with self.server.lock:
            self.written = True
            number = next(self._numbers)
            reply = {"reply_to_message": to.wire()} if to else {}
            self.server.update(message=self.envelope(number, sender) | reply | content)
            return number

    def envelope(self, number: int, sender: Json) -> Json:
        return {"message_id": number, "date": int(time.time()), "from": sender, "chat": self.wire()}


class Person(Chat):
    """A person with the private chat they have with the bot."""

    private = True

    def __init__(self, server: FakeTelegram, identity: int, name: str) -> None:
        self.account = person(identity, name.capitalize(), username=f"{name}_{identity}")
        super().__init__(server, identity)

    def wire(self) -> Json:
        return {"id": self.id, "type": "private", "first_name": self.account["first_name"]}

    def _member(self) -> Json:
        return self.account

    def sends(self, text: str, *, to: Sent | None = None) -> int:
        """Write a text; return its message_id."""
        return self.post(self.account, text_of(text), to=to)

    def sends_file(
        self, name: str, content: bytes, caption: str = "", *, mime: str = "application/octet-stream", album: str = ""
    ) -> int:
        """Send a document."""
        return self.post(self.account, self.file(name, content, mime) | caption_of(caption) | album_of(album))

    def file(self, name: str, content: bytes, mime: str) -> Json:
        file_id = self.server.api.keep(name, content)
        return {
            "document": {
                "file_id": file_id,
                "file_unique_id": f"u-{file_id}",
                "file_name": name,
                "mime_type": mime,
                "file_size": len(content),
            }
        }

    def sends_photo(self, content: bytes, caption: str = "", *, album: str = "") -> int:
        """Send a photo, in two sizes as Telegram makes them."""
        sizes = []
        for side, data in ((90, content[:10] or b"x"), (1280, content)):
            file_id = self.server.api.keep("photo.jpg", data)
            size = {"file_id": file_id, "file_unique_id": f"u-{file_id}", "file_size": len(data)}
            sizes.append(size | {"width": side, "height": side})
        return self.post(self.account, {"photo": sizes} | caption_of(caption) | album_of(album))

    def sends_album(self, files: Sequence[tuple[str, bytes]], caption: str = "") -> list[int]:
        """Send several documents at once: one message each, the caption on the first."""
        album = f"album-{self.id}-{next(self._queries)}"
        with self.server.lock:  # they are there together
            return [
                self.sends_file(name, content, caption if index == 0 else "", album=album)
                for index, (name, content) in enumerate(files)
            ]

    def sends_sticker(self) -> int:
        """Send what no dialogue takes."""
        file_id = self.server.api.keep("sticker.webp", b"RIFF")
        sticker = {"file_id": file_id, "file_unique_id": "us", "type": "regular", "width": 512, "height": 512}
        return self.post(self.account, {"sticker": sticker | {"is_animated": False, "is_video": False}})

    def sends_location(self) -> int:
        """Send a place."""
        return self.post(self.account, {"location": {"longitude": 109.19, "latitude": 12.24}})

    def edits(self, number: int, text: str) -> None:
        """Change an earlier message."""
        body = self.envelope(number, self.account) | {"edit_date": int(time.time())} | text_of(text)
        self.server.update(edited_message=body)

    def taps(self, label: str) -> str:
        """Tap the newest button with that label."""
        self.server.wait(lambda: any(label in " ".join(s.labels) for s in self.replies), 10, f"a button “{label}”")
        sent = next(s for s in reversed(self.replies) if any(label in each for each in s.labels))
        return sent.taps(label)

    def blocks(self) -> None:
        """Block the bot."""
        self.blocked = True
        self._membership("member", "kicked")

    def unblocks(self) -> None:
        """Let the bot write again."""
        self.blocked = False
        self._membership("kicked", "member")

    def _membership(self, old: str, new: str) -> None:
        self.server.update(
            my_chat_member={
                "chat": self.wire(),
                "from": self.account,
                "date": int(time.time()),
                "old_chat_member": {"user": self.server.me, "status": old, "until_date": 0},
                "new_chat_member": {"user": self.server.me, "status": new, "until_date": 0},
            }
        )


class Group(Chat):
    """A group the bot is in; it sees everything written there, as with its privacy mode off."""

    def __init__(self, server: FakeTelegram, identity: int, title: str, members: Sequence[Person]) -> None:
        self.title = title
        self.members = members
        self.super = False
        super().__init__(server, identity)
        self.written = True

    def wire(self) -> Json:
        return {"id": self.id, "type": "supergroup" if self.super else "group", "title": self.title}

    def _member(self) -> Json:
        return self.members[0].account

    def says(self, who: Person, text: str, *, to: Sent | None = None) -> int:
        """Write into the group."""
        return self.post(who.account, text_of(text), to=to)

    def migrates(self) -> int:
        """Become a supergroup: a new id, both told; return it."""
        with self.server.lock:
            old, sender = self.id, self._member()
            new = -1_000_000_000_000 + old
            self.server.update(message=self.envelope(next(self._numbers), sender) | {"migrate_to_chat_id": new})
            del self.server.api.chats[old]
            self.server.api.moved[old] = new
            self.server.api.chats[new] = self
            self.id, self.super = new, True
            self.server.update(message=self.envelope(next(self._numbers), sender) | {"migrate_from_chat_id": old})
            return new


def text_of(text: str) -> Json:
    marks = entities(text)
    return {"text": text} | ({"entities": marks} if marks else {})


def caption_of(caption: str) -> Json:
    return {"caption": caption} if caption else {}


def album_of(album: str) -> Json:
    return {"media_group_id": album} if album else {}
