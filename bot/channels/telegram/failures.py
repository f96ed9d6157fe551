"""What an error of python-telegram-bot means for the message that was being sent.

Transient or permanent is decided here, where the wire format is known, and nowhere else. A test walks the library's
whole tree of errors: each class has its own line.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    PassportDecryptionError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.channels.base import DeliveryError, redacted

_TOKEN_FIXED = 300.0  # seconds until a message is tried again that a wrong token kept: somebody has to set a right one


def _permanent(error: TelegramError, said: str) -> DeliveryError:
    return DeliveryError(said, permanent=True)


def _transient(error: TelegramError, said: str) -> DeliveryError:
    return DeliveryError(said)


def _blocked(error: TelegramError, said: str) -> DeliveryError:
    # Blocked by the person, kicked from the group, an account that is gone: nothing arrives until they write again.
    return DeliveryError(said, permanent=True, blocked=True)


def _wait(error: TelegramError, said: str) -> DeliveryError:
    return DeliveryError(said, retry_after=seconds_asked(error))


def _moved(error: TelegramError, said: str) -> DeliveryError:
    return DeliveryError(said, moved_to=str(error.new_chat_id) if isinstance(error, ChatMigrated) else None)


def _refused_token(error: TelegramError, said: str) -> DeliveryError:
    return DeliveryError(said, retry_after=_TOKEN_FIXED)


MEANINGS: dict[type[TelegramError], Callable[[TelegramError, str], DeliveryError]] = {
    TelegramError: _transient,  # an answer that is not JSON: a proxy in trouble
    NetworkError: _transient,  # no connection, 5xx
    TimedOut: _transient,  # it may have arrived: better twice than never
    BadRequest: _permanent,  # a NetworkError by inheritance only: the same message is refused again
    RetryAfter: _wait,
    ChatMigrated: _moved,
    Forbidden: _blocked,
    Conflict: _transient,
    InvalidToken: _refused_token,
    EndPointNotFound: _permanent,
    PassportDecryptionError: _permanent,
}


def delivery_error(error: TelegramError, token: str) -> DeliveryError:
    """Return what `error` means, told without the token."""
    meaning = next(MEANINGS[kind] for kind in type(error).__mro__ if kind in MEANINGS)
    return meaning(error, redacted(f"{type(error).__name__}: {error}", token))


def seconds_asked(error: Exception) -> float | None:
    """Return how long Telegram asks us to wait, None where it does not ask."""
    if not isinstance(error, RetryAfter):
        return None
    asked = error.retry_after
    return asked.total_seconds() if isinstance(asked, timedelta) else float(asked)
