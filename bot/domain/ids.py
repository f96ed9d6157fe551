"""Numbers of rows, as they come back from people: in commands, in keys of choices, in addresses of pages."""

from __future__ import annotations

_LONGEST = 9  # digits; databases count to 2,147,483,647 and refuse to look for anything beyond


def id_in(text: str) -> int | None:
    """Return the id that `text` gives; None where no row can have it."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _LONGEST else None
