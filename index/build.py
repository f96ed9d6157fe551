"""Files → catalogue → snapshot, doing only what changed.

Safe against another build (a lock), and against being killed at any point: the catalogue is changed file by file, the
snapshot at once at the very end, and a build that finds the two apart brings the snapshot in line.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from index.encoder import Encoder, load_encoder
from index.errors import UnwritableHome
from index.lock import build_lock
from index.progress import Progress, silent
from knowledge.read import MAX_BYTES

if TYPE_CHECKING:
    from index.assembly import Outcome, Wanted
    from index.intake import Intake, Refusal
    from knowledge.catalog import Catalog, Entry
    from knowledge.document import Document

_PATIENCE = 60.0  # seconds to wait for another build of the same home


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What one build did; documents are compared with the snapshot before it."""

    documents: int  # in the index now
    passages: int
    added: int
    changed: int
    removed: int
    unchanged: int
    refused: tuple[Refusal, ...]
    seconds: float


def update(
    home: Path,
    paths: Sequence[Path],
    *,
    rebuild: bool = False,
    progress: Progress | None = None,
    max_bytes: int = MAX_BYTES,
    encoder: Encoder | None = None,
    now: datetime | None = None,
    patience: float = _PATIENCE,
    database: str | None = None,
) -> BuildReport:
    """Index `paths` into `home`; documents indexed from elsewhere stay.

    `rebuild` reads the files and makes all passages and vectors anew. `now` is stored beside what is new; where it is
    not given, the clock's. `database` is the URL of the catalogue's; None: the SQLite file of the home. Raises
    IndexBusy when another build has not ended after `patience` seconds, MissingPath, UnwritableHome, and what loading
    the encoder and opening the catalogue raise.
    """
    # What only building needs (SQLAlchemy, the readers) is not loaded by those who merely import this module.
    from index.intake import Intake
    from index.versions import clean

    began = time.perf_counter()
    encoder = encoder or load_encoder()
    now = now or datetime.now(UTC)
    tell = progress or silent
    index = home / "index"
    try:
        with build_lock(index, patience), _catalogue(database, home) as catalog:
            clean(index)
            purge = index / "PURGE"  # on disk, so that the duty of a build that is killed passes to the next one
            intake = Intake(catalog, max_bytes=max_bytes, now=now, rebuild=rebuild, on_secret=purge.touch)
            intake.take(paths, home, tell)
            outcome = _assemble(index, catalog, intake, encoder, now, rebuild, purge.exists(), tell)
            if purge.exists():
                clean(index, keep_previous=False)
                purge.unlink()
    except OSError as error:
        raise UnwritableHome(
            f"Không ghi được vào {home}: {error.strerror or error}; hãy kiểm tra dung lượng đĩa và quyền ghi."
        ) from error
    return BuildReport(
        documents=outcome.manifest.documents,
        passages=outcome.manifest.passages,
        added=outcome.added,
        changed=outcome.changed,
        removed=outcome.removed,
        unchanged=outcome.unchanged,
        refused=tuple(intake.refused),
        seconds=time.perf_counter() - began,
    )


@contextmanager
def _catalogue(database: str | None, home: Path) -> Iterator[Catalog]:
    from knowledge.catalog import Catalog
    from knowledge.db import migrate, open_engine, sqlite_url

    engine = open_engine(database or sqlite_url(home))
    try:
        migrate(engine)
        yield Catalog(engine)
    finally:
        engine.dispose()


def _assemble(
    index: Path,
    catalog: Catalog,
    intake: Intake,
    encoder: Encoder,
    now: datetime,
    rebuild: bool,
    purge: bool,
    progress: Progress,
) -> Outcome:
    from index.assembly import assemble
    from index.versions import Stamp
    from knowledge.analyse import ANALYSER_VERSION

    wanted = [_wanted(catalog, intake, entry) for entry in catalog.current()]
    stamp = Stamp(now.isoformat(), ANALYSER_VERSION)
    return assemble(index, wanted, encoder, stamp, rebuild=rebuild, purge=purge, progress=progress)


def _wanted(catalog: Catalog, intake: Intake, entry: Entry) -> Wanted:
    from index.assembly import Wanted

    def load() -> Document | None:
        from knowledge.errors import StoredAnalysisError

        try:
            return catalog.load(entry)
        except KeyError:  # erased by another process meanwhile
            return None
        except StoredAnalysisError:  # an older program's: what the file says now is stored instead
            return intake.again(Path(entry.source))

    return Wanted(str(entry.document), f"{entry.analysis_digest}:{entry.file}", load)
