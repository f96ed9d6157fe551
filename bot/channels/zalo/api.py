"""The Bot API of one Zalo bot over httpx: JSON out, `ok` checked, errors told apart, nothing of it in the logs.

Every address of the Bot API contains the token, and httpx logs addresses: its logs are turned off here, before the
first request. Whether a request worked is in `ok`; the HTTP status counts only where there is no such answer.
"""

from __future__ import annotations

import asyncio
import logging
import math
from collections.abc import Mapping
from typing import Any

import httpx

from bot.channels.base import ChannelUnusable
from bot.channels.bots import ANSWER_SECONDS, POLL_SECONDS, Access
from bot.channels.zalo.failures import NO_SUCH_BOT, TIMEOUT, ZaloError
from bot.channels.zalo.incoming import Bot

_CONNECTIONS = 4
_LONGEST_SAID = 300  # characters of an answer that is quoted in an error

_LOUD = ("httpx", "httpcore")


class Api:
    """Requests to the Bot API. Of one event loop."""

    def __init__(self, access: Access, poll_seconds: int = POLL_SECONDS) -> None:
        for name in _LOUD:
            logging.getLogger(name).setLevel(logging.WARNING)
        self._address = f"{access.url}/bot{access.token}"
        self._poll_seconds = poll_seconds
        limits = httpx.Limits(max_connections=_CONNECTIONS + 1, max_keepalive_connections=_CONNECTIONS + 1)
        self._client = httpx.AsyncClient(timeout=ANSWER_SECONDS, limits=limits)
        self._free = asyncio.Semaphore(_CONNECTIONS)  # one is left to polling
        self._me: Bot | None = None
        self._asking = asyncio.Lock()

    async def me(self) -> Bot:
        """Return who the bot is, asked once. Raises ZaloError; ChannelUnusable where the token is wrong."""
        async with self._asking:
            if self._me is None:
                try:
                    result = await self._call("getMe", {})
                except ZaloError as error:
                    if error.code in NO_SUCH_BOT:
                        raise wrong_token() from None
                    raise
                self._me = _bot(result)
            return self._me

    async def update(self) -> object | None:
        """Wait for one update and return it as decoded JSON, None where none came; it never comes again."""
        asked = {"timeout": str(self._poll_seconds)}
        try:
            answer = await self._post("getUpdates", asked, self._poll_seconds + ANSWER_SECONDS)
        except ZaloError as error:
            if error.code == TIMEOUT:
                return None
            raise
        return answer or None

    async def set_webhook(self, url: str, secret: str) -> None:
        """Let updates be posted to `url`, each with `secret`."""
        await self._call("setWebhook", {"url": url, "secret_token": secret})

    async def delete_webhook(self) -> None:
        """Let updates be polled: they are not while there is a webhook."""
        info = await self._call("getWebhookInfo", {})
        if isinstance(info, dict) and info.get("url"):
            await self._call("deleteWebhook", {})

    async def send_message(self, chat: str, text: str) -> None:
        """Send a plain text."""
        await self._call("sendMessage", {"chat_id": chat, "text": text})

    async def send_typing(self, chat: str) -> None:
        """Show that an answer is being written."""
        await self._call("sendChatAction", {"chat_id": chat, "action": "typing"})

    async def close(self) -> None:
        """Let go of connections."""
        await self._client.aclose()

    async def _call(self, method: str, params: Mapping[str, str]) -> object:
        async with self._free:
            return await self._post(method, params, ANSWER_SECONDS)

    async def _post(self, method: str, params: Mapping[str, str], seconds: float) -> object:
        try:
            answer = await self._client.post(f"{self._address}/{method}", json=dict(params), timeout=seconds)
        except httpx.HTTPError as error:  # no answer: whether the request had its effect is not known
            raise ZaloError(f"{method}: {type(error).__name__}: {error}") from None
        return _result(method, answer)


def wrong_token() -> ChannelUnusable:
    """Return the error of a token that Zalo does not know."""
    return ChannelUnusable(
        "Zalo không nhận TDKT_ZALO_TOKEN. Anh/chị lấy lại mã của bot trong Zalo Bot Manager rồi khởi động lại."
    )


def _result(method: str, answer: httpx.Response) -> object:
    try:
        body: object = answer.json()
    except (ValueError, RecursionError):
        body = None
    if not isinstance(body, dict) or not isinstance(body.get("ok"), bool):
        # Of a proxy in trouble, or of a wrong token, which is at times answered by a page: all there is, is the status.
        code = answer.status_code if answer.status_code != 200 else None
        raise ZaloError(f"{method}: HTTP {answer.status_code}, no answer of the Bot API", code=code)
    if body["ok"]:
        return body.get("result")
    code = body.get("error_code")
    if not isinstance(code, int) or isinstance(code, bool):
        code = answer.status_code if answer.status_code != 200 else None
    said = str(body.get("description") or "")[:_LONGEST_SAID]
    raise ZaloError(f"{method}: {code} {said}".rstrip(), code=code, retry_after=_seconds(body, answer))


def _seconds(body: Mapping[str, Any], answer: httpx.Response) -> float | None:
    """Return how long the platform asks us to wait, wherever it says so."""
    parameters = body.get("parameters")
    given = parameters.get("retry_after") if isinstance(parameters, dict) else None
    try:
        seconds = float(given if given is not None else answer.headers.get("retry-after", ""))
    except (TypeError, ValueError):
        return None
    return seconds if math.isfinite(seconds) and seconds >= 0 else None


def _bot(result: object) -> Bot:
    if not isinstance(result, dict) or not isinstance(result.get("id"), str | int):
        raise ZaloError("getMe: an answer without an id")
    names = (result.get(key) for key in ("display_name", "account_name", "name"))
    return Bot(str(result["id"]), tuple(name for name in names if isinstance(name, str) and name))
