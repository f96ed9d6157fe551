"""What comes in from a platform, made safe to keep: texts that every database takes, names for what has no number."""

from __future__ import annotations

import hashlib
import json
from typing import Any


def whole(text: str) -> str:
    """Return `text` as every database takes it: no halves of characters, which some phones send, and no NUL."""
    if text.isascii():
        return text.replace("\x00", "")
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").replace("\x00", "")


def text(value: Any) -> str:
    """Return a text out of foreign JSON, made whole. TypeError for anything but a text."""
    if not isinstance(value, str):
        raise TypeError(f"not a text: {type(value).__name__}")
    return whole(value)


def raw_bytes(raw: object) -> bytes:
    """Return an update, decoded from JSON, as it is kept for the admin."""
    try:
        return json.dumps(raw, separators=(",", ":")).encode()
    except RecursionError:  # it could just be read where the stack was less deep
        return b'{"unreadable":"nested too deeply"}'


def digest_of(kept: bytes) -> str:
    """Return what an update is known by that has no number of its own: the same one is kept once."""
    return f"sha256:{hashlib.sha256(kept).hexdigest()}"
