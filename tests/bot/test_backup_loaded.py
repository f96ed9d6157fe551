"""Backups while people write, documents are published and old files are removed: each restores to one moment."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import event, select

from bot.backup import restore, save
from bot.channels.base import Update
from bot.domain.messages import Attachment, Incoming, IncomingKind
from bot.store import inbox, uploads
from bot.store.files import Files
from bot.store.report_tables import AttachmentRow
from bot.store.tables import InboxRow
from index.build import update
from index.errors import IndexBusy
from index.lock import build_lock
from index.snapshot import SnapshotStore
from knowledge.catalog import Catalog
from knowledge.db import open_engine, reading, sqlite_url, writing
from tests.bot.chat import Chat
from tests.bot.library import NOW
from tests.bot.test_commands import PLAN


@contextmanager
def meanwhile(*works: Callable[[int], None]) -> Iterator[Callable[[], list[int]]]:
    """Do each work again and again, in a thread each, with a growing number; yields how often each was done."""
    stop, done, errors = threading.Event(), [0] * len(works), list[BaseException]()

    def run(place: int) -> None:
        try:
            while not stop.is_set():
                works[place](done[place])
                done[place] += 1
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(works))]
    for thread in threads:
        thread.start()
    try:
        yield lambda: list(done)
    finally:
        stop.set()
        for thread in threads:
            thread.join(60)
    assert errors == []


def test_each_backup_is_whole_whatever_goes_on(tmp_path: Path) -> None:
    office, papers = Chat(tmp_path / "home"), tmp_path / "papers"
    papers.mkdir()
    (papers / "0.txt").write_text(PLAN, encoding="utf-8")
    update(office.home, [papers])
    files = Files(office.home)

    def write(number: int) -> None:
        """A message with a file; each transaction adds one row to two tables."""
        digest = files.put(f"tệp {number}".encode())
        said = Incoming("fake", "c", "c", IncomingKind.TEXT, f"tin {number}", NOW)
        with writing(office.engine) as session:
            inbox.put(session, "fake", [Update(str(number), b"", said)], NOW)
            uploads.keep(session, [Attachment(digest, f"{number}.txt", "text/plain", 9)], NOW)

    def publish(number: int) -> None:
        text = PLAN.replace("77/", f"{100 + number}/")
        (papers / f"{number + 1}.txt").write_text(text, encoding="utf-8")
        update(office.home, [papers])

    backups = [tmp_path / f"{number}.tar.gz" for number in range(4)]
    with meanwhile(write, publish) as counts:
        for backup in backups:
            before = counts()
            save(office.engine, office.home, backup, NOW, "0")
            while [now > then for now, then in zip(counts(), before, strict=True)] != [True, True]:
                threading.Event().wait(0.01)  # both went on
    sizes = [_restored(backup, tmp_path / f"restored-{backup.stem}") for backup in backups]
    assert sizes == sorted(sizes) and sizes[0] < sizes[-1]
    office.engine.dispose()


def _restored(backup: Path, home: Path) -> tuple[int, int]:
    """Restore a backup, look whether its parts agree; returns how many messages and documents it holds."""
    restore(backup, home, None)
    engine = open_engine(sqlite_url(home))
    with reading(engine) as session:
        digests = session.scalars(select(AttachmentRow.sha256)).all()
        messages = len(session.scalars(select(InboxRow.id)).all())
        assert session.connection().exec_driver_sql("PRAGMA foreign_key_check").all() == []
    assert len(digests) == messages
    for digest in digests:
        Files(home).read(digest)
    snapshot = SnapshotStore(home).current()
    assert snapshot is not None
    known = {source.file for source in Catalog(engine).sources()}
    assert {card.file for card in snapshot.documents} == known
    engine.dispose()
    return messages, len(known)


def test_no_index_is_made_between_the_tables_and_it(tmp_path: Path) -> None:
    office, papers = Chat(tmp_path / "home"), tmp_path / "papers"
    papers.mkdir()
    (papers / "0.txt").write_text(PLAN, encoding="utf-8")
    update(office.home, [papers])
    free: list[bool] = []

    def look(*_: object) -> None:
        """Whether a build could begin while the tables are read."""
        try:
            with build_lock(office.home / "index", 0):
                free.append(True)
        except IndexBusy:
            free.append(False)

    event.listen(office.engine, "before_cursor_execute", look)
    save(office.engine, office.home, tmp_path / "b.tar.gz", NOW, "0")
    assert free and not any(free)
    office.engine.dispose()


def test_no_file_is_removed_while_a_backup_is_taken(tmp_path: Path) -> None:
    files = Files(tmp_path)
    digest = files.put(b"old")
    removed = threading.Thread(target=files.erase_old, args=(digest, NOW + timedelta(days=9999)))
    with files.undisturbed():
        removed.start()
        files.put(b"new")  # putting goes on
        removed.join(0.2)
        assert files.read(digest) == b"old"
    removed.join(10)
    with pytest.raises(FileNotFoundError):
        files.read(digest)
