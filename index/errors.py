"""What can go wrong while making or using an index.

    IndexingError
    ├── UnusableModel   the encoder that was asked for cannot be loaded: a wrong name, no network, a broken folder
    ├── DamagedIndex    what is on disk is not what was written, or of another format: index again
    ├── IndexBusy       another process is building the index of the same home: wait for it
    ├── UnwritableHome  the disk is full or may not be written: make room or give the right
    └── MissingPath     a file or folder to index is not there and never was

Messages are one Vietnamese line each: what is wrong, then what to do.
"""

from __future__ import annotations


class IndexingError(Exception):
    """Base of everything this package raises on purpose; `str(error)` is fit for a user to read."""


class UnusableModel(IndexingError):
    """The encoder named by the user cannot be loaded here and now."""


class DamagedIndex(IndexingError):
    """A version of the index cannot be used: files are missing or cut short, or the format is another one."""


class IndexBusy(IndexingError):
    """Another process holds the lock of this home's index."""


class UnwritableHome(IndexingError):
    """The home's folder cannot be written."""


class MissingPath(IndexingError):
    """A path that was asked for does not exist and is not known from before."""
