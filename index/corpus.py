"""A snapshot of plain records, without files and catalogue: for `evaluate --corpus` and for benchmarks.

A record is a document of a title and a text, found by both; a long one is several passages.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from index.cutting import cut
from index.encoder import Encoder, load_encoder
from index.kin import Kin
from index.passage import LONGEST, Passage
from index.progress import Progress, silent
from index.snapshot import Snapshot, SnapshotStore
from index.versions import Stamp, VersionWriter
from knowledge.document import Document, Header, Section, SectionKind
from knowledge.text import normalise

_STEP = 500  # records between two signs of life


def build_corpus(
    records: Iterable[tuple[str, str, str]],
    folder: Path,
    encoder: Encoder | None = None,
    progress: Progress | None = None,
) -> Snapshot:
    """Index (id, title, text) records in the empty `folder` and return the snapshot; its documents' `file` is the id.

    `progress` is told ("index", records so far, records so far), since how many will come is not known.
    """
    encoder = encoder or load_encoder()
    tell = progress or silent
    index = folder / "index"
    index.mkdir(parents=True)
    with VersionWriter(index, encoder) as version:
        number = 0
        for number, (identity, title, text) in enumerate(records, 1):
            document = record_document(identity, title, text)
            version.writer().add_split(document, identity, document.digest, _passages(document), Kin())
            if number % _STEP == 0:
                tell("index", number, number)
        tell("index", number, number)
        version.publish(Stamp("", 0), {})
    snapshot = SnapshotStore(folder, lambda: encoder).current()
    assert snapshot is not None
    return snapshot


def record_document(identity: str, title: str, text: str) -> Document:
    """Return a record as a document: its title the subject and the heading of its only section."""
    title, text = normalise(title).strip(), normalise(text).strip()
    whole = f"{title}\n\n{text}" if title and text else title or text
    header = Header(None, None, None, None, False, None, None, None, title or None, None, (), False)
    section = Section(0, None, SectionKind.ARTICLE, "", "1", "1", title, 0, len(whole))
    digest = hashlib.sha256(f"{identity}\n{whole}".encode("utf-8", "surrogatepass")).hexdigest()
    return Document(identity, digest, whole, header, (section,) if whole else (), (), (), None, ())


def _passages(document: Document) -> list[Passage]:
    return [
        Passage(
            id=f"{document.digest[:12]}:{start}-{end}",
            document=0,
            cite="1",
            context=document.header.subject or "",
            text=document.text[start:end],
            start=start,
            end=end,
        )
        for start, end in cut(document.text, 0, len(document.text), LONGEST)
    ]
