"""What those who work on documents in the background work with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine

from bot.asking import Source
from bot.store.files import Files
from index.build import BuildReport
from index.progress import Progress


@dataclass(frozen=True, slots=True)
class Means:
    """The program around the jobs."""

    engine: Engine
    files: Files
    home: Path
    source: Source  # of every document, whoever may see it
    index: Callable[[Progress], BuildReport]  # brings the index in line with the catalogue
    clock: Callable[[], datetime]
    owner: str
    lease: timedelta
    max_bytes: int
    edits: frozenset[str] = frozenset()  # channels on which a message that was sent can be changed
