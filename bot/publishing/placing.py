"""Published originals on disk and in the catalogue: put there, taken out, put back.

HOME/documents/<number>-<digest>/<name>: one folder a received file, so that no file takes the place of another and
what one job did can be undone exactly. Every step may be repeated.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from bot.domain.publishing import Intake
from bot.receiving import safe_name
from bot.store.files import Files, sync
from bot.store.intakes import Analysed
from bot.store.publications import Held
from knowledge import codec
from knowledge.analyse import ANALYSER_VERSION, analyse
from knowledge.catalog import Catalog
from knowledge.document import Document
from knowledge.errors import StoredAnalysisError, UnreadableFile


class Placer:
    """Changes which documents are current in the catalogue."""

    def __init__(self, catalog: Catalog, files: Files, home: Path, max_bytes: int) -> None:
        self._catalog = catalog
        self._files = files
        self._folder = home.absolute() / "documents"
        self._max_bytes = max_bytes

    def path(self, intake: Intake) -> Path:
        """Return where the original of a received file is kept."""
        return self._folder / f"{intake.id}-{intake.sha256[:8]}" / safe_name(intake.name)

    def place(self, intake: Intake, analysed: Analysed | None, now: datetime) -> str:
        """Make a read file the current version of its document, and return the document's key."""
        path = self.path(intake)
        if not path.exists():
            self._write(path, intake.sha256)
        document = self._document(path, analysed)
        status = path.stat()
        change = self._catalog.add(
            document, path, size=status.st_size, mtime_ns=status.st_mtime_ns, analyser=ANALYSER_VERSION, now=now
        )
        return str(change.document)

    def unplace(self, intake: Intake) -> None:
        """Undo `place`; the content itself is still kept among the received files."""
        path = self.path(intake)
        self._catalog.remove(path)
        shutil.rmtree(path.parent, ignore_errors=True)

    def held(self, key: str) -> tuple[Held, ...]:
        """Return the files that hold a document now."""
        sources = self._catalog.held(int(key)) if key.isdecimal() else ()
        return tuple(Held(one.path, one.size, one.mtime_ns) for one in sources)

    def take_out(self, held: Sequence[Held]) -> None:
        """Let files hold nothing; they stay on disk, and what was read in them in the catalogue."""
        for one in held:
            self._catalog.remove(Path(one.path))

    def put_in(self, key: str, held: Sequence[Held], now: datetime) -> None:
        """Undo `take_out`, from what the catalogue keeps: the files themselves may be gone."""
        found = False
        for one in held:
            path = Path(one.path)
            mine = [entry for entry in self._catalog.versions(path) if str(entry.document) == key]
            entry = next((entry for entry in mine if entry.source == one.path), mine[0] if mine else None)
            if entry is not None:
                document = self._catalog.load(entry)
                analyser = entry.analyser
                self._catalog.add(document, path, size=one.size, mtime_ns=one.mtime_ns, analyser=analyser, now=now)
                found = True
        if not found:
            raise UnreadableFile("Không còn bản gốc của văn bản này. Anh/chị gửi lại tệp để công bố.")

    def _document(self, path: Path, analysed: Analysed | None) -> Document:
        if analysed is not None and analysed.analyser == ANALYSER_VERSION:
            with suppress(StoredAnalysisError):  # of an older program: read anew
                return codec.loads(analysed.text)
        return analyse(path, max_bytes=self._max_bytes)

    def _write(self, path: Path, sha256: str) -> None:
        """Copy the original, whole or not at all."""
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.parent / ".moi"
        with fresh.open("wb") as file:
            file.write(self._files.read(sha256))
            file.flush()
            os.fsync(file.fileno())
        os.replace(fresh, path)
        sync(path.parent)
