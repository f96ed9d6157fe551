"""A watched folder: documents dropped there are read, and offered to the admins for publication.

    FOLDER/            what is dropped; taken once its size no longer changes
    FOLDER/dang-doc/7/ what job 7 reads
    FOLDER/tu-choi/    what was refused, beside each file a .txt saying why; of a secret document the .txt alone

A file that was taken leaves the folder. Whatever moment the program is killed at, nothing is lost and nothing is
offered twice: the job is known by the name of the folder the file waits in.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine

from bot.domain.attachments import HEAD, empty_refusal, shown_name
from bot.domain.publishing import Intake, IntakeState, JobKind
from bot.receiving import problem
from bot.store import intakes, jobs
from bot.store.files import Files
from bot.store.jobs import Asked
from knowledge.db import reading, writing
from knowledge.read import SECRET_REASON

WATCH_SECONDS = 3.0  # between two looks
READING, REFUSED = "dang-doc", "tu-choi"
_UNFINISHED = (".part", ".crdownload", ".tmp", ".download", ".filepart")  # what programs write while they copy


class Watcher:
    """Looks at one folder; to be asked by one process at a time."""

    def __init__(
        self, folder: Path, engine: Engine, files: Files, clock: Callable[[], datetime], max_bytes: int
    ) -> None:
        self._folder = folder
        self._engine = engine
        self._files = files
        self._clock = clock
        self._max_bytes = max_bytes
        self._seen: dict[str, tuple[int, int]] = {}  # name → size and time at the last look

    def look(self) -> int:
        """Take what is complete, put away what was read; returns how many files were taken or refused.

        Raises OSError where the folder cannot be used.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        self._put_away()
        before, self._seen = self._seen, {}
        taken = 0
        for path in sorted(self._folder.iterdir()):
            if not path.is_file() or path.is_symlink() or _is_furniture(path.name):
                continue
            status = path.stat()
            self._seen[path.name] = (status.st_size, status.st_mtime_ns)
            if before.get(path.name) == self._seen[path.name]:
                self._take(path, status.st_size)
                taken += 1
        return taken

    def _take(self, path: Path, size: int) -> None:
        name = shown_name(path.name)
        reason = problem(name, size, b"")
        if reason is None and size > self._max_bytes:
            reason = f"Tệp quá lớn (trên {self._max_bytes >> 20} MB)."
        if reason is None:
            content = path.read_bytes()
            reason = problem(name, len(content), content[:HEAD]) or (None if content else empty_refusal(name))
        if reason is not None:
            self._refuse(path, reason)
            return
        job = self._waiting(hashlib.sha256(content).hexdigest()) or self._queue(name, self._files.put(content))
        target = self._folder / READING / str(job)
        target.mkdir(parents=True, exist_ok=True)
        os.replace(path, target / path.name)

    def _waiting(self, sha256: str) -> int | None:
        """Return the job that reads this content already: the program was killed before the file was moved."""
        with reading(self._engine) as session:
            return intakes.reading_job(session, sha256)

    def _queue(self, name: str, sha256: str) -> int:
        now = self._clock()
        with writing(self._engine) as session:
            job = jobs.add(session, JobKind.READ, f"“{name}”", Asked(), now, total=1)
            intakes.add(session, job, sha256, name, now)
        return job

    def _put_away(self) -> None:
        """Take the files out of the way whose job has ended: refused ones with the reason, others altogether."""
        waiting = self._folder / READING
        for folder in sorted(waiting.iterdir()) if waiting.is_dir() else ():
            if not folder.name.isdecimal():
                continue
            with reading(self._engine) as session:
                job = jobs.job(session, int(folder.name))
                received = intakes.of_job(session, int(folder.name))
            if job is not None and job.state.open:
                continue
            for path in sorted(folder.iterdir()):
                self._put_one_away(path, received)
            folder.rmdir()

    def _put_one_away(self, path: Path, received: tuple[Intake, ...]) -> None:
        refused = [one for one in received if one.state is IntakeState.REFUSED]
        secret = any(one.reason == SECRET_REASON for one in refused)
        if refused and len(received) == len(refused):
            self._refuse(path, "\n".join(f"{one.name}: {one.reason}" for one in refused), secret=secret)
        elif refused:  # some members of an archive: the others were offered
            self._say_why(path.name, "\n".join(f"{one.name}: {one.reason}" for one in refused))
            path.unlink()
        else:
            path.unlink()

    def _refuse(self, path: Path, reason: str, *, secret: bool = False) -> None:
        self._say_why(path.name, reason)
        if secret:
            path.unlink()
        else:
            os.replace(path, self._folder / REFUSED / path.name)

    def _say_why(self, name: str, reason: str) -> None:
        folder = self._folder / REFUSED
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.txt").write_text(f"{reason}\n", encoding="utf-8")


def _is_furniture(name: str) -> bool:
    lower = name.lower()
    return lower.startswith((".", "~$")) or lower.endswith(_UNFINISHED) or lower in ("thumbs.db", "desktop.ini")
