"""The methods of the fake Bot API: what each does to the chats, the queue of updates, the files."""

from __future__ import annotations

import asyncio
import itertools
import json
import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

import httpx
from starlette.datastructures import Headers, UploadFile
from starlette.formparsers import MultiPartParser

from tests.fakes.telegram_wire import (
    LONGEST_ANSWER,
    LONGEST_CAPTION,
    Json,
    Refused,
    bad,
    check_keyboard,
    forbidden,
    shown,
    visible,
)

if TYPE_CHECKING:
    from tests.fakes.telegram import FakeTelegram
    from tests.fakes.telegram_people import Chat

_KINDS = {"message", "edited_message", "channel_post", "callback_query", "my_chat_member", "chat_member", "poll"}
LARGEST_DOWNLOAD = 20 * 2**20  # bytes that getFile gives out
_ACTIONS = frozenset("typing upload_photo upload_document record_voice upload_voice choose_sticker".split())


@dataclass(frozen=True, slots=True)
class Served:
    """An HTTP answer."""

    code: int
    mime: bytes
    body: bytes

    @classmethod
    def json(cls, body: Json, code: int) -> Served:
        return cls(code, b"application/json", json.dumps(body).encode())


@dataclass
class Call:
    """One call of a method by the bot."""

    method: str
    params: dict[str, str]
    files: dict[str, tuple[str, bytes]]  # by part name: file name, content
    at: float = field(default_factory=time.monotonic)
    error: str = ""  # why it was refused; "" where it was not

    @property
    def chat(self) -> int | None:
        """The chat it is about, None where there is none."""
        try:
            return int(self.params["chat_id"])
        except (KeyError, ValueError):
            return None

    def value(self, name: str, default: Any = None) -> Any:
        """A parameter that is JSON."""
        return json.loads(self.params[name]) if name in self.params else default

    def number(self, name: str, default: int = 0) -> int:
        """A whole number."""
        return int(self.params.get(name, default))

    @classmethod
    async def read(cls, method: str, headers: dict[bytes, bytes], query: bytes, body: bytes) -> Call:
        """Read the encodings the Bot API takes."""
        params = dict(parse_qsl(query.decode(), keep_blank_values=True))
        files: dict[str, tuple[str, bytes]] = {}
        kind = headers.get(b"content-type", b"")
        if kind.startswith(b"application/json"):
            params |= {k: v if isinstance(v, str) else json.dumps(v) for k, v in json.loads(body).items()}
        elif kind.startswith(b"multipart/form-data"):
            form = await MultiPartParser(Headers({"content-type": kind.decode()}), _whole(body)).parse()
            for name, part in form.multi_items():
                if isinstance(part, UploadFile):
                    files[name] = (part.filename or "", part.file.read())
                    part.file.close()
                else:
                    params[name] = part
        else:
            params |= dict(parse_qsl(body.decode(), keep_blank_values=True))
        return cls(method, params, files)


async def _whole(body: bytes) -> AsyncGenerator[bytes, None]:
    yield body


