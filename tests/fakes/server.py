"""A fake platform over real HTTP: its server in a thread of its own, people act from the test's.

Knows no platform: that answers requests in `_app`.
"""

from __future__ import annotations

import socket
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any, Generic, Protocol, Self, TypeVar

import uvicorn


class Called(Protocol):
    """One call of a method by the bot."""

    method: str
    error: str


Call = TypeVar("Call", bound=Called)


class FakeServer(ABC, Generic[Call]):
    """The server; `with` runs it."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.changed = threading.Condition(self.lock)  # notified after every call of the bot
        self.calls: list[Call] = []
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
        self._thread = threading.Thread(target=self._run, name=type(self).__name__, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        while not self._server.started:  # the socket is bound: only the loop is still to come
            time.sleep(0.005)
        return self

    def __exit__(self, *_: object) -> None:
        self._end()
        self._server.should_exit = True
        self._thread.join(10)
        self._listener.close()

    @property
    def url(self) -> str:
        """What the setting of the platform's address is set to."""
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

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

    def _run(self) -> None:
        self._server.run(sockets=[self._listener])

    @abstractmethod
    def _end(self) -> None:
        """Let go of requests that wait."""

    @abstractmethod
    async def _app(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer one request."""


async def body_of(receive: Any) -> bytes:
    """Return the whole body of a request."""
    body = b""
    while True:
        part = await receive()
        body += part.get("body", b"")
        if part["type"] == "http.disconnect" or not part.get("more_body"):
            return body


async def answer(send: Any, status: int, headers: list[tuple[bytes, bytes]], body: bytes | None) -> None:
    """Send an answer; without a body begin one only: uvicorn closes such a connection."""
    length = b"9" if body is None else str(len(body)).encode()
    told = [(b"content-length", length)] if body is None else [*headers, (b"content-length", length)]
    await send({"type": "http.response.start", "status": 200 if body is None else status, "headers": told})
    if body is not None:
        await send({"type": "http.response.body", "body": body})
