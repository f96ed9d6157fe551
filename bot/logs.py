"""How the program's log reads: one line an event on standard error, plain for people or JSON for machines.

Each line carries the number of the inbox row it is about, so that what one message led to can be followed through
workers and channels, or the number of the page's request. What people wrote, and who they are, never gets into it: of
an error its kind and the places it passed are told, its words only where they are of our own making or a platform's.
"""

from __future__ import annotations

import json
import logging
import secrets
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from types import TracebackType

from bot.asking import VIETNAM
from bot.channels.base import ChannelUnusable, DeliveryError

PLAIN, JSON = "chu", "json"
_UPDATE: ContextVar[int | None] = ContextVar("update", default=None)
_REQUEST: ContextVar[str | None] = ContextVar("request", default=None)
_SPOKEN = (ChannelUnusable, DeliveryError)  # whose words are written for the admin
_LOUD = ("httpx", "httpcore", "telegram")  # they log addresses, and those hold tokens


@contextmanager
def about(update: int | None) -> Iterator[None]:
    """Mark what is logged in the block as being about the inbox row `update`; None: about no message."""
    token = _UPDATE.set(update)
    try:
        yield
    finally:
        _UPDATE.reset(token)


@contextmanager
def answering() -> Iterator[str]:
    """Mark what is logged in the block as being about one request of a page; yields the number it is given."""
    number = secrets.token_hex(4)
    token = _REQUEST.set(number)
    try:
        yield number
    finally:
        _REQUEST.reset(token)


def configure(form: str) -> None:
    """Send warnings and errors to standard error; in JSON also a line for each message taken and each reply sent."""
    handler = logging.StreamHandler()
    handler.addFilter(_discreet)
    handler.setFormatter(
        _Json() if form == JSON else _Plain("%(asctime)s %(levelname)s %(name)s%(about)s: %(message)s")
    )
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger("bot").setLevel(logging.INFO if form == JSON else logging.WARNING)
    for name in _LOUD:
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.getLogger("uvicorn.error").addFilter(_not_twice)


def request() -> str | None:
    """Return the number of the page's request that is being answered, None where none is."""
    return _REQUEST.get()


def told(error: BaseException) -> str:
    """Return what may be told of an error: a value that somebody typed may stand in its own words."""
    kind = type(error).__name__
    if isinstance(error, _SPOKEN):
        return f"{kind}: {error}"
    if isinstance(error, OSError) and error.strerror:
        return f"{kind}: {error.strerror}"
    original = getattr(error, "orig", None)  # of SQLAlchemy's: what the database said, without values
    return f"{kind}: {type(original).__name__}" if isinstance(original, BaseException) else kind


def _discreet(record: logging.LogRecord) -> bool:
    """Put what may be told in the place of errors, in our lines and in those of libraries."""
    if isinstance(record.args, tuple):
        record.args = tuple(told(one) if isinstance(one, BaseException) else one for one in record.args)
    return True


def _not_twice(record: logging.LogRecord) -> bool:
    """Leave out what the pages log themselves, with the number of the request."""
    return not record.getMessage().startswith("Exception in ASGI application")


def _trace(error: BaseException | None) -> str:
    """Return where an error and those behind it came from; none of their words."""
    parts: list[str] = []
    while error is not None:
        parts.append("".join(traceback.format_tb(error.__traceback__)) + told(error))
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "\n".join(["Traceback (most recent call last):", "\nwhich came of:\n".join(parts)])


_ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class _Plain(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        marks = [str(mark) for mark in (_UPDATE.get(), _REQUEST.get()) if mark is not None]
        record.about = f" [{' '.join(marks)}]" if marks else ""
        record.exc_text = None  # another handler's, with words
        return super().format(record)

    def formatException(self, ei: _ExcInfo) -> str:
        return _trace(ei[1])


class _Json(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, VIETNAM).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        for name, mark in (("update", _UPDATE.get()), ("request", _REQUEST.get())):
            if mark is not None:
                line[name] = mark
        line.update(getattr(record, "numbers", {}))
        if record.exc_info:
            line["trace"] = _trace(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False)
