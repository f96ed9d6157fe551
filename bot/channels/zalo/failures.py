"""What an error of the Zalo Bot Platform means for the message that was being sent.

The platform says `ok: false` with an `error_code`, at times under HTTP 200. Transient or permanent is decided here and
nowhere else; a code that is not known is transient: it may be tomorrow's trouble, and attempts are limited anyway.
"""

from __future__ import annotations

from bot.channels.base import DeliveryError, redacted

BAD_REQUEST, UNAUTHORISED, FORBIDDEN, NOT_FOUND, TIMEOUT, TOO_LARGE, TOO_MANY = 400, 401, 403, 404, 408, 413, 429
NO_SUCH_BOT = frozenset({UNAUTHORISED, FORBIDDEN, NOT_FOUND})  # where the request is about nothing but the bot

_PERMANENT = frozenset({BAD_REQUEST, NOT_FOUND, TOO_LARGE, 405, 406, 410, 414, 415, 422})
_TOKEN_FIXED = 300.0  # seconds until a message is tried again that a wrong token kept: somebody has to set a right one
_QUOTA = 60.0  # seconds, where the platform says that it was too much and not for how long


class ZaloError(Exception):
    """A request that did not work; str(error) may quote an address, and so the token."""

    def __init__(self, message: str, *, code: int | None = None, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.code = code  # the platform's, else the HTTP status; None: no answer, which does not mean no effect
        self.retry_after = retry_after  # seconds the platform asks us to wait


def delivery_error(error: ZaloError, token: str) -> DeliveryError:
    """Return what `error` means, told without the token."""
    said = redacted(str(error), token)
    if error.code in _PERMANENT:
        return DeliveryError(said, permanent=True)
    if error.code == FORBIDDEN:  # the person stopped the bot, or it was taken out of the group
        return DeliveryError(said, permanent=True, blocked=True)
    if error.code == UNAUTHORISED:
        return DeliveryError(said, retry_after=_TOKEN_FIXED)
    return DeliveryError(said, retry_after=seconds_asked(error))  # without an answer: better twice than never


def seconds_asked(error: Exception) -> float | None:
    """Return how long the platform asks us to wait, None where it does not ask."""
    if not isinstance(error, ZaloError):
        return None
    if error.code == TOO_MANY and error.retry_after is None:
        return _QUOTA
    return error.retry_after
