"""How a long run tells where it is; drawing it is another's business."""

from __future__ import annotations

from collections.abc import Callable

# (stage, done, total): "read" counts files, "index" documents. The last call of a stage has done == total.
Progress = Callable[[str, int, int], None]


def silent(stage: str, done: int, total: int) -> None:
    """Tell nobody."""
