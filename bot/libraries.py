"""The documents as they stand: one snapshot of the index with the assistant over it, and always the newest one."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from datetime import datetime

from bot.asking import Library
from index.card import DocumentCard
from index.snapshot import Snapshot, SnapshotStore
from knowledge.document import Document
from retrieval.answer import Assistant
from retrieval.model import Answer
from retrieval.question import understand


class SnapshotLibrary(Library):
    """One snapshot with the assistant over it."""

    _MOST_VIEWS = 32  # sets of documents left out: about as many as there are units with documents of their own

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.version = snapshot.version
        self.assistant = Assistant(snapshot)
        self._views: OrderedDict[frozenset[str], SnapshotLibrary] = OrderedDict()
        self._lock = threading.Lock()

    @property
    def cards(self) -> Sequence[DocumentCard]:
        """One card a document, by position."""
        return self.snapshot.documents

    def document(self, position: int) -> Document:
        """Return a whole document."""
        return self.snapshot.document(position)

    def ask(self, text: str, previous: Sequence[str] = (), *, now: datetime, unit: str | None = None) -> Answer:
        """Answer one question."""
        return self.assistant.ask(text, previous, now=now, unit=unit)

    def meant(self, text: str, previous: Sequence[str] = (), *, now: datetime) -> str:
        """Return a question as it is compared with others."""
        question = understand(text, previous, self.snapshot, now)
        said = question.meant.split()
        carried = [term.text for term in question.terms if question.follow_up and term.text not in said]
        return " ".join((*said, *carried))

    def without(self, keys: frozenset[str]) -> SnapshotLibrary:
        """Return the library as if the documents of these keys were not in it; kept for the next one who asks."""
        with self._lock:
            if keys in self._views:
                self._views.move_to_end(keys)
                return self._views[keys]
        narrowed = self.snapshot.without(keys)
        view = self if narrowed is self.snapshot else SnapshotLibrary(narrowed)
        with self._lock:
            self._views[keys] = view
            if len(self._views) > self._MOST_VIEWS:
                self._views.popitem(last=False)
        return view


class Libraries:
    """The newest library; a new snapshot on disk is picked up between two questions. Thread-safe."""

    def __init__(self, store: SnapshotStore) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._library: SnapshotLibrary | None = None

    def current(self) -> Library | None:
        """Return the newest library, None while nothing is indexed."""
        with self._lock:
            snapshot = self._store.current()
            if snapshot is None or not snapshot.documents:
                self._library = None
            elif self._library is None or self._library.snapshot is not snapshot:
                self._library = SnapshotLibrary(snapshot)
            return self._library
