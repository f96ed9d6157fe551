"""The tables of what documents say.

    documents ──< document_versions ──< document_sources

A document is a line of versions; a version is one content, analysed; a source is a file on disk as it was last seen,
which holds a version or was refused. The current version of a document is that of its newest source (by the file's
time); a document without a source is no longer current, and its versions stay. What all this is for is
knowledge.catalog.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from knowledge.db import Base


class DocumentRow(Base):
    """One document, through all its versions."""

    __tablename__ = "documents"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012 - SQLAlchemy's own; ids are never given twice

    id: Mapped[int] = mapped_column(primary_key=True)
    created_at: Mapped[datetime]


class VersionRow(Base):
    """One content of a document, with its analysis."""

    __tablename__ = "document_versions"
    __table_args__ = (
        UniqueConstraint("document_id", "number"),
        Index(None, "symbol_key"),
        Index(None, "digest"),
        Index(None, "source"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"))
    number: Mapped[int]  # 1, 2, … within the document
    digest: Mapped[str] = mapped_column(String(64))  # sha256 of the file's bytes
    file: Mapped[str] = mapped_column(Text)  # base name when it was added
    source: Mapped[str] = mapped_column(Text)  # path when it was added
    symbol: Mapped[str | None] = mapped_column(Text)
    symbol_key: Mapped[str | None] = mapped_column(Text)  # knowledge.symbols.symbol_key
    kind: Mapped[str | None] = mapped_column(Text)
    issuer: Mapped[str | None] = mapped_column(Text)
    province: Mapped[str | None] = mapped_column(Text)
    year: Mapped[int | None]  # of issue
    analyser: Mapped[int]  # version of the analyser that made the analysis
    analysis: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)  # zlib of knowledge.codec.dumps, UTF-8
    analysis_digest: Mapped[str] = mapped_column(String(64))  # sha256 of the uncompressed analysis
    added_at: Mapped[datetime]


class SourceRow(Base):
    """One file as it was last seen: what it held, or why it was refused."""

    __tablename__ = "document_sources"
    __table_args__ = (
        CheckConstraint("(version_id IS NULL) <> (reason IS NULL)", name="held_or_refused"),
        Index(None, "version_id"),
    )

    path: Mapped[str] = mapped_column(Text, primary_key=True)
    file: Mapped[str] = mapped_column(Text)  # base name
    size: Mapped[int] = mapped_column(BigInteger)
    mtime_ns: Mapped[int] = mapped_column(BigInteger)
    analyser: Mapped[int]  # version of the analyser that read or refused it
    version_id: Mapped[int | None] = mapped_column(ForeignKey("document_versions.id", ondelete="CASCADE"))
    reason: Mapped[str | None] = mapped_column(Text)  # Vietnamese, why it was refused
    checked_at: Mapped[datetime]

    version: Mapped[VersionRow | None] = relationship()
