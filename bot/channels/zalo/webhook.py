"""The route Zalo posts updates to."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.routing import Route

from bot.channels import webhooks

PATH = "/webhooks/zalo"
_SECRET_HEADER = "X-Bot-Api-Secret-Token"


def derived_secret(token: str) -> str:
    """Return a secret for the webhook that every process with the same token knows."""
    return webhooks.derived_secret(token, b"zalo webhook")


def route(secret: str, receive: Callable[[object], Awaitable[bool]]) -> Route:
    """Return the route; `receive` stores one update and tells whether it could."""
    return webhooks.route(PATH, _SECRET_HEADER, secret, receive)
