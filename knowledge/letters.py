"""Capitals: whether words are written in them. Strings in, answers out."""

from __future__ import annotations


def is_upper(text: str) -> bool:
    """Tell whether `text` is in capitals, a stray small letter of recognition allowed."""
    letters = [char for char in text if char.isalpha()]
    return len(letters) > 1 and sum(char.isupper() for char in letters) >= 0.9 * len(letters)
