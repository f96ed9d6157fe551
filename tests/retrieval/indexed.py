"""A few texts written to files, read, analysed and indexed with the shipped model, and a way to ask about them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from index.build import update
from index.snapshot import Snapshot, SnapshotStore
from retrieval.answer import Assistant
from retrieval.model import Answer

Ask = Callable[..., Answer]  # a question, then what was asked before it, oldest first


def indexed(folder: Path, texts: Mapping[str, str], *, now: datetime) -> Snapshot:
    """Index `texts` (name of a file → what it says, in this order) in a home below `folder`."""
    files = folder / "files"
    files.mkdir()
    for name, text in texts.items():
        (files / name).write_text(text, encoding="utf-8")
    update(folder / "home", [files / name for name in texts], now=now)
    snapshot = SnapshotStore(folder / "home").current()
    assert snapshot is not None
    return snapshot


def asking(folder: Path, texts: Mapping[str, str], *, now: datetime) -> Ask:
    """Return what answers questions about `texts` at the moment `now`."""
    assistant = Assistant(indexed(folder, texts, now=now))
    return lambda question, *previous: assistant.ask(question, previous, now=now)
