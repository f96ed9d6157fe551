"""What can go wrong while making or using an index.

    IndexingError
    └── UnusableModel   the encoder that was asked for cannot be loaded: a wrong name, no network, a broken folder

Messages are one Vietnamese line each: what is wrong, then what to do.
"""

from __future__ import annotations


class IndexingError(Exception):
    """Base of everything this package raises on purpose; `str(error)` is fit for a user to read."""


class UnusableModel(IndexingError):
    """The encoder named by the user cannot be loaded here and now."""
