"""The Bot API of one bot: python-telegram-bot with our limits, and nothing of it in the logs.

Every address of the Bot API contains the token, and httpx logs addresses: its logs and the library's are turned off
here, before the first request.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import sys
from importlib.util import find_spec
from typing import Any
from urllib.parse import urlencode

# The library's own way of asking for `retry_after` as a timedelta; without it every 429 is a deprecation warning.
os.environ.setdefault("PTB_TIMEDELTA", "1")

import httpx
import telegram
from telegram.error import InvalidToken, NetworkError, TelegramError
from telegram.request import HTTPXRequest

from bot.channels.base import ChannelUnusable, DeliveryError, redacted
from bot.channels.bots import ANSWER_SECONDS, POLL_SECONDS, Access
from bot.channels.telegram.failures import delivery_error
from bot.channels.telegram.incoming import ALLOWED, Bot

_CONNECTIONS = 4  # more than thirty messages a second need; httpx looks at each of them for every request

_LOUD = {"httpx": logging.WARNING, "httpcore": logging.WARNING, "telegram": logging.CRITICAL}


def _spare_searches() -> None:
    """Tell Python that `sniffio` is not installed, where it is not.

    httpcore tries to import it whenever it makes a lock, several times a request, and each time the whole path is
    searched for it: a seventh of the time of a busy process.
    """
    if "sniffio" not in sys.modules and find_spec("sniffio") is None:
        sys.modules["sniffio"] = None  # type: ignore[assignment]  # Python's own sign for "cannot be imported"


_spare_searches()


class _InTurn(HTTPXRequest):
    """Requests that wait here for a free connection: httpx would look at every one that waits, for each answer."""

    def __init__(self, connections: int, seconds: float) -> None:
        super().__init__(connection_pool_size=connections, read_timeout=seconds, pool_timeout=seconds)
        self._free = asyncio.Semaphore(connections)

    async def do_request(self, *arguments: Any, **named: Any) -> tuple[int, bytes]:
        """Do one request as soon as a connection is free."""
        async with self._free:
            return await super().do_request(*arguments, **named)


class Api:
    """Requests to the Bot API. Of one event loop."""

    def __init__(self, access: Access, poll_seconds: int = POLL_SECONDS) -> None:
        for name, level in _LOUD.items():
            logging.getLogger(name).setLevel(level)
        self._access = access
        self._poll_seconds = poll_seconds
        self._polls = HTTPXRequest(connection_pool_size=1, read_timeout=poll_seconds + ANSWER_SECONDS)
        self._calls = _InTurn(_CONNECTIONS, ANSWER_SECONDS)
        self.bot = telegram.Bot(
            access.token,
            f"{access.url}/bot",
            f"{access.url}/file/bot",
            request=self._calls,
            get_updates_request=self._polls,
        )
        self._me: Bot | None = None
        self._asking = asyncio.Lock()

    async def me(self) -> Bot:
        """Return who the bot is, asked once. Raises TelegramError; ChannelUnusable where the token is wrong."""
        async with self._asking:
            if self._me is None:
                try:
                    user = await self.bot.get_me()
                except InvalidToken:
                    raise wrong_token() from None  # the library's message quotes the token
                self._me = Bot(user.id, user.username or "")
            return self._me

    async def updates(self, offset: int) -> list[object]:
        """Wait for updates from `offset` on, which confirms all before it; return them as decoded JSON.

        The library's own get_updates fails for a whole batch where it cannot read one of it: this only decodes.
        """
        asked = {
            "offset": offset,
            "timeout": self._poll_seconds,
            "allowed_updates": json.dumps(ALLOWED),
        }
        url = f"{self._access.url}/bot{self._access.token}/getUpdates?{urlencode(asked)}"
        answer = self._polls.parse_json_payload(await self._polls.retrieve(url))
        result = answer.get("result") if isinstance(answer, dict) else None
        if not isinstance(result, list):
            raise NetworkError("getUpdates answered without a list of updates")
        return result

    async def download(self, file_id: str, limit: int) -> bytes:
        """Return a file's content; DeliveryError where it is gone or larger than `limit` bytes."""
        try:
            file = await self.bot.get_file(file_id)
        except TelegramError as error:
            raise delivery_error(error, self._access.token) from None
        if (file.file_size or 0) > limit:
            raise _too_large(limit)
        if not (file.file_path or "").startswith(("https://", "http://")):
            raise DeliveryError("the file has no address", permanent=True)
        try:
            # The size is the sender's word: what arrives is counted, and no more of it kept than allowed.
            async with (
                httpx.AsyncClient(timeout=ANSWER_SECONDS) as client,
                client.stream("GET", file.file_path or "") as answer,
            ):
                if answer.status_code != 200:
                    raise DeliveryError(f"the file: HTTP {answer.status_code}", permanent=answer.status_code == 404)
                content = bytearray()
                async for piece in answer.aiter_bytes():
                    content += piece
                    if len(content) > limit:
                        raise _too_large(limit)
                return bytes(content)
        except httpx.HTTPError as error:
            said = redacted(f"{type(error).__name__}: {error}", self._access.token)
            raise DeliveryError(said) from None

    async def close(self) -> None:
        """Let go of connections."""
        await asyncio.gather(self._polls.shutdown(), self._calls.shutdown())


def wrong_token() -> ChannelUnusable:
    """Return the error of a token that Telegram does not know."""
    return ChannelUnusable(
        "Telegram không nhận TDKT_TELEGRAM_TOKEN. Anh/chị lấy lại mã của bot từ @BotFather rồi khởi động lại."
    )


def _too_large(limit: int) -> DeliveryError:
    return DeliveryError(f"the file is larger than {limit} bytes", permanent=True)
