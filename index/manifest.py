"""What a snapshot's folder holds, and which folder counts.

    HOME/index/CURRENT            the name of the version that counts, switched atomically
    HOME/index/000012/            one version, never changed after it was made
        manifest.json             this module's Manifest
        3f9c21d0/                 a segment (index.segment), perhaps shared with other versions by hard links

Knows nothing of documents: names, numbers and files.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from index.errors import DamagedIndex
from knowledge import codec

# Raised whenever what a segment holds changes its form or meaning: older versions are made anew. The documents in it
# have a format of their own.
FORMAT = f"4.{codec.FORMAT}"

_CURRENT = "CURRENT"
_MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class SegmentEntry:
    """One segment of a version."""

    name: str  # its folder
    dead: tuple[int, ...]  # its documents that no longer count, ascending
    documents: int  # that do
    passages: int  # of those


@dataclass(frozen=True, slots=True)
class FileEntry:
    """One file of a version, as it was written."""

    size: int
    blake2b: str  # hex, 16 bytes


@dataclass(frozen=True, slots=True)
class Manifest:
    """The description of one version."""

    version: str  # "000012"
    created: str  # ISO time
    encoder: str  # Encoder.name of its vectors
    dimension: int
    analyser: int  # knowledge.analyse.ANALYSER_VERSION of the program that made it
    segments: tuple[SegmentEntry, ...]
    files: dict[str, FileEntry]  # relative path → file

    @property
    def documents(self) -> int:
        """How many documents count."""
        return sum(segment.documents for segment in self.segments)

    @property
    def passages(self) -> int:
        """How many passages count."""
        return sum(segment.passages for segment in self.segments)


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write the manifest of the version in `folder`."""
    text = json.dumps({"format": FORMAT, **asdict(manifest)}, ensure_ascii=False, indent=1)
    (folder / _MANIFEST).write_text(text, encoding="utf-8")


def read_manifest(folder: Path) -> Manifest:
    """Read and check the manifest in `folder`: every file must be there at its full size.

    Raises DamagedIndex where it is not, or was written in another format.
    """
    try:
        stored = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
        if stored.pop("format") != FORMAT:
            raise DamagedIndex(f"Chỉ mục {folder} theo định dạng khác; hãy chạy lại tdkt index.")
        segments = tuple(SegmentEntry(**{**entry, "dead": tuple(entry["dead"])}) for entry in stored.pop("segments"))
        files = {path: FileEntry(**entry) for path, entry in stored.pop("files").items()}
        manifest = Manifest(segments=segments, files=files, **stored)
        for path, entry in files.items():
            if (folder / path).stat().st_size != entry.size:
                raise DamagedIndex(f"Chỉ mục {folder} hỏng: tệp {path} không đủ; hãy chạy lại tdkt index.")
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise DamagedIndex(f"Chỉ mục {folder} hỏng ({error}); hãy chạy lại tdkt index.") from error
    return manifest


def describe(path: Path) -> FileEntry:
    """Return the entry of a file that was just written, after making sure that it is on the disk."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
    return FileEntry(path.stat().st_size, _digest(path))


def altered_files(folder: Path) -> list[str]:
    """Return the files of a version whose bytes are no longer what was written; reads them all, for `tdkt doctor`."""
    files = read_manifest(folder).files
    return [path for path, entry in files.items() if _digest(folder / path) != entry.blake2b]


def _digest(path: Path) -> str:
    digest = hashlib.blake2b(digest_size=16)
    with path.open("rb") as file:
        while block := file.read(2**20):
            digest.update(block)
    return digest.hexdigest()


def read_current(index: Path) -> str | None:
    """Return the version that counts, None where nothing was ever built."""
    try:
        return (index / _CURRENT).read_text(encoding="ascii").strip() or None
    except FileNotFoundError:
        return None


def current_stamp(index: Path) -> tuple[int, int, int] | None:
    """Return what changes whenever CURRENT is switched; costs one look at the folder."""
    try:
        status = (index / _CURRENT).stat()
    except FileNotFoundError:
        return None
    return status.st_ino, status.st_mtime_ns, status.st_size


def switch(index: Path, version: str) -> None:
    """Make `version` the one that counts: a reader sees the old name or the new one, also after a power cut."""
    temporary = index / f"{_CURRENT}.new"
    with temporary.open("w", encoding="ascii") as file:
        file.write(version + "\n")
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(index / _CURRENT)
    sync_folder(index)


def sync_folder(folder: Path) -> None:
    """Make sure that the names in `folder` are on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def versions(index: Path) -> list[str]:
    """Return the names of the complete versions on disk, oldest first."""
    if not index.is_dir():
        return []
    return sorted(folder.name for folder in index.iterdir() if folder.name.isdigit() and (folder / _MANIFEST).is_file())
