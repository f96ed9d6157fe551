"""A watched folder: documents dropped there are read, and offered to the admins for publication.

    FOLDER/            what is dropped, in folders too; taken once nothing there changes any more
    FOLDER/dang-doc/7/ what job 7 reads
    FOLDER/da-doc/     what was read and offered; nobody needs it any more
    FOLDER/tu-choi/    what was refused, beside each file a .txt saying why; of a secret document the .txt alone

What arrives together is one job, so that the admins get one list. Whatever moment the program is killed at, nothing is
lost and nothing is offered twice: the job is known by the name of the folder the file waits in.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine

from bot.cards import named
from bot.domain.attachments import HEAD, empty_refusal, shown_name
from bot.domain.publishing import JobKind
from bot.publishing.unpacking import is_archive
from bot.publishing.watched import DONE, READING, REFUSED, Watched
from bot.receiving import problem
from bot.store import intakes, jobs
from bot.store.files import Files
from bot.store.jobs import Asked
from knowledge.db import reading, writing

_LOG = logging.getLogger(__name__)

WATCH_SECONDS = 3.0  # between two looks
_PATIENCE = 10  # looks for which what is complete waits for what is still being copied
_MOST = 500  # files of one job
_UNFINISHED = (".part", ".crdownload", ".tmp", ".download", ".filepart")  # what programs write while they copy
_OURS = ("documents", "files", "index", "reading", "xuat")  # folders of the home
_UNREADABLE = "Không đọc được tệp ({}). Anh/chị kiểm tra quyền đọc tệp rồi chép lại vào thư mục."

Look = tuple[int, int]  # size and time of a file


@dataclass(frozen=True, slots=True)
class _Taken:
    """A file whose content is kept."""

    path: Path
    name: str  # as it is shown
    sha256: str
    look: Look


def trouble(folder: Path, home: Path) -> str | None:
    """Say why a folder cannot be watched, None where it can: what the program keeps is not to be taken for a document.

    A folder of its own within the home is fine; the home itself, whatever holds it, or a folder of its data is not.
    """
    folder, home = folder.resolve(), home.resolve()
    if folder == home or folder in home.parents:
        return "không được là thư mục dữ liệu, hoặc thư mục chứa nó"
    if home in folder.parents and folder.relative_to(home).parts[0] in _OURS:
        return "không được nằm trong phần dữ liệu của chương trình"
    return None


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
        self._seen: dict[Path, Look] = {}
        self._waited = 0  # looks
        self._watched = Watched(folder, engine)

    def look(self) -> int:
        """Take what is complete, put away what was read; returns how many files were taken or refused.

        Raises OSError where the folder cannot be used.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        self._watched.put_away()
        before, self._seen = self._seen, dict(_files(self._folder))
        complete = [path for path, look in self._seen.items() if before.get(path) == look]
        if len(complete) < len(self._seen) and self._waited < _PATIENCE:
            self._waited += 1
            return 0
        self._waited = 0
        found = [self._keep(path, self._seen[path]) for path in complete[:_MOST]]
        self._offer([one for one in found if isinstance(one, _Taken)])
        return sum(one is not None for one in found)

    def _keep(self, path: Path, look: Look) -> _Taken | str | None:
        """Keep the content of a file; a refused one is put away and its reason returned, None where it has changed."""
        name = shown_name(path.name)
        try:
            content = path.read_bytes() if look[0] <= self._max_bytes else b""
            if _look(path) != look:
                return None
        except OSError as error:
            return self._refuse(path, _UNREADABLE.format(error.strerror or error))
        reason = problem(name, look[0], content[:HEAD]) or (None if look[0] else empty_refusal(name))
        if reason is None and look[0] > self._max_bytes:
            reason = f"Tệp quá lớn (trên {self._max_bytes >> 20} MB). Anh/chị tách nhỏ rồi chép lại."
        if reason is not None:
            return self._refuse(path, reason)
        return _Taken(path, name, self._files.put(content), look)

    def _refuse(self, path: Path, reason: str) -> str | None:
        try:
            self._watched.refuse(path, reason)
        except OSError as error:  # the folder may not be written to: seen again, and refused again, at every look
            _LOG.error("a refused file cannot be moved away: %s", error)
            return None
        return reason

    def _offer(self, taken: Sequence[_Taken]) -> None:
        """Let jobs read what was kept: an archive by itself, everything else together."""
        fresh: list[_Taken] = []
        for one in taken:
            job = self._reading(one.sha256)
            if job is not None:
                self._watched.wait(one.path, job, one.look)
            elif is_archive(one.name):
                self._queue([one])
            else:
                fresh.append(one)
        if fresh:
            self._queue(fresh)

    def _reading(self, sha256: str) -> int | None:
        """Return the job that reads this content already: the program was killed before the file was moved."""
        with reading(self._engine) as session:
            return intakes.reading_job(session, sha256)

    def _queue(self, taken: Sequence[_Taken]) -> None:
        now, title = self._clock(), named([f"“{one.name}”" for one in taken])
        with writing(self._engine) as session:
            job = jobs.add(session, JobKind.READ, title, Asked(), now, total=len(taken))
            for one in taken:
                intakes.add(session, job, one.sha256, one.name, now)
        for one in taken:
            self._watched.wait(one.path, job, one.look)


def _files(folder: Path) -> Iterator[tuple[Path, Look]]:
    """Yield the files that may be documents, in the order of their paths; links are not followed."""
    for root, folders, names in os.walk(folder):
        here = Path(root)
        ours = (READING, REFUSED, DONE) if here == folder else ()
        folders[:] = sorted(name for name in folders if name not in ours and not _is_furniture(name))
        for name in sorted(names):
            path = here / name
            if not _is_furniture(name) and not path.is_symlink() and path.is_file():
                yield path, _look(path)


def _look(path: Path) -> Look:
    status = path.stat()
    return status.st_size, status.st_mtime_ns


def _is_furniture(name: str) -> bool:
    lower = name.lower()
    return lower.startswith((".", "~$")) or lower.endswith(_UNFINISHED) or lower in ("thumbs.db", "desktop.ini")
