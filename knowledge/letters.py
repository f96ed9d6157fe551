"""Capitals: whether words are written in them. Strings in, answers out."""

from __future__ import annotations

_GLANCE = 40  # characters enough to tell running text from capitals


def is_upper(text: str) -> bool:
    """Tell whether `text` is in capitals, a stray small letter of recognition allowed."""
    if sum(map(str.islower, text[:_GLANCE])) > _GLANCE // 4:
        return False
    letters = [char for char in text if char.isalpha()]
    return len(letters) > 1 and sum(map(str.isupper, letters)) >= 0.9 * len(letters)
