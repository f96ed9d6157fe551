"""Files and folders → the catalogue: what is new or changed is read and analysed, what has vanished is removed.

Knows nothing of passages and snapshots.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from index.files import find_files, is_under
from index.progress import Progress
from knowledge.analyse import ANALYSER_VERSION, analyse
from knowledge.catalog import Catalog, Source, base_name, source_key
from knowledge.document import Document
from knowledge.errors import KnowledgeError, MissingTool, SecretDocument, StoredAnalysisError, UnreadableFile

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that was not taken in."""

    file: str  # base name
    reason: str  # Vietnamese, one line: what is wrong, what to do


class Intake:
    """One pass over files and folders."""

    def __init__(
        self, catalog: Catalog, *, max_bytes: int, now: datetime, rebuild: bool, on_secret: Callable[[], None]
    ) -> None:
        self._catalog = catalog
        self._max_bytes = max_bytes
        self._now = now
        self._rebuild = rebuild  # read every file, whatever is known of it
        self._on_secret = on_secret  # called before something that was stored turns out to be secret
        self._known = {source.path: source for source in catalog.sources()}
        self.refused: list[Refusal] = []

    def take(self, paths: Sequence[Path], home: Path, progress: Progress) -> None:
        """Bring the catalogue in line with `paths`; everything below `home` is left out."""
        found = find_files(paths, home, self._known)
        for folder, reason in found.closed:
            self.refused.append(Refusal(folder.name, reason))
        progress("read", 0, len(found.files))
        for done, path in enumerate(found.files, 1):
            self._file(path)
            progress("read", done, len(found.files))
        self._remove_vanished(found.roots, {source_key(path) for path in found.files}, [c for c, _ in found.closed])

    def again(self, source: Path) -> Document | None:
        """Read a file anew whose stored analysis is of no use; None (and a refusal) where that fails."""
        try:
            status = source.stat()
            document = analyse(source, max_bytes=self._max_bytes)
        except (KnowledgeError, OSError) as error:
            self.refused.append(Refusal(base_name(source), str(error)))
            return None
        self._add(document, source, status.st_size, status.st_mtime_ns)
        return document

    def _file(self, path: Path) -> None:
        try:
            status = path.stat()
            size, mtime_ns = status.st_size, status.st_mtime_ns
        except OSError:
            size, mtime_ns = -1, -1  # `analyse` says what is wrong with it
        source = self._known.get(source_key(path))
        if source is not None and not self._rebuild and self._unchanged(source, path, size, mtime_ns):
            if source.reason is not None:
                self.refused.append(Refusal(source.file, source.reason))
            return
        try:
            self._add(analyse(path, max_bytes=self._max_bytes), path, size, mtime_ns)
        except MissingTool as error:  # not the file's fault: tried again next time, what it held before stays
            self.refused.append(Refusal(base_name(path), str(error)))
        except UnreadableFile as error:
            self._refuse(path, error, size, mtime_ns)
        except Exception as error:  # a fault of ours in one document must not keep the other thousand out
            _LOG.exception("%s could not be analysed", path)
            reason = f"Chương trình gặp lỗi khi phân tích ({type(error).__name__}); hãy báo cho người quản trị."
            self.refused.append(Refusal(base_name(path), reason))

    def _unchanged(self, source: Source, path: Path, size: int, mtime_ns: int) -> bool:
        """Tell whether a file is as it was last seen; one that was only touched is not analysed again."""
        if source.analyser != ANALYSER_VERSION or source.size != size:
            return False
        if source.mtime_ns == mtime_ns:
            return True
        if source.digest is None or hashlib.sha256(path.read_bytes()).hexdigest() != source.digest:
            return False
        entry = next((each for each in self._catalog.versions(path) if each.version == source.version), None)
        if entry is None:
            return False
        try:
            self._add(self._catalog.load(entry), path, size, mtime_ns)
        except (KeyError, StoredAnalysisError):
            return False
        return True

    def _add(self, document: Document, path: Path, size: int, mtime_ns: int) -> None:
        self._catalog.add(document, path, size=size, mtime_ns=mtime_ns, analyser=ANALYSER_VERSION, now=self._now)

    def _refuse(self, path: Path, error: UnreadableFile, size: int, mtime_ns: int) -> None:
        self.refused.append(Refusal(base_name(path), str(error)))
        secret = isinstance(error, SecretDocument)
        if secret and self._catalog.versions(path):
            self._on_secret()
        if size >= 0 or source_key(path) in self._known:
            self._catalog.refuse(
                path,
                str(error),
                size=size,
                mtime_ns=mtime_ns,
                analyser=ANALYSER_VERSION,
                now=self._now,
                secret=secret,
            )

    def _remove_vanished(self, roots: Sequence[Path], seen: Collection[str], closed: Sequence[Path]) -> None:
        for key in self._known:
            gone = key not in seen and any(is_under(key, root) for root in roots)
            if gone and not any(is_under(key, folder) for folder in closed):
                self._catalog.remove(Path(key))
