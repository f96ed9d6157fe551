"""What can go wrong while understanding documents.

    KnowledgeError
    ├── UnreadableFile      this file, as it is, cannot be read: refuse it, go on with the rest
    │   └── SecretDocument  stamped MẬT, TỐI MẬT, TUYỆT MẬT: refuse it and keep nothing of it
    ├── MissingTool         a system program is needed and absent: an admin can install it
    ├── StoredAnalysisError a stored analysis is of another format or damaged: read the file again
    ├── DatabaseTooNew      a newer program has already changed the tables
    └── DatabaseUnreachable the database server is not there, or lets nobody in

Messages are one Vietnamese line each: what is wrong, then what to do.
"""

from __future__ import annotations


class KnowledgeError(Exception):
    """Base of everything this package raises on purpose; `str(error)` is fit for a user to read."""


class UnreadableFile(KnowledgeError):
    """The file is corrupt, empty, encrypted, oversized, mislabelled or of a kind that is not read."""


class SecretDocument(UnreadableFile):
    """The document carries a secrecy stamp (Luật Bảo vệ bí mật nhà nước); nothing of it may be kept."""


class MissingTool(KnowledgeError):
    """A system program (tesseract, antiword, LibreOffice) is needed and was not found."""


class StoredAnalysisError(KnowledgeError):
    """A stored analysis cannot be decoded: it is of another format, or damaged."""


class DatabaseTooNew(KnowledgeError):
    """The database has migrations that this program does not know."""


class DatabaseUnreachable(KnowledgeError):
    """The database server cannot be reached or lets nobody in."""
