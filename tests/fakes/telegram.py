"""A fake Bot API server over real HTTP, and people who chat through it.

    with FakeTelegram() as telegram:
        lan = telegram.user("lan")
        lan.sends("/start")
        lan.wait_for_reply("Chào").taps("Nộp")

It confirms by offset, long-polls, refuses what Telegram refuses (long texts, bad HTML, callback data over 64 bytes,
a chat that never wrote), posts to a webhook until it is answered 200, and fails as told to (`telegram.fails`).
People act from the test's thread; the server runs in its own.
"""

from __future__ import annotations

import asyncio
import itertools
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import uvicorn

from tests.fakes.telegram_api import Api, Call, Served
from tests.fakes.telegram_people import Group, Person
from tests.fakes.telegram_wire import Json, Refused, person

TOKEN = "123456:fake-token_ABCdef"
BOT_ID, BOT_NAME = 123456, "tdkt_bot"


@dataclass(frozen=True, slots=True)
class Fault:
    """One scripted failure of a method."""

    code: int = 0  # HTTP status; 0: no answer at all
    description: str = ""
    parameters: tuple[tuple[str, int], ...] = ()
    accepted: bool = False  # the call takes effect, only its answer is lost
    silence: float = 30.0  # seconds without an answer, where there is none, before the connection ends
    body: bytes | None = None  # sent instead of JSON: what a broken proxy answers


def too_many(seconds: int) -> Fault:
    return Fault(429, f"Too Many Requests: retry after {seconds}", (("retry_after", seconds),))


def broken(code: int = 502) -> Fault:
    return Fault(code, body=b"<html><h1>Bad Gateway</h1></html>")


def refused(code: int, description: str) -> Fault:
    return Fault(code, description)


def lost_answer(silence: float = 30.0) -> Fault:
    """The message is sent, but the bot never hears so: what a timeout after accept looks like."""
    return Fault(accepted=True, silence=silence)


def unreachable(silence: float = 0.0) -> Fault:
    return Fault(silence=silence)


@dataclass
class Script:
    """What fails next."""

    faults: list[tuple[str, int | None, Fault | None]] = field(default_factory=list)

    def take(self, method: str, chat: int | None) -> Fault | None:
        for index, (wanted, where, fault) in enumerate(self.faults):
            if wanted in (method, "*") and where in (None, chat):
                del self.faults[index]
                return fault
        return None


