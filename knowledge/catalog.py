"""The catalogue: every document that was added, in all its versions, and every file that was refused.

**Which document is this?** Asked whenever a file is added, answered by the first rule that applies:

1. By symbol: a document with the same symbol (knowledge.symbols.symbol_key), where kind, issuer, province and, for
   symbols without a year of their own ("40/KH-UBND" is given anew every year), year of issue do not contradict it.
2. By content: the very same bytes are the same document, whatever the file is called now.
3. By file: the path it was read from. A draft that gets its number, or a corrected symbol, stays one document this way.

So two different files of one base name in two folders are two documents unless rule 1 says otherwise. Where several
files hold versions of one document, the file modified last is the current one.

Adding what is already there changes nothing; earlier versions are kept. Of a secret document only the file's name and
the reason of its refusal are stored, and what an earlier version had stored is erased.

Every method is one transaction, safe against other processes. Knows nothing of the index.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from sqlalchemy import Engine, or_, select
from sqlalchemy.orm import joinedload

from knowledge.db import checkpoint, reading, writing
from knowledge.document import Document
from knowledge.lineage import (
    Seen,
    by_symbol,
    current_version,
    erase,
    identify,
    live,
    new_version,
    put_source,
    refresh,
    same_content,
    unpack,
)
from knowledge.tables import SourceRow, VersionRow

_LOCK = "catalogue"


class Outcome(StrEnum):
    """What adding a file did to the set of current documents."""

    ADDED = "added"  # a document that was not current before
    REPLACED = "replaced"  # another version of a current document
    REREAD = "reread"  # the same content, understood differently by a newer analyser
    UNCHANGED = "unchanged"  # nothing that a reader of current documents could notice


@dataclass(frozen=True, slots=True)
class Change:
    """The result of adding one file."""

    outcome: Outcome
    document: int  # Entry.document it belongs to
    version: int  # Entry.version it holds


@dataclass(frozen=True, slots=True)
class Entry:
    """One version of a document, without its analysis (`Catalog.load`)."""

    document: int  # stable through all versions
    version: int  # unique among all versions of all documents
    number: int  # 1, 2, … within the document
    file: str  # base name
    source: str  # path
    digest: str  # sha256 of the file's bytes
    analysis_digest: str  # sha256 of the analysis: equal means equal passages
    analyser: int
    symbol: str | None
    added_at: datetime


@dataclass(frozen=True, slots=True)
class Source:
    """One file as it was last seen."""

    path: str
    file: str  # base name
    size: int
    mtime_ns: int
    analyser: int
    version: int | None  # Entry.version it holds; None for a refused file
    digest: str | None
    reason: str | None  # Vietnamese, why it was refused; None for a file that was read


def source_key(source: Path) -> str:
    """Return the path as it is stored: absolute, and printable even where the file's name is not UTF-8."""
    return os.fsencode(os.path.abspath(source)).decode("utf-8", "backslashreplace")


def base_name(source: Path) -> str:
    """Return the last part of the path, printable as in `source_key`."""
    return os.fsencode(source.name).decode("utf-8", "backslashreplace")


