"""How the program's log reads: one line an event on standard error, plain for people or JSON for machines.

Each line carries the number of the inbox row it is about, so that what one message led to can be followed through
workers and channels. What people wrote never gets into it.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from bot.asking import VIETNAM

PLAIN, JSON = "chu", "json"
_UPDATE: ContextVar[int | None] = ContextVar("update", default=None)


@contextmanager
def about(update: int) -> Iterator[None]:
    """Mark what is logged in the block as being about the inbox row `update`."""
    token = _UPDATE.set(update)
    try:
        yield
    finally:
        _UPDATE.reset(token)


def configure(form: str) -> None:
    """Send warnings and errors to standard error, in one of the two forms."""
    handler = logging.StreamHandler()
    handler.setFormatter(
        _Json() if form == JSON else _Plain("%(asctime)s %(levelname)s %(name)s%(about)s: %(message)s")
    )
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)


class _Plain(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        update = _UPDATE.get()
        record.about = f" [{update}]" if update is not None else ""
        return super().format(record)


class _Json(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        told: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, VIETNAM).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        update = _UPDATE.get()
        if update is not None:
            told["update"] = update
        if record.exc_info:
            told["trace"] = self.formatException(record.exc_info)
        return json.dumps(told, ensure_ascii=False)
