"""Documents made by hand, for tests of what is done with a document after it was analysed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from knowledge.citations import find_references
from knowledge.document import Document, Header, PartialDate, Section, SectionKind, Signer

EMPTY_HEADER = Header(
    kind=None,
    symbol=None,
    symbol_draft=None,
    issuer=None,
    issuer_inferred=False,
    place=None,
    province=None,
    date=None,
    subject=None,
    signer=None,
    recipients=(),
    is_draft=False,
)
WHOLE_HEADER = replace(
    EMPTY_HEADER,
    kind="kế hoạch",
    symbol="15/KH-SXD",
    issuer="Sở Xây dựng Bình Sơn",
    place="Bình Sơn",
    date=PartialDate(2025, 3, 10),
    subject="Nâng cao chất lượng phục vụ",
    signer=Signer("Trần Văn Mẫu", "GIÁM ĐỐC"),
)


def make_document(text: str, *, file: str = "ke-hoach.txt", header: Header = WHOLE_HEADER, **changes: Any) -> Document:
    """Return a document whose every paragraph is a section: "I", "II", … by default."""
    sections = []
    start = 0
    for index, part in enumerate(text.split("\n\n")):
        end = min(start + len(part) + 2, len(text))
        path = f"{index + 1}"
        sections.append(Section(index, None, SectionKind.PARAGRAPH, path, path, path, "", start, end))
        start = end
    tree = tuple(sections)
    document = Document(
        file=file,
        digest=hashlib.sha256((file + text).encode()).hexdigest(),
        text=text,
        header=header,
        sections=tree,
        references=find_references(text, tree),
        obligations=(),
        period=None,
        findings=(),
    )
    return replace(document, **changes)


@pytest.fixture
def make() -> Callable[..., Document]:
    """The maker of documents."""
    return make_document


@pytest.fixture
def plain() -> Document:
    """A short plan with nothing wrong in it."""
    return make_document("Thực hiện Kế hoạch số 7/KH-UBND ngày 02/01/2025 của UBND tỉnh.\n\nCác phòng triển khai.")
