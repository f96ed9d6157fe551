"""A fake Zalo Bot Platform over real HTTP, and people who chat through it.

    with FakeZalo() as zalo:
        lan = zalo.user("lan")
        lan.sends("hạn nộp báo cáo?")
        lan.wait_for_reply("05/12")

It gives out one update at a time and forgets it, answers 408 where there is none, refuses what Zalo refuses (texts over
2,000 characters, a chat that never wrote, polling beside a webhook), posts to a webhook until it is answered 200, and
fails as told to (`zalo.fails`). Refusals come under HTTP 200. People act from the test's thread.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import time
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.fakes.server import FakeServer, answer, body_of
from tests.fakes.zalo_people import Chat, Group, Person, Sent
from tests.fakes.zalo_wire import LONGEST_TEXT, SECRET, Json, Refused, bad, identity, units

TOKEN = "1234567890:fake-zalo-token_ABC"
NAME = "Bot Trợ lý TĐKT"


@dataclass(frozen=True, slots=True)
class Fault:
    """One scripted failure of a method."""

    body: bytes | None = None  # of the answer; None: no answer at all
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    accepted: bool = False  # the call takes effect, only its answer is lost
    silence: float = 30.0  # seconds without an answer, where there is none, before the connection ends


def refused(code: int, description: str, *, status: int = 200, headers: tuple[tuple[str, str], ...] = ()) -> Fault:
    return Fault(json.dumps(Refused(code, description).body).encode(), status, headers)


def too_many(seconds: int | None = None) -> Fault:
    return refused(429, "Too many requests", headers=(("Retry-After", str(seconds)),) if seconds else ())


def broken(status: int = 502) -> Fault:
    return Fault(b"<html><h1>Bad Gateway</h1></html>", status)


def lost_answer(silence: float = 0.05) -> Fault:
    """The message is sent, but the bot never hears so: what a timeout after accept looks like."""
    return Fault(accepted=True, silence=silence)


def unreachable() -> Fault:
    return Fault(silence=0.0)


@dataclass
class Call:
    """One call of a method by the bot."""

    method: str
    params: Json
    at: float = field(default_factory=time.monotonic)
    error: str = ""  # why it was refused; "" where it was not


_JSON = {"Content-Type": "application/json"}


class FakeZalo(FakeServer[Call]):
    """The server with everything it keeps; one bot."""

    def __init__(self, token: str = TOKEN, *, wrapped: bool = True) -> None:
        super().__init__()
        self.token = token
        self.wrapped = wrapped  # whether a webhook gets {ok, result} or the update alone
        self.me: Json = {
            "id": identity("bot"), "account_name": "bot.VDKyGxQvc", "account_type": "BASIC", "can_join_groups": True,
            "display_name": NAME,
        }  # fmt: skip
        self.faults: list[tuple[str, Fault | None]] = []
        self.pending: list[Any] = []
        self.chats: dict[str, Chat] = {}
        self.media: dict[str, bytes] = {}  # path → content
        self.webhook: Json = {"url": "", "updated_at": 0}
        self.secret = ""
        self._people: dict[str, Person] = {}
        self._numbers = itertools.count(1)
        self._arrived = asyncio.Event()
        self._stopped = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._posting: asyncio.Task[None] | None = None

    def _end(self) -> None:
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._stopped.set)
            self._loop.call_soon_threadsafe(self._arrived.set)

    # Scripting.

    def user(self, name: str) -> Person:
        """The person of that name, made on first use; has not yet written to the bot."""
        with self.lock:
            if name not in self._people:
                self._people[name] = Person(self, name)
            return self._people[name]

    def group(self, title: str, *_members: Person) -> Group:
        """A group with the bot in it; who else is, does not matter here."""
        return Group(self, title)

    def fails(self, method: str, *faults: Fault | None) -> None:
        """Let the next calls of `method` fail, one fault a call; None lets one pass."""
        with self.lock:
            self.faults.extend((method, fault) for fault in faults)

    def queue(self, update: Any) -> None:
        """Put an update into the bot's queue, whatever its shape."""
        with self.lock:
            self.pending.append(update)
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._arrived.set)

    def keep(self, content: bytes, name: str = "") -> str:
        """Keep a picture somebody sent; return its address."""
        path = f"/media/{name or f'{next(self._numbers)}.jpg'}"
        self.media[path] = content
        return self.url + path

    def wait_until_confirmed(self, timeout: float = 10.0) -> None:
        """Wait until every update was given out, or its post answered."""
        self.wait(lambda: not self.pending, timeout, "an answer to every update")

    # The server.

    async def _app(self, scope: Any, receive: Any, send: Any) -> None:
        self._loop = asyncio.get_running_loop()
        body = await body_of(receive)
        told = await self._answer(scope["method"], scope["path"], body)
        await answer(
            send, told.status, [(name.lower().encode(), value.encode()) for name, value in told.headers], told.body
        )

    async def _answer(self, verb: str, path: str, body: bytes) -> Fault:
        if verb == "GET":
            return Fault(self.media.get(path, b"gone"), 200 if path in self.media else 404)
        if not path.startswith(f"/bot{self.token}/"):
            return refused(401, "Unauthorized")
        call = Call(path.rsplit("/", 1)[1], json.loads(body))
        with self.lock:
            at = next((i for i, (method, _) in enumerate(self.faults) if method == call.method), None)
            fault = self.faults.pop(at)[1] if at is not None else None
        if fault is not None and not fault.accepted:
            call.error = "a scripted fault"
            self._record(call)
        else:
            answer = await self._serve(call)
        if fault is None:
            return answer
        if fault.body is None:
            await asyncio.wait([asyncio.ensure_future(self._stopped.wait())], timeout=fault.silence)
        return fault

    async def _serve(self, call: Call) -> Fault:
        methods = {
            "getMe": self._get_me, "getUpdates": self._get_updates, "setWebhook": self._set_webhook,
            "deleteWebhook": self._delete_webhook, "getWebhookInfo": self._webhook_info,
            "sendMessage": self._send_message, "sendPhoto": self._send_photo, "sendChatAction": self._chat_action,
        }  # fmt: skip
        try:
            if call.method not in methods:
                raise Refused(404, "Not found")
            body: Json = {"ok": True, "result": await methods[call.method](call.params)}
        except Refused as refusal:
            call.error, body = str(refusal), refusal.body
        except KeyError as missing:
            call.error = f"missing {missing}"
            body = bad(call.error).body
        self._record(call)
        return Fault(json.dumps(body).encode(), headers=(("Content-Type", "application/json"),))

    def _record(self, call: Call) -> None:
        with self.changed:
            if call.method != "getUpdates" or call.error == "a scripted fault":  # polls would drown the others
                self.calls.append(call)
            self.changed.notify_all()

    async def _get_me(self, params: Json) -> Json:
        return self.me

    async def _get_updates(self, params: Json) -> Json:
        if self.webhook["url"]:
            raise bad("getUpdates while a webhook is set")
        end = time.monotonic() + float(params.get("timeout", 30))
        while not self._stopped.is_set():
            with self.changed:
                self._arrived.clear()
                if self.pending:
                    self.changed.notify_all()
                    return self.pending.pop(0)  # type: ignore[no-any-return]  # of whatever shape the test put there
            try:
                await asyncio.wait_for(self._arrived.wait(), max(end - time.monotonic(), 0))
            except TimeoutError:
                break
        raise Refused(408, "Request timeout")

    async def _set_webhook(self, params: Json) -> Json:
        if not params["url"].startswith(("https://", "http://127.0.0.1")):  # Zalo takes https only; tests stay local
            raise bad("url must be https")
        if len(params["secret_token"]) not in SECRET:
            raise bad("secret_token must have 8 to 256 characters")
        await self._delete_webhook(params)
        self.webhook = {"url": params["url"], "updated_at": int(time.time() * 1000)}
        self.secret = params["secret_token"]
        self._posting = asyncio.create_task(self._post())
        return self.webhook

    async def _delete_webhook(self, params: Json) -> Json:
        if self._posting is not None:
            self._posting.cancel()
        self._posting, self.webhook = None, {"url": "", "updated_at": int(time.time() * 1000)}
        return self.webhook

    async def _webhook_info(self, params: Json) -> Json:
        return self.webhook

    async def _post(self) -> None:
        """Post the updates one by one, each until it is answered 200."""
        async with httpx.AsyncClient(headers={"X-Bot-Api-Secret-Token": self.secret}) as client:
            while not self._stopped.is_set():
                self._arrived.clear()
                if not self.pending:
                    await self._arrived.wait()
                    continue
                update = self.pending[0]
                body = {"ok": True, "result": update} if self.wrapped else update
                try:
                    answer = await client.post(self.webhook["url"], content=json.dumps(body), headers=_JSON)
                except httpx.HTTPError:
                    answer = None
                if answer is None or answer.status_code != 200:
                    await asyncio.sleep(0.05)
                    continue
                with self.changed:
                    self.pending.remove(update)
                    self.changed.notify_all()

    async def _send_message(self, params: Json) -> Json:
        chat, text = self._chat(params), params["text"]
        if not text.strip() or units(text) > LONGEST_TEXT:
            raise bad(f"text must have 1 to {LONGEST_TEXT} characters")
        return self._sent(chat.receives(text))

    async def _send_photo(self, params: Json) -> Json:
        chat = self._chat(params)
        if not params["photo"].startswith("https://"):
            raise bad("photo must be an address")
        return self._sent(chat.receives(params.get("caption", "")))

    async def _chat_action(self, params: Json) -> None:
        self._chat(params)
        if params["action"] != "typing":
            raise bad("unknown action")

    def _chat(self, params: Json) -> Chat:
        chat = self.chats.get(params["chat_id"])
        if chat is None or not chat.written:
            raise bad("chat not found")
        if chat.blocked:
            raise Refused(403, "Forbidden: the user has blocked the bot")
        return chat

    @staticmethod
    def _sent(sent: Sent) -> Json:
        return {"message_id": sent.number, "date": int(time.time() * 1000)}
