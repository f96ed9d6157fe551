"""Making a new version beside the old ones, and letting go of what nobody needs.

A version is built in a hidden folder, put on the disk whole, named, and only then made the one that counts. Killed at
any moment before that, the old version counts, and what is left lying about is removed by the next build.
The caller holds the build lock.
"""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from index.between import write_between
from index.encoder import Encoder
from index.files import link_tree
from index.manifest import (
    FileEntry,
    Manifest,
    SegmentEntry,
    describe,
    read_current,
    switch,
    sync_folder,
    write_manifest,
)
from index.segment import Segment
from index.segment_writer import SegmentWriter
from knowledge.document import Finding

# Passages of one segment, after which the next one begins: what is being indexed is in memory, some 10 kB a passage,
# and below 65,536 a posting needs two bytes.
MOST = 40_000
_UNFINISHED = ".new-"


@dataclass(frozen=True, slots=True)
class Stamp:
    """When and by what a version is made."""

    created: str  # ISO time
    analyser: int


class VersionWriter:
    """One new version in the making; a context manager that leaves nothing behind unless `publish` was called."""

    def __init__(self, index: Path, encoder: Encoder) -> None:
        self._index = index
        self._encoder = encoder
        self.version = _next_version(index)
        self._folder = index / f"{_UNFINISHED}{self.version}"
        self._folder.mkdir()
        self._segments: list[SegmentEntry] = []
        self._shared: dict[str, FileEntry] = {}  # files taken over, whose checksums are known
        self._writer: SegmentWriter | None = None

    def __enter__(self) -> VersionWriter:
        return self

    def __exit__(self, *error: object) -> None:
        if self._writer is not None:
            self._writer.abandon()
        shutil.rmtree(self._folder, ignore_errors=True)

    def writer(self) -> SegmentWriter:
        """Return what the next document is added to."""
        if self._writer is not None and len(self._writer) >= MOST:
            self._close_writer()
        if self._writer is None:
            # A name that no other segment ever has: loaded segments are known by it from version to version.
            self._writer = SegmentWriter(self._folder / secrets.token_hex(8), self._encoder)
        return self._writer

    def share(self, before: Manifest, segment: Segment, dead: Collection[int]) -> None:
        """Take a whole segment over from the version `before`, but for its `dead` documents."""
        link_tree(self._index / before.version / segment.name, self._folder / segment.name)
        prefix = f"{segment.name}/"
        self._shared.update({path: entry for path, entry in before.files.items() if path.startswith(prefix)})
        gone = tuple(sorted(dead))
        passages = len(segment.owners) - segment.count(gone)
        self._segments.append(SegmentEntry(segment.name, gone, len(segment.documents) - len(gone), passages))

    def segments(self, opened: Iterable[Segment] = ()) -> list[tuple[Segment, SegmentEntry]]:
        """Open what the version consists of so far; nothing can be added to the last segment any more.

        `opened`: segments of the version before. One that is shared is not opened again.
        """
        self._close_writer()
        there = {segment.name: segment for segment in opened}
        return [(there.get(entry.name) or Segment(self._folder / entry.name), entry) for entry in self._segments]

    def publish(self, stamp: Stamp, between: Mapping[str, tuple[Finding, ...]]) -> Manifest:
        """Put everything on the disk and make this the version that counts."""
        self._close_writer()
        write_between(self._folder, between)
        files = dict(self._shared)
        for path in sorted(self._folder.rglob("*")):
            name = path.relative_to(self._folder).as_posix()
            if path.is_dir():
                sync_folder(path)
            elif name not in files:
                files[name] = describe(path)
        manifest = Manifest(
            version=self.version,
            created=stamp.created,
            encoder=self._encoder.name,
            dimension=self._encoder.dimension,
            analyser=stamp.analyser,
            segments=tuple(self._segments),
            files=files,
        )
        write_manifest(self._folder, manifest)
        sync_folder(self._folder)
        self._folder.rename(self._index / self.version)
        sync_folder(self._index)
        switch(self._index, self.version)
        return manifest

    def _close_writer(self) -> None:
        writer, self._writer = self._writer, None
        if writer is not None:
            writer.finish()
            self._segments.append(SegmentEntry(writer.folder.name, (), writer.documents, len(writer)))


def _next_version(index: Path) -> str:
    numbers = [int(folder.name) for folder in index.iterdir() if folder.name.isdigit()]
    return f"{max(numbers, default=0) + 1:06d}"


def clean(index: Path, *, keep_previous: bool = True) -> None:
    """Remove what dead builds left, and versions before the previous one.

    The previous version stays for a process that is just opening it, and in case the current one is damaged. One that
    a process has opened goes on working for it without its files' names.
    """
    current = read_current(index)
    older = sorted(folder.name for folder in index.iterdir() if folder.name.isdigit() and folder.name < (current or ""))
    kept = {current, *(older[-1:] if keep_previous else ())}
    for folder in index.iterdir():
        unfinished = folder.name.startswith(_UNFINISHED)
        if folder.is_dir() and (unfinished or (folder.name.isdigit() and folder.name not in kept)):
            shutil.rmtree(folder)
