"""Attachments, kept by their content: HOME/files/ab/abcd…; written whole and synced before a row refers to them.

The time of a file is when it was last put, or last found to be referred to: what nothing refers to is removed some
time after that (`bot.sweeping`). Putting and removing hold a lock that other processes respect too: a file that is put
at the moment it would be removed stays.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

_KEPT = re.compile(r"[0-9a-f]{64}")


class Files:
    """The attachments of one home."""

    def __init__(self, home: Path) -> None:
        self._folder = home / "files"
        self._lock = home / ".files.lock"

    def put(self, content: bytes) -> str:
        """Keep `content` and return its sha256. The same content is kept once."""
        digest = hashlib.sha256(content).hexdigest()
        path = self.path(digest)
        path.parent.mkdir(parents=True, exist_ok=True)
        with self._locked(fcntl.LOCK_SH):
            if path.exists():
                os.utime(path)
                return digest
            with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as fresh:
                fresh.write(content)
                fresh.flush()
                os.fsync(fresh.fileno())
            os.replace(fresh.name, path)  # whole or not at all, whenever the power goes
            sync(path.parent)
        return digest

    def old(self, before: datetime) -> Iterator[str]:
        """Yield the digests of what was last put, or found to be referred to, before that time."""
        for path in self._folder.glob("??/*"):
            if _KEPT.fullmatch(path.name) and _older(path, before):
                yield path.name

    def touch(self, digest: str) -> None:
        """Note that `digest` is referred to now."""
        with suppress(FileNotFoundError):
            os.utime(self.path(digest))

    def erase_old(self, digest: str, before: datetime) -> bool:
        """Keep `digest` no longer unless it was put since `before`; tells whether it was removed."""
        path = self.path(digest)
        with self._locked(fcntl.LOCK_EX):  # between looking at its time and removing it nobody puts it
            if not _older(path, before):
                return False
            path.unlink(missing_ok=True)
            sync(path.parent)
        return True

    @contextmanager
    def undisturbed(self) -> Iterator[None]:
        """Let no file that was referred to be removed for the length of the block; new ones may be put."""
        if not self._lock.parent.is_dir():  # there are none yet
            yield
            return
        with self._locked(fcntl.LOCK_SH):
            yield

    def erase_unfinished(self, before: datetime) -> int:
        """Remove what processes that died before then left half written; returns how many files those were."""
        left = [path for path in self._folder.glob("??/*") if not _KEPT.fullmatch(path.name) and _older(path, before)]
        for path in left:
            path.unlink(missing_ok=True)
        return len(left)

    def erase(self, digest: str) -> None:
        """Keep the content of `digest` no longer; nothing happens where there is none."""
        path = self.path(digest)
        if path.exists():
            path.unlink(missing_ok=True)
            sync(path.parent)

    def read(self, digest: str) -> bytes:
        """Return the content kept under `digest`; FileNotFoundError where there is none."""
        return self.path(digest).read_bytes()

    def path(self, digest: str) -> Path:
        """Return where the content of `digest` is; ValueError for what is no digest."""
        if len(digest) != 64 or not digest.isascii() or not digest.isalnum():
            raise ValueError(f"not a sha256: {digest[:80]!r}")
        return self._folder / digest[:2] / digest

    @contextmanager
    def _locked(self, kind: int) -> Iterator[None]:
        handle = os.open(self._lock, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, kind)
            yield
        finally:
            os.close(handle)  # and with it the lock


def _older(path: Path, before: datetime) -> bool:
    try:
        return path.stat().st_mtime < before.timestamp()
    except FileNotFoundError:
        return False


def sync(folder: Path) -> None:
    """Make sure that the names in a folder are on disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
