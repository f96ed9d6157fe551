"""How far a long job is, and how long it still takes: reckoned from how long what is done took. Pure."""

from __future__ import annotations

from dataclasses import dataclass

SECONDS_A_PAGE = 4.0  # that recognition takes, before the first page of a job tells better
_SURE_AFTER = 3.0  # seconds of work from which on the rest is worth estimating


@dataclass(frozen=True, slots=True)
class Reached:
    """How far a job is."""

    done: int  # of `total`, files or documents
    total: int
    page: int = 0  # of `pages`, scanned pages of the file at hand
    pages: int = 0
    seconds_left: int | None = None


def seconds_left(elapsed: float, done: int, total: int, page: int = 0, pages: int = 0) -> int | None:
    """Return how long a job still takes, in seconds, by how long what it did took; None where that cannot be told.

    `done` of `total` are whole files or steps; of the next one `page` of `pages` are done.
    """
    if total <= 0:
        return None
    reached = done + (page / pages if pages else 0.0)
    if reached <= 0:
        return round(pages * SECONDS_A_PAGE) if pages and total == 1 else None
    if elapsed < _SURE_AFTER:
        return None
    return round(elapsed * max(0.0, total - reached) / reached)


def says_how_long(seconds: float) -> str:
    """Return a length of time in words, roughly."""
    if seconds < 90:
        return f"khoảng {max(10, round(seconds / 10) * 10)} giây"
    if seconds < 5400:
        return f"khoảng {round(seconds / 60)} phút"
    return f"khoảng {round(seconds / 3600)} giờ"
