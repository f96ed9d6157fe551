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
from dataclasses import dataclass, field
from typing import Any

from tests.fakes.server import FakeServer, answer, body_of
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


class FakeTelegram(FakeServer[Call]):
    """The server with everything it keeps; one bot."""

    def __init__(self, token: str = TOKEN) -> None:
        super().__init__()
        self.token = token
        self.me = person(BOT_ID, "Trợ lý TĐKT", username=BOT_NAME, is_bot=True)
        self.me |= {"can_join_groups": True, "can_read_all_group_messages": False, "supports_inline_queries": False}
        self.script = Script()
        self.api = Api(self)
        self._people: dict[str, Person] = {}
        self._ids = itertools.count(1001)

    def _end(self) -> None:
        self.api.stop()

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

    @property
    def pending(self) -> list[Any]:
        """The updates that the bot has not confirmed."""
        return self.api.pending

    def wait_until_confirmed(self, timeout: float = 10.0) -> None:
        """Wait until the bot has confirmed every update."""
        self.wait(lambda: not self.api.pending, timeout, "confirmation of every update")

    # The server.

    async def _app(self, scope: Any, receive: Any, send: Any) -> None:
        body = await body_of(receive)
        served = await self._answer(scope["path"], dict(scope["headers"]), scope["query_string"], body)
        if served is None:
            await answer(send, 0, [], None)
        else:
            await answer(send, served.code, [(b"content-type", served.mime)], served.body)

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
