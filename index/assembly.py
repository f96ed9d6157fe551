"""From the documents that are wanted to a new version, reusing all that the version before still has right.

Knows nothing of files and the catalogue: keys, fingerprints and a way to load a document in, a version out.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import repeat
from pathlib import Path

import numpy as np

from index.between import read_between
from index.encoder import Encoder
from index.errors import DamagedIndex
from index.kin import Kin, findings_between
from index.manifest import Manifest, SegmentEntry, read_current, read_manifest
from index.progress import Progress
from index.segment import Segment
from index.versions import Stamp, VersionWriter
from knowledge.document import Document, Finding
from knowledge.errors import KnowledgeError

_LOG = logging.getLogger(__name__)

# A segment with fewer passages than this is not kept but copied together with what is new: a hundred segments of ten
# passages would be slow to ask. Copying a thousand takes half a second.
_SMALL = 1000


@dataclass(frozen=True, slots=True)
class Wanted:
    """One document that the new version shall have."""

    key: str
    fingerprint: str  # equal means that nothing of it has to be made anew
    load: Callable[[], Document | None]  # None when it cannot be had after all


@dataclass(frozen=True, slots=True)
class Outcome:
    """The version that counts now, compared with the one before."""

    manifest: Manifest
    added: int
    changed: int
    removed: int
    unchanged: int


class _Before:
    """The version so far; empty where there is none that can be read."""

    def __init__(self, index: Path) -> None:
        self.manifest: Manifest | None = None
        self.segments: list[Segment] = []
        self.between: dict[str, tuple[Finding, ...]] = {}
        self.live: dict[str, tuple[int, int]] = {}  # key → segment, number in it
        self.fingerprints: dict[str, str] = {}  # by key, of the live ones
        version = read_current(index)
        if version is None:
            return
        try:
            manifest = read_manifest(index / version)
            segments = [Segment(index / version / entry.name) for entry in manifest.segments]
            between = read_between(index / version)
            keys = [segment.keys for segment in segments]
        except (DamagedIndex, KnowledgeError, OSError, ValueError, RuntimeError, LookupError) as error:
            _LOG.warning("the index is made anew, since the one so far cannot be read: %s", error)
            return
        self.manifest, self.segments, self.between = manifest, segments, between
        for at, entry in enumerate(manifest.segments):
            dead = set(entry.dead)
            for number, (key, fingerprint) in enumerate(keys[at]):
                if number not in dead:
                    self.live[key] = (at, number)
                    self.fingerprints[key] = fingerprint

    def kin(self, key: str) -> Kin:
        at, number = self.live[key]
        return self.segments[at].kins[number]


def assemble(
    index: Path,
    wanted: Sequence[Wanted],
    encoder: Encoder,
    stamp: Stamp,
    *,
    rebuild: bool,
    purge: bool,
    progress: Progress,
) -> Outcome:
    """Make the version with exactly the documents `wanted` the one that counts, unless it does already.

    `rebuild` reuses nothing; `purge` leaves nothing on the disk of documents that no longer count.
    """
    before = _Before(index)
    reusable = not rebuild and before.manifest is not None and _made_with(before.manifest, encoder)
    same = [each for each in wanted if before.fingerprints.get(each.key) == each.fingerprint] if reusable else []
    settled = {each.key for each in same}
    anew = [each for each in wanted if each.key not in settled]
    if before.manifest and reusable and not anew and not purge and len(same) == len(before.live):
        return Outcome(before.manifest, 0, 0, 0, len(same))
    with VersionWriter(index, encoder) as version:
        _take_over(version, before, settled, len(anew), purge=purge)
        progress("index", 0, len(anew))
        made = []
        for done, each in enumerate(anew, 1):
            document = each.load()
            if document is not None:
                version.writer().add(document, each.key, each.fingerprint)
                made.append(each)
            progress("index", done, len(anew))
        present = {each.key: each.fingerprint for each in (*same, *made)}
        between = _between(version, before, {each.key for each in made}, set(present))
        manifest = version.publish(stamp, between)
    return _compared(manifest, present, before)


def _made_with(manifest: Manifest, encoder: Encoder) -> bool:
    return (manifest.encoder, manifest.dimension) == (encoder.name, encoder.dimension)


def _take_over(version: VersionWriter, before: _Before, settled: set[str], coming: int, *, purge: bool) -> None:
    """Share the segments that are worth keeping, copy the documents of the others; `coming` more will be added."""
    if before.manifest is None:
        return
    kept: list[list[int]] = [[] for _ in before.segments]
    for key, (at, number) in before.live.items():
        if key in settled:
            kept[at].append(number)
    copied = []
    sizes = [segment.count(numbers) for segment, numbers in zip(before.segments, kept, strict=True)]
    fresh = coming * before.manifest.passages // max(1, before.manifest.documents)
    for at in np.argsort(sizes, kind="stable").tolist():
        segment, numbers, size = before.segments[at], kept[at], sizes[at]
        wasteful = 2 * size < len(segment.owners) or (purge and len(numbers) < len(segment.documents))
        # Twice the size of what is new: so the segments of an index that grows bit by bit stay few (Lucene's way).
        if wasteful or size <= max(_SMALL, 2 * fresh):
            copied.append(at)
            fresh += size
    for at, (segment, numbers) in enumerate(zip(before.segments, kept, strict=True)):
        if at in copied:
            for number in numbers:
                version.writer().copy(segment, number)
        elif numbers:
            version.share(before.manifest, segment, set(range(len(segment.documents))) - set(numbers))


def _between(
    version: VersionWriter, before: _Before, made: set[str], present: set[str]
) -> dict[str, tuple[Finding, ...]]:
    """Return what the documents of the new version say of each other."""
    places: list[tuple[Segment, int]] = []
    keys: list[str] = []
    kins: list[Kin] = []
    for segment, entry in version.segments(before.segments):
        live = _live(segment, entry)
        places += zip(repeat(segment), live, strict=False)
        keys += [segment.keys[number][0] for number in live]
        kins += [segment.kins[number] for number in live]
    touched = [kin for key, kin in zip(keys, kins, strict=True) if key in made]
    touched += [before.kin(key) for key in before.live if key in made or key not in present]

    def load(position: int) -> Document:
        segment, number = places[position]
        return segment.document(number)

    return findings_between(kins, keys, load, before.between, touched)


def _live(segment: Segment, entry: SegmentEntry) -> list[int]:
    dead = set(entry.dead)
    return [number for number in range(len(segment.documents)) if number not in dead]


def _compared(manifest: Manifest, present: dict[str, str], before: _Before) -> Outcome:
    common = sum(map(before.fingerprints.__contains__, present))
    unchanged = sum(before.fingerprints.get(key) == fingerprint for key, fingerprint in present.items())
    return Outcome(
        manifest=manifest,
        added=len(present) - common,
        changed=common - unchanged,
        removed=len(before.live) - common,
        unchanged=unchanged,
    )