class Catalog:
    """The catalogue of one database, whose tables are up to date (knowledge.db.migrate)."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(
        self, document: Document, source: Path, *, size: int, mtime_ns: int, analyser: int, now: datetime
    ) -> Change:
        """Store `document`, read from `source` as it was at (`size`, `mtime_ns`) by version `analyser`."""
        seen = Seen(source_key(source), base_name(source), size, mtime_ns, analyser, now)
        with writing(self._engine, _LOCK) as session:
            row = session.get(SourceRow, seen.path)
            version = same_content(session, row, document.digest)
            reread = version is not None and refresh(session, version, document, seen)
            home = identify(session, document, seen, row) if version is None else version.document_id
            before = current_version(session, home)
            if version is None:
                version = new_version(session, home, document, seen)
            put_source(session, seen, version=version.id)
            after = current_version(session, home)
        return Change(_outcome(before, after, version.id, reread), home, version.id)

    def refuse(
        self,
        source: Path,
        reason: str,
        *,
        size: int,
        mtime_ns: int,
        analyser: int,
        now: datetime,
        secret: bool = False,
    ) -> None:
        """Remember that a file was refused and why; of a `secret` one, erase whatever was stored before."""
        seen = Seen(source_key(source), base_name(source), size, mtime_ns, analyser, now)
        with writing(self._engine, _LOCK) as session:
            erased = secret and erase(session, seen.path)
            put_source(session, seen, reason=reason)
        if erased:
            checkpoint(self._engine)

    def known(self, source: Path, *, size: int, mtime_ns: int, analyser: int) -> Source | None:
        """Return what is stored of a file if it has not changed since and no newer analyser wants to see it."""
        with reading(self._engine) as session:
            row = session.get(SourceRow, source_key(source))
            if row is None or (row.size, row.mtime_ns, row.analyser) != (size, mtime_ns, analyser):
                return None
            return _source(row)

    def sources(self) -> tuple[Source, ...]:
        """Return every file as it was last seen, by path."""
        with reading(self._engine) as session:
            query = select(SourceRow).options(joinedload(SourceRow.version)).order_by(SourceRow.path)
            return tuple(map(_source, session.scalars(query)))

    def refusals(self) -> tuple[Source, ...]:
        """Return the refused files, by path."""
        return tuple(source for source in self.sources() if source.reason is not None)

    def remove(self, source: Path) -> bool:
        """Forget a file; its document stays current while another file holds it, and its versions stay anyway.

        Returns whether the file was known.
        """
        with writing(self._engine, _LOCK) as session:
            row = session.get(SourceRow, source_key(source))
            if row is not None:
                session.delete(row)
        return row is not None

    def current(self) -> tuple[Entry, ...]:
        """Return the current version of every document, in the order in which the documents were first added."""
        with reading(self._engine) as session:
            rows = session.execute(live()).all()
            newest = {version.document_id: (version, source) for version, source in rows}  # the last one stays
        return tuple(_entry(*newest[document]) for document in sorted(newest))

    def versions(self, file: str | Path) -> tuple[Entry, ...]:
        """Return all versions of the documents that a file (its path, or a base name) ever held, newest first."""
        held = (VersionRow.source == source_key(Path(file)), VersionRow.file == str(file))
        documents = select(VersionRow.document_id).where(or_(*held))
        query = select(VersionRow).where(VersionRow.document_id.in_(documents))
        with reading(self._engine) as session:
            rows = session.scalars(query.order_by(VersionRow.document_id, VersionRow.number.desc())).all()
            return tuple(_entry(row, None) for row in rows)

    def twin(self, document: Document) -> int | None:
        """Return the current document (Entry.document) that `document`, by its symbol, is another version of."""
        with reading(self._engine) as session:
            same = by_symbol(session, document)
            return same if same is not None and current_version(session, same) is not None else None

    def held(self, document: int) -> tuple[Source, ...]:
        """Return the files that hold versions of a document, by path."""
        query = select(SourceRow).join(VersionRow, SourceRow.version_id == VersionRow.id)
        mine = query.where(VersionRow.document_id == document).options(joinedload(SourceRow.version))
        with reading(self._engine) as session:
            return tuple(map(_source, session.scalars(mine.order_by(SourceRow.path))))

    def load(self, entry: Entry) -> Document:
        """Return the analysed document of an entry.

        Raises KeyError if it was erased meanwhile, StoredAnalysisError if it is of another format.
        """
        with reading(self._engine) as session:
            blob = session.scalar(select(VersionRow.analysis).where(VersionRow.id == entry.version))
        if blob is None:
            raise KeyError(entry.version)
        return unpack(blob, entry.file)


def _outcome(before: int | None, after: int | None, version: int, reread: bool) -> Outcome:
    if before is None:
        return Outcome.ADDED
    if before != after:
        return Outcome.REPLACED
    return Outcome.REREAD if reread and after == version else Outcome.UNCHANGED


def _source(row: SourceRow) -> Source:
    digest = row.version.digest if row.version else None
    return Source(row.path, row.file, row.size, row.mtime_ns, row.analyser, row.version_id, digest, row.reason)


def _entry(version: VersionRow, source: SourceRow | None) -> Entry:
    return Entry(
        document=version.document_id,
        version=version.id,
        number=version.number,
        file=source.file if source else version.file,
        source=source.path if source else version.source,
        digest=version.digest,
        analysis_digest=version.analysis_digest,
        analyser=version.analyser,
        symbol=version.symbol,
        added_at=version.added_at,
    )
