"""Attachments, kept by their content: HOME/files/ab/abcd…; written whole and synced before a row refers to them."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path


class Files:
    """The attachments of one home."""

    def __init__(self, home: Path) -> None:
        self._folder = home / "files"

    def put(self, content: bytes) -> str:
        """Keep `content` and return its sha256. The same content is kept once."""
        digest = hashlib.sha256(content).hexdigest()
        path = self.path(digest)
        if path.exists():
            return digest
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as fresh:
            fresh.write(content)
            fresh.flush()
            os.fsync(fresh.fileno())
        os.replace(fresh.name, path)  # whole or not at all, whenever the power goes
        sync(path.parent)
        return digest

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


def sync(folder: Path) -> None:
    """Make sure that the names in a folder are on disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
