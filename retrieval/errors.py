"""What can go wrong while measuring answers (answering itself refuses with a reason instead of raising).

    RetrievalError
    └── UnreadableQuestions   a file of questions or passages is not what `tdkt evaluate` reads

Messages are one Vietnamese line each: what is wrong, then what to do.
"""

from __future__ import annotations


class RetrievalError(Exception):
    """Base of everything this package raises on purpose; `str(error)` is fit for a user to read."""


class UnreadableQuestions(RetrievalError):
    """A line of the file is not JSON, or lacks a field."""
