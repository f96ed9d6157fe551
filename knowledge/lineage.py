"""Which document a file belongs to, and the rows that record it: what knowledge.catalog does within a transaction.

Functions of a session; every one assumes that no other process writes meanwhile.
"""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Select, delete, func, or_, select
from sqlalchemy.orm import Session

from knowledge import codec
from knowledge.bodies import may_be_same
from knowledge.document import Document
from knowledge.symbols import symbol_key, symbol_year
from knowledge.tables import DocumentRow, SourceRow, VersionRow


@dataclass(frozen=True, slots=True)
class Seen:
    """A file as it is now, and who looked when."""

    path: str  # absolute, printable
    file: str  # its last part
    size: int
    mtime_ns: int
    analyser: int
    now: datetime


def pack(document: Document) -> bytes:
    """Return the stored form of an analysis. The file's name is left out: copies share one version."""
    return codec.dumps(replace(document, file="")).encode("utf-8", "surrogatepass")


def unpack(blob: bytes, file: str) -> Document:
    """Return the document of a compressed stored form, under the name `file`."""
    return replace(codec.loads(zlib.decompress(blob).decode("utf-8", "surrogatepass")), file=file)


def live() -> Select[VersionRow, SourceRow]:
    """Select versions with the files that hold them; within a document the current version comes last."""
    query = select(VersionRow, SourceRow).join(SourceRow, SourceRow.version_id == VersionRow.id)
    return query.order_by(VersionRow.document_id, SourceRow.mtime_ns, VersionRow.number, SourceRow.path.desc())


def current_version(session: Session, document: int) -> int | None:
    """Return the id of a document's current version; None while no file holds any."""
    rows = session.execute(live().where(VersionRow.document_id == document)).all()
    return rows[-1][0].id if rows else None


def same_content(session: Session, row: SourceRow | None, digest: str) -> VersionRow | None:
    """Return the version that has the bytes of `digest`: the one the file held, else one that is current, else any."""
    held = session.get(VersionRow, row.version_id) if row is not None and row.version_id is not None else None
    if held is not None and held.digest == digest:
        return held
    copies = session.scalars(select(VersionRow).where(VersionRow.digest == digest).order_by(VersionRow.id)).all()
    used = set(session.scalars(select(SourceRow.version_id).where(SourceRow.version_id.in_([c.id for c in copies]))))
    return max(copies, key=lambda copy: (copy.id in used, copy.id), default=None)


def refresh(session: Session, version: VersionRow, document: Document, seen: Seen) -> bool:
    """Store a newer analyser's understanding of the same bytes; return whether it differs from the old one."""
    analysis = pack(document)
    changed = version.analysis_digest != hashlib.sha256(analysis).hexdigest()
    if seen.analyser < version.analyser or (seen.analyser == version.analyser and not changed):
        return False
    _describe(version, document, analysis, seen)
    if changed and (other := by_symbol(session, document)) not in (None, version.document_id):
        assert other is not None
        version.number, version.document_id = _next_number(session, other), other
        session.flush()
    return changed


def identify(session: Session, document: Document, seen: Seen, row: SourceRow | None) -> int:
    """Return the document that new content belongs to: by symbol, by path, or a new one."""
    known = by_symbol(session, document)
    if known is None:
        known = _by_path(session, seen.path, row)
    if known is not None:
        return known
    fresh = DocumentRow(created_at=seen.now)
    session.add(fresh)
    session.flush()
    return fresh.id


def new_version(session: Session, home: int, document: Document, seen: Seen) -> VersionRow:
    """Add a version to the document `home`."""
    version = VersionRow(
        document_id=home,
        number=_next_number(session, home),
        digest=document.digest,
        file=seen.file,
        source=seen.path,
        added_at=seen.now,
    )
    _describe(version, document, pack(document), seen)
    session.add(version)
    session.flush()
    return version


def put_source(session: Session, seen: Seen, *, version: int | None = None, reason: str | None = None) -> None:
    """Record what a file holds now: a version, or nothing for a reason."""
    row = session.get(SourceRow, seen.path)
    if row is None:
        row = SourceRow(path=seen.path)
        session.add(row)
    row.file, row.size, row.mtime_ns = seen.file, seen.size, seen.mtime_ns
    row.analyser, row.checked_at = seen.analyser, seen.now
    row.version_id, row.reason = version, reason
    session.flush()


def erase(session: Session, path: str) -> bool:
    """Delete every version that came from a file or that it holds now, from wherever else it is held too."""
    held = select(SourceRow.version_id).where(SourceRow.path == path)
    doomed = select(VersionRow.digest).where(or_(VersionRow.source == path, VersionRow.id.in_(held)))
    digests = session.scalars(doomed).all()
    session.execute(delete(VersionRow).where(VersionRow.digest.in_(digests)))  # sources go with them (CASCADE)
    session.expire_all()
    return bool(digests)


def _describe(version: VersionRow, document: Document, analysis: bytes, seen: Seen) -> None:
    header = document.header
    version.symbol = header.symbol
    version.symbol_key = symbol_key(header.symbol) if header.symbol else None
    version.kind, version.issuer, version.province = header.kind, header.issuer, header.province
    version.year = header.date.year if header.date else None
    version.analyser = seen.analyser
    version.analysis = zlib.compress(analysis)
    version.analysis_digest = hashlib.sha256(analysis).hexdigest()


def _next_number(session: Session, document: int) -> int:
    last = session.scalar(select(func.max(VersionRow.number)).where(VersionRow.document_id == document))
    return (last or 0) + 1


def by_symbol(session: Session, document: Document) -> int | None:
    """Return the document whose latest version has this document's symbol and contradicts it in nothing."""
    if document.header.symbol is None:
        return None
    latest = (
        select(VersionRow.document_id, func.max(VersionRow.number).label("number"))
        .group_by(VersionRow.document_id)
        .subquery()
    )
    query = (
        select(VersionRow)
        .join(latest, (latest.c.document_id == VersionRow.document_id) & (latest.c.number == VersionRow.number))
        .where(VersionRow.symbol_key == symbol_key(document.header.symbol))
        .order_by(VersionRow.document_id)
    )
    same = [version.document_id for version in session.scalars(query) if _agrees(version, document)]
    return next((one for one in same if current_version(session, one) is not None), same[0] if same else None)


def _agrees(version: VersionRow, document: Document) -> bool:
    """Tell whether two holders of one symbol can be one document."""
    header = document.header
    year = header.date.year if header.date else None
    years = symbol_year(header.symbol or "") is not None or None in (year, version.year) or year == version.year
    kinds = None in (header.kind, version.kind) or header.kind == version.kind
    places = None in (header.province, version.province) or header.province == version.province
    return years and kinds and places and may_be_same(header.issuer, version.issuer)


def _by_path(session: Session, path: str, row: SourceRow | None) -> int | None:
    """Return the document that was read from `path`, unless other files hold it now."""
    if row is not None and row.version_id is not None:
        held = session.get_one(VersionRow, row.version_id).document_id
    else:
        query = select(VersionRow.document_id).where(VersionRow.source == path).order_by(VersionRow.id.desc()).limit(1)
        last = session.scalar(query)
        if last is None:
            return None
        held = last
    holders = session.execute(live().where(VersionRow.document_id == held)).all()
    return held if all(source.path == path for _, source in holders) else None
