"""From a file, or its text, to a Document: the composition of everything this package knows.

`analyse_text` is pure; `analyse` reads the file first. Knows nothing of databases and of other documents.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from knowledge.citations import find_references, other_documents
from knowledge.document import Document
from knowledge.findings import find_findings, low_confidence
from knowledge.header import parse_header
from knowledge.obligations import find_obligations
from knowledge.periods import find_period
from knowledge.read import MAX_BYTES, read
from knowledge.readers.base import Told, nobody
from knowledge.structure import parse_sections
from knowledge.text import normalise

# Raised whenever the same text would be analysed differently, so that the catalogue reads its documents again.
ANALYSER_VERSION = 10


def analyse(path: Path, *, max_bytes: int = MAX_BYTES, told: Told = nobody) -> Document:
    """Return the document in a file; `told` hears of each page that is recognised, which takes seconds.

    Raises UnreadableFile, SecretDocument, MissingTool (knowledge.errors) as `read` does.
    """
    reading = read(path, max_bytes=max_bytes, told=told)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    document = analyse_text(reading.text, file=path.name, digest=digest, recognised=reading.recognised)
    return replace(document, findings=(*document.findings, *low_confidence(reading.pages)))


def analyse_text(text: str, *, file: str, digest: str, recognised: bool = False) -> Document:
    """Return the document that `text` is.

    `file` is the base name of its source, `digest` the sha256 of its bytes in hex; `recognised` tells that the text
    came out of character recognition.
    """
    text = normalise(text)
    sections = parse_sections(text)
    header = parse_header(text, sections)
    document = Document(
        file=file,
        digest=digest,
        text=text,
        header=header,
        sections=sections,
        references=other_documents(find_references(text, sections), header),
        obligations=find_obligations(text, sections, header),
        period=find_period(text, sections, header),
        findings=(),
        recognised=recognised,
    )
    return replace(document, findings=find_findings(document))
