"""Removing kept files that nothing refers to any more: drafts thrown away, exports fetched, uploads never sent on.

Safe beside other processes: what they put or refer to while this looks stays (`bot.store.files` says how).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Engine

from bot.store import uploads
from bot.store.files import Files
from bot.store.references import referred_to
from knowledge.db import reading, writing

_UNFINISHED = timedelta(days=1)  # no file takes that long to write


@dataclass(frozen=True, slots=True)
class Sweeper:
    """Removes files of one home."""

    engine: Engine
    files: Files
    lasts: timedelta  # for which a file stays although nothing refers to it

    def sweep(self, now: datetime) -> int:
        """Remove what nothing has referred to for long enough and return how many files that were."""
        self.files.erase_unfinished(now - _UNFINISHED)
        before = now - self.lasts
        old = frozenset(self.files.old(before))
        if not old:
            return 0
        with reading(self.engine) as session:
            needed = referred_to(session, old)
        for digest in needed:  # not looked at again for as long
            self.files.touch(digest)
        gone = [digest for digest in sorted(old - needed) if self.files.erase_old(digest, before)]
        if gone:
            with writing(self.engine) as session:
                uploads.forget(session, gone, before)
        return len(gone)
