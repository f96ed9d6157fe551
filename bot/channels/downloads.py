"""Fetching a file from an address that a platform gave: so much and no more, from public web servers only.

The address comes out of an update. Its sender could not choose it, but a platform can be wrong: an address or a
redirect that leads into our own network is not followed, unless the platform itself stands there (a test's does).
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from urllib.parse import urljoin, urlsplit

import httpx

from bot.channels.base import DeliveryError

SECONDS = 30.0  # for all of it: such addresses expire, and a reply waits
_REDIRECTS = 3


async def download(url: str, limit: int, *, trusted: str = "", seconds: float = SECONDS) -> bytes:
    """Return what is at `url`, at most `limit` bytes; DeliveryError where it is not to be had.

    `trusted` is a host that may be in a private network: the platform's own.
    """
    try:
        async with asyncio.timeout(seconds), httpx.AsyncClient(timeout=seconds, trust_env=False) as client:
            for _ in range(_REDIRECTS + 1):
                await _check(url, trusted)
                async with client.stream("GET", url) as answer:
                    if not answer.has_redirect_location:
                        return await _content(answer, limit)
                    url = urljoin(url, answer.headers["location"])
    except TimeoutError:
        raise DeliveryError(f"the file did not arrive within {seconds:g} s") from None
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise DeliveryError(f"the file: {type(error).__name__}") from None  # its text quotes the address
    raise DeliveryError("the file is always somewhere else", permanent=True)


async def _content(answer: httpx.Response, limit: int) -> bytes:
    if answer.status_code != 200:
        gone = answer.status_code in (400, 401, 403, 404, 410)  # such an address is signed, and expires
        raise DeliveryError(f"the file: HTTP {answer.status_code}", permanent=gone)
    content = bytearray()
    async for piece in answer.aiter_bytes():  # what arrives is counted: the size in a header is only a word
        content += piece
        if len(content) > limit:
            raise DeliveryError(f"the file is larger than {limit} bytes", permanent=True)
    return bytes(content)


async def _check(url: str, trusted: str) -> None:
    """Raise DeliveryError for an address that is not to be asked."""
    try:
        address = urlsplit(url)
        host, port = address.hostname, address.port
    except ValueError:
        host, port, address = None, None, urlsplit("")
    if address.scheme not in ("https", "http") or not host:
        raise DeliveryError("the file has no address on the web", permanent=True)
    if host == trusted:
        return
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port or 443, type=socket.SOCK_STREAM)
    except OSError:
        raise DeliveryError("the server of the file is not known") from None
    if not all(ipaddress.ip_address(str(place[4][0]).partition("%")[0]).is_global for place in found):
        raise DeliveryError("the file is in a private network", permanent=True)