class Api:
    """The bot's side of the server."""

    def __init__(self, server: FakeTelegram) -> None:
        self._server = server
        self.chats: dict[int, Chat] = {}
        self.moved: dict[int, int] = {}  # group → supergroup
        self.pending: list[Json] = []  # updates not yet confirmed
        self.allowed: list[str] = []  # kinds of updates asked for; none: every kind
        self.files: dict[str, tuple[str, bytes]] = {}  # file id → path, content
        self.commands: list[tuple[str, Json]] = []  # scope, command
        self.webhook: Json = {"url": ""}
        self.answered: dict[str, str] = {}  # callback query → text of its answer
        self.stopped = asyncio.Event()
        self._queries: set[str] = set()
        self._update_ids = itertools.count(700_000_001)
        self._file_ids = itertools.count(1)
        self._arrived = asyncio.Event()
        self._poll = 0  # number of the newest getUpdates: an older one is told to go
        self._loop: asyncio.AbstractEventLoop | None = None
        self._posting: asyncio.Task[None] | None = None
        self._methods: dict[str, Callable[[Call], Awaitable[Any]]] = {
            "getMe": self._get_me,
            "getUpdates": self._get_updates,
            "setWebhook": self._set_webhook,
            "deleteWebhook": self._delete_webhook,
            "getWebhookInfo": self._webhook_info,
            "sendMessage": self._send_message,
            "sendDocument": self._send_file,
            "sendPhoto": self._send_file,
            "editMessageText": self._edit_text,
            "editMessageReplyMarkup": self._edit_markup,
            "answerCallbackQuery": self._answer_query,
            "sendChatAction": self._chat_action,
            "getFile": self._get_file,
            "setMyCommands": self._set_commands,
        }

    def stop(self) -> None:
        """End every long poll."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self.stopped.set)
            self._loop.call_soon_threadsafe(self._arrived.set)

    def queue(self, content: Json) -> int:
        """Add an update; one without `update_id` gets the next."""
        with self._server.lock:
            update = content if "update_id" in content else {"update_id": next(self._update_ids), **content}
            if _KINDS & update.keys() - set(self.allowed or _KINDS):
                return int(update["update_id"])  # of a kind that was not asked for
            self.pending.append(update)
            if "callback_query" in update and isinstance(update["callback_query"], dict):
                self._queries.add(str(update["callback_query"].get("id")))
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._arrived.set)
        return int(update["update_id"])

    def keep(self, name: str, content: bytes) -> str:
        """Keep a file somebody sent; return its id."""
        with self._server.lock:
            number = next(self._file_ids)
            self.files[f"file-{number}"] = (f"documents/file_{number}{name[name.rfind('.') :]}", content)
            return f"file-{number}"

    def download(self, path: str) -> Served:
        """Serve a file by the path that getFile gave."""
        with self._server.lock:
            for stored, content in self.files.values():
                if stored == path:
                    return Served(200, b"application/octet-stream", content)
        return Served(404, b"text/plain", b"Not Found")

    async def serve(self, call: Call) -> Any:
        """Run a method; Refused where it cannot be."""
        self._loop = asyncio.get_running_loop()
        if call.method not in self._methods:
            raise Refused(404, "Not Found")
        try:
            return await self._methods[call.method](call)
        except (KeyError, ValueError) as error:
            raise bad(f"can't parse parameter {error}") from error

    async def _get_me(self, call: Call) -> Json:
        return self._server.me

    # Updates.

    async def _get_updates(self, call: Call) -> list[Json]:
        if self.webhook["url"]:
            raise Refused(409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook first")
        self.allowed = call.value("allowed_updates", self.allowed)
        self._poll += 1
        mine = self._poll
        self._arrived.set()  # an older poll wakes and sees that it is not the newest
        offset, limit = call.number("offset"), max(1, min(call.number("limit", 100), 100))
        end = time.monotonic() + call.number("timeout")
        while True:
            with self._server.lock:
                if offset > 0:  # everything below it is confirmed, and forgotten
                    self.pending = [update for update in self.pending if update["update_id"] >= offset]
                elif offset < 0:
                    self.pending = self.pending[offset:]
                    offset = 0
                batch = self.pending[:limit]
                self._arrived.clear()
            left = end - time.monotonic()
            if batch or left <= 0 or self.stopped.is_set():
                return batch
            try:
                await asyncio.wait_for(self._arrived.wait(), left)
            except TimeoutError:
                return []
            if mine != self._poll:
                self._arrived.set()  # the newest poll waits on the same event
                raise Refused(409, "Conflict: terminated by other getUpdates request; make sure that only one bot runs")

    async def _set_webhook(self, call: Call) -> bool:
        url = call.params.get("url", "")
        if url and not url.startswith(("https://", "http://127.0.0.1")):  # Telegram takes https only; tests stay local
            raise bad("bad webhook: An HTTPS URL must be provided for webhook")
        await self._delete_webhook(call)
        self.allowed = call.value("allowed_updates", self.allowed)
        self.webhook = {"url": url, "secret": call.params.get("secret_token", "")}
        if url:
            self._posting = asyncio.create_task(self._post())
        return True

    async def _delete_webhook(self, call: Call) -> bool:
        if self._posting is not None:
            self._posting.cancel()
        self._posting, self.webhook = None, {"url": ""}
        if call.params.get("drop_pending_updates") == "true":
            self.pending = []
        return True

    async def _webhook_info(self, call: Call) -> Json:
        return {
            "url": self.webhook["url"],
            "has_custom_certificate": False,
            "pending_update_count": len(self.pending),
            **({"last_error_message": self.webhook["failed"]} if "failed" in self.webhook else {}),
        }

    async def _post(self) -> None:
        """Post the updates one by one, each until it is answered 200."""
        headers = {"X-Telegram-Bot-Api-Secret-Token": self.webhook["secret"]}
        async with httpx.AsyncClient(headers={k: v for k, v in headers.items() if v}) as client:
            while not self.stopped.is_set():
                self._arrived.clear()
                if not self.pending:
                    await self._arrived.wait()
                    continue
                update = self.pending[0]
                try:
                    answer = await client.post(self.webhook["url"], json=update)
                except httpx.HTTPError:
                    answer = None
                if answer is None or answer.status_code != 200:
                    said = "Connection refused" if answer is None else f"Wrong response: {answer.status_code}"
                    self.webhook["failed"] = said
                    await asyncio.sleep(0.05)
                    continue
                with self._server.changed:
                    self.pending.remove(update)
                    self._server.changed.notify_all()

    # Messages.

    def _chat(self, call: Call) -> Chat:
        if call.chat in self.moved:
            raise bad("group chat was upgraded to a supergroup chat", migrate_to_chat_id=self.moved[call.chat])
        chat = self.chats.get(call.chat or 0)
        if chat is None:
            raise bad("chat not found")
        if chat.blocked:
            what = "bot was blocked by the user" if chat.private else "bot was kicked from the group chat"
            raise forbidden(what)
        if not chat.written:
            raise forbidden("bot can't initiate conversation with a user")
        return chat

    async def _send_message(self, call: Call) -> Json:
        chat = self._chat(call)
        text = shown(call.params["text"], call.params.get("parse_mode"))
        if not text:
            raise bad("message text is empty")
        if not visible(text):
            raise bad("text must be non-empty")
        return chat.receives(text=text, source=call.params["text"], buttons=self._buttons(call))

    async def _send_file(self, call: Call) -> Json:
        chat = self._chat(call)
        part = "document" if call.method == "sendDocument" else "photo"
        given = call.params.get(part, "")
        if given.startswith("attach://"):
            given = given.removeprefix("attach://")
        elif part in call.files:
            given = part
        if given not in call.files:
            raise bad("wrong remote file identifier specified")
        name, content = call.files[given]
        if not content:
            raise bad("file must be non-empty")
        if part == "photo" and len(content) > 10 * 2**20:
            raise Refused(413, "Request Entity Too Large")
        caption = shown(call.params.get("caption", ""), call.params.get("parse_mode"), LONGEST_CAPTION)
        file = {part: (name, content)}
        return chat.receives(
            text=caption, source=call.params.get("caption", ""), buttons=self._buttons(call), file=file
        )

    @staticmethod
    def _buttons(call: Call) -> list[list[Json]]:
        return check_keyboard(call.value("reply_markup")) if "reply_markup" in call.params else []

    async def _edit_text(self, call: Call) -> Json:
        message = self._chat(call).sent_by_bot(call.number("message_id"))
        text = shown(call.params["text"], call.params.get("parse_mode"))
        buttons = self._buttons(call)
        if text == message.text and buttons == message.rows:
            raise bad("message is not modified: specified new message content and reply markup are exactly the same")
        message.text, message.rows = text, buttons
        return message.wire()

    async def _edit_markup(self, call: Call) -> Json:
        message = self._chat(call).sent_by_bot(call.number("message_id"))
        buttons = self._buttons(call)
        if buttons == message.rows:
            raise bad("message is not modified: specified new message content and reply markup are exactly the same")
        message.rows = buttons
        return message.wire()

    async def _answer_query(self, call: Call) -> bool:
        query = call.params["callback_query_id"]
        if query not in self._queries:
            raise bad("query is too old and response timeout expired or query ID is invalid")
        text = call.params.get("text", "")
        if len(text) > LONGEST_ANSWER:
            raise bad("MESSAGE_TOO_LONG")
        self._queries.discard(query)
        self.answered[query] = text
        return True

    async def _chat_action(self, call: Call) -> bool:
        self._chat(call)
        if call.params["action"] not in _ACTIONS:
            raise bad("wrong parameter action in request")
        return True

    async def _get_file(self, call: Call) -> Json:
        found = self.files.get(call.params["file_id"])
        if found is None:
            raise bad("wrong file_id or the file is temporarily unavailable")
        path, content = found
        if len(content) > LARGEST_DOWNLOAD:
            raise bad("file is too big")
        unique = f"u-{call.params['file_id']}"
        return {
            "file_id": call.params["file_id"],
            "file_unique_id": unique,
            "file_size": len(content),
            "file_path": path,
        }

    async def _set_commands(self, call: Call) -> bool:
        scope = call.value("scope", {"type": "default"})["type"]
        commands = call.value("commands", [])
        for command in commands:
            name, says = command["command"], command["description"]
            if not (1 <= len(name) <= 32 and name.isascii() and name.replace("_", "").isalnum() and name.islower()):
                raise bad("BOT_COMMAND_INVALID")
            if not 1 <= len(says) <= 256:
                raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
        self.commands = [pair for pair in self.commands if pair[0] != scope]
        self.commands += [(scope, command) for command in commands]
        return True
