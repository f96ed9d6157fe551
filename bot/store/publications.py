"""What was decided on documents, in the database. A document without a row is in force and open to everybody."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, or_, select, true, update
from sqlalchemy.orm import Session

from bot.domain.publishing import Publication, Standing
from bot.store.outcome import changed, insert_new
from bot.store.publishing_tables import PublicationRow


@dataclass(frozen=True, slots=True)
class Held:
    """A file that held a document when it was withdrawn."""

    path: str
    size: int
    mtime_ns: int


_COLUMNS = (
    PublicationRow.document,
    PublicationRow.name,
    PublicationRow.standing,
    PublicationRow.replaced_by,
    PublicationRow.units,
    PublicationRow.revision,
)


def special(session: Session) -> tuple[Publication, ...]:
    """Return the documents that are not simply in force and open to everybody. Asked with every question."""
    return _read(session, or_(PublicationRow.standing != Standing.IN_FORCE.value, PublicationRow.units != "[]"))


def every(session: Session) -> tuple[Publication, ...]:
    """Return all that was decided, the newest last."""
    return _read(session, true())


def _read(session: Session, which: ColumnElement[bool]) -> tuple[Publication, ...]:
    query = select(*_COLUMNS).where(which).order_by(PublicationRow.changed_at, PublicationRow.document)
    return tuple(
        Publication(document, name, Standing(standing), by, tuple(json.loads(units)), revision)
        for document, name, standing, by, units, revision in session.connection().execute(query)
    )


def publication(session: Session, document: str) -> Publication | None:
    """Return what was decided on one document; None: nothing."""
    row = session.get(PublicationRow, document, populate_existing=True)
    if row is None:
        return None
    return Publication(
        row.document, row.name, Standing(row.standing), row.replaced_by, tuple(json.loads(row.units)), row.revision
    )


def put(session: Session, new: Publication, by: int | None, now: datetime) -> bool:
    """Keep what was decided; `new.revision` is that of what it was decided on. False where that has changed."""
    values = {
        "name": new.name,
        "standing": new.standing.value,
        "replaced_by": new.by,
        "units": json.dumps(list(new.units)),
        "revision": new.revision + 1,
        "changed_by": by,
        "changed_at": now,
    }
    if new.revision == 0:
        return insert_new(session, PublicationRow, document=new.document, sources="[]", **values)
    same = (PublicationRow.document == new.document, PublicationRow.revision == new.revision)
    return changed(session, update(PublicationRow).where(*same).values(**values)) == 1


def stands(session: Session, document: str, name: str, now: datetime) -> None:
    """Let a document be in force again, to whom it is open unchanged: it was published anew, or restored."""
    was = publication(session, document)
    if was is not None and (was.standing is not Standing.IN_FORCE or was.name != name):
        put(session, Publication(document, name, Standing.IN_FORCE, "", was.units, was.revision), None, now)


def keep_sources(session: Session, document: str, held: Sequence[Held]) -> None:
    """Remember the files a withdrawn document is restored from."""
    kept = json.dumps([[one.path, one.size, one.mtime_ns] for one in held])
    changed(session, update(PublicationRow).where(PublicationRow.document == document).values(sources=kept))


def sources(session: Session, document: str) -> tuple[Held, ...]:
    """Return the files a withdrawn document is restored from."""
    kept = session.scalar(select(PublicationRow.sources).where(PublicationRow.document == document))
    return tuple(Held(*one) for one in json.loads(kept or "[]"))