class FakeTelegram:
    """The server with everything it keeps; one bot."""

    def __init__(self, token: str = TOKEN) -> None:
        self.token = token
        self.lock = threading.RLock()
        self.changed = threading.Condition(self.lock)  # notified after every call of the bot
        self.me = person(BOT_ID, "Trợ lý TĐKT", username=BOT_NAME, is_bot=True)
        self.me |= {"can_join_groups": True, "can_read_all_group_messages": False, "supports_inline_queries": False}
        self.calls: list[Call] = []
        self.script = Script()
        self.api = Api(self)
        self._people: dict[str, Person] = {}
        self._ids = itertools.count(1001)
        # Said to be TCP, so that asyncio turns Nagle's algorithm off: it costs 40 ms an answer.
        self._listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        self._listener.bind(("127.0.0.1", 0))
        self._server = uvicorn.Server(
            uvicorn.Config(
                self._app,
                interface="asgi3",
                log_level="critical",
                access_log=False,
                lifespan="off",
                ws="none",
                timeout_graceful_shutdown=1,
            )
        )
        self._thread = threading.Thread(target=self._run, name="fake-telegram", daemon=True)

    def __enter__(self) -> FakeTelegram:
        self._thread.start()
        while not self._server.started:  # the socket is bound: only the loop is still to come
            time.sleep(0.005)
        return self

    def __exit__(self, *_: object) -> None:
        self.api.stop()
        self._server.should_exit = True
        self._thread.join(10)
        self._listener.close()

    @property
    def url(self) -> str:
        """What TDKT_TELEGRAM_API is set to."""
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    # Scripting.

    def user(self, name: str) -> Person:
        """The person of that name, made on first use; has not yet written to the bot."""
        with self.lock:
            if name not in self._people:
                self._people[name] = Person(self, next(self._ids), name)
            return self._people[name]

    def group(self, title: str, *members: Person) -> Group:
        """A group with the bot in it."""
        with self.lock:
            return Group(self, -next(self._ids), title, members)

    def fails(self, method: str, *faults: Fault | None, chat: int | None = None) -> None:
        """Let the next calls of `method` ("*": of any) fail, one fault a call; None lets one pass.

        Of one chat only where it is given.
        """
        with self.lock:
            self.script.faults.extend((method, chat, fault) for fault in faults)

    def update(self, **content: Any) -> int:
        """Put an update into the bot's queue, whatever its shape; return its id."""
        return self.api.queue(content)

    def called(self, method: str) -> list[Call]:
        """The calls of `method` so far, refused ones included."""
        with self.lock:
            return [call for call in self.calls if call.method == method]

    def wait(self, condition: Callable[[], Any], timeout: float = 10.0, what: str = "what was waited for") -> Any:
        """Wait until `condition` is true, and return what it returned."""
        end = time.monotonic() + timeout
        with self.changed:
            while not (result := condition()):
                left = end - time.monotonic()
                if left <= 0:
                    raise AssertionError(f"{what}: not within {timeout:g} s; calls: {self.calls[-5:]}")
                self.changed.wait(min(left, 0.2))
            return result

    def wait_until_confirmed(self, timeout: float = 10.0) -> None:
        """Wait until the bot has confirmed every update."""
        self.wait(lambda: not self.api.pending, timeout, "confirmation of every update")

    # The server.

    def _run(self) -> None:
        self._server.run(sockets=[self._listener])

    async def _app(self, scope: Any, receive: Any, send: Any) -> None:
        body = b""
        while True:
            message = await receive()
            body += message.get("body", b"")
            if message["type"] == "http.disconnect" or not message.get("more_body"):
                break
        answer = await self._answer(scope["path"], dict(scope["headers"]), scope["query_string"], body)
        if answer is None:  # uvicorn closes a connection whose answer was begun only
            await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"9")]})
            return
        headers = [(b"content-type", answer.mime), (b"content-length", str(len(answer.body)).encode())]
        await send({"type": "http.response.start", "status": answer.code, "headers": headers})
        await send({"type": "http.response.body", "body": answer.body})

    async def _answer(self, path: str, headers: dict[bytes, bytes], query: bytes, body: bytes) -> Served | None:
        if path.startswith(f"/file/bot{self.token}/"):
            return self.api.download(path.split("/", 3)[3])
        if not path.startswith(f"/bot{self.token}/"):
            return Served.json({"ok": False, "error_code": 401, "description": "Unauthorized"}, 401)
        call = await Call.read(path.rsplit("/", 1)[1], headers, query, body)
        with self.lock:
            fault = self.script.take(call.method, call.chat)
        if fault is not None and not fault.accepted:
            return await self._fail(call, fault)
        served = await self._serve(call)
        return served if fault is None else await self._fail(call, fault)

    async def _serve(self, call: Call) -> Served:
        try:
            result: Json | list[Json] | bool = await self.api.serve(call)
            return Served.json({"ok": True, "result": result}, 200)
        except Refused as refusal:
            call.error = refusal.body["description"]
            return Served.json(refusal.body, refusal.code)
        finally:
            self._record(call)

    async def _fail(self, call: Call, fault: Fault) -> Served | None:
        if not fault.accepted:
            call.error = fault.description or "no answer"
            self._record(call)
        if fault.code == 0:
            await asyncio.wait([asyncio.ensure_future(self.api.stopped.wait())], timeout=fault.silence)
            return None
        if fault.body is not None:
            return Served(fault.code, b"text/html", fault.body)
        refusal = Refused(fault.code, fault.description, **dict(fault.parameters))
        return Served.json(refusal.body, fault.code)

    def _record(self, call: Call) -> None:
        with self.changed:
            if call.method != "getUpdates" or call.error:  # polls would drown the calls that matter
                self.calls.append(call)
            self.changed.notify_all()
