"""The route a platform posts updates to: the secret checked, the update stored, then 200.

Anything but 200 makes a platform post the update again, later: what is malformed is stored as such and answered 200;
what could not be stored is not.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

_LARGEST_UPDATE = 2**20  # bytes

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Hook:
    """Where one platform posts updates to."""

    path: str
    header: str  # that carries the secret
    purpose: bytes  # of a secret that is derived: another one for each platform

    def secret(self, token: str) -> str:
        """Return a secret that every process with the same bot's token knows."""
        return hmac.new(token.encode(), self.purpose, hashlib.sha256).hexdigest()

    def route(self, secret: str, receive: Callable[[object], Awaitable[bool]]) -> Route:
        """Return the route; `receive` stores one update and tells whether it could."""
        return _route(self.path, self.header, secret, receive)


def _route(path: str, header: str, secret: str, receive: Callable[[object], Awaitable[bool]]) -> Route:
    async def post(request: Request) -> Response:
        given = request.headers.get(header, "")
        if not hmac.compare_digest(given.encode("utf-8", "replace"), secret.encode()):
            return Response(status_code=403)
        body = bytearray()
        async for piece in request.stream():
            body += piece
            if len(body) > _LARGEST_UPDATE:
                return Response(status_code=413)
        try:
            raw: object = json.loads(body)
        except (ValueError, RecursionError):
            log.warning("%s: a request that is no JSON", path)
            raw = {"unreadable": body.decode("utf-8", "replace")}
        return Response(status_code=200 if await receive(raw) else 503)

    return Route(path, post, methods=["POST"])
