"""The originals of documents, and their doubtful pages beside what was read there.

Knows neither who asks nor how it is shown: whoever calls has seen to it that the document may be shown.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine

from bot.store import intakes
from bot.store.files import Files
from knowledge import codec
from knowledge.catalog import Catalog
from knowledge.db import reading
from knowledge.document import Document
from knowledge.errors import StoredAnalysisError
from knowledge.pages import doubtful_pages
from knowledge.picture import picture

_ONE_AT_A_TIME = threading.Lock()  # drawing a page takes a process, and up to gigabytes where a file is hostile


@dataclass(frozen=True, slots=True)
class Compared:
    """One doubtful page, for people to compare."""

    number: int  # from 1
    text: str  # what was read there; "" where it cannot be told from the rest
    section: int | None  # Section.index where it begins


def compared(document: Document) -> tuple[Compared, ...]:
    """Return the doubtful pages of a document."""
    found = []
    for page in doubtful_pages(document.findings):
        text = document.text[page.span.start : page.span.end].replace("**", "") if page.span else ""
        begins = document.section_at(page.span.start).index if text and page.span else None
        found.append(Compared(page.number, text, begins))
    return tuple(found)


def published(engine: Engine, key: str, digest: str) -> bytes | None:
    """Return the original of a published document, None where it is gone or is another now.

    `key` and `digest` are those of its DocumentCard.
    """
    sources = Catalog(engine).held(int(key)) if key.isdecimal() else ()
    return _content((Path(one.path) for one in sources if one.digest == digest), digest)


def received(engine: Engine, intake_id: int) -> Document | None:
    """Return what was read in a received file that waits for a decision; None where that is kept no longer."""
    with reading(engine) as session:
        stored = intakes.analysis(session, intake_id)
    try:
        return codec.loads(stored.text) if stored else None
    except StoredAnalysisError:  # of an older program: read anew when it is published
        return None


def page(content: bytes, document: Document, number: int) -> bytes | None:
    """Return a doubtful page of a document as a JPEG; None for a page that is not doubtful.

    Raises UnreadableFile where it cannot be drawn.
    """
    if all(one.number != number for one in doubtful_pages(document.findings)):
        return None
    with _ONE_AT_A_TIME:
        return picture(content, number)


def kept(files: Files, sha256: str) -> bytes | None:
    """Return the content of a received file."""
    return _content((files.path(sha256),), sha256) if sha256 else None


def _content(paths: Iterable[Path], digest: str) -> bytes | None:
    for path in paths:
        try:
            content = path.read_bytes()
        except OSError:
            continue
        if hashlib.sha256(content).hexdigest() == digest:
            return content
    return None
